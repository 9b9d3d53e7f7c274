/**
 * The columns that sorting, filtering and facets need, in typed arrays indexed by message number: about 50 bytes
 * a message. Loaded once, topped up while a receive goes on.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { GrowingIntegers } from '../thread/growing.js';
import { Bitset } from './bitset.js';

/** Lists of small numbers, one list per message, each value once. They grow while mail arrives. */
export class Lists {
  /** By message, where its list is: its length, then its values; 0 where it has none. */
  #places = new Uint32Array(1024);
  #values = new Uint32Array(4096);
  #end = 1;
  /** By value, the list that had it last. */
  #seenIn = new Uint32Array(1024);

  /** `pairs` in any order: [message, value, message, value, …]; repeated pairs count once. */
  static from(pairs: GrowingIntegers): Lists {
    const lists = new Lists();
    for (let i = 0; i < pairs.length; i += 2) lists.add(pairs.at(i), pairs.at(i + 1));
    return lists;
  }

  /** Gives a message its list; what it had before is gone. */
  set(number: number, values: ArrayLike<number>): void {
    this.#places = longEnough(this.#places, number);
    const place = this.#end;
    this.#values = longEnough(this.#values, place + values.length);
    let count = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      this.#seenIn = longEnough(this.#seenIn, value);
      // Places are different for each list that is set.
      if (this.#seenIn[value] === place) continue;
      this.#seenIn[value] = place;
      this.#values[place + ++count] = value;
    }
    this.#values[place] = count;
    this.#places[number] = count === 0 ? 0 : place;
    this.#end = count === 0 ? place : place + 1 + count;
  }

