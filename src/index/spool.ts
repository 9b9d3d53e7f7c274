/** Reading raw bytes back from the spool beside a shard: one zstd frame holds a few messages. */
import { closeSync, openSync, readSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';

/** Unpacked frames kept: one page of hits touches the same frames again and again. */
const keptFrames = 16;

export class SpoolReader {
  readonly #file: number;
  readonly #frames = new Map<number, Buffer>();

  constructor(path: string) {
    this.#file = openSync(path, 'r');
  }

  read(frame: number, frameLength: number, offset: number, length: number): Buffer {
    return this.#frame(frame, frameLength).subarray(offset, offset + length);
  }

  #frame(offset: number, length: number): Buffer {
    const known = this.#frames.get(offset);
    if (known !== undefined) return known;
    const packed = Buffer.allocUnsafe(length);
    readSync(this.#file, packed, 0, length, offset);
    const unpacked = zstdDecompressSync(packed);
    this.#frames.set(offset, unpacked);
    if (this.#frames.size > keptFrames) {
      const [oldest] = this.#frames.keys();
      if (oldest !== undefined) this.#frames.delete(oldest);
    }
    return unpacked;
  }

  close(): void {
    closeSync(this.#file);
  }
}
