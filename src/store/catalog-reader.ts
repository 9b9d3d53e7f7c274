/** The catalog as readers see it: totals, containers, occurrences, failures. Never writes. */
import { existsSync } from 'node:fs';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { OperatorError } from '../errors.js';
import { newestVersion, userVersion } from './migrate.js';
import { openForReading } from './open-database.js';
import { catalogPath, type Trove } from './trove.js';

export interface Totals {
  readonly messages: number;
  readonly occurrences: number;
  readonly received: number;
  readonly parsed: number;
  readonly duplicate: number;
  readonly failed: number;
  readonly other: number;
  /** Bytes of distinct messages. */
  readonly bytes: number;
}

export interface ContainerRow {
  readonly id: number;
  readonly accession: number;
  readonly parent: number | undefined;
  readonly kind: string;
  readonly variant: string | undefined;
  readonly path: string;
  readonly compressions: readonly string[];
  readonly folder: string;
  readonly bytes: number | undefined;
  readonly received: number;
  readonly parsed: number;
  readonly duplicate: number;
  readonly failed: number;
  readonly other: number;
}

export interface AccessionRow {
  readonly id: number;
  readonly source: string;
  /** As `sourceStamp` made it when the receive began. */
  readonly stamp: string;
  readonly inPlace: boolean;
  readonly state: 'receiving' | 'complete' | 'superseded';
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly bytesTotal: number;
  readonly bytesDone: number;
  /** SHA-256 of the original, hex; undefined until complete. */
  readonly original: string | undefined;
  readonly originalSize: number | undefined;
}

export interface OccurrenceRow {
  readonly id: number;
  readonly container: number;
  readonly outcome: 'parsed' | 'duplicate' | 'failed';
  readonly folder: string | undefined;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly direct: { readonly offset: number; readonly length: number } | undefined;
  readonly failure: string | undefined;
  readonly note: string | undefined;
}

/** Bytes as they lie in what was received. */
export interface DirectPlace extends Pick<OccurrenceRow, 'container' | 'path'> {
  readonly direct: NonNullable<OccurrenceRow['direct']>;
  readonly accession: Pick<AccessionRow, 'id' | 'inPlace' | 'source' | 'original'>;
}

export interface MessageRow {
  readonly number: number;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
}

