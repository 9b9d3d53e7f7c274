/**
 * The catalog, as its one writer sees it: messages and occurrences here, accessions and containers in files of
 * their own. Everything between two `commit()` calls becomes durable together or not at all.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { FailureCode, Place } from '../receive/source.js';
import { Accessions } from './accessions.js';
import { Containers } from './containers.js';
import { migrate } from './migrate.js';
import { catalogPath, type Trove } from './trove.js';

export type Outcome =
  | { readonly outcome: 'parsed' | 'duplicate'; readonly message: number; readonly folder: string }
  | { readonly outcome: 'failed'; readonly code: FailureCode; readonly note: string };

export class Catalog {
  readonly db: DatabaseSync;
  readonly accessions: Accessions;
  readonly containers: Containers;
  readonly #insertMessage: StatementSync;
  readonly #numberOf: StatementSync;
  readonly #insertOccurrence: StatementSync;
  readonly #folders = new Map<string, number>();
  #nextNumber = 1;

  constructor(trove: Trove) {
    this.db = new DatabaseSync(catalogPath(trove));
    // FULL: a commit is on disk when it returns. The index may lag behind the catalog, never the other way round.
    // Foreign keys are checked by fsck, not three times for each of a million rows.
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;
      PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -32000; PRAGMA busy_timeout = 10000`);
    migrate(this.db, 'catalog');
    this.accessions = new Accessions(this.db);
    this.containers = new Containers(this.db);
    this.#insertMessage = this.db.prepare(
      'INSERT INTO message (number, sha256, size) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    );
    this.#numberOf = this.db.prepare('SELECT number FROM message WHERE sha256 = ?');
    this.#insertOccurrence = this.db.prepare(`INSERT INTO occurrence
      (container, outcome, message, folder, path, offset, length, direct_offset, direct_length, failure, note)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.db.exec('BEGIN');
    this.#load();
  }

  #load(): void {
    for (const row of this.db.prepare('SELECT id, name FROM folder').all()) {
      this.#folders.set(String(row.name), Number(row.id));
    }
    this.#nextNumber =
      Number(this.db.prepare('SELECT coalesce(max(number), 0) AS n FROM message').get()?.n) + 1;
  }

  /** Makes everything since the last commit durable. */
  commit(): void {
    this.containers.writeAll();
    this.db.exec('COMMIT; BEGIN');
  }

  /** Drops what was not committed. */
  forget(): void {
    this.containers.closeAll();
    this.#folders.clear();
    this.db.exec('ROLLBACK; BEGIN');
    this.#load();
  }

  close(): void {
    // A full disk ends a transaction by itself.
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.db.close();
  }

  /** The permanent number of these bytes; `isNew` when they were never received before. */
  addMessage(sha256: Uint8Array, size: number): { number: number; isNew: boolean } {
    if (this.#insertMessage.run(this.#nextNumber, sha256, size).changes === 1) {
      return { number: this.#nextNumber++, isNew: true };
    }
    return { number: Number(this.#numberOf.get(sha256)?.number), isNew: false };
  }

  findNumber(sha256: Uint8Array): number | undefined {
    const row = this.#numberOf.get(sha256);
    return row === undefined ? undefined : Number(row.number);
  }

  /** Messages that should be searchable. */
  parsedNumbers(): number[] {
    return this.#numbers("outcome = 'parsed'");
  }

  /** Messages on which the parser broke when they were last parsed. */
  brokenNumbers(): number[] {
    return this.#numbers("failure = 'parser-error'");
  }

  #numbers(where: string): number[] {
    const json = this.db
      .prepare(`SELECT json_group_array(DISTINCT message) j FROM occurrence WHERE ${where}`)
      .get()?.j;
    return JSON.parse(String(json)) as number[];
  }

  addOccurrence(ordinal: number, place: Place, outcome: Outcome): void {
    const failed = outcome.outcome === 'failed';
    this.#insertOccurrence.run(
      this.containers.count(ordinal, outcome.outcome),
      outcome.outcome,
      failed ? null : outcome.message,
      failed ? null : this.#folderId(outcome.folder),
      storable(place.path),
      place.offset,
      place.length,
      place.direct?.offset ?? null,
      place.direct?.length ?? null,
      failed ? outcome.code : null,
      failed ? storable(outcome.note) : null,
    );
  }

  /** A message whose parsing hit a bug of ours: its bytes are kept and the occurrence says so. */
  markParserError(message: number, note: string): void {
    const changed = this.db
      .prepare(
        "UPDATE occurrence SET outcome = 'failed', failure = 'parser-error', note = ? WHERE message = ? AND outcome = 'parsed' RETURNING container",
      )
      .all(note, message);
    for (const { container } of changed) this.containers.recount(Number(container), 'parsed', 'failed');
  }

  /** The parser has read the message after all: a mended program parsed it again. */
  clearParserError(message: number): void {
    const changed = this.db
      .prepare(
        "UPDATE occurrence SET outcome = 'parsed', failure = NULL, note = NULL WHERE message = ? AND failure = 'parser-error' RETURNING container",
      )
      .all(message);
    for (const { container } of changed) this.containers.recount(Number(container), 'failed', 'parsed');
  }

  addOther(ordinal: number, place: Place, note: string): void {
    this.db
      .prepare('INSERT INTO other_file (container, path, offset, length, note) VALUES (?, ?, ?, ?, ?)')
      .run(
        this.containers.countOther(ordinal),
        storable(place.path),
        place.offset,
        place.length,
        storable(note),
      );
  }

  #folderId(name: string): number {
    const known = this.#folders.get(name);
    if (known !== undefined) return known;
    const stored = storable(name);
    this.db.prepare('INSERT INTO folder (name) VALUES (?) ON CONFLICT DO NOTHING').run(stored);
    const id = Number(this.db.prepare('SELECT id FROM folder WHERE name = ?').get(stored)?.id);
    this.#folders.set(name, id);
    return id;
  }
}

/** SQLite ends a text at NUL when read through C strings; a hostile file name must not hide its tail. */
const storable = (text: string): string => text.replaceAll('\0', '\u2400');
