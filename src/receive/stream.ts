/**
 * Bytes that are pulled: a file, an entry of an archive, what a decompressor gives.
 *
 * Pulled rather than pushed, because the reader decides how much memory there is: it hands over the buffer
 * to fill. A damaged stream gives every byte up to the damage, then throws a `StreamFailure`.
 */
import type { FailureCode } from './source.js';

export interface ByteStream {
  /**
   * Fills `target` from its start and returns how many bytes it put there; 0 only at the end.
   * Throws `StreamFailure` where the bytes cannot be had.
   */
  read(target: Buffer): Promise<number>;
  /** Lets go of what the stream holds. Does not close the stream below it. */
  close(): Promise<void>;
}

/** Why a stream ended early. Data, not a bug: it becomes a `failed` event of the entry that held the stream. */
export class StreamFailure extends Error {
  readonly code: FailureCode;
  /** Everything before the failure is whole: only what follows the data is wrong. */
  readonly isAfterEnd: boolean;

  constructor(code: FailureCode, note: string, isAfterEnd = false) {
    super(note);
    this.name = 'StreamFailure';
    this.code = code;
    this.isAfterEnd = isAfterEnd;
  }
}

/** Bytes that are in memory already. */
export class BufferStream implements ByteStream {
  #rest: Buffer;

  constructor(bytes: Buffer) {
    this.#rest = bytes;
  }

  read(target: Buffer): Promise<number> {
    const bytes = this.#rest.copy(target);
    this.#rest = this.#rest.subarray(bytes);
    return Promise.resolve(bytes);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
