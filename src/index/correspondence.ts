/**
 * Who wrote to whom, in typed arrays by message number: what persons, ties and silences are counted from.
 *
 *   From: Anna <anna@x.example>   To: Bob <bob@y.example>, BOB <bob@y.example>
 *     → sender: the pair (Anna, anna@x.example)    recipients: the pairs (Bob, bob@…), (BOB, bob@…)
 *
 * A pair is a display name with an addr-spec as written; an address is the addr-spec in lower case, or the display
 * name of a mailbox without one. Loaded when it is first asked for, about 4 bytes a mailbox of a message; topped up
 * while mail arrives.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { Dictionary, Lists, longEnough, none } from './columns.js';
import { parseIds } from './shard.js';
import { ShardProgress } from './shard-progress.js';
import type { ShardReader } from './shard-reader.js';

/** Messages read at a time: all at once would for a moment take several times the memory of what stays. */
const messagesAtOnce = 16_384;

export class Correspondence {
  /** By pair. */
  readonly names: string[] = [];
  readonly addressOf: number[] = [];
  /** By address; the key that other modules name a mailbox by. */
  readonly addresses = new Dictionary();
  /** By message: the pairs of To, Cc and Bcc. */
  readonly recipients = new Lists();
  /** By message: 1 + the pair of From; 0 where there is none. */
  #sender = new Uint32Array(0);
  readonly #pairs = new Map<string, number>();
  readonly #progress = new ShardProgress();
  /** By shard, the pairs of its mailboxes by their ids there. */
  readonly #pairsOf = new Map<ShardReader, number[]>();
  #directory: DirectoryName[] | undefined;
  #shards: readonly ShardReader[] = [];

  /** Takes up what the shards' columns have and this has not. Returns whether there was something. */
  refresh(shards: readonly ShardReader[]): boolean {
    const isGrown = this.#progress.advance(shards, (shard, after, to) => {
      const pairs = this.#loadPairs(shard);
      for (let from = after; from < to; from += messagesAtOnce)
        this.#load(shard.db, pairs, from, Math.min(to, from + messagesAtOnce));
    });
    if (isGrown) this.#directory = undefined;
    this.#shards = shards;
    return isGrown;
  }

  /** The pair of From, or `none`. */
  senderOf(number: number): number {
    const sender = this.#sender[number] ?? 0;
    return sender === 0 ? none : sender - 1;
  }

  /** What directories called the senders of messages (X-From). */
  get directory(): readonly DirectoryName[] {
    this.#directory ??= this.#shards.flatMap((shard) => this.#loadDirectory(shard));
    return this.#directory;
  }

  #load(db: DatabaseSync, pairs: readonly number[], after: number, to: number): void {
    // Columns leave SQLite as one text or blob: a fifth of the cost of a row each. As text, blobs keep their bytes.
    const row = db
      .prepare(`SELECT json_group_array(number) numbers, json_group_array(coalesce(sender, 0)) senders,
        json_group_array(length(recipients)) lengths, CAST(group_concat(recipients, '') AS BLOB) recipients
        FROM doc WHERE number > ? AND number <= ?`)
      .get(after, to);
    const numbers = parseNumbers(row?.numbers);
    const senders = parseNumbers(row?.senders);
    const lengths = parseNumbers(row?.lengths);
    const recipients = row?.recipients instanceof Uint8Array ? row.recipients : new Uint8Array(0);
    this.#sender = longEnough(this.#sender, to);
    let at = 0;
    for (const [i, number] of numbers.entries()) {
      const sender = pairs[senders[i] ?? 0];
      this.#sender[number] = sender === undefined ? 0 : sender + 1;
      const end = at + (lengths[i] ?? 0);
      if (end > at)
        this.recipients.set(
          number,
          parseIds(recipients.subarray(at, end)).map((id) => pairs[id] ?? 0),
        );
      at = end;
    }
  }

  /** Mailboxes are numbered from 1 in the order in which they came up. */
  #loadPairs(shard: ShardReader): readonly number[] {
    const pairs = this.#pairsOf.get(shard) ?? [];
    this.#pairsOf.set(shard, pairs);
    const rows = shard.db.prepare('SELECT id, name, addr FROM mailbox WHERE id >= ?');
    rows.setReturnArrays(true);
    for (const row of rows.iterate(Math.max(1, pairs.length)) as unknown as Iterable<SQLOutputValue[]>)
      pairs[Number(row[0])] = this.#pair(String(row[1]), String(row[2]));
    return pairs;
  }

  #loadDirectory(shard: ShardReader): DirectoryName[] {
    const pairs = this.#pairsOf.get(shard) ?? [];
    return shard.db
      .prepare('SELECT mailbox, name, dn FROM directory')
      .all()
      .flatMap((row) => {
        const address = this.addressOf[pairs[Number(row.mailbox)] ?? none];
        return address === undefined ? [] : [{ address, name: String(row.name), dn: String(row.dn) }];
      });
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

const parseNumbers = (json: SQLOutputValue | undefined): number[] =>
  JSON.parse(String(json ?? '[]')) as number[];

export interface DirectoryName {
  readonly address: number;
  /** '' where it gave none; one of both is there. */
  readonly name: string;
  /** Exchange legacy distinguished name, '' where it gave none. */
  readonly dn: string;
}
