/**
 * A sliding view of a stream: the bytes from a position on, in one piece, as many as asked for.
 *
 *   stream  ···|From a@b Mon …\nSubject: …\n\nFrom c@d …|···
 *              ^ offset        view()                   ^ filled so far
 *
 * Readers of mbox, tar and single messages find what they look for in `view()` and hand out parts of it
 * without copying. Only `fill` moves or replaces bytes, so whatever was handed out stays valid until then.
 */
import { BufferStream, type ByteStream, StreamFailure } from './stream.js';

/** Bytes read at once. Measured on 158 MB: 256 KiB and 1 MiB are equally fast, 4 MiB leaves the processor's cache. */
export const chunkBytes = 1024 * 1024;

export class Window {
  /** Why the stream ended early; set once `ended`. */
  failure: StreamFailure | undefined;
  /** No byte will come after those in `view()`. */
  ended: boolean = false;
  /** Position of `view()[0]` in the stream. */
  offset = 0;
  #buffer: Buffer;
  #start = 0;
  #end = 0;
  readonly #stream: ByteStream;
  readonly #baseBytes: number;

  constructor(stream: ByteStream, capacity = chunkBytes) {
    this.#stream = stream;
    this.#baseBytes = Math.max(1, capacity);
    this.#buffer = Buffer.alloc(0);
  }

  /** A window over bytes that are all there; nothing is copied. */
  static over(bytes: Buffer): Window {
    const window = new Window(new BufferStream(Buffer.alloc(0)), 1);
    window.#buffer = bytes;
    window.#end = bytes.length;
    window.ended = true;
    return window;
  }

  get length(): number {
    return this.#end - this.#start;
  }

  view(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  skip(bytes: number): void {
    this.#start += bytes;
    this.offset += bytes;
  }

  /** Reads until `view()` holds at least `bytes`; false where the stream ends before. Invalidates earlier views. */
  async fill(bytes: number): Promise<boolean> {
    while (this.length < bytes) {
      if (this.ended) return false;
      this.#makeRoom(bytes);
      await this.#readOnce();
    }
    return true;
  }

  /** Reads past `bytes` bytes without keeping them; false where the stream ends before. Invalidates earlier views. */
  async discard(bytes: number): Promise<boolean> {
    let rest = bytes;
    while (rest > this.length) {
      rest -= this.length;
      this.skip(this.length);
      if (!(await this.fill(1))) return rest === 0;
    }
    this.skip(rest);
    return true;
  }

  async close(): Promise<void> {
    await this.#stream.close();
  }

  async #readOnce(): Promise<void> {
    try {
      const got = await this.#stream.read(this.#buffer.subarray(this.#end));
      this.#end += got;
      this.ended = got === 0;
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      this.failure = error;
      this.ended = true;
    }
  }

  /** Moves what is left to the front, in a larger buffer where `bytes` need one, and back to a small one later. */
  #makeRoom(bytes: number): void {
    const kept = this.length;
    // Grows by what came: a promise of 150 MB must not cost 150 MB.
    const wanted = Math.max(this.#baseBytes, Math.min(bytes, 2 * kept + this.#baseBytes));
    // Where there is room behind, nothing moves: a long message must not be moved once per chunk.
    const room = this.#buffer.length - this.#end;
    if (room >= Math.max(1, this.#baseBytes >> 3) && this.#start + wanted <= this.#buffer.length) return;
    const spare = Math.max(this.#baseBytes >> 2, kept >> 2, 1);
    const fits = this.#buffer.length >= wanted && this.#buffer.length - kept >= spare;
    const oversized = this.#buffer.length > 8 * wanted && kept < wanted;
    if (fits && !oversized) {
      this.#buffer.copyWithin(0, this.#start, this.#end);
    } else {
      const larger = Buffer.allocUnsafeSlow(Math.max(wanted, kept + spare));
      this.#buffer.copy(larger, 0, this.#start, this.#end);
      this.#buffer = larger;
    }
    this.#start = 0;
    this.#end = kept;
  }
}
