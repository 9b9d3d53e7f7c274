/** Accessions as the catalog's one writer sees them: what was handed over, how far its receive came, and its custody. */
import type { DatabaseSync } from 'node:sqlite';

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
  /** Once the original has its final name; what may still be missing then is the index. */
  readonly original: { readonly sha256: string; readonly size: number } | undefined;
}

export interface CommittedProgress {
  readonly events: number;
  readonly chain: string;
  /** Of the source, as read. */
  readonly bytesDone: number;
  /** Of the original, as kept. */
  readonly keptBytes: number;
}

export class Accessions {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The latest receive of this source that did not end. */
  findInterrupted(source: string, inPlace: boolean): Accession | undefined {
    const row = this.#db
      .prepare(
        "SELECT * FROM accession WHERE state = 'receiving' AND source = ? AND in_place = ? ORDER BY id DESC LIMIT 1",
      )
      .get(source, inPlace ? 1 : 0);
    if (row === undefined) return undefined;
    return {
      id: Number(row.id),
      source,
      inPlace,
      state: 'receiving',
      events: Number(row.events),
      chain: String(row.chain),
      keptBytes: Number(row.kept_bytes),
      original:
        row.original === null ? undefined : { sha256: String(row.original), size: Number(row.original_size) },
    };
  }

  hasInterrupted(): boolean {
    return this.#db.prepare("SELECT 1 FROM accession WHERE state = 'receiving'").get() !== undefined;
  }

  begin(source: string, stamp: string, inPlace: boolean, bytesTotal: number, now: number): Accession {
    const result = this.#db
      .prepare(`INSERT INTO accession (source, stamp, in_place, state, started_at, bytes_total, bytes_done, kept_bytes, events, chain)
        VALUES (?, ?, ?, 'receiving', ?, ?, 0, 0, 0, '')`)
      .run(source, stamp, inPlace ? 1 : 0, now, bytesTotal);
    return {
      id: Number(result.lastInsertRowid),
      source,
      inPlace,
      state: 'receiving',
      events: 0,
      chain: '',
      keptBytes: 0,
      original: undefined,
    };
  }

  has(id: number): boolean {
    return this.#db.prepare('SELECT 1 FROM accession WHERE id = ?').get(id) !== undefined;
  }

  recordProgress(id: number, { events, chain, bytesDone, keptBytes }: CommittedProgress): void {
    this.#db
      .prepare(
        'UPDATE accession SET events = ?, chain = ?, bytes_done = max(bytes_done, ?), kept_bytes = max(kept_bytes, ?) WHERE id = ?',
      )
      .run(events, chain, bytesDone, keptBytes, id);
  }

  end(
    id: number,
    state: Accession['state'],
    original: { sha256: string; size: number } | undefined,
    now: number,
  ): void {
    this.#db
      .prepare(
        'UPDATE accession SET state = ?, original = ?, original_size = ?, finished_at = ? WHERE id = ?',
      )
      .run(state, original?.sha256 ?? null, original?.size ?? null, now, id);
  }

  addCustodyEvent(kind: string, id: number | null, facts: Record<string, unknown>, now: number): void {
    this.#db
      .prepare('INSERT INTO custody_event (at, kind, accession, facts) VALUES (?, ?, ?, ?)')
      .run(now, kind, id, JSON.stringify(facts));
  }
}
