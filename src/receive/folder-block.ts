/**
 * A block of small files, read into memory that is laid out as the tar that the folder is kept as.
 *
 *   header 512 · content · zeros to 512 │ header 512 · content · zeros │ …
 *
 * So the block is kept with one write, and only then looked at. Files are read synchronously: for small files
 * that takes a third of the time.
 */
import { closeSync, readlinkSync, readSync } from 'node:fs';
import { displayPath, systemPath } from './folder-tree.js';
import { hasChanged, type OpenFile, openRegular } from './kept-file.js';
import { formatTarHeader, paddingAfter } from './tar-header.js';

/** Files up to this size are read into the block; larger ones are streamed. */
const smallFileBytes = 256 * 1024;
const blockBytes = 2 * 1024 * 1024;
const maxPending = 1000;

/** Headers of one entry, with a path and a link of 4,096 bytes each, which is as long as the system takes them. */
const maxHeaderBytes = 32 * 1024;

/** What waits in the block for being kept. `tarOffset` is where it lies, or would lie, in the tar. */
export type Pending =
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

export class FileBlock {
  readonly #root: string;
  readonly #bytes = Buffer.allocUnsafeSlow(blockBytes);
  #used = 0;
  #pending: Pending[] = [];
  /** Bytes of the tar before the block. */
  #kept = 0;
  /** Bytes of files read since the last `take`. */
  #read = 0;

  constructor(root: string) {
    this.#root = root;
  }

  get isFull(): boolean {
    return this.#used > blockBytes - smallFileBytes - maxHeaderBytes || this.#pending.length >= maxPending;
  }

  /** Where the next byte will lie in the tar. */
  get tarOffset(): number {
    return this.#kept + this.#used;
  }

  /** Bytes of files that were read into the block. */
  get bytesRead(): number {
    return this.#read;
  }

  /** What is to be kept. Valid until something is added. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#used);
  }

  /** Starts over after the block was kept; returns what it held, whose bytes stay until something is added. */
  take(): readonly Pending[] {
    const pending = this.#pending;
    this.#pending = [];
    this.#kept += this.#used;
    this.#used = 0;
    this.#read = 0;
    return pending;
  }

  /** Bytes that went to the tar beside the block. */
  addKept(bytes: number): void {
    this.#kept += bytes;
  }

  addFolder(path: string): void {
    this.#append(formatTarHeader({ name: nameBytes(`${path}/`), type: 'directory', size: 0 }));
  }

  addStep(type: 'enter' | 'leave', path: string): void {
    this.#pending.push({ type, path, tarOffset: this.tarOffset });
  }

  addNote(path: string, code: 'other' | 'unreadable-file', note: string): void {
    this.#pending.push({ type: 'note', path, code, note });
  }

  addLink(path: string): void {
    try {
      const link = readlinkSync(systemPath(this.#root, path), { encoding: 'buffer' });
      this.#append(formatTarHeader({ name: nameBytes(path), type: 'symlink', size: 0, link }));
      this.addNote(path, 'other', `a symbolic link to ${displayPath(link.toString('latin1'))}: not followed`);
    } catch (error) {
      this.addNote(path, 'unreadable-file', `the link cannot be read (${codeOf(error)})`);
    }
  }

  /** Reads a small file; returns a file that is too large for the block, open. */
  addFile(path: string): OpenFile | undefined {
    let open: OpenFile;
    try {
      open = openRegular(systemPath(this.#root, path), false);
    } catch (error) {
      this.addNote(path, 'unreadable-file', `the file cannot be opened (${codeOf(error)})`);
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
    const { tarOffset } = this;
    const bytes = this.#bytes.subarray(this.#used, this.#used + size);
    const { got, reason } = readFully(open.file, bytes);
    const padded = size + paddingAfter(size);
    this.#bytes.fill(0, this.#used + got, this.#used + padded);
    this.#used += padded;
    this.#read += got;
    if (reason !== '')
      this.addNote(path, 'unreadable-file', `the file cannot be read beyond byte ${got} (${reason})`);
    else
      this.#pending.push({ type: 'file', path, bytes, tarOffset, changed: got < size || hasChanged(open) });
  }

  #append(bytes: Buffer): void {
    this.#used += bytes.copy(this.#bytes, this.#used);
  }
}

/** As many bytes as the file gives; `reason` is the system's error code where it stopped giving. */
function readFully(file: number, target: Buffer): { readonly got: number; readonly reason: string } {
  let got = 0;
  try {
    for (let more = 1; more > 0 && got < target.length; got += more)
      more = readSync(file, target, got, target.length - got, got);
    return { got, reason: '' };
  } catch (error) {
    return { got, reason: codeOf(error) };
  }
}

/** The bytes of a path that has one character per byte. */
export function nameBytes(path: string): Buffer {
  return Buffer.from(path, 'latin1');
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
