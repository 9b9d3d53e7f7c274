/**
 * A disposable database beside the index, read while another process may make, fill or replace it.
 */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { openForReading } from '../store/open-database.js';
import { fileNumber } from './shard-reader.js';

export class FollowedDatabase {
  readonly #path: string;
  readonly #table: string;
  #db: DatabaseSync | undefined;
  #file = 0;
  #version = -1;

  /** `table` is the last that its schema makes: without it, nothing is there to read yet. */
  constructor(path: string, table: string) {
    this.#path = path;
    this.#table = table;
  }

  /** undefined until there is something to read. */
  get db(): DatabaseSync | undefined {
    return this.#db;
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  /** Takes up what was committed since the last call. Returns whether something was. */
  refresh(): boolean {
    const file = fileNumber(this.#path);
    if (this.#db !== undefined && file !== this.#file) this.close();
    if (this.#db === undefined) {
      const hadFile = this.#file !== 0;
      this.#file = 0;
      if (!existsSync(this.#path)) return hadFile;
      const db = openForReading(this.#path);
      if (db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(this.#table) === undefined) {
        db.close();
        return false;
      }
      this.#db = db;
      this.#file = file;
      this.#version = -1;
    }
    // Changes when another connection committed.
    const version = Number(this.#db.prepare('PRAGMA data_version').get()?.data_version);
    const changed = version !== this.#version;
    this.#version = version;
    return changed;
  }
}
