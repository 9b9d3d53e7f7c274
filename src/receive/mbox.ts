/**
 * mbox, read as a stream (RFC 4155; Content-Length variants as in mbox(5)).
 *
 *   From sender@example.net Mon Oct 29 22:03:58 2001     From_ line: belongs to the container
 *   Subject: …                                           the message's bytes …
 *                                                        …
 *   >From the start …                                    … quoted, see mbox-quoting.ts
 *                                                        one empty line: belongs to the container
 *   From other@example.net Mon Oct 29 23:48:08 2001
 *
 * The empty line before a From_ line, and the one at the end of the file, are the writer's and not the
 * message's, as in Python's mailbox module. A message that had no line end before it was stored has one now.
 */
import { gradeFromLine } from './from-line.js';
import { Deferred, finishQuoted } from './mbox-deferred.js';
import { ContentLengths, findBodyStart, findClaimedEnd } from './mbox-length.js';
import { emptyLineBefore, isSeparator, lineAt, lineEndAt } from './mbox-lines.js';
import { mboxrdSender, quoteDepth } from './mbox-quoting.js';
import { type ContainerEnd, failed, type Opened, type Reader, type Walk } from './reader.js';
import type { MboxVariant, Place, SourceEvent } from './source.js';
import type { Window } from './window.js';

/** Bytes of messages, and events, that one batch holds at most (give or take one message). */
const batchLimits = { bytes: 2 * 1024 * 1024, events: 1000 } as const;

const lf = 0x0a;
const gt = 0x3e;

/** Bytes kept before the place where scanning goes on, when the start of an oversized message is dropped. */
const context = 16;

/** Reads all messages of an mbox. The last event before the end says where and why reading stopped early. */
export async function* readMbox(opened: Opened, walk: Walk): Reader {
  await skipByteOrderMark(opened.window);
  const splitter = new MboxSplitter(opened, walk);
  try {
    for (let open = true; open; ) {
      const wanted = splitter.scan();
      const batch = splitter.takeBatch();
      if (batch.length > 0) yield batch;
      yield* splitter.takeDeferred();
      if (wanted > 0 && !(await opened.window.fill(wanted))) open = !splitter.noteEnd();
    }
    splitter.finish();
    yield* splitter.takeDeferred();
    const last = splitter.takeBatch();
    if (last.length > 0) yield last;
    return splitter.end();
  } finally {
    splitter.close();
  }
}

/** Editors put one before the first From_ line. */
async function skipByteOrderMark(window: Window): Promise<void> {
  await window.fill(3);
  if (window.view().toString('latin1', 0, 3) === '\xef\xbb\xbf') window.skip(3);
}

class MboxSplitter {
  readonly #opened: Opened;
  readonly #window: Window;
  readonly #walk: Walk;
  readonly #lengths = new ContentLengths();
  readonly #deferred: Deferred;
  #batch: SourceEvent[] = [];
  #batchBytes = 0;

  /** All of the window that will ever come is there. */
  #atEnd: boolean = false;
  /** A From_ line was seen; before it there is only junk. */
  #started: boolean = false;
  /** Bytes of the view that were searched. */
  #scanned = 0;
  /** Bytes of the current message's From_ line. */
  #fromLineBytes = 0;
  /** Bytes of the current message that were let go because it is too large. */
  #dropped = 0;
  /** End of the current message as its accepted Content-Length has it. */
  #claimedEnd: number | undefined;
  #hasQuotes: boolean = false;
  /** The end of the current message's header section was found, or how far it was looked for. */
  #inBody: boolean = false;
  #headerSearched = 0;

  #sawQuotes: boolean = false;
  /** Whether quoted lines are unquoted; undefined until the file has shown which. */
  #unquoting: boolean | undefined;
  /** The first From_ line says that this is an mboxrd: no Content-Length counts then, quoting has changed the lengths. */
  #isDeclared: boolean = false;

  constructor(opened: Opened, walk: Walk) {
    this.#opened = opened;
    this.#window = opened.window;
    this.#walk = walk;
    this.#deferred = new Deferred(walk.tmpDir, walk.limits.maxDeferredBytes);
  }

