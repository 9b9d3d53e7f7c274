/**
 * Huffman codes of a bzip2 block: canonical, 1 to 20 bits, up to six tables that take turns every 50 symbols.
 *
 *   lengths 1 2 3 3   →   codes 0 10 110 111
 */
import type { BitReader } from './bzip2-bits.js';

export class Bzip2Damage extends Error {}

const maxCodeBits = 20;
/** Codes up to this long are found with one look into a table. */
const lookupBits = 10;

export class CodeTable {
  /** For the next `lookupBits` bits: symbol × 32 + length; 0 where the code is longer. */
  readonly #lookup = new Uint16Array(1 << lookupBits);
  /** By length: the largest code, left-aligned to 20 bits, and what to take off for the index into `#symbols`. */
  readonly #limit = new Int32Array(maxCodeBits + 2).fill(-1);
  readonly #base = new Int32Array(maxCodeBits + 2);
  readonly #symbols: Uint16Array;

  constructor(lengths: Uint8Array) {
    const symbols: number[] = [];
    let code = 0;
    for (let length = 1; length <= maxCodeBits; length += 1) {
      const first = symbols.length;
      const firstCode = code;
      for (let symbol = 0; symbol < lengths.length; symbol += 1) {
        if (lengths[symbol] !== length) continue;
        if (length <= lookupBits) this.#fillLookup(code, length, symbol);
        symbols.push(symbol);
        code += 1;
      }
      if (code > 1 << length) throw new Bzip2Damage('a code table that is overfull');
      this.#limit[length] = code - 1;
      this.#base[length] = firstCode - first;
      code <<= 1;
    }
    this.#symbols = Uint16Array.from(symbols);
  }

  decode(bits: BitReader): number {
    const next = bits.peek(maxCodeBits);
    const known = this.#lookup[next >>> (maxCodeBits - lookupBits)] ?? 0;
    if (known !== 0) {
      bits.position += known & 31;
      return known >>> 5;
    }
    for (let length = lookupBits + 1; length <= maxCodeBits; length += 1) {
      const code = next >>> (maxCodeBits - length);
      if (code > (this.#limit[length] ?? -1)) continue;
      const symbol = this.#symbols[code - (this.#base[length] ?? 0)];
      if (symbol === undefined) break;
      bits.position += length;
      return symbol;
    }
    throw new Bzip2Damage('bits that are no code');
  }

  #fillLookup(code: number, length: number, symbol: number): void {
    const shift = lookupBits - length;
    this.#lookup.fill(symbol * 32 + length, code << shift, (code + 1) << shift);
  }
}

/** Reads one table: the first length, then differences (10 up, 11 down, 0 done). */
export function readCodeTable(bits: BitReader, symbols: number): CodeTable {
  const lengths = new Uint8Array(symbols);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    for (;;) {
      if (length < 1 || length > maxCodeBits) throw new Bzip2Damage('a code length out of bounds');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return new CodeTable(lengths);
}
