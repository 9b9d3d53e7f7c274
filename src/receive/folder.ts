/**
 * A folder of files, or a Maildir (https://cr.yp.to/proto/maildir.html; Maildir++ as Courier and Dovecot
 * write it), read in the order of the bytes of its paths and kept as one tar.
 *
 *   cur/1457.M1P2.host:2,S          header 512 · content · zeros to 512
 *   cur/1458.M3P2.host:2,           header 512 · content · zeros to 512
 *   .Sent/cur/…                     …
 *                                   1024 zeros
 *
 * Small files are read into one block of memory that is laid out as the tar itself: it is kept with one
 * write, and parsed after that. Files are read synchronously, because that takes a third of the time for
 * small files; the walk pauses after every block.
 */
import { closeSync, readlinkSync, readSync } from 'node:fs';
import { OperatorError } from '../errors.js';
import { folderInside, maildirName } from './folder-name.js';
import { displayPath, systemPath, type TreeItem, walkTree } from './folder-tree.js';
import { changedNote, hasChanged, KeptFile, type OpenFile, openRegular } from './kept-file.js';
import type { OpenedReader } from './open-entry.js';
import { type Entry, failed, type Reader, type Walk, wholeFile } from './reader.js';
import { messageEvent } from './single.js';
import { sniff, sniffBytes } from './sniff.js';
import type { Container, SourceEvent } from './source.js';
import { nameOfSource } from './source-size.js';
import { blockBytes, formatTarHeader, paddingAfter, tarEnd } from './tar-header.js';
import { Window } from './window.js';

/** Files up to this size are read into the block; larger ones are streamed. */
const smallFileBytes = 256 * 1024;
const blockOfFilesBytes = 2 * 1024 * 1024;
const maxPending = 1000;

