/**
 * A folder of files, or a Maildir (https://cr.yp.to/proto/maildir.html; Maildir++ as Courier and Dovecot
 * write it), read in the order of the bytes of its paths and kept as one tar.
 *
 *   cur/1457.M1P2.host:2,S          header 512 · content · zeros to 512
 *   cur/1458.M3P2.host:2,           header 512 · content · zeros to 512
 *   .Sent/cur/…                     …
 *                                   1024 zeros
 *
 * Small files come in blocks (folder-block.ts), larger ones are streamed.
 */
import { OperatorError } from '../errors.js';
import { FileBlock, nameBytes, type Pending } from './folder-block.js';
import { folderInside, maildirName } from './folder-name.js';
import { displayPath, type TreeItem, walkTree } from './folder-tree.js';
import { changedNote, KeptFile } from './kept-file.js';
import type { OpenedReader } from './open-entry.js';
import { type Entry, failed, failedStream, type Reader, type Walk, wholeFile } from './reader.js';
import { messageEvent } from './single.js';
import { sniff, sniffBytes } from './sniff.js';
import type { Container, SourceEvent } from './source.js';
import { nameOfSource } from './source-size.js';
import { formatTarHeader, paddingAfter, tarEnd } from './tar-header.js';
import { Window } from './window.js';

/** Opens a folder as the source of a walk. */
export function openFolder(root: string, walk: Walk): OpenedReader {
  const tree = walkTree(root);
  const first = tree.next();
  if (first.done === true || first.value.step === 'unlistable')
    throw unlistable(root, first.done === true ? '' : first.value.reason);
  const name = nameOfSource(root);
  const isMaildir = first.value.isMaildir;
  const container: Container = {
    index: walk.nextIndex(),
    parent: -1,
    kind: isMaildir ? 'maildir' : 'folder',
    path: name,
    compressions: [],
    folder: isMaildir ? maildirName(name) : name,
  };
  const reader = new FolderReader(root, tree, container, walk).read();
  return { container, reader, depth: 1, close: () => Promise.resolve() };
}

class FolderReader {
  readonly #block: FileBlock;
  readonly #tree: Generator<TreeItem>;
  readonly #walk: Walk;
  readonly #top: Container;
  #bytesRead = 0;
  /** The Maildir around the current file, if it is not the source itself: its container and path. */
  #maildir: { readonly container: Container; readonly path: string; readonly tarOffset: number } | undefined;
  #enteredMaildir: string | undefined;

  constructor(root: string, tree: Generator<TreeItem>, top: Container, walk: Walk) {
    this.#block = new FileBlock(root);
    this.#tree = tree;
    this.#top = top;
    this.#walk = walk;
  }

  async *read(): Reader {
    for (const item of this.#tree) {
      const large = this.#collect(item);
      if (large === undefined && !this.#block.isFull) continue;
      try {
        yield* this.#flush();
        if (large !== undefined) yield* this.#readLarge(large, item.path);
      } finally {
        await large?.close();
      }
    }
    yield* this.#flush();
    await this.#walk.keeper.write(tarEnd);
    return { variant: undefined, bytes: this.#block.tarOffset + tarEnd.length };
  }

  /** Puts a small thing into the block; returns a file that is too large for it. */
  #collect({ step, path, isMaildir, reason }: TreeItem): KeptFile | undefined {
    if (step === 'enter') this.#enter(path, isMaildir);
    else if (step === 'leave') this.#leave(path);
    else if (step === 'symlink') this.#block.addLink(path);
    else if (step === 'special') this.#block.addNote(path, 'other', 'a device, socket or FIFO: not opened');
    else if (step === 'unlistable')
      this.#block.addNote(path, 'unreadable-file', `the folder cannot be listed (${reason})`);
    else {
      const open = this.#block.addFile(path);
      if (open !== undefined) return new KeptFile(open, this.#walk.keeper, (bytes) => this.#progress(bytes));
    }
    return undefined;
  }

  #enter(path: string, isMaildir: boolean): void {
    if (isMaildir && this.#top.kind === 'folder' && this.#enteredMaildir === undefined) {
      this.#enteredMaildir = path;
      this.#block.addStep('enter', path);
    }
    this.#block.addFolder(path);
  }

  #leave(path: string): void {
    if (this.#enteredMaildir !== path) return;
    this.#enteredMaildir = undefined;
    this.#block.addStep('leave', path);
  }

  #progress(bytes: number): void {
    if (bytes === 0) return;
    this.#bytesRead += bytes;
    this.#walk.budget.addSource(bytes);
    this.#walk.onProgress(this.#bytesRead);
  }

