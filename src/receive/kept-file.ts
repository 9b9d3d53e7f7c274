/**
 * A file of the source, read once, every byte of it handed to the keeper before a parser sees it.
 *
 * The size at opening decides: what is appended later is not received, and a file that changed while it
 * was read says so.
 */
import { closeSync, constants, fstatSync, openSync, read as readFile, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import type { Keeper } from './keep.js';
import { type ByteStream, StreamFailure } from './stream.js';
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
  #failure: StreamFailure | undefined;

  /** Takes over an open regular file; `close` closes it. `onRead` hears how many bytes each read gave. */
  constructor(open: OpenFile, keeper: Keeper, onRead: (bytes: number) => void) {
    this.#open = open;
    this.size = open.status.size;
    this.#keeper = keeper;
    this.#onRead = onRead;
  }

  async read(target: Buffer): Promise<number> {
    const wanted = Math.min(target.length, chunkBytes, this.size - this.position);
    if (wanted <= 0 || this.#failure !== undefined) return 0;
    const bytes = await this.#readBytes(target, wanted);
    if (bytes > 0) await this.#keeper.write(target.subarray(0, bytes));
    this.position += bytes;
    this.#onRead(bytes);
    return bytes;
  }

  /** Keeps what no parser asked for. Returns what was wrong with the file, if no reader of it was told already. */
  async finish(): Promise<StreamFailure | undefined> {
    if (this.#failure !== undefined) return undefined;
    try {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, this.size - this.position));
      while ((await this.read(chunk)) > 0);
    } catch (error) {
      if (error instanceof StreamFailure) return error;
      throw error;
    }
    const isWhole = this.position === this.size && !hasChanged(this.#open);
    return isWhole ? undefined : new StreamFailure('changed-while-read', changedNote);
  }

  async #readBytes(target: Buffer, wanted: number): Promise<number> {
    try {
      return (await readAt(this.#open.file, target, 0, wanted, this.position)).bytesRead;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      this.#failure = new StreamFailure(
        'unreadable-file',
        `the file cannot be read beyond byte ${this.position} (${code})`,
      );
      throw this.#failure;
    }
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
