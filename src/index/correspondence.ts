/**
 * Who wrote to whom, in typed arrays by message number: what persons, ties and silences are counted from.
 *
 *   From: Anna <anna@x.example>   To: Bob <bob@y.example>, BOB <bob@y.example>
 *     → sender: the pair (Anna, anna@x.example)    recipients: the pairs (Bob, bob@…), (BOB, bob@…)
 *
 * A pair is a display name with an addr-spec as written; an address is the addr-spec in lower case, or the display
 * name of a mailbox without one. Loaded when it is first asked for, about 4 bytes a mailbox of a message.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { GrowingIntegers } from '../thread/growing.js';
import { Dictionary, Lists, none } from './columns.js';
import { parseIds } from './shard.js';

export class Correspondence {
  /** By pair. */
  readonly names: string[] = [];
  readonly addressOf: number[] = [];
  /** By address; the key that other modules name a mailbox by. */
  readonly addresses = new Dictionary();
  /** By message: the pair of From, or `none`. */
  readonly sender: Uint32Array;
  /** By message: the pairs of To, Cc and Bcc. */
  recipients = new Lists();
  /** What directories called the senders of messages (X-From). */
  readonly directory: DirectoryName[] = [];
  readonly #capacity: number;
  readonly #pairs = new Map<string, number>();
  readonly #recipientPairs = new GrowingIntegers();

  constructor(shards: Iterable<DatabaseSync>, capacity: number) {
    this.#capacity = capacity;
    this.sender = new Uint32Array(capacity).fill(none);
    for (const db of shards) this.#load(db);
    this.recipients = Lists.from(this.#recipientPairs, capacity, this.names.length);
  }

  #load(db: DatabaseSync): void {
    const pairs = this.#loadPairs(db);
    const docs = db.prepare('SELECT number, sender, recipients FROM doc');
    docs.setReturnArrays(true);
    for (const row of docs.iterate() as unknown as Iterable<SQLOutputValue[]>) {
      const number = Number(row[0]);
      // Indexed since the columns were loaded: counted the next time.
      if (number >= this.#capacity) continue;
      this.sender[number] = row[1] === null ? none : (pairs[Number(row[1])] ?? none);
      for (const id of parseIds(row[2] as Uint8Array)) {
        this.#recipientPairs.push(number);
        this.#recipientPairs.push(pairs[id] ?? 0);
      }
    }
    for (const row of db.prepare('SELECT mailbox, name, dn FROM directory').iterate()) {
      const address = this.addressOf[pairs[Number(row.mailbox)] ?? none];
      if (address !== undefined) this.directory.push({ address, name: String(row.name), dn: String(row.dn) });
    }
  }

  #loadPairs(db: DatabaseSync): number[] {
    const ids: number[] = [];
    for (const row of db.prepare('SELECT id, name, addr FROM mailbox').iterate())
      ids[Number(row.id)] = this.#pair(String(row.name), String(row.addr));
    return ids;
  }

  #pair(name: string, addr: string): number {
    const address = this.addresses.id(addr.toLowerCase() || name);
    const key = `${address} ${name}`;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const pair = this.names.length;
    this.#pairs.set(key, pair);
    this.names.push(name);
    this.addressOf.push(address);
    return pair;
  }
}

export interface DirectoryName {
  readonly address: number;
  /** '' where it gave none; one of both is there. */
  readonly name: string;
  /** Exchange legacy distinguished name, '' where it gave none. */
  readonly dn: string;
}
