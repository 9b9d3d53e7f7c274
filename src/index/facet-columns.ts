/**
 * What facets are counted from: the correspondence by address, months, and types of attachments. Made for the first
 * facet, topped up while mail arrives.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { type Columns, Dictionary, Lists, longEnough, monthIndex, none } from './columns.js';
import type { Correspondence } from './correspondence.js';
import { ShardProgress } from './shard-progress.js';
import type { ShardReader } from './shard-reader.js';

/** Stands for "no date" among months. */
export const noMonth = 0xffff;

export class FacetColumns {
  readonly mediaTypes = new Dictionary();
  /** By message: 1 + the address of From; 0 where there is none. */
  sender = new Uint32Array(0);
  /** By message: months since January 1970, or `noMonth`. */
  month = new Uint16Array(0);
  readonly recipients = new Lists();
  readonly types = new Lists();
  readonly #correspondence: Correspondence;
  readonly #progress = new ShardProgress();
  /** A display name for each address: the first one seen. */
  readonly #displayNames: string[] = [];
  #namedPairs = 0;

  constructor(correspondence: Correspondence) {
    this.#correspondence = correspondence;
  }

  get addresses(): readonly string[] {
    return this.#correspondence.addresses.names;
  }

  displayName(address: number): string {
    const { names, addressOf } = this.#correspondence;
    for (; this.#namedPairs < names.length; this.#namedPairs++) {
      const name = names[this.#namedPairs] ?? '';
      if (name !== '') this.#displayNames[addressOf[this.#namedPairs] ?? 0] ??= name;
    }
    return this.#displayNames[address] ?? '';
  }

  /** Takes up what the shards' columns have and this has not; the correspondence has it. */
  refresh(columns: Columns, shards: readonly ShardReader[]): void {
    this.#progress.advance(shards, ({ db }, after, to, at) => {
      this.#loadTypes(db, after, to);
      this.sender = longEnough(this.sender, to);
      this.month = longEnough(this.month, to);
      for (let number = after + 1; number <= to; number++)
        if (columns.shard[number] === at + 1) this.#add(number, columns.sentAt[number] ?? Number.NaN);
    });
  }

  #add(number: number, sentAt: number): void {
    const { addressOf, recipients } = this.#correspondence;
    const sender = this.#correspondence.senderOf(number);
    this.sender[number] = sender === none ? 0 : (addressOf[sender] ?? 0) + 1;
    this.month[number] = Number.isNaN(sentAt) ? noMonth : monthIndex(sentAt);
    const addresses: number[] = [];
    recipients.visit(number, (pair) => addresses.push(addressOf[pair] ?? 0));
    if (addresses.length > 0) this.recipients.set(number, addresses);
  }

  #loadTypes(db: DatabaseSync, after: number, to: number): void {
    const rows = db.prepare('SELECT number, media_type FROM attachment WHERE number > ? AND number <= ?');
    rows.setReturnArrays(true);
    for (const row of rows.iterate(after, to) as unknown as Iterable<SQLOutputValue[]>)
      this.types.add(Number(row[0]), this.mediaTypes.id(String(row[1])));
  }
}