  /** Keeps the block, then hands out what is in it. */
  async *#flush(): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    const bytes = this.#block.view();
    if (bytes.length > 0) await this.#walk.keeper.write(bytes);
    this.#progress(this.#block.bytesRead);
    let batch: SourceEvent[] = [];
    for (const pending of this.#block.take()) {
      const found = this.#resolve(pending);
      if (found.type !== 'entry') {
        batch.push(found);
        continue;
      }
      if (batch.length > 0) yield batch;
      batch = [];
      yield found;
    }
    if (batch.length > 0) yield batch;
  }

  #resolve(pending: Pending): SourceEvent | Entry {
    if (pending.type === 'enter') return this.#openMaildir(pending.path, pending.tarOffset);
    if (pending.type === 'leave') return this.#closeMaildir(pending.tarOffset);
    const container = this.#current();
    const path = this.#pathInside(pending.path);
    if (pending.type === 'note') {
      if (pending.code === 'other')
        return { type: 'other', container: container.index, place: wholeFile(path, 0), note: pending.note };
      return failed(container.index, wholeFile(path, 0), pending.code, pending.note);
    }
    const { bytes, tarOffset } = pending;
    if (pending.changed)
      return failed(
        container.index,
        wholeFile(path, bytes.length, tarOffset),
        'changed-while-read',
        changedNote,
      );
    const expectation = this.#expectation(path);
    const format = sniff(bytes.subarray(0, sniffBytes), expectation);
    if (format.type !== 'message') {
      return {
        type: 'entry',
        path,
        window: Window.over(bytes),
        expectation,
        direct: tarOffset,
        size: bytes.length,
        within: container,
      };
    }
    const folder = folderInside(container, path);
    return messageEvent(
      bytes,
      format,
      { container: container.index, path, folder, direct: tarOffset },
      this.#walk.limits,
    );
  }

  async *#readLarge(file: KeptFile, path: string): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    const header = formatTarHeader({ name: nameBytes(path), type: 'file', size: file.size });
    await this.#walk.keeper.write(header);
    const direct = this.#block.tarOffset + header.length;
    const within = this.#current();
    const inside = this.#pathInside(path);
    const expectation = this.#expectation(inside);
    yield {
      type: 'entry',
      path: inside,
      window: new Window(file),
      expectation,
      direct,
      size: file.size,
      within,
    };
    const failure = await file.finish();
    await this.#pad(file.size - file.position + paddingAfter(file.size));
    this.#block.addKept(header.length + file.size + paddingAfter(file.size));
    if (failure !== undefined)
      yield [failedStream(within.index, wholeFile(inside, file.size, direct), failure)];
  }

  /** Zeros for the tar, also in place of bytes that the file lost while it was read. */
  async #pad(bytes: number): Promise<void> {
    const zeros = Buffer.alloc(Math.min(bytes, 64 * 1024));
    for (let rest = bytes; rest > 0; rest -= zeros.length)
      await this.#walk.keeper.write(zeros.subarray(0, rest));
  }

  #openMaildir(path: string, tarOffset: number): SourceEvent {
    const display = displayPath(path);
    const container: Container = {
      index: this.#walk.nextIndex(),
      parent: this.#top.index,
      kind: 'maildir',
      path: display,
      compressions: [],
      folder: maildirName(display),
    };
    this.#maildir = { container, path, tarOffset };
    return { type: 'container', container };
  }

  #closeMaildir(tarOffset: number): SourceEvent {
    const { container, tarOffset: start } = this.#maildir ?? { container: this.#top, tarOffset: 0 };
    this.#maildir = undefined;
    return { type: 'end', container: container.index, variant: undefined, bytes: tarOffset - start };
  }

  #current(): Container {
    return this.#maildir?.container ?? this.#top;
  }

  /** The path as the current container knows it. */
  #pathInside(path: string): string {
    return displayPath(this.#maildir === undefined ? path : path.slice(this.#maildir.path.length + 1));
  }

  #expectation(path: string): Entry['expectation'] {
    return this.#current().kind === 'maildir' && /(?:^|\/)(?:cur|new)\/[^/]+$/.test(path)
      ? 'maildir'
      : 'file';
  }
}

function unlistable(root: string, reason: string): OperatorError {
  const hint = 'Give yourself permission to list it, or copy it as a user who has it.';
  return new OperatorError('source-unreadable', `The folder ${root} cannot be listed (${reason}).`, hint);
}