const optional = (value: SQLOutputValue | undefined): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);
const optionalText = (value: SQLOutputValue | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

export class CatalogReader {
  readonly db: DatabaseSync;
  /** Prepared once: lists of hits ask these for every message. */
  readonly #findMessage: StatementSync;
  readonly #messagesAfter: StatementSync;
  readonly #firstPlace: StatementSync;
  readonly #findContainer: StatementSync;
  readonly #occurrences: StatementSync;
  readonly #findAccession: StatementSync;
  readonly #findNumber: StatementSync;

  /** Throws OperatorError `trove-empty` where nothing was ever received, `trove-newer`. */
  constructor(trove: Trove) {
    if (!existsSync(catalogPath(trove))) throw nothingReceived(trove);
    this.db = openForReading(catalogPath(trove));
    this.db.exec('PRAGMA cache_size = -16000');
    if (userVersion(this.db) === 0) {
      // Its first receive died before it made the tables.
      this.db.close();
      throw nothingReceived(trove);
    }
    if (userVersion(this.db) > newestVersion('catalog')) {
      throw new OperatorError(
        'trove-newer',
        `${trove.dir} was written by a newer version of Impart`,
        'Open it with that version. Nothing was changed.',
      );
    }
    this.#findMessage = this.db.prepare('SELECT lower(hex(sha256)), size FROM message WHERE number = ?');
    this.#findMessage.setReturnArrays(true);
    this.#messagesAfter = this.db.prepare(
      'SELECT number, lower(hex(sha256)) sha, size FROM message WHERE number > ? ORDER BY number LIMIT ?',
    );
    this.#firstPlace =
      this.db.prepare(`SELECT direct_offset, direct_length, occurrence.path, container, in_place, source, original, accession.id
      FROM occurrence JOIN container ON container.id = container JOIN accession ON accession.id = accession
      WHERE message = ? ORDER BY occurrence.id LIMIT 1`);
    this.#firstPlace.setReturnArrays(true);
    this.#findContainer = this.db.prepare('SELECT * FROM container WHERE id = ?');
    this.#findAccession = this.db.prepare('SELECT * FROM accession WHERE id = ?');
    this.#findNumber = this.db.prepare('SELECT number FROM message WHERE sha256 = ?');
    this.#occurrences = this.db.prepare(
      'SELECT occurrence.*, folder.name AS folder_name FROM occurrence LEFT JOIN folder ON folder.id = occurrence.folder WHERE message = ? ORDER BY occurrence.id',
    );
  }

  close(): void {
    this.db.close();
  }

  totals(): Totals {
    const sums = this.db
      .prepare(
        'SELECT coalesce(sum(received), 0) r, coalesce(sum(parsed), 0) p, coalesce(sum(duplicate), 0) d, coalesce(sum(failed), 0) f, coalesce(sum(other), 0) o FROM container',
      )
      .get();
    const messages = this.db.prepare('SELECT count(*) n, coalesce(sum(size), 0) bytes FROM message').get();
    const occurrences = this.db.prepare('SELECT count(*) n FROM occurrence WHERE message IS NOT NULL').get();
    return {
      messages: Number(messages?.n),
      occurrences: Number(occurrences?.n),
      received: Number(sums?.r),
      parsed: Number(sums?.p),
      duplicate: Number(sums?.d),
      failed: Number(sums?.f),
      other: Number(sums?.o),
      bytes: Number(messages?.bytes),
    };
  }

  /** Number of distinct messages: cheaper than totals(). */
  messageCount(): number {
    return Number(this.db.prepare('SELECT coalesce(max(number), 0) n FROM message').get()?.n);
  }

  accessions(): AccessionRow[] {
    return this.db.prepare('SELECT * FROM accession ORDER BY id').all().map(accessionRow);
  }

  accession(id: number): AccessionRow | undefined {
    const row = this.#findAccession.get(id);
    return row === undefined ? undefined : accessionRow(row);
  }

  containers(): ContainerRow[] {
    return this.db.prepare('SELECT * FROM container ORDER BY id').all().map(containerRow);
  }

  container(id: number): ContainerRow | undefined {
    const row = this.#findContainer.get(id);
    return row === undefined ? undefined : containerRow(row);
  }

  findMessage(number: number): MessageRow | undefined {
    const row = this.#findMessage.get(number) as unknown as SQLOutputValue[] | undefined;
    return row === undefined ? undefined : { number, sha256: String(row[0]), size: Number(row[1]) };
  }

  /** Messages in order of number, the first `limit` after `last`. */
  messagesAfter(last: number, limit: number): MessageRow[] {
    const rows = this.#messagesAfter.all(last, limit);
    return rows.map(({ number, sha, size }) => ({
      number: Number(number),
      sha256: String(sha),
      size: Number(size),
    }));
  }

  findNumber(sha256: Uint8Array): number | undefined {
    const row = this.#findNumber.get(sha256);
    return row === undefined ? undefined : Number(row.number);
  }

  /** Messages whose SHA-256 (hex) begins with `prefix`; at most `limit`. */
  findByHash(prefix: string, limit = 2): MessageRow[] {
    const low = Buffer.from(prefix.padEnd(64, '0'), 'hex');
    const high = Buffer.from(prefix.padEnd(64, 'f'), 'hex');
    return this.db
      .prepare(
        'SELECT number, lower(hex(sha256)) sha, size FROM message WHERE sha256 BETWEEN ? AND ? LIMIT ?',
      )
      .all(low, high, limit)
      .map((row) => ({ number: Number(row.number), sha256: String(row.sha), size: Number(row.size) }));
  }

  occurrences(message: number): OccurrenceRow[] {
    return this.#occurrences.all(message).map(occurrenceRow);
  }

  /** Where a message came first, if its bytes lie there as they are: what lists of hits read. */
  firstPlace(message: number): DirectPlace | undefined {
    const row = this.#firstPlace.get(message) as unknown as SQLOutputValue[] | undefined;
    if (row === undefined || row[0] === null) return undefined;
    const [offset, length, path, container, inPlace, source, original, accession] = row;
    return {
      direct: { offset: Number(offset), length: Number(length) },
      path: String(path),
      container: Number(container),
      accession: {
        id: Number(accession),
        inPlace: inPlace === 1,
        source: String(source),
        original: optionalText(original),
      },
    };
  }

  /** Failures in order of arrival, `limit` from `after` (an occurrence id) on. */
  failures(limit: number, after = 0): OccurrenceRow[] {
    return this.db
      .prepare(
        "SELECT *, NULL AS folder_name FROM occurrence WHERE outcome = 'failed' AND id > ? ORDER BY id LIMIT ?",
      )
      .all(after, limit)
      .map(occurrenceRow);
  }

  otherFiles(limit: number, after = 0): { id: number; container: number; path: string; note: string }[] {
    return this.db
      .prepare('SELECT id, container, path, note FROM other_file WHERE id > ? ORDER BY id LIMIT ?')
      .all(after, limit)
      .map((row) => ({
        id: Number(row.id),
        container: Number(row.container),
        path: String(row.path),
        note: String(row.note),
      }));
  }
}

function nothingReceived(trove: Trove): OperatorError {
  return new OperatorError(
    'trove-empty',
    `nothing was received into ${trove.dir} yet`,
    'Receive something first: impart receive SOURCE --trove DIR',
  );
}

function accessionRow(row: Record<string, SQLOutputValue>): AccessionRow {
  return {
    id: Number(row.id),
    source: String(row.source),
    stamp: String(row.stamp),
    inPlace: row.in_place === 1,
    state: row.state as AccessionRow['state'],
    startedAt: Number(row.started_at),
    finishedAt: optional(row.finished_at),
    bytesTotal: Number(row.bytes_total),
    bytesDone: Number(row.bytes_done),
    original: optionalText(row.original),
    originalSize: optional(row.original_size),
  };
}

function containerRow(row: Record<string, SQLOutputValue>): ContainerRow {
  return {
    id: Number(row.id),
    accession: Number(row.accession),
    parent: optional(row.parent),
    kind: String(row.kind),
    variant: optionalText(row.variant),
    path: String(row.path),
    compressions: String(row.compressions).split(' ').filter(Boolean),
    folder: String(row.folder),
    bytes: optional(row.bytes),
    received: Number(row.received),
    parsed: Number(row.parsed),
    duplicate: Number(row.duplicate),
    failed: Number(row.failed),
    other: Number(row.other),
  };
}

function occurrenceRow(row: Record<string, SQLOutputValue>): OccurrenceRow {
  return {
    id: Number(row.id),
    container: Number(row.container),
    outcome: row.outcome as OccurrenceRow['outcome'],
    folder: optionalText(row.folder_name),
    path: String(row.path),
    offset: Number(row.offset),
    length: Number(row.length),
    direct:
      row.direct_offset === null
        ? undefined
        : { offset: Number(row.direct_offset), length: Number(row.direct_length) },
    failure: optionalText(row.failure),
    note: optionalText(row.note),
  };
}
