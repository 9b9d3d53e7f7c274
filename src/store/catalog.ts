/**
 * The catalog, as its one writer sees it: accessions, containers, messages, occurrences.
 * Everything between two `commit()` calls becomes durable together or not at all.
 */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Container, FailureCode, MboxVariant, Place } from '../receive/source.js';
import { migrate } from './migrate.js';
import { catalogPath, type Trove } from './trove.js';

export interface Accession {
  readonly id: number;
  readonly source: string;
  readonly inPlace: boolean;
  readonly state: 'receiving' | 'complete' | 'superseded';
  /** Committed events of the walk, and the hash chain over them (hex). */
  readonly events: number;
  readonly chain: string;
  /** Bytes of the original that were on disk at the last commit. */
  readonly keptBytes: number;
}

export interface CommittedProgress {
  readonly events: number;
  readonly chain: string;
  /** Of the source, as read. */
  readonly bytesDone: number;
  /** Of the original, as kept. */
  readonly keptBytes: number;
}

/** What became of the things of one container so far. */
export interface Tally {
  received: number;
  parsed: number;
  duplicate: number;
  failed: number;
  other: number;
}

export type Outcome =
  | { readonly outcome: 'parsed' | 'duplicate'; readonly message: number; readonly folder: string }
  | {
      readonly outcome: 'failed';
      readonly code: FailureCode;
      readonly note: string;
      readonly message?: number;
    };

interface OpenContainer {
  readonly row: number;
  readonly tally: Tally;
  changed: boolean;
}

export class Catalog {
  readonly db: DatabaseSync;
  readonly #insertMessage: StatementSync;
  readonly #numberOf: StatementSync;
  readonly #insertOccurrence: StatementSync;
  readonly #updateTally: StatementSync;
  readonly #folders = new Map<string, number>();
  readonly #open = new Map<number, OpenContainer>();
  #nextNumber = 1;

  constructor(trove: Trove) {
    this.db = new DatabaseSync(catalogPath(trove));
    // FULL: a commit is on disk when it returns. The index may lag behind the catalog, never the other way round.
    // Foreign keys are checked by fsck, not three times for each of a million rows.
    this.db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;
      PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -32000; PRAGMA busy_timeout = 10000`);
    migrate(this.db, 'catalog');
    this.#insertMessage = this.db.prepare(
      'INSERT INTO message (number, sha256, size) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    );
    this.#numberOf = this.db.prepare('SELECT number FROM message WHERE sha256 = ?');
    this.#insertOccurrence = this.db.prepare(`INSERT INTO occurrence
      (container, outcome, message, folder, path, offset, length, direct_offset, direct_length, failure, note)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#updateTally = this.db.prepare(
      `UPDATE container SET received = ?, parsed = ?, duplicate = ?, failed = ?, other = ? WHERE id = ?`,
    );
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
    for (const container of this.#open.values()) this.#writeTally(container);
    this.db.exec('COMMIT; BEGIN');
  }

  /** Drops what was not committed. */
  forget(): void {
    this.#open.clear();
    this.#folders.clear();
    this.db.exec('ROLLBACK; BEGIN');
    this.#load();
  }

  close(): void {
    // A full disk ends a transaction by itself.
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
    this.db.close();
  }

  /** The latest receive of this source that did not end. */
  findInterrupted(source: string, inPlace: boolean): Accession | undefined {
    return this.#accession("state = 'receiving' AND source = ? AND in_place = ?", source, inPlace ? 1 : 0);
  }

  hasInterrupted(): boolean {
    return this.db.prepare("SELECT 1 FROM accession WHERE state = 'receiving'").get() !== undefined;
  }

  /** Messages that should be searchable. */
  parsedNumbers(): number[] {
    const json = this.db
      .prepare("SELECT json_group_array(DISTINCT message) j FROM occurrence WHERE outcome = 'parsed'")
      .get()?.j;
    return JSON.parse(String(json)) as number[];
  }

