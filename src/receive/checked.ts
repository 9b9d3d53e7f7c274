/**
 * A stream that is held against what its container says of it: how many bytes, which CRC-32.
 */
import { crc32 } from 'node:zlib';
import { type ByteStream, StreamFailure } from './stream.js';

export class CheckedStream implements ByteStream {
  readonly #stream: ByteStream;
  readonly #expectedBytes: number;
  readonly #expectedCrc: number;
  #bytes = 0;
  #crc = 0;

  constructor(stream: ByteStream, bytes: number, crc: number) {
    this.#stream = stream;
    this.#expectedBytes = bytes;
    this.#expectedCrc = crc;
  }

  async read(target: Buffer): Promise<number> {
    const bytes = await this.#stream.read(target);
    if (bytes > 0) {
      this.#bytes += bytes;
      this.#crc = crc32(target.subarray(0, bytes), this.#crc);
      return bytes;
    }
    if (this.#bytes !== this.#expectedBytes) {
      throw new StreamFailure(
        this.#bytes < this.#expectedBytes ? 'truncated' : 'damaged',
        `the entry gave ${this.#bytes} bytes, its header says ${this.#expectedBytes}`,
      );
    }
    if (this.#crc !== this.#expectedCrc)
      throw new StreamFailure('damaged', 'the entry does not match its checksum');
    return 0;
  }

  close(): Promise<void> {
    return this.#stream.close();
  }
}
