/**
 * One block of bzip2: bits in, then its bytes in pieces of any size.
 *
 *   crc(32) randomised(1) origin(24) │ bytes that occur │ selectors │ code tables │ symbols … end
 *
 * The symbols give the last column of the Burrows-Wheeler matrix; walking it from `origin` gives the bytes
 * in order, in which four equal bytes are followed by how many more there are.
 */
import type { BitReader } from './bzip2-bits.js';
import { Bzip2Damage, type CodeTable, readCodeTable } from './bzip2-codes.js';

const symbolsPerGroup = 50;
const maxSelectors = 18_002;

export class Bzip2Block {
  /** Low 8 bits: a byte of the last column. High 24: where the next one is. */
  readonly #column: Uint32Array;
  readonly #expectedCrc: number;
  #crc = 0xffffffff;
  #left: number;
  #next: number;
  /** The byte before, and how often in a row it came. */
  #previous = -1;
  #run = 0;
  /** Copies of `#previous` that are still to be given. */
  #copies = 0;

  /** Reads the whole block. `column` is room for it, reused from block to block. Throws `OutOfBits`, `Bzip2Damage`. */
  constructor(bits: BitReader, column: Uint32Array) {
    this.#column = column;
    this.#expectedCrc = bits.readUint32();
    if (bits.read(1) === 1)
      throw new Bzip2Damage('a randomised block, which bzip2 has not written since 1997');
    const origin = bits.read(24);
    this.#left = readColumn(bits, column);
    if (origin >= this.#left) throw new Bzip2Damage('a block whose origin lies outside');
    linkColumn(column, this.#left);
    this.#next = (column[origin] ?? 0) >>> 8;
  }

  /** Writes the next bytes to `target`; 0 at the end of the block. Throws `Bzip2Damage` where its checksum is wrong. */
  read(target: Buffer): number {
    let written = 0;
    while (written < target.length) {
      if (this.#copies > 0) {
        const end = Math.min(target.length, written + this.#copies);
        this.#copies -= end - written;
        target.fill(this.#previous, written, end);
        for (; written < end; written += 1) this.#updateCrc(this.#previous);
        continue;
      }
      if (this.#left === 0) break;
      const entry = this.#column[this.#next] ?? 0;
      this.#next = entry >>> 8;
      this.#left -= 1;
      const byte = entry & 0xff;
      if (this.#run === 4) {
        this.#copies = byte;
        this.#run = 0;
        // Four equal bytes after the repeats start a run of their own.
        if (byte === 0) continue;
      } else {
        this.#run = byte === this.#previous ? this.#run + 1 : 1;
        this.#previous = byte;
        this.#updateCrc(byte);
        target[written++] = byte;
      }
    }
    if (written === 0 && target.length > 0 && this.crc !== this.#expectedCrc)
      throw new Bzip2Damage('a block that does not match its checksum');
    return written;
  }

  get crc(): number {
    return ~this.#crc >>> 0;
  }

  #updateCrc(byte: number): void {
    this.#crc = (this.#crc << 8) ^ (crcTable[(this.#crc >>> 24) ^ byte] ?? 0);
  }
}

/** Decodes the symbols of a block into the last column; returns how many bytes it has. */
function readColumn(bits: BitReader, column: Uint32Array): number {
  const alphabet = readAlphabet(bits);
  const tables = bits.read(3);
  if (tables < 2 || tables > 6) throw new Bzip2Damage('a number of code tables out of bounds');
  const selectors = readSelectors(bits, tables);
  const codes: CodeTable[] = [];
  for (let table = 0; table < tables; table += 1) codes.push(readCodeTable(bits, alphabet.length + 2));
  return readSymbols(bits, alphabet, selectors, codes, column);
}

/** The bytes that occur, from two levels of bit maps. */
function readAlphabet(bits: BitReader): Uint8Array {
  const used = bits.read(16);
  const alphabet: number[] = [];
  for (let row = 0; row < 16; row += 1) {
    if ((used & (0x8000 >>> row)) === 0) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column += 1)
      if (columns & (0x8000 >>> column)) alphabet.push(row * 16 + column);
  }
  if (alphabet.length === 0) throw new Bzip2Damage('a block without bytes');
  return Uint8Array.from(alphabet);
}

/** Which code table each group of symbols uses: move-to-front, unary. */
function readSelectors(bits: BitReader, tables: number): Uint8Array {
  const count = bits.read(15);
  const order = Uint8Array.from({ length: tables }, (_, table) => table);
  const selectors = new Uint8Array(Math.min(count, maxSelectors));
  for (let index = 0; index < count; index += 1) {
    let from = 0;
    while (bits.read(1) === 1) from += 1;
    if (from >= tables) throw new Bzip2Damage('a selector of no table');
    const selected = order[from] ?? 0;
    order.copyWithin(1, 0, from);
    order[0] = selected;
    // Old writers round up the number of selectors; those beyond the largest block are never used.
    if (index < maxSelectors) selectors[index] = selected;
  }
  return selectors;
}

/** Symbols 0 and 1 are digits of a run length, the last one ends the block, the others are move-to-front positions. */
function readSymbols(
  bits: BitReader,
  alphabet: Uint8Array,
  selectors: Uint8Array,
  codes: CodeTable[],
  column: Uint32Array,
): number {
  const front = Uint8Array.from(alphabet);
  const endSymbol = alphabet.length + 1;
  let count = 0;
  let digit = 1;
  for (let group = 0; group < selectors.length; group += 1) {
    const code = codes[selectors[group] ?? 0];
    if (code === undefined) break;
    for (let index = 0; index < symbolsPerGroup; index += 1) {
      const symbol = code.decode(bits);
      if (symbol === endSymbol) {
        bits.checkEnd();
        return count;
      }
      if (symbol <= 1) {
        const end = count + digit * (symbol + 1);
        if (end > column.length) throw new Bzip2Damage('a block larger than it may be');
        column.fill(front[0] ?? 0, count, end);
        count = end;
        digit *= 2;
        continue;
      }
      digit = 1;
      if (count >= column.length) throw new Bzip2Damage('a block larger than it may be');
      const byte = front[symbol - 1] ?? 0;
      front.copyWithin(1, 0, symbol - 1);
      front[0] = byte;
      column[count++] = byte;
    }
    bits.checkEnd();
  }
  throw new Bzip2Damage('a block without an end');
}

/** Puts into each entry where the byte after it is: the inverse of the Burrows-Wheeler transform. */
function linkColumn(column: Uint32Array, count: number): void {
  const starts = new Uint32Array(256);
  for (let at = 0; at < count; at += 1)
    starts[(column[at] ?? 0) & 0xff] = (starts[(column[at] ?? 0) & 0xff] ?? 0) + 1;
  let sum = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    const occurrences = starts[byte] ?? 0;
    starts[byte] = sum;
    sum += occurrences;
  }
  for (let at = 0; at < count; at += 1) {
    const byte = (column[at] ?? 0) & 0xff;
    const to = starts[byte] ?? 0;
    starts[byte] = to + 1;
    column[to] = (column[to] ?? 0) | (at << 8);
  }
}

/** CRC-32 with the polynomial 04c11db7, most significant bit first. */
const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
