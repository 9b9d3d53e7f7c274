/**
 * The columns that sorting, filtering and facets need, in typed arrays indexed by message number: about 50 bytes
 * a message. Loaded once, topped up while a receive goes on.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { GrowingIntegers } from '../thread/growing.js';
import { Bitset } from './bitset.js';

/** Lists of small numbers, one list per message: `values[starts[n] … starts[n + 1]]`, each value once. */
export class Lists {
  #starts = new Uint32Array(1);
  #values = new Uint32Array(0);

  /** `pairs` in any order: [message, value, message, value, …]; repeated pairs count once. Values are below `values`. */
  static from(pairs: GrowingIntegers, capacity: number, values: number): Lists {
    const lists = new Lists();
    const sorted = countingSort(pairs, capacity);
    // A value is kept where the last message that held it is another one.
    const seenIn = new Uint32Array(values).fill(none);
    let kept = 0;
    let from = 0;
    for (let number = 0; number < capacity; number++) {
      const to = sorted.starts[number + 1] ?? from;
      sorted.starts[number] = kept;
      for (; from < to; from++) {
        const value = sorted.values[from] ?? 0;
        if (seenIn[value] === number) continue;
        seenIn[value] = number;
        sorted.values[kept++] = value;
      }
    }
    sorted.starts[capacity] = kept;
    lists.#starts = sorted.starts;
    lists.#values = sorted.values.slice(0, kept);
    return lists;
  }

  /** Adds one to `counts[value]` for each value of message `number`. */
  tally(number: number, counts: Uint32Array): void {
    const end = this.#starts[number + 1] ?? 0;
    for (let i = this.#starts[number] ?? 0; i < end; i++) {
      const value = this.#values[i] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }

  visit(number: number, visit: (value: number) => void): void {
    const end = this.#starts[number + 1] ?? 0;
    for (let i = this.#starts[number] ?? 0; i < end; i++) visit(this.#values[i] ?? 0);
  }

  some(number: number, test: (value: number) => boolean): boolean {
    const end = this.#starts[number + 1] ?? 0;
    for (let i = this.#starts[number] ?? 0; i < end; i++) if (test(this.#values[i] ?? 0)) return true;
    return false;
  }
}

/** Values grouped by message; `starts` has one element more than there are messages. */
function countingSort(
  pairs: GrowingIntegers,
  capacity: number,
): { starts: Uint32Array<ArrayBuffer>; values: Uint32Array<ArrayBuffer> } {
  const starts = new Uint32Array(capacity + 2);
  for (let i = 0; i < pairs.length; i += 2) {
    const slot = pairs.at(i) + 2;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let n = 2; n < starts.length; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
  const values = new Uint32Array(pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) {
    const slot = pairs.at(i) + 1;
    const at = starts[slot] ?? 0;
    values[at] = pairs.at(i + 1);
    starts[slot] = at + 1;
  }
  return { starts: starts.subarray(0, capacity + 1), values };
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
  #order: Uint32Array | undefined;
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
    this.#order = undefined;
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
    this.#order ??= this.#sort();
    return this.#order;
  }

  #sort(): Uint32Array {
    const numbers = new Uint32Array(this.count);
    let at = 0;
    for (let number = 0; number < this.capacity; number++) if (this.has(number)) numbers[at++] = number;
    return numbers.sort((a, b) => byDate(this, a, b));
  }

  #reserve(number: number): void {
    if (number >= this.capacity) this.capacity = number + 1;
    if (number < this.shard.length) return;
    const length = Math.max(1024, 2 ** Math.ceil(Math.log2(number + 2)));
    this.sentAt = grown(this.sentAt, new Float64Array(length).fill(Number.NaN));
    this.size = grown(this.size, new Float64Array(length));
    this.attachments = grown(this.attachments, new Uint32Array(length));
    this.shard = grown(this.shard, new Uint16Array(length));
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

function grown<T extends Float64Array | Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
