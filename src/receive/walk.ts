/**
 * Walks a source: finds every message in it, whatever it is packed in, and says where each one lies.
 *
 *   trove.tar.zst            container 0  tar      compressions zstd
 *     mail/inbox.mbox        container 1  mbox     parent 0
 *       From a@b …           message               container 1, offset 0
 *     mail/note.eml          message               container 0, path mail/note.eml
 *
 * Containers lie on an explicit stack, so nesting costs memory that limits.maxNestedContainers bounds and
 * never the call stack. Every byte of the source goes to the keeper before anything looks at it.
 */
import { stat } from 'node:fs/promises';
import { OperatorError } from '../errors.js';
import { limits as defaultLimits } from '../limits.js';
import { ExpansionBudget } from './expansion.js';
import { openFolder } from './folder.js';
import type { Keeper } from './keep.js';
import { KeptFile, openRegular } from './kept-file.js';
import { type OpenedReader, type Outcome, openEntry } from './open-entry.js';
import { failedStream, type Limits, type Walk, wholeFile } from './reader.js';
import type { SourceEvent } from './source.js';
import { nameOfSource, sourceSize } from './source-size.js';
import { Window } from './window.js';

export { sourceSize };

export interface WalkOptions {
  readonly keeper: Keeper;
  /** A directory for spooled archives; what is put there is gone when the walk ends. */
  readonly tmpDir: string;
  /** Other bounds than limits.ts has, for tests. */
  readonly limits?: Partial<Limits>;
  /** Called with the bytes of the source read so far, out of `sourceSize`. */
  readonly onProgress?: (bytesRead: number) => void;
}

/**
 * Yields what is in the source at `path`, in batches of a few MB or 1,000 events. `raw` buffers are valid until
 * the next batch is asked for. Throws OperatorError `source-missing`, `source-unreadable`, `no-mail-found`.
 */
export async function* walkSource(path: string, options: WalkOptions): AsyncGenerator<SourceEvent[]> {
  const source = await openSource(path, options);
  const stack: OpenedReader[] = [];
  let hasMail = false;
  try {
    for (let outcome: Outcome | undefined = await source.open(); outcome !== undefined; ) {
      let batch: SourceEvent[];
      if ('reader' in outcome) {
        stack.push(outcome);
        batch = [{ type: 'container', container: outcome.container }];
      } else {
        batch = outcome.events;
      }
      hasMail ||= batch.some(isMail);
      if (batch.length > 0) yield batch;
      if (!('reader' in outcome)) await outcome.close();
      outcome = await nextOutcome(stack, source);
    }
  } finally {
    for (const open of stack.reverse()) await open.close();
    await source.close();
  }
  if (!hasMail) throw noMail(path);
}

const closeNothing = () => Promise.resolve();

/** Runs the reader on top of the stack until it has something; undefined once the stack is empty. */
async function nextOutcome(stack: OpenedReader[], source: Source): Promise<Outcome | undefined> {
  const top = stack.at(-1);
  if (top === undefined) return undefined;
  const step = await top.reader.next();
  if (step.done !== true) {
    if (Array.isArray(step.value)) return { events: step.value, close: closeNothing };
    return openEntry(step.value, top, source.walk);
  }
  const events = stack.length === 1 ? await source.finish() : [];
  events.push({ type: 'end', container: top.container.index, ...step.value });
  stack.pop();
  await top.close();
  return { events, close: closeNothing };
}

function isMail(event: SourceEvent): boolean {
  return event.type === 'message' || event.type === 'failed';
}

/** The source itself: a file or a folder. */
interface Source {
  readonly walk: Walk;
  open(): Promise<Outcome>;
  /** Once everything was walked: keeps what no parser asked for, and says if the source changed meanwhile. */
  finish(): Promise<SourceEvent[]>;
  close(): Promise<void>;
}

async function openSource(path: string, options: WalkOptions): Promise<Source> {
  const status = await stat(path).catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  const walk = startWalk(options);
  if (status.isDirectory()) {
    return {
      walk,
      open: () => Promise.resolve(openFolder(path, walk)),
      finish: () => Promise.resolve([]),
      close: closeNothing,
    };
  }
  if (!status.isFile()) {
    throw new OperatorError(
      'source-unreadable',
      `${path} is neither a file nor a folder.`,
      'Copy its contents into a file and receive that.',
    );
  }
  if (status.size === 0) {
    throw new OperatorError('no-mail-found', `${path} is empty.`, 'Check that it was copied completely.');
  }
  return openFile(path, walk);
}

function openFile(path: string, walk: Walk): Source {
  let file: KeptFile;
  let read = 0;
  try {
    file = new KeptFile(openRegular(path, true), walk.keeper, (bytes) => {
      read += bytes;
      walk.onProgress(read);
    });
  } catch (error) {
    throw cannotRead(path, error);
  }
  walk.budget.addSource(file.size);
  return {
    walk,
    open: async () => {
      const window = new Window(file);
      const name = nameOfSource(path);
      const entry = {
        type: 'entry',
        path: name,
        window,
        expectation: 'source',
        direct: 0,
        size: file.size,
      } as const;
      const outcome = await openEntry(entry, undefined, walk);
      if ('reader' in outcome) return outcome;
      await outcome.close();
      const other = outcome.events.find((event) => event.type === 'other');
      throw noMail(path, other?.note);
    },
    finish: async () => {
      const failure = await file.finish();
      return failure === undefined ? [] : [failedStream(0, wholeFile('', file.position), failure)];
    },
    close: () => file.close(),
  };
}

function startWalk(options: WalkOptions): Walk {
  const limits = { ...defaultLimits, ...options.limits };
  let containers = 0;
  return {
    keeper: options.keeper,
    tmpDir: options.tmpDir,
    limits,
    budget: new ExpansionBudget(limits),
    nextIndex: () => containers++,
    onProgress: options.onProgress ?? (() => undefined),
  };
}

function noMail(path: string, what?: string): OperatorError {
  const found = what === undefined ? '' : ` It looks like: ${what}.`;
  const hint =
    'Mail is recognised as mbox, Maildir, single messages, and these inside folders, tar, zip, gzip, zstd, xz, bzip2.';
  return new OperatorError('no-mail-found', `There is no mail in ${path}.${found}`, hint);
}

function cannotRead(path: string, error: unknown): OperatorError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new OperatorError(
      'source-missing',
      `There is nothing at ${path}.`,
      'Check the spelling, and that the disk it is on is mounted.',
      error,
    );
  }
  const hint =
    code === 'EACCES' || code === 'EPERM'
      ? 'Give yourself read permission, or copy it as a user who has it.'
      : 'Check the disk.';
  return new OperatorError('source-unreadable', `${path} cannot be read (${code}).`, hint, error);
}
