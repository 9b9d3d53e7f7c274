/**
 * bzip2 (no standard; the format is what bzip2 1.0 writes), streams in a row as one.
 *
 *   "BZh9"   31 41 59 26 53 59 block …   17 72 45 38 50 90 crc(32), zeros to a whole byte
 *
 * Decoded here because a block of a few bytes may hold 46 MB of equal bytes: this decoder gives a block in
 * pieces, where the library that was tried first builds it as an array of numbers.
 */
import { BitReader, OutOfBits } from './bzip2-bits.js';
import { Bzip2Block } from './bzip2-block.js';
import { Bzip2Damage } from './bzip2-codes.js';
import type { LayerMeter } from './expansion.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

/** No block is longer than this packed: 900,000 symbols of 20 bits, selectors, tables. */
const maxPackedBlockBytes = 2_500_000;

const blockMark = '314159265359';
const endMark = '177245385090';

export class Bzip2Stream implements ByteStream {
  readonly #packed: Window;
  readonly #meter: LayerMeter;
  #column = new Uint32Array(0);
  #block: Bzip2Block | undefined;
  /** Bits of the first byte in the window that were used. */
  #usedBits = 0;
  #streamCrc = 0;
  #streams = 0;
  #inStream: boolean = false;

  constructor(packed: Window, meter: LayerMeter) {
    this.#packed = packed;
    this.#meter = meter;
  }

  async read(target: Buffer): Promise<number> {
    for (;;) {
      if (this.#block === undefined && !(await this.#openBlock())) return 0;
      const bytes = this.#guard(() => this.#block?.read(target) ?? 0);
      this.#meter.out(bytes);
      if (bytes > 0) return bytes;
      const crc = this.#block?.crc ?? 0;
      this.#streamCrc = (((this.#streamCrc << 1) | (this.#streamCrc >>> 31)) ^ crc) >>> 0;
      this.#block = undefined;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Decodes the next block; false at the end of the last stream. */
  async #openBlock(): Promise<boolean> {
    for (;;) {
      await this.#packed.fill(maxPackedBlockBytes);
      if (!this.#inStream && this.#packed.length === 0 && this.#streams > 0) {
        if (this.#packed.failure !== undefined) throw this.#packed.failure;
        return false;
      }
      const bits = new BitReader(this.#packed.view(), this.#usedBits);
      const found = this.#guard(() => this.#readNext(bits), bits);
      const bytes = bits.position >>> 3;
      this.#meter.into(bytes);
      this.#packed.skip(bytes);
      this.#usedBits = bits.position & 7;
      if (found) return true;
    }
  }

  /** A stream's start, a block or a stream's end; true for a block. */
  #readNext(bits: BitReader): boolean {
    if (!this.#inStream) {
      this.#startStream(bits);
      return false;
    }
    const mark = bits.readMark();
    if (mark === blockMark) {
      this.#block = new Bzip2Block(bits, this.#column);
      return true;
    }
    if (mark !== endMark) throw new Bzip2Damage('neither a block nor the end of the stream');
    if (bits.readUint32() !== this.#streamCrc)
      throw new Bzip2Damage('a stream that does not match its checksum');
    bits.alignToByte();
    this.#inStream = false;
    return false;
  }

  #startStream(bits: BitReader): void {
    const magic = bits.read(24);
    const level = bits.read(8) - 0x30;
    if (magic !== 0x425a68 || level < 1 || level > 9) {
      const note = `the bytes from ${this.#packed.offset} on, after bzip2 stream ${this.#streams}, are not bzip2`;
      throw new StreamFailure('damaged', note, this.#streams > 0);
    }
    if (this.#column.length !== level * 100_000) this.#column = new Uint32Array(level * 100_000);
    this.#streams += 1;
    this.#inStream = true;
    this.#streamCrc = 0;
  }

  #guard<T>(decode: () => T, bits?: BitReader): T {
    try {
      return decode();
    } catch (error) {
      const at = this.#packed.offset;
      // Beyond the end all bits are zero, which may look like damage first.
      const isCutOff = error instanceof Bzip2Damage && bits?.isAtEnd === true;
      if (error instanceof OutOfBits || isCutOff) {
        const note = `bzip2 data stops before its end, at byte ${at + this.#packed.length}`;
        throw this.#packed.failure ?? new StreamFailure('truncated', note);
      }
      if (error instanceof Bzip2Damage)
        throw new StreamFailure('damaged', `bzip2 data from byte ${at} on is damaged: ${error.message}`);
      throw error;
    }
  }
}