  #accession(where: string, ...values: (string | number)[]): Accession | undefined {
    const row = this.db
      .prepare(`SELECT * FROM accession WHERE ${where} ORDER BY id DESC LIMIT 1`)
      .get(...values);
    if (row === undefined) return undefined;
    return {
      id: Number(row.id),
      source: String(row.source),
      inPlace: row.in_place === 1,
      state: row.state as Accession['state'],
      events: Number(row.events),
      chain: String(row.chain),
      keptBytes: Number(row.kept_bytes),
    };
  }

  beginAccession(
    source: string,
    stamp: string,
    inPlace: boolean,
    bytesTotal: number,
    now: number,
  ): Accession {
    const result = this.db
      .prepare(`INSERT INTO accession (source, stamp, in_place, state, started_at, bytes_total, bytes_done, kept_bytes, events, chain)
        VALUES (?, ?, ?, 'receiving', ?, ?, 0, 0, 0, '')`)
      .run(source, stamp, inPlace ? 1 : 0, now, bytesTotal);
    const id = Number(result.lastInsertRowid);
    return { id, source, inPlace, state: 'receiving', events: 0, chain: '', keptBytes: 0 };
  }

  recordProgress(accession: number, { events, chain, bytesDone, keptBytes }: CommittedProgress): void {
    this.db
      .prepare(
        'UPDATE accession SET events = ?, chain = ?, bytes_done = max(bytes_done, ?), kept_bytes = max(kept_bytes, ?) WHERE id = ?',
      )
      .run(events, chain, bytesDone, keptBytes, accession);
  }

  hasAccession(id: number): boolean {
    return this.db.prepare('SELECT 1 FROM accession WHERE id = ?').get(id) !== undefined;
  }

  endAccession(
    accession: number,
    state: Accession['state'],
    original: { sha256: string; size: number } | undefined,
    now: number,
  ): void {
    this.db
      .prepare(
        'UPDATE accession SET state = ?, original = ?, original_size = ?, finished_at = ? WHERE id = ?',
      )
      .run(state, original?.sha256 ?? null, original?.size ?? null, now, accession);
    if (state !== 'receiving') this.#open.clear();
  }

  addCustodyEvent(kind: string, accession: number | null, facts: Record<string, unknown>, now: number): void {
    this.db
      .prepare('INSERT INTO custody_event (at, kind, accession, facts) VALUES (?, ?, ?, ?)')
      .run(now, kind, accession, JSON.stringify(facts));
  }

  addContainer(accession: number, container: Container): void {
    const parent =
      container.parent < 0
        ? null
        : (this.#open.get(container.parent)?.row ?? this.#containerRow(accession, container.parent));
    const result = this.db
      .prepare(
        'INSERT INTO container (accession, ordinal, parent, kind, path, compressions, folder) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        accession,
        container.index,
        parent,
        container.kind,
        container.path,
        container.compressions.join(' '),
        container.folder,
      );
    const tally = { received: 0, parsed: 0, duplicate: 0, failed: 0, other: 0 };
    this.#open.set(container.index, { row: Number(result.lastInsertRowid), tally, changed: false });
  }

  /** Takes up a container that a former run began. */
  resumeContainer(accession: number, ordinal: number): void {
    const row = this.db
      .prepare('SELECT * FROM container WHERE accession = ? AND ordinal = ?')
      .get(accession, ordinal);
    if (row === undefined)
      throw new Error(`container ${ordinal} of accession ${accession} is not in the catalog`);
    const tally = {
      received: Number(row.received),
      parsed: Number(row.parsed),
      duplicate: Number(row.duplicate),
      failed: Number(row.failed),
      other: Number(row.other),
    };
    this.#open.set(ordinal, { row: Number(row.id), tally, changed: false });
  }

  #containerRow(accession: number, ordinal: number): number {
    return Number(
      this.db.prepare('SELECT id FROM container WHERE accession = ? AND ordinal = ?').get(accession, ordinal)
        ?.id,
    );
  }

  endContainer(ordinal: number, variant: MboxVariant | undefined, bytes: number): void {
    const container = this.#container(ordinal);
    this.#writeTally(container);
    this.db
      .prepare('UPDATE container SET variant = ?, bytes = ? WHERE id = ?')
      .run(variant ?? null, bytes, container.row);
    this.#open.delete(ordinal);
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

  addOccurrence(ordinal: number, place: Place, outcome: Outcome): void {
    const container = this.#container(ordinal);
    container.tally.received += 1;
    container.tally[outcome.outcome] += 1;
    container.changed = true;
    const failed = outcome.outcome === 'failed';
    this.#insertOccurrence.run(
      container.row,
      outcome.outcome,
      outcome.message ?? null,
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
    for (const row of changed) {
      const open = [...this.#open.values()].find((container) => container.row === Number(row.container));
      if (open === undefined) {
        this.db
          .prepare('UPDATE container SET parsed = parsed - 1, failed = failed + 1 WHERE id = ?')
          .run(Number(row.container));
        continue;
      }
      open.tally.parsed -= 1;
      open.tally.failed += 1;
      open.changed = true;
    }
  }

  addOther(ordinal: number, place: Place, note: string): void {
    const container = this.#container(ordinal);
    container.tally.other += 1;
    container.changed = true;
    this.db
      .prepare('INSERT INTO other_file (container, path, offset, length, note) VALUES (?, ?, ?, ?, ?)')
      .run(container.row, storable(place.path), place.offset, place.length, storable(note));
  }

  #container(ordinal: number): OpenContainer {
    const container = this.#open.get(ordinal);
    if (container === undefined)
      throw new Error(`the walk used container ${ordinal} before announcing it or after its end`);
    return container;
  }

  #writeTally(container: OpenContainer): void {
    if (!container.changed) return;
    const { received, parsed, duplicate, failed, other } = container.tally;
    this.#updateTally.run(received, parsed, duplicate, failed, other, container.row);
    container.changed = false;
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