/** What waits in the block for being kept. `tarOffset` is where it lies, or would lie, in the tar. */
type Pending =
  | {
      readonly type: 'file';
      readonly path: string;
      readonly bytes: Buffer;
      readonly tarOffset: number;
      readonly changed: boolean;
    }
  | {
      readonly type: 'note';
      readonly path: string;
      readonly code: 'other' | 'unreadable-file';
      readonly note: string;
    }
  | { readonly type: 'enter'; readonly path: string; readonly tarOffset: number }
  | { readonly type: 'leave'; readonly path: string; readonly tarOffset: number };

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
  readonly #root: string;
  readonly #tree: Generator<TreeItem>;
  readonly #walk: Walk;
  readonly #block = Buffer.allocUnsafeSlow(blockOfFilesBytes);
  readonly #top: Container;
  #used = 0;
  #pending: Pending[] = [];
  /** Bytes of the tar before the block. */
  #kept = 0;
  #bytesRead = 0;
  /** The Maildir around the current file, if it is not the source itself: its container and path. */
  #maildir: { readonly container: Container; readonly path: string; readonly tarOffset: number } | undefined;
  #enteredMaildir: string | undefined;

  constructor(root: string, tree: Generator<TreeItem>, top: Container, walk: Walk) {
    this.#root = root;
    this.#tree = tree;
    this.#top = top;
    this.#walk = walk;
  }

  async *read(): Reader {
    for (const item of this.#tree) {
      const large = this.#collect(item);
      const isFull =
        this.#used > blockOfFilesBytes - smallFileBytes - 4 * blockBytes ||
        this.#pending.length >= maxPending;
      if (large === undefined && !isFull) continue;
      yield* this.#flush();
      if (large !== undefined) yield* this.#readLarge(large, item.path);
    }
    yield* this.#flush();
    await this.#walk.keeper.write(tarEnd);
    this.#kept += tarEnd.length;
    return { variant: undefined, bytes: this.#kept };
  }

  /** Puts a small thing into the block; returns a file that is too large for it. */
  #collect(item: TreeItem): OpenFile | undefined {
    switch (item.step) {
      case 'enter':
        this.#enter(item);
        return undefined;
      case 'leave':
        if (this.#enteredMaildir !== item.path) return undefined;
        this.#enteredMaildir = undefined;
        this.#pending.push({ type: 'leave', path: item.path, tarOffset: this.#kept + this.#used });
        return undefined;
      case 'symlink':
        this.#collectLink(item.path);
        return undefined;
      case 'special':
        this.#note(item.path, 'other', 'a device, socket or FIFO: not opened');
        return undefined;
      case 'unlistable':
        this.#note(item.path, 'unreadable-file', `the folder cannot be listed (${item.reason})`);
        return undefined;
      case 'file':
        return this.#collectFile(item.path);
    }
  }

  #enter(item: TreeItem): void {
    const isNewMaildir = item.isMaildir && this.#top.kind === 'folder' && this.#enteredMaildir === undefined;
    if (isNewMaildir) {
      this.#enteredMaildir = item.path;
      this.#pending.push({ type: 'enter', path: item.path, tarOffset: this.#kept + this.#used });
    }
    this.#append(formatTarHeader({ name: nameBytes(`${item.path}/`), type: 'directory', size: 0 }));
  }

  #collectLink(path: string): void {
    try {
      const link = readlinkSync(systemPath(this.#root, path), { encoding: 'buffer' });
      this.#append(formatTarHeader({ name: nameBytes(path), type: 'symlink', size: 0, link }));
      this.#note(path, 'other', `a symbolic link to ${displayPath(link.toString('latin1'))}: not followed`);
    } catch (error) {
      this.#note(path, 'unreadable-file', `the link cannot be read (${codeOf(error)})`);
    }
  }

  #collectFile(path: string): OpenFile | undefined {
    let open: OpenFile;
    try {
      open = openRegular(systemPath(this.#root, path), false);
    } catch (error) {
      this.#note(path, 'unreadable-file', `the file cannot be opened (${codeOf(error)})`);
      return undefined;
    }
    if (open.status.size > smallFileBytes) return open;
    try {
      this.#readSmall(open, path);
    } finally {
      closeSync(open.file);
    }
    return undefined;
  }

  #readSmall(open: OpenFile, path: string): void {
    const { size } = open.status;
    this.#append(formatTarHeader({ name: nameBytes(path), type: 'file', size }));
    const tarOffset = this.#kept + this.#used;
    const bytes = this.#block.subarray(this.#used, this.#used + size);
    let got = 0;
    let reason = '';
    try {
      for (let more = 1; more > 0 && got < size; got += more)
        more = readSync(open.file, bytes, got, size - got, got);
    } catch (error) {
      reason = codeOf(error);
    }
    const padded = size + paddingAfter(size);
    this.#block.fill(0, this.#used + got, this.#used + padded);
    this.#used += padded;
    if (reason !== '')
      this.#note(path, 'unreadable-file', `the file cannot be read beyond byte ${got} (${reason})`);
    else
      this.#pending.push({ type: 'file', path, bytes, tarOffset, changed: got < size || hasChanged(open) });
    this.#progress(got);
  }

  #append(bytes: Buffer): void {
    this.#used += bytes.copy(this.#block, this.#used);
  }

  #note(path: string, code: 'other' | 'unreadable-file', note: string): void {
    this.#pending.push({ type: 'note', path, code, note });
  }

  #progress(bytes: number): void {
    this.#bytesRead += bytes;
    this.#walk.budget.addSource(bytes);
    this.#walk.onProgress(this.#bytesRead);
  }

  /** Keeps the block, then hands out what is in it. */
  async *#flush(): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    if (this.#used > 0) await this.#walk.keeper.write(this.#block.subarray(0, this.#used));
    this.#kept += this.#used;
    this.#used = 0;
    let batch: SourceEvent[] = [];
    for (const pending of this.#pending) {
      const found = this.#resolve(pending);
      if (found.type !== 'entry') {
        batch.push(found);
        continue;
      }
      if (batch.length > 0) yield batch;
      batch = [];
      yield found;
    }
    this.#pending = [];
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

  async *#readLarge(open: OpenFile, path: string): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    const file = new KeptFile(open, this.#walk.keeper, (bytes) => this.#progress(bytes));
    try {
      const header = formatTarHeader({ name: nameBytes(path), type: 'file', size: file.size });
      await this.#walk.keeper.write(header);
      const direct = this.#kept + header.length;
      const container = this.#current();
      const inside = this.#pathInside(path);
      const window = new Window(file);
      yield {
        type: 'entry',
        path: inside,
        window,
        expectation: this.#expectation(inside),
        direct,
        size: file.size,
        within: container,
      };
      await file.drain();
      await this.#pad(file.size - file.position + paddingAfter(file.size));
      this.#kept = direct + file.size + paddingAfter(file.size);
      if (file.changed()) {
        yield [
          failed(container.index, wholeFile(inside, file.size, direct), 'changed-while-read', changedNote),
        ];
      }
    } finally {
      await file.close();
    }
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

function nameBytes(path: string): Buffer {
  return Buffer.from(path, 'latin1');
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function unlistable(root: string, reason: string): OperatorError {
  const hint = 'Give yourself permission to list it, or copy it as a user who has it.';
  return new OperatorError('source-unreadable', `The folder ${root} cannot be listed (${reason}).`, hint);
}
