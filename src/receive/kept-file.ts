/**
 * A file of the source, read once, every byte of it handed to the keeper before a parser sees it.
 *
 * The size at opening decides: what is appended later is not received, and a file that changed while it
 * was read says so.
 */
import { closeSync, constants, fstatSync, openSync, read as readFile, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import type { Keeper } from './keep.js';
import type { ByteStream } from './stream.js';
import { chunkBytes } from './window.js';

const readAt = promisify(readFile);

export class KeptFile implements ByteStream {
  readonly size: number;
  /** Bytes read and kept so far. */
  position = 0;
  readonly #open: OpenFile;
  readonly #keeper: Keeper;
  readonly #onRead: (bytes: number) => void;
  #isOpen: boolean = true;

  /** Takes over an open regular file; `close` closes it. `onRead` hears how many bytes each read gave. */
  constructor(open: OpenFile, keeper: Keeper, onRead: (bytes: number) => void) {
    this.#open = open;
    this.size = open.status.size;
    this.#keeper = keeper;
    this.#onRead = onRead;
  }

  async read(target: Buffer): Promise<number> {
    const wanted = Math.min(target.length, chunkBytes, this.size - this.position);
    if (wanted <= 0) return 0;
    const { bytesRead } = await readAt(this.#open.file, target, 0, wanted, this.position);
    if (bytesRead > 0) await this.#keeper.write(target.subarray(0, bytesRead));
    this.position += bytesRead;
    this.#onRead(bytesRead);
    return bytesRead;
  }

  /** Keeps what no parser asked for. */
  async drain(): Promise<void> {
    if (this.position >= this.size) return;
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, this.size - this.position));
    while ((await this.read(chunk)) > 0);
  }

  /** Whether the file is not what it was when it was opened, or gave fewer bytes. */
  changed(): boolean {
    return this.position < this.size || hasChanged(this.#open);
  }

  close(): Promise<void> {
    if (this.#isOpen) closeSync(this.#open.file);
    this.#isOpen = false;
    return Promise.resolve();
  }
}

/** An open regular file and what it was at that moment. */
export interface OpenFile {
  readonly file: number;
  readonly status: Stats;
}

/** Opens for reading what must be a regular file: never waits for a FIFO; follows no link unless told so. */
export function openRegular(path: string | Buffer, follow: boolean): OpenFile {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW);
  const file = openSync(path, flags);
  const status = fstatSync(file);
  if (status.isFile()) return { file, status };
  closeSync(file);
  throw new Error('not a regular file');
}

/** Whether a file is not what it was when it was opened. */
export function hasChanged({ file, status }: OpenFile): boolean {
  const now = fstatSync(file);
  return now.size !== status.size || now.mtimeMs !== status.mtimeMs;
}

export const changedNote =
  'the file changed while it was read (program still writing to it?); receive it again when it is at rest';
