/**
 * The columns that sorting, filtering and facets need, in typed arrays indexed by message number: about 50 bytes
 * a message. Loaded once, topped up while a receive goes on.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { parseIds } from './shard.js';

/** Lists of small numbers, one list per message: `values[starts[n] … starts[n + 1]]`. */
export class Lists {
  #starts = new Uint32Array(1);
  #values = new Uint32Array(0);

  /** `pairs` in any order: [message, value, message, value, …]; repeated pairs count once. */
  static from(pairs: readonly number[] | Uint32Array, capacity: number): Lists {
    const lists = new Lists();
    const starts = new Uint32Array(capacity + 2);
    for (let i = 0; i < pairs.length; i += 2) starts[(pairs[i] ?? 0) + 2] = (starts[(pairs[i] ?? 0) + 2] ?? 0) + 1;
    for (let n = 2; n < starts.length; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
    const values = new Uint32Array(pairs.length / 2);
    for (let i = 0; i < pairs.length; i += 2) {
      const slot = (pairs[i] ?? 0) + 1;
      const at = starts[slot] ?? 0;
      values[at] = pairs[i + 1] ?? 0;
      starts[slot] = at + 1;
    }
    lists.#starts = starts;
    lists.#values = values;
    return lists;
  }

  /** Adds one to `counts[value]` for each distinct value of message `number`. */
  tally(number: number, counts: Uint32Array): void {
    const start = this.#starts[number] ?? 0;
    const end = this.#starts[number + 1] ?? start;
    for (let i = start; i < end; i++) {
      const value = this.#values[i] ?? 0;
      let seen = false;
      for (let j = start; j < i && !seen; j++) seen = this.#values[j] === value;
      if (!seen) counts[value] = (counts[value] ?? 0) + 1;
    }
  }

  some(number: number, test: (value: number) => boolean): boolean {
    const end = this.#starts[number + 1] ?? 0;
    for (let i = this.#starts[number] ?? 0; i < end; i++) if (test(this.#values[i] ?? 0)) return true;
    return false;
  }
}

/** Strings as small numbers. */
export class Dictionary {
  readonly names: string[] = [];
  readonly #ids = new Map<string, number>();

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

/** Months since January 1970, clamped to what a facet shows; `none` where undated. */
export function monthOf(sentAt: number): number {
  const date = new Date(sentAt);
  return Math.max(0, (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth());
}

const monthStarts = Array.from({ length: 200 * 12 }, (_, month) => Date.UTC(1970, month, 1));

/** As `monthOf`, without making a Date for each message. */
function monthIndex(sentAt: number): number {
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
  month = new Uint32Array(0);
  size = new Float64Array(0);
  sender = new Uint32Array(0);
  attachments = new Uint32Array(0);
  present = new Uint8Array(0);
  readonly addresses = new Dictionary();
  /** A display name for each address: the first one seen. */
  readonly displayNames: string[] = [];
  readonly mediaTypes = new Dictionary();
  recipients = new Lists();
  types = new Lists();
  readonly #recipientPairs: number[] = [];
  readonly #typePairs: number[] = [];
  #order: Uint32Array | undefined;

  /** Takes up the messages of one shard whose rowid is above `after`. Returns the highest it saw. */
  load(db: DatabaseSync, after: number): number {
    const mailboxes = this.#loadMailboxes(db);
    const docs = db.prepare('SELECT number, sent_at, size, sender, recipients, attachments FROM doc WHERE number > ?');
    docs.setReturnArrays(true);
    let highest = after;
    for (const row of docs.iterate(after) as unknown as Iterable<SQLOutputValue[]>) {
      const number = Number(row[0]);
      this.#reserve(number);
      const sentAt = row[1] === null ? Number.NaN : Number(row[1]);
      this.present[number] = 1;
      this.sentAt[number] = sentAt;
      this.month[number] = Number.isNaN(sentAt) ? none : monthIndex(sentAt);
      this.size[number] = Number(row[2]);
      this.sender[number] = row[3] === null ? none : (mailboxes[Number(row[3])] ?? none);
      for (const id of parseIds(row[4] as Uint8Array)) this.#recipientPairs.push(number, mailboxes[id] ?? 0);
      this.attachments[number] = Number(row[5]);
      this.count += 1;
      if (number > highest) highest = number;
    }
    const attached = db.prepare('SELECT number, media_type FROM attachment WHERE number > ?');
    for (const row of attached.iterate(after)) this.#typePairs.push(Number(row.number), this.mediaTypes.id(String(row.media_type)));
    this.#order = undefined;
    return highest;
  }

  /** Makes the lists usable after one or more loads. */
  finish(): void {
    this.recipients = Lists.from(this.#recipientPairs, this.capacity);
    this.types = Lists.from(this.#typePairs, this.capacity);
  }

  /** Numbers, newest first, undated last; equal dates by number, highest first. */
  get order(): Uint32Array {
    this.#order ??= this.#sort();
    return this.#order;
  }

  #sort(): Uint32Array {
    const numbers = new Uint32Array(this.count);
    let at = 0;
    for (let number = 0; number < this.capacity; number++) if (this.present[number] === 1) numbers[at++] = number;
    const { sentAt } = this;
    return numbers.sort((a, b) => {
      const difference = dateKey(sentAt[b]) - dateKey(sentAt[a]);
      return difference === 0 ? b - a : difference;
    });
  }

  #loadMailboxes(db: DatabaseSync): number[] {
    const ids: number[] = [];
    for (const row of db.prepare('SELECT id, name, addr FROM mailbox').iterate()) {
      const addr = String(row.addr).toLowerCase() || String(row.name);
      const id = this.addresses.id(addr);
      ids[Number(row.id)] = id;
      if (row.name !== '') this.displayNames[id] ??= String(row.name);
    }
    return ids;
  }

  #reserve(number: number): void {
    if (number >= this.capacity) this.capacity = number + 1;
    if (number < this.present.length) return;
    const length = Math.max(1024, 2 ** Math.ceil(Math.log2(number + 2)));
    this.sentAt = grown(this.sentAt, new Float64Array(length).fill(Number.NaN));
    this.size = grown(this.size, new Float64Array(length));
    this.month = grown(this.month, new Uint32Array(length).fill(none));
    this.sender = grown(this.sender, new Uint32Array(length).fill(none));
    this.attachments = grown(this.attachments, new Uint32Array(length));
    this.present = grown(this.present, new Uint8Array(length));
  }
}

/** Undated messages sort after the oldest. */
export const dateKey = (sentAt: number | undefined): number =>
  sentAt === undefined || Number.isNaN(sentAt) ? -8.64e15 - 1 : sentAt;

function grown<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
