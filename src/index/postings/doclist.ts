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

import type { Bitset } from '../bitset.js';

export interface Doclist {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Offsets, ascending, at which a message's number is written whole. */
  readonly whole: readonly number[];
}

/** How much a word counts in each column; 0 for columns that are not looked at. */
export type ColumnWeights = readonly number[];

/** A place is its column times this, plus the word's place in the column: a text has at most `limits.maxTextCharacters`. */
const columnShift = 28;

export const columnOf = (place: number): number => place >>> columnShift;

/** Places of a word or phrase in one message, ascending. Filled again for each message. */
export class Places {
  values = new Int32Array(64);
  count = 0;

  push(place: number): void {
    if (this.count === this.values.length) {
      const longer = new Int32Array(this.values.length * 2);
      longer.set(this.values);
      this.values = longer;
    }
    this.values[this.count++] = place;
  }
}

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

  open({ bytes, start, end, whole }: Doclist): this {
    this.openAt(bytes, start, end, whole);
    return this;
  }

  openAt(bytes: Uint8Array, start: number, end: number, whole: readonly number[]): void {
    this.number = 0;
    this.#bytes = bytes;
    this.#to = start;
    this.#end = end;
    this.#whole = whole;
    this.#wholeIndex = 0;
    this.#nextWhole = whole[0] ?? -1;
  }

  /** Length of what is left of the list. */
  get bytes(): number {
    return this.#end - this.#to;
  }

  next(): boolean {
    return this.seek(this.number + 1);
  }

  /** Goes on to the first message from `number` on; false where there is none. */
  seek(number: number): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    let present = this.number;
    let to = this.#to;
    let from = this.#from;
    while (present < number && to < end) {
      let at = to;
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      if (to === this.#nextWhole) {
        present = value;
        this.#nextWhole = this.#whole[++this.#wholeIndex] ?? -1;
      } else present += value;
      byte = bytes[at++] ?? 0;
      value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      from = at;
      to = at + (value >>> 1);
    }
    this.number = present;
    this.#from = from;
    this.#to = to;
    return present >= number;
  }

  /** Adds the messages from here on to `set`. */
  addTo({ words }: Bitset): void {
    const bytes = this.#bytes;
    const end = this.#end;
    let number = this.number;
    let at = this.#to;
    while (at < end) {
      const isWhole = at === this.#nextWhole;
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      if (isWhole) {
        number = value;
        this.#nextWhole = this.#whole[++this.#wholeIndex] ?? -1;
      } else number += value;
      byte = bytes[at++] ?? 0;
      value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      at += value >>> 1;
      const word = number >>> 5;
      // Committed since the set was made: found the next time.
      if (word < words.length) words[word] = (words[word] ?? 0) | (1 << (number & 31));
    }
    this.#to = at;
    this.number = number;
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
    const to = this.#to;
    let weight = weights[0] ?? 0;
    let sum = 0;
    // Places in the present column.
    let count = 0;
    let at = this.#from;
    while (at < to) {
      let byte = bytes[at++] ?? 0;
      if (byte === 1) {
        sum += count * weight;
        count = 0;
        weight = weights[bytes[at++] ?? 0] ?? 0;
        continue;
      }
      while (byte >= 0x80) byte = bytes[at++] ?? 0;
      count += 1;
    }
    return sum + count * weight;
  }

  /** Fills `places` with those of the term in the present message, each less `offset`, in columns with a weight. */
  places(weights: ColumnWeights, offset: number, places: Places): void {
    const bytes = this.#bytes;
    const to = this.#to;
    let isWanted = (weights[0] ?? 0) > 0;
    let place = -offset;
    places.count = 0;
    for (let at = this.#from; at < to; ) {
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      if (value === 1) {
        const column = bytes[at++] ?? 0;
        isWanted = (weights[column] ?? 0) > 0;
        place = (column << columnShift) - offset;
      } else {
        place += value - 2;
        if (isWanted) places.push(place);
      }
    }
  }

  /** Keeps those of `starts` for which the term stands at `start + offset` in the present message. */
  keepFollowed(starts: Places, offset: number): void {
    const bytes = this.#bytes;
    const to = this.#to;
    const { values, count } = starts;
    let place = -offset;
    let next = 0;
    let kept = 0;
    for (let at = this.#from; at < to && next < count; ) {
      let byte = bytes[at++] ?? 0;
      let value = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[at++] ?? 0;
        value = (value << 7) | (byte & 0x7f);
      }
      if (value === 1) {
        place = ((bytes[at++] ?? 0) << columnShift) - offset;
        continue;
      }
      place += value - 2;
      while (next < count && (values[next] ?? 0) < place) next++;
      if (next < count && values[next] === place) {
        values[kept++] = place;
        next++;
      }
    }
    starts.count = kept;
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

  #present(): number[] {
    return (this.#places.get(this.number) ?? []).sort((a, b) => a - b);
  }

  /** As those of a word; what is in other columns was left out when they were merged. */
  places(_weights: ColumnWeights, offset: number, places: Places): void {
    places.count = 0;
    for (const place of this.#present()) places.push(place - offset);
  }

  keepFollowed(starts: Places, offset: number): void {
    const there = new Set(this.#present());
    let kept = 0;
    for (let at = 0; at < starts.count; at++) {
      const start = starts.values[at] ?? 0;
      if (there.has(start + offset)) starts.values[kept++] = start;
    }
    starts.count = kept;
  }
}