  /** Goes on until a batch is full or more bytes are needed: returns how many the view must hold, or 0. */
  scan(): number {
    for (;;) {
      const view = this.#window.view();
      const wanted = this.#step(view);
      if (wanted > view.length) return this.#dropOversized(view, wanted);
      const isFull = this.#batchBytes >= batchLimits.bytes || this.#batch.length >= batchLimits.events;
      if (isFull || (this.#unquoting !== undefined && this.#deferred.size > 0)) return 0;
    }
  }

  takeBatch(): SourceEvent[] {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    return batch;
  }

  *takeDeferred(): Generator<SourceEvent[]> {
    if (this.#unquoting !== undefined && this.#deferred.size > 0)
      yield* this.#deferred.drain(this.#unquoting);
  }

  /** The window cannot give more. True the second time: then nothing is left to be found. */
  noteEnd(): boolean {
    const before = this.#atEnd;
    this.#atEnd = true;
    return before;
  }

  finish(): void {
    const view = this.#window.view();
    const failure = this.#window.failure;
    this.#unquoting ??= false;
    if (failure === undefined || failure.isAfterEnd) {
      this.#checkLength(view, view.length);
      this.#endMessage(view, view.length);
    }
    if (failure === undefined) return;
    const rest = this.#window.length;
    const place = this.#place(rest);
    const cut =
      rest > 0 && this.#started
        ? `; the message that starts at byte ${place.offset} of the mbox is cut off there`
        : '';
    this.#batch.push(failed(this.#opened.container.index, place, failure.code, `${failure.message}${cut}`));
    this.#window.skip(rest);
  }

  end(): ContainerEnd {
    return { variant: this.#variant(), bytes: this.#window.offset };
  }

  close(): void {
    this.#deferred.close();
  }

  /** Looks at the next `From ` in the view. Returns how many bytes the view must hold to go on. */
  #step(view: Buffer): number {
    const at = view.indexOf('From ', this.#scanned, 'latin1');
    if (at < 0) {
      this.#scanned = Math.max(this.#scanned, view.length - 4);
      return view.length + 1;
    }
    this.#scanned = at;
    if (at === 0 ? this.#started : view[at - 1] !== lf) {
      if (at > 0 && view[at - 1] === gt) this.#noteQuoted(view, at);
      this.#scanned = at + 5;
      return 0;
    }
    const lookahead = at + 2 * this.#walk.limits.maxFromLineBytes;
    if (view.length < lookahead && !this.#atEnd) return lookahead;
    if (!this.#startsAt(view, at)) {
      this.#scanned = at + 5;
      return 0;
    }
    return this.#checkLength(view, at) ?? this.#startNext(view, at);
  }

  #startNext(view: Buffer, at: number): number {
    this.#endMessage(view, at);
    // The message before it is gone from the view: the From_ line stands at its start.
    const line = this.#window.view();
    const lineEnd = line.indexOf(lf);
    if (
      !this.#started &&
      line.toString('latin1', 0, 5 + mboxrdSender.length + 1) === `From ${mboxrdSender} `
    ) {
      this.#isDeclared = true;
      this.#unquoting = true;
    }
    this.#started = true;
    this.#fromLineBytes = lineEnd < 0 ? line.length : lineEnd + 1;
    this.#scanned = 5;
    return 0;
  }

  #startsAt(view: Buffer, at: number): boolean {
    const { maxFromLineBytes } = this.#walk.limits;
    if (isSeparator(view, at, maxFromLineBytes)) return true;
    // The first From_ line, and one whose place a Content-Length names, need nothing around them.
    const isFirst = !this.#started && at <= maxBlankBytes && view.toString('latin1', 0, at).trim() === '';
    return (
      (isFirst || this.#claimedEnd === at) &&
      gradeFromLine(lineAt(view, at, maxFromLineBytes).text) !== undefined
    );
  }

  /** A quoted From_ line ends at `at`: it makes the message wait, or shows the variant. */
  #noteQuoted(view: Buffer, at: number): void {
    if (this.#dropped > 0 || !this.#started) return;
    const depth = quoteDepth(view, at);
    if (depth < 1) return;
    this.#hasQuotes = true;
    this.#sawQuotes = true;
    if (depth < 2 || this.#unquoting !== undefined) return;
    // A writer of Content-Length quotes like mboxo, if at all: `>>From ` was in the message itself.
    if (this.#isInBody(view, at)) this.#unquoting = !this.#lengths.written;
  }

  /** Whether the header section ends before `at`. Searches every byte of a message once, however often it is asked. */
  #isInBody(view: Buffer, at: number): boolean {
    if (!this.#inBody) {
      const from = Math.max(this.#headerSearched, this.#fromLineBytes);
      this.#inBody = findBodyStart(view.subarray(0, at), this.#fromLineBytes, from) !== undefined;
      this.#headerSearched = at;
    }
    return this.#inBody;
  }

  /** What the Content-Length of the message that would end at `at` has to say; undefined: that it ends there. */
  #checkLength(view: Buffer, at: number): number | undefined {
    if (!this.#started || this.#dropped > 0) return undefined;
    if (this.#isDeclared || !this.#lengths.worthLooking) {
      this.#lengths.count('none');
      return undefined;
    }
    const claimed = findClaimedEnd(view, this.#fromLineBytes, at);
    if (claimed === undefined || claimed === at || claimed + lineEndAt(view, claimed) === at) {
      this.#lengths.count(claimed === undefined ? 'none' : 'true');
      this.#claimedEnd = claimed;
      return undefined;
    }
    const mayOverrule = claimed > at && this.#lengths.trusted && claimed <= this.#walk.limits.maxMessageBytes;
    const lookahead = claimed + lengthLookahead;
    if (mayOverrule && view.length < lookahead && !this.#atEnd) return lookahead;
    if (mayOverrule && this.#endsAt(view, claimed)) {
      this.#lengths.overruled += 1;
      this.#claimedEnd = claimed;
      this.#scanned = claimed;
      return 0;
    }
    this.#lengths.count('wrong');
    return undefined;
  }

  /** Whether a message can end at `claimed`: the file ends, or another message with a Content-Length starts. */
  #endsAt(view: Buffer, claimed: number): boolean {
    const next = claimed + lineEndAt(view, claimed);
    if (next >= view.length) return claimed <= view.length;
    const { text, next: header } = lineAt(view, next, this.#walk.limits.maxFromLineBytes);
    return (
      gradeFromLine(text) === 'strict' && findClaimedEnd(view, header, header + lengthLookahead) !== undefined
    );
  }

  /** Hands out the bytes up to `end`, where the next From_ line or the end of the file is. */
  #endMessage(view: Buffer, end: number): void {
    if (this.#started) this.#pushMessage(view, end);
    else if (this.#dropped > 0 || view.toString('latin1', 0, end).trim() !== '') {
      const note = `${this.#dropped + end} bytes before the first From_ line belong to no message`;
      this.#batch.push(failed(this.#opened.container.index, this.#place(end), 'damaged', note));
    }
    this.#window.skip(end);
    this.#dropped = 0;
    this.#hasQuotes = false;
    this.#inBody = false;
    this.#headerSearched = 0;
    this.#claimedEnd = undefined;
  }

  #pushMessage(view: Buffer, end: number): void {
    const container = this.#opened.container;
    const place = this.#place(end);
    const start = this.#fromLineBytes;
    const stop = Math.max(start, this.#claimedEnd ?? end - emptyLineBefore(view, end));
    const { maxMessageBytes } = this.#walk.limits;
    if (this.#dropped > 0 || stop - start > maxMessageBytes) {
      const note = `a message of ${place.length} bytes; the bound is ${maxMessageBytes}`;
      this.#batch.push(failed(container.index, place, 'too-large', note));
      return;
    }
    if (stop === start) {
      this.#batch.push(failed(container.index, place, 'damaged', 'a From_ line with no message after it'));
      return;
    }
    const base = this.#opened.direct;
    const direct =
      base === undefined ? undefined : { offset: base + place.offset + start, length: stop - start };
    const raw = view.subarray(start, stop);
    const event = {
      type: 'message',
      container: container.index,
      place: { ...place, direct },
      folder: container.folder,
      raw,
    } as const;
    if (!this.#hasQuotes) this.#batch.push(event);
    else if (this.#unquoting === undefined) this.#deferred.add(event);
    else this.#batch.push(finishQuoted(event, raw, this.#unquoting));
    this.#batchBytes += raw.length;
  }

  #place(end: number): Place {
    const offset = this.#window.offset - this.#dropped;
    return { path: '', offset, length: this.#dropped + end, direct: undefined };
  }

  /** Lets go of what was searched of a message that is too large anyway; returns what `wanted` is then. */
  #dropOversized(view: Buffer, wanted: number): number {
    const { maxMessageBytes, maxFromLineBytes } = this.#walk.limits;
    const searched = this.#scanned - context;
    if (view.length <= maxMessageBytes + 2 * lengthLookahead + 4 * maxFromLineBytes || searched <= 0)
      return wanted;
    this.#window.skip(searched);
    this.#dropped += searched;
    this.#scanned = context;
    return wanted - searched;
  }

  #variant(): MboxVariant {
    if (this.#lengths.overruled > 0) return 'mboxcl2';
    if (!this.#sawQuotes) return 'none';
    if (this.#lengths.written) return 'mboxcl';
    return this.#unquoting === true ? 'mboxrd' : 'mboxo';
  }
}

/** Blank bytes that may stand before the first From_ line. */
const maxBlankBytes = 1024;

/** Bytes after a claimed end that hold the next From_ line and header section. */
const lengthLookahead = 32 * 1024;