  /** Adds a value to the list of a message. Looks through it: for lists of a few. */
  add(number: number, value: number): void {
    if (this.some(number, (each) => each === value)) return;
    this.#places = longEnough(this.#places, number);
    const before = this.#places[number] ?? 0;
    const count = before === 0 ? 0 : (this.#values[before] ?? 0);
    this.#values = longEnough(this.#values, this.#end + count + 2);
    const isLast = before !== 0 && before + count + 1 === this.#end;
    const place = isLast ? before : this.#end;
    if (!isLast && before !== 0) this.#values.copyWithin(place + 1, before + 1, before + 1 + count);
    this.#values[place] = count + 1;
    this.#values[place + count + 1] = value;
    this.#places[number] = place;
    this.#end = place + count + 2;
  }

  /** Adds one to `counts[value]` for each value of message `number`. */
  tally(number: number, counts: Uint32Array): void {
    const place = this.#places[number] ?? 0;
    if (place === 0) return;
    const values = this.#values;
    const end = place + (values[place] ?? 0);
    for (let i = place + 1; i <= end; i++) {
      const value = values[i] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }

  visit(number: number, visit: (value: number) => void): void {
    const place = this.#places[number] ?? 0;
    const end = place === 0 ? 0 : place + (this.#values[place] ?? 0);
    for (let i = place + 1; i <= end; i++) visit(this.#values[i] ?? 0);
  }

  /** Whether a value of message `number` is marked with 1. */
  hasAny(number: number, marked: Uint8Array): boolean {
    const place = this.#places[number] ?? 0;
    if (place === 0) return false;
    const end = place + (this.#values[place] ?? 0);
    for (let i = place + 1; i <= end; i++) if (marked[this.#values[i] ?? 0] === 1) return true;
    return false;
  }

  some(number: number, test: (value: number) => boolean): boolean {
    const place = this.#places[number] ?? 0;
    const end = place === 0 ? 0 : place + (this.#values[place] ?? 0);
    for (let i = place + 1; i <= end; i++) if (test(this.#values[i] ?? 0)) return true;
    return false;
  }
}

/** `array`, or a longer copy of it that has the index. */
export function longEnough<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(
  array: T,
  index: number,
): T {
  if (index < array.length) return array;
  const length = Math.max(1024, 2 ** Math.ceil(Math.log2(index + 2)));
  const longer = new (array.constructor as new (length: number) => T)(length);
  longer.set(array);
  return longer;
}

/** Strings as small numbers. */
export class Dictionary {
  readonly names: string[] = [];
  readonly #ids = new Map<string, number>();

  find(name: string): number | undefined {
    return this.#ids.get(name);
  }

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.names.length;
    this.#ids.set(name, id);
    this.names.push(name);
    return id;
  }
}

/** Stands for "no date" and "no sender". */
export const none = 0xffffffff;

const monthStarts = Array.from({ length: 200 * 12 }, (_, month) => Date.UTC(1970, month, 1));

/** Months since January 1970, clamped to two centuries: without making a Date for each message. */
export function monthIndex(sentAt: number): number {
  let low = 0;
  let high = monthStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((monthStarts[middle] ?? 0) <= sentAt) low = middle;
    else high = middle - 1;
  }
  return low;
}

export class Columns {
  /** Highest number + 1. */
  capacity = 1;
  count = 0;
  /** Milliseconds; NaN where undated, and where there is no such message. */
  sentAt = new Float64Array(0);
  size = new Float64Array(0);
  attachments = new Uint32Array(0);
  /** 1 + the index of the shard that holds the message, 0 where there is no such message. */
  shard = new Uint16Array(0);
  #order = new Uint32Array(0);
  #known: Bitset | undefined;

  /** Takes up the messages of one shard whose number is above `after`. Returns the highest it saw. */
  load(db: DatabaseSync, shard: number, after: number): number {
    const rows = db
      .prepare(`SELECT json_group_array(number) number, json_group_array(sent_at) sent_at, json_group_array(size) size,
        json_group_array(attachments) attachments FROM doc WHERE number > ?`)
      .get(after);
    const numbers = parseColumn(rows?.number);
    const dates = parseColumn(rows?.sent_at);
    const sizes = parseColumn(rows?.size);
    const attachments = parseColumn(rows?.attachments);
    let highest = after;
    for (const number of numbers) if (number !== null && number > highest) highest = number;
    this.#reserve(highest);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] ?? 0;
      this.shard[number] = shard + 1;
      this.sentAt[number] = dates[i] ?? Number.NaN;
      this.size[number] = sizes[i] ?? 0;
      this.attachments[number] = attachments[i] ?? 0;
    }
    this.count += numbers.length;
    this.#order = merged(this, this.#order, sortByDate(this, numbers));
    this.#known = undefined;
    return highest;
  }

  has(number: number): boolean {
    return (this.shard[number] ?? 0) !== 0;
  }

  /** Every message. Shared: do not change it. */
  get known(): Bitset {
    if (this.#known !== undefined) return this.#known;
    const known = new Bitset(this.capacity);
    for (let number = 0; number < this.capacity; number++) if (this.has(number)) known.add(number);
    this.#known = known;
    return known;
  }

  /** All numbers in the order of `byDate`. */
  get order(): Uint32Array {
    return this.#order;
  }

  #reserve(number: number): void {
    if (number >= this.capacity) this.capacity = number + 1;
    const { length } = this.sentAt;
    this.sentAt = longEnough(this.sentAt, number);
    this.sentAt.fill(Number.NaN, length);
    this.size = longEnough(this.size, number);
    this.attachments = longEnough(this.attachments, number);
    this.shard = longEnough(this.shard, number);
  }
}

/** A column leaves SQLite as one JSON text: a fifth of the cost of a row each. */
function parseColumn(json: SQLOutputValue | undefined): (number | null)[] {
  return JSON.parse(String(json ?? '[]')) as (number | null)[];
}

/** Undated messages sort after the oldest. */
export const dateKey = (sentAt: number | undefined): number =>
  sentAt === undefined || Number.isNaN(sentAt) ? -8.64e15 - 1 : sentAt;

/** Below 0 where `a` comes first: newest first, undated last; equal dates by number, highest first. */
export function byDate({ sentAt }: Columns, a: number, b: number): number {
  return dateKey(sentAt[b]) - dateKey(sentAt[a]) || b - a;
}

/** In the order of `byDate`: dates are sorted as numbers, which is ten times as fast as comparing messages. */
function sortByDate({ sentAt }: Columns, numbers: readonly (number | null)[]): Uint32Array {
  const keyOf = (number: number): number => -dateKey(sentAt[number]);
  const descending = Uint32Array.from(numbers, (number) => number ?? 0)
    .sort()
    .reverse();
  const keys = Float64Array.from(descending, keyOf).sort();
  const sorted = new Uint32Array(descending.length);
  // By the first place of a date, how many of its messages have theirs.
  const placed = new Uint32Array(descending.length);
  for (const number of descending) {
    const place = lowerBound(keys, keyOf(number));
    const before = placed[place] ?? 0;
    sorted[place + before] = number;
    placed[place] = before + 1;
  }
  return sorted;
}

function lowerBound(ascending: Float64Array, key: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two sorted lists as one. */
function merged(columns: Columns, a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const both = new Uint32Array(a.length + b.length);
  let i = 0;
  for (let at = 0, j = 0; at < both.length; at++) {
    const takesA = j >= b.length || (i < a.length && byDate(columns, a[i] ?? 0, b[j] ?? 0) < 0);
    both[at] = (takesA ? a[i++] : b[j++]) ?? 0;
  }
  return both;
}
