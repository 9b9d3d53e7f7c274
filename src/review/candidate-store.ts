/**
 * `candidates-vN.db`: what the rules found in the trove, written by `scan.ts`, read by the review queue and by releases.
 * One writer at a time (`candidates.lock`).
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { rulesVersion } from '../redact/rules/all.js';
import { openForReading } from '../store/open-database.js';
import { packageRoot } from '../store/package-root.js';
import type { Trove } from '../store/trove.js';

/** Version of the tables. What the rules find has versions of its own (`rulesVersion`). */
const candidatesVersion = 1;
export const candidatesPath = (trove: Trove): string =>
  join(trove.dir, `candidates-v${candidatesVersion}.db`);

/** Places of one candidate that are kept to show; a firm's telephone number stands in half of all letters. */
const keptPlaces = 20;

export interface FoundPlace {
  readonly rule: string;
  readonly value: string;
  readonly number: number;
  readonly part: string;
  readonly start: number;
  readonly before: string;
  readonly exact: string;
  readonly after: string;
}

export class CandidateStore {
  readonly #db: DatabaseSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;
  readonly #addBearer: StatementSync;
  readonly #addPlace: StatementSync;
  readonly #count: StatementSync;

  /** Found anew from the start where rules or regions are not what they were. */
  constructor(trove: Trove, regions: readonly string[]) {
    const path = candidatesPath(trove);
    if (!isCurrent(path, regions)) removeAll(trove);
    this.#db = new DatabaseSync(path);
    this.#db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16000',
    );
    if (this.#db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get() === undefined) {
      const tables = readFileSync(join(packageRoot, 'src', 'review', 'candidates.sql'), 'utf8');
      this.#db.exec(`BEGIN; ${tables}`);
      this.#setState('rules', rulesVersion);
      this.#setState('regions', regions.join(' '));
      this.#db.exec('COMMIT');
    }
    this.#find = this.#db.prepare('SELECT id, places FROM candidate WHERE rule = ? AND value = ?');
    this.#add = this.#db.prepare(
      'INSERT INTO candidate (rule, value, written, places, messages) VALUES (?, ?, ?, 0, 0)',
    );
    this.#addBearer = this.#db.prepare('INSERT OR IGNORE INTO bearer VALUES (?, ?)');
    this.#addPlace = this.#db.prepare('INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#count = this.#db.prepare(
      'UPDATE candidate SET places = places + 1, messages = messages + ? WHERE id = ?',
    );
  }

  close(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  #setState(name: string, value: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO state VALUES (?, ?)').run(name, value);
  }

  /** Number of the last message that was read. */
  get last(): number {
    return Number(this.#db.prepare("SELECT value FROM state WHERE name = 'last'").get()?.value ?? 0);
  }

  hasScanned(sha256: Uint8Array): boolean {
    return this.#db.prepare('SELECT 1 FROM scanned_attachment WHERE sha256 = ?').get(sha256) !== undefined;
  }

  /** One transaction: what was found, and how far the pass is. */
  save(found: readonly FoundPlace[], last: number | undefined, attachments: readonly Uint8Array[]): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const place of found) this.#savePlace(place);
      if (last !== undefined) this.#setState('last', String(last));
      for (const sha256 of attachments)
        this.#db.prepare('INSERT OR IGNORE INTO scanned_attachment VALUES (?)').run(sha256);
      this.#db.exec('COMMIT');
    } finally {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    }
  }

  #savePlace({ rule, value, number, part, start, before, exact, after }: FoundPlace): void {
    const known = this.#find.get(rule, value);
    const id =
      known === undefined ? Number(this.#add.run(rule, value, exact).lastInsertRowid) : Number(known.id);
    const isNewBearer = Number(this.#addBearer.run(id, number).changes);
    if (Number(known?.places ?? 0) < keptPlaces)
      this.#addPlace.run(id, number, part, start, before, exact, after);
    this.#count.run(isNewBearer, id);
  }
}

function isCurrent(path: string, regions: readonly string[]): boolean {
  if (!existsSync(path)) return false;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = db.prepare("SELECT name, value FROM state WHERE name IN ('rules', 'regions')").all();
    const state = new Map(rows.map((row) => [row.name, row.value]));
    return state.get('rules') === rulesVersion && state.get('regions') === regions.join(' ');
  } catch {
    // Tables that are not there: its first run died.
    return false;
  } finally {
    db.close();
  }
}

function removeAll(trove: Trove): void {
  for (const name of readdirSync(trove.dir))
    if (/^candidates-v\d+\.db(?:-wal|-shm)?$/.test(name)) rmSync(join(trove.dir, name));
}

export interface CandidateRow {
  readonly id: number;
  readonly rule: string;
  readonly value: string;
  readonly written: string;
  readonly places: number;
  readonly messages: number;
}

export interface PlaceRow {
  readonly number: number;
  readonly part: string;
  readonly before: string;
  readonly exact: string;
  readonly after: string;
}

/** What was found, as readers see it. Close it after use: it holds the state at which it was opened. */
export class Candidates {
  readonly #db: DatabaseSync;

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** undefined where nothing was scanned yet. */
  static open(trove: Trove): Candidates | undefined {
    const path = candidatesPath(trove);
    if (!existsSync(path)) return undefined;
    const db = openForReading(path);
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get() !== undefined)
      return new Candidates(db);
    db.close();
    return undefined;
  }

  close(): void {
    this.#db.close();
  }

  /** Number of the last message that was read; later ones have no candidates yet. */
  get last(): number {
    return Number(this.#db.prepare("SELECT value FROM state WHERE name = 'last'").get()?.value ?? 0);
  }

  /** Whether this program's rules made it. */
  get isCurrent(): boolean {
    return this.#db.prepare("SELECT value FROM state WHERE name = 'rules'").get()?.value === rulesVersion;
  }

  /** Of one rule, those in most messages first. */
  *ofRule(rule: string): Generator<CandidateRow> {
    const rows = this.#db
      .prepare('SELECT * FROM candidate WHERE rule = ? ORDER BY messages DESC, id')
      .iterate(rule);
    for (const row of rows) yield candidateRow(row);
  }

  /** In messages with these numbers alone, of any rule, each once. */
  *inMessages(numbers: Iterable<number>): Generator<CandidateRow> {
    const seen = new Set<number>();
    const find = this.#db.prepare(
      'SELECT candidate.* FROM bearer JOIN candidate ON candidate.id = bearer.candidate WHERE number = ?',
    );
    for (const number of numbers)
      for (const row of find.iterate(number)) {
        const id = Number(row.id);
        if (seen.has(id)) continue;
        seen.add(id);
        yield candidateRow(row);
      }
  }

  find(id: number): CandidateRow | undefined {
    const row = this.#db.prepare('SELECT * FROM candidate WHERE id = ?').get(id);
    return row === undefined ? undefined : candidateRow(row);
  }

  places(id: number, limit: number): PlaceRow[] {
    return this.#db
      .prepare('SELECT * FROM place WHERE candidate = ? ORDER BY rowid LIMIT ?')
      .all(id, limit)
      .map((row) => ({
        number: Number(row.number),
        part: String(row.part),
        before: String(row.before),
        exact: String(row.exact),
        after: String(row.after),
      }));
  }
}

function candidateRow(row: Readonly<Record<string, unknown>>): CandidateRow {
  return {
    id: Number(row.id),
    rule: String(row.rule),
    value: String(row.value),
    written: String(row.written),
    places: Number(row.places),
    messages: Number(row.messages),
  };
}
