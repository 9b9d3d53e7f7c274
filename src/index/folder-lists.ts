/**
 * Which folders and containers each message is in: where it was found (from the catalog), and the folders that its
 * own header names (from the shards). Topped up while mail arrives.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { Dictionary, Lists } from './columns.js';
import { parseIds } from './shard.js';
import { ShardProgress } from './shard-progress.js';
import type { ShardReader } from './shard-reader.js';

export class FolderLists {
  readonly folders = new Lists();
  readonly containers = new Lists();
  readonly #names = new Dictionary();
  readonly #progress = new ShardProgress();
  /** By the catalog's id of a folder, its number here. */
  readonly #ofCatalog: number[] = [];
  /** By shard, the number here of each of its folders. */
  readonly #ofShard = new Map<ShardReader, number[]>();
  #lastOccurrence = 0;

  get folderNames(): readonly string[] {
    return this.#names.names;
  }

  /** Takes up what catalog and shards have and this has not. The catalog runs ahead: lists may be of messages not indexed yet. */
  refresh(catalog: DatabaseSync, shards: readonly ShardReader[]): void {
    this.#loadOccurrences(catalog);
    this.#progress.advance(shards, (shard, after, to) => this.#loadHeaderFolders(shard, after, to));
  }

  #loadOccurrences(catalog: DatabaseSync): void {
    this.#loadNames(catalog, this.#ofCatalog);
    const rows = catalog.prepare(
      'SELECT id, message, coalesce(folder, 0), container FROM occurrence WHERE id > ? AND message IS NOT NULL',
    );
    rows.setReturnArrays(true);
    for (const row of rows.iterate(this.#lastOccurrence) as unknown as Iterable<number[]>) {
      const [id = 0, message = 0, folder = 0, container = 0] = row;
      this.#lastOccurrence = id;
      // Named since the names were read.
      if (folder !== 0 && this.#ofCatalog[folder] === undefined) this.#loadNames(catalog, this.#ofCatalog);
      const number = this.#ofCatalog[folder];
      if (number !== undefined) this.folders.add(message, number);
      this.containers.add(message, container);
    }
  }

  /** Folders are numbered from 1, in `to` by those numbers. */
  #loadNames(db: DatabaseSync, to: number[]): void {
    const rows = db.prepare('SELECT id, name FROM folder WHERE id >= ?');
    rows.setReturnArrays(true);
    for (const row of rows.iterate(Math.max(1, to.length)) as unknown as Iterable<SQLOutputValue[]>)
      to[Number(row[0])] = this.#names.id(String(row[1]));
  }

  #loadHeaderFolders(shard: ShardReader, after: number, upTo: number): void {
    const numbers = this.#ofShard.get(shard) ?? [];
    this.#ofShard.set(shard, numbers);
    this.#loadNames(shard.db, numbers);
    // As one text and one blob: a fifth of the cost of a row each. As text, blobs keep their bytes.
    const row = shard.db
      .prepare(`SELECT json_group_array(number) numbers, json_group_array(length(folders)) lengths,
        CAST(group_concat(folders, '') AS BLOB) folders
        FROM doc WHERE folders IS NOT NULL AND number > ? AND number <= ?`)
      .get(after, upTo);
    const lengths = JSON.parse(String(row?.lengths ?? '[]')) as number[];
    const bytes = row?.folders instanceof Uint8Array ? row.folders : new Uint8Array(0);
    let at = 0;
    for (const [i, message] of (JSON.parse(String(row?.numbers ?? '[]')) as number[]).entries()) {
      const end = at + (lengths[i] ?? 0);
      for (const id of parseIds(bytes.subarray(at, end))) {
        const folder = numbers[id];
        if (folder !== undefined) this.folders.add(message, folder);
      }
      at = end;
    }
  }
}
