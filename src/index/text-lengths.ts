/** How many words each message has, in all its columns: what BM25 holds a word's frequency against. */
import type { DatabaseSync } from 'node:sqlite';
import { longEnough } from './columns.js';
import { columns } from './query/tokens.js';
import { ShardProgress } from './shard-progress.js';
import type { ShardReader } from './shard-reader.js';

export class TextLengths {
  #words = new Uint32Array(1024);
  #total = 0;
  #count = 0;
  readonly #progress = new ShardProgress();

  /** Takes up what the shards' columns have and this has not. */
  refresh(shards: readonly ShardReader[]): void {
    this.#progress.advance(shards, ({ db }, after, to) => this.#load(db, after, to));
  }

  #load(db: DatabaseSync, after: number, to: number): void {
    // FTS5 keeps the words of each column as SQLite's variable-length integers: one after another for all messages.
    const row = db
      .prepare(`SELECT json_group_array(id) AS numbers, group_concat(hex(sz), '') AS sizes
        FROM text_docsize WHERE id > ? AND id <= ?`)
      .get(after, to);
    const numbers = JSON.parse(String(row?.numbers ?? '[]')) as number[];
    const sizes = Buffer.from(String(row?.sizes ?? ''), 'hex');
    this.#words = longEnough(this.#words, to);
    let at = 0;
    for (const number of numbers) {
      let words = 0;
      for (let column = 0; column < columns.length; column++) {
        let size = 0;
        let byte = 0;
        do {
          byte = sizes[at++] ?? 0;
          size = (size << 7) | (byte & 0x7f);
        } while (byte >= 0x80);
        words += size;
      }
      this.#words[number] = words;
      this.#total += words;
    }
    this.#count += numbers.length;
  }

  /** By message. */
  get words(): Uint32Array {
    return this.#words;
  }

  get average(): number {
    return this.#total / Math.max(1, this.#count);
  }
}
