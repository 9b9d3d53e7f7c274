/**
 * Doclists of FTS5: which messages hold a term, and where in them.
 *
 *   8a 2f             the first message's number; each later one as the difference from the one before
 *   0c                twice the length of its position list (odd: deleted, which never happens here)
 *   05 09 01 04 07 08 the places: words 3 and 10 of column 0, then (01 04) words 5 and 11 of column 4
 *
 * A place is the distance from the one before in its column, plus 2, so that 01 can announce a column. Numbers are
 * SQLite's variable-length integers: seven bits a byte, the highest first.
 */

export interface Doclist {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Offsets, ascending, at which a message's number is written whole. */
  readonly whole: readonly number[];
}

/** How much a word counts in each column; 0 for columns that are not looked at. */
export type ColumnWeights = readonly number[];

/** A place is its column times this, plus the word's place in the column. */
const columnSpan = 2 ** 32;

export const columnOf = (place: number): number => Math.floor(place / columnSpan);

/** Goes through a doclist message by message. Opened again for each list: there are a hundred thousand for a short prefix. */
export class Postings {
  /** Of the present message; 0 before the first. */
  number = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Where the places of the present message begin and end. */
  #from = 0;
  #to = 0;
  #end = 0;
  #whole: readonly number[] = [];
  #wholeIndex = 0;
  #nextWhole = -1;

  open(list: Doclist): this {
    this.number = 0;
    this.#bytes = list.bytes;
    this.#to = list.start;
    this.#end = list.end;
    this.#whole = list.whole;
    this.#wholeIndex = 0;
    this.#nextWhole = list.whole[0] ?? -1;
    return this;
  }

  next(): boolean {
    const bytes = this.#bytes;
    let at = this.#to;
    if (at >= this.#end) return false;
    const isWhole = at === this.#nextWhole;
    let value = 0;
    let byte = 0;
    do {
      byte = bytes[at++] ?? 0;
      value = (value << 7) | (byte & 0x7f);
    } while (byte >= 0x80);
    if (isWhole) {
      this.number = value;
      this.#nextWhole = this.#whole[++this.#wholeIndex] ?? -1;
    } else this.number += value;
    value = 0;
    do {
      byte = bytes[at++] ?? 0;
      value = (value << 7) | (byte & 0x7f);
    } while (byte >= 0x80);
    this.#from = at;
    this.#to = at + (value >>> 1);
    return true;
  }

  /** Goes on to the first message from `number` on; false where there is none. */
  seek(number: number): boolean {
    while (this.number < number) if (!this.next()) return false;
    return true;
  }

  /** Messages from here on. */
  count(): number {
    let count = 0;
    while (this.next()) count += 1;
    return count;
  }

  /** The sum of the weights of the term's places in the present message. */
  weigh(weights: ColumnWeights): number {
    const bytes = this.#bytes;
    let weight = weights[0] ?? 0;
    let sum = 0;
    for (let at = this.#from; at < this.#to; at++) {
      let byte = bytes[at] ?? 0;
      if (byte === 1) {
        weight = weights[bytes[++at] ?? 0] ?? 0;
        continue;
      }
      while (byte >= 0x80) byte = bytes[++at] ?? 0;
      sum += weight;
    }
    return sum;
  }

  /** The term's places in the present message, ascending, in columns with a weight. */
  places(weights: ColumnWeights): number[] {
    const bytes = this.#bytes;
    const places: number[] = [];
    let base = 0;
    let isWanted = (weights[0] ?? 0) > 0;
    let word = 0;
    for (let at = this.#from; at < this.#to; ) {
      let value = 0;
      let byte = 0;
      do {
        byte = bytes[at++] ?? 0;
        value = value * 128 + (byte & 0x7f);
      } while (byte >= 0x80);
      if (value === 1) {
        const column = bytes[at++] ?? 0;
        base = column * columnSpan;
        isWanted = (weights[column] ?? 0) > 0;
        word = 0;
      } else {
        word += value - 2;
        if (isWanted) places.push(base + word);
      }
    }
    return places;
  }
}

/** Several doclists of one segment as if they were one term's. */
export class MergedPostings {
  number = 0;
  readonly #numbers: readonly number[];
  readonly #places: ReadonlyMap<number, number[]>;
  #at = -1;

  constructor(places: ReadonlyMap<number, number[]>) {
    this.#places = places;
    this.#numbers = Array.from(places.keys()).sort((a, b) => a - b);
  }

  seek(number: number): boolean {
    while (this.number < number) {
      const next = this.#numbers[++this.#at];
      if (next === undefined) return false;
      this.number = next;
    }
    return true;
  }

  places(): number[] {
    return (this.#places.get(this.number) ?? []).sort((a, b) => a - b);
  }
}
