/**
 * The text of attachments as its readers see it: `attachments-vN.db` beside the index, which `attachments/` writes.
 *
 *   numbersMatching('"cost overrun"')  → messages that have it in an attachment
 *   hitsIn(1234, '"cost overrun"')     → report.pdf, page 3
 *
 * A file of its own, with a version of its own: what was read out of a million attachments in a night must outlive a
 * reindex of a minute.
 */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import type { Trove } from '../store/trove.js';
import { FollowedDatabase } from './followed-database.js';
import { ftsMatch } from './query/fts.js';
import type { Match } from './query/query.js';

/** Version of the extracted text and its tables. Raise it whenever a file may come out otherwise: all are then read again. */
export const attachmentsVersion = 1;

export const attachmentsPath = (trove: Trove): string =>
  join(trove.dir, `attachments-v${attachmentsVersion}.db`);

export interface BlobRow {
  readonly id: number;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  readonly status: string;
  readonly note: string;
  readonly mediaType: string;
  readonly group: string;
  readonly pieces: number;
  readonly characters: number;
  /** How its text begins, on one line. */
  readonly excerpt: string;
  /** In the newest of its messages, '' where it has none. */
  readonly name: string;
  readonly places: number;
  /** Milliseconds; dates of the first and the last of its messages. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
}

export interface PlaceRow {
  readonly number: number;
  readonly entity: number;
  readonly name: string;
  readonly declared: string;
  readonly isInline: boolean;
}

export interface StoredPiece {
  readonly id: number;
  readonly where: string;
  readonly kind: string;
  readonly text: string;
}

/** A piece that a query found in an attachment of a message. */
export interface AttachmentMatch extends StoredPiece {
  readonly sha256: string;
  readonly name: string;
  /** Among the pieces of the attachment, from 1. */
  readonly position: number;
}

export interface ExtractionCounts {
  readonly blobs: number;
  readonly waiting: number;
  /** By status, the most frequent first. */
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
}

export class AttachmentText {
  readonly #file: FollowedDatabase;

  constructor(trove: Trove) {
    this.#file = new FollowedDatabase(attachmentsPath(trove), 'taken');
  }

  /** undefined until something was extracted. */
  get db(): DatabaseSync | undefined {
    return this.#file.db;
  }

  close(): void {
    this.#file.close();
  }

  /** Takes up what was committed since the last call. Returns whether something was. */
  refresh(): boolean {
    return this.#file.refresh();
  }

  /** Numbers of the messages that have a match in an attachment, as one JSON text. */
  numbersMatching(match: string): string {
    const row = this.db
      ?.prepare(
        `SELECT json_group_array(DISTINCT place.number) AS j FROM
          (SELECT DISTINCT blob FROM piece WHERE id IN (SELECT rowid FROM text WHERE text MATCH ?)) AS found
          JOIN place ON place.blob = found.blob`,
      )
      .get(match);
    return String(row?.j ?? '[]');
  }

  /** Best matches in the attachments of one message, at most `limit` of them. */
  matchesIn(number: number, match: string, limit: number): AttachmentMatch[] {
    const found: AttachmentMatch[] = [];
    const seen = new Set<number>();
    for (const place of this.#placesOfMessage(number)) {
      if (seen.has(place.blob) || found.length >= limit) continue;
      seen.add(place.blob);
      for (const id of this.matchingPieces(place.blob, match, limit - found.length)) {
        const piece = this.#piece(id);
        const position = id - place.first + 1;
        if (piece !== undefined) found.push({ ...piece, sha256: place.sha256, name: place.name, position });
      }
    }
    return found;
  }

  #placesOfMessage(number: number): { blob: number; first: number; name: string; sha256: string }[] {
    const rows = this.db
      ?.prepare(
        'SELECT blob.id, first_piece, place.name, lower(hex(blob.sha256)) AS sha256 FROM place JOIN blob ON blob.id = place.blob WHERE number = ? AND blob.pieces > 0 ORDER BY entity',
      )
      .all(number);
    return (rows ?? []).map((row) => ({
      blob: Number(row.id),
      first: Number(row.first_piece),
      name: String(row.name),
      sha256: String(row.sha256),
    }));
  }

  /** Pieces of one attachment that match, in order. Its pieces are a range of rowids, so that the rest is not looked at. */
  matchingPieces(blob: number, match: string, limit: number): number[] {
    const range = this.db?.prepare('SELECT first_piece, pieces FROM blob WHERE id = ?').get(blob);
    const first = Number(range?.first_piece ?? 0);
    const last = first + Number(range?.pieces ?? 0) - 1;
    const rows = this.db
      ?.prepare('SELECT rowid FROM text WHERE text MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?')
      .all(match, first, last, limit);
    return (rows ?? []).map((row) => Number(row.rowid));
  }

  /** Numbers of the pieces, from 1, that have any of these. */
  positionsMatching(blob: number, matches: readonly Match[], limit: number): number[] {
    if (matches.length === 0 || this.db === undefined) return [];
    const first = Number(
      this.db.prepare('SELECT first_piece FROM blob WHERE id = ?').get(blob)?.first_piece ?? 0,
    );
    return this.matchingPieces(blob, matches.map(ftsMatch).join(' OR '), limit).map((id) => id - first + 1);
  }

  #piece(id: number): StoredPiece | undefined {
    const row = this.db
      ?.prepare('SELECT piece.*, bytes FROM piece JOIN frame ON frame.id = frame WHERE piece.id = ?')
      .get(id);
    if (row === undefined) return undefined;
    return storedPiece(row, zstdDecompressSync(row.bytes as Uint8Array));
  }

  findBlob(sha256: string): BlobRow | undefined {
    const row = this.db?.prepare('SELECT * FROM blob WHERE sha256 = ?').get(Buffer.from(sha256, 'hex'));
    return row === undefined ? undefined : blobRow(row);
  }

  /** Those with text, in the order in which they were found. */
  extracted(): BlobRow[] {
    return (this.db?.prepare('SELECT * FROM blob WHERE pieces > 0 ORDER BY id').all() ?? []).map(blobRow);
  }

  /** Pieces of an attachment from the `from`th on, counting from 0. */
  pieces(blob: number, from: number, limit: number): StoredPiece[] {
    const rows = this.db
      ?.prepare(
        'SELECT piece.* FROM piece, blob WHERE blob.id = ? AND piece.id >= first_piece + ? AND piece.id < first_piece + min(pieces, ?) ORDER BY piece.id',
      )
      .all(blob, from, from + limit);
    const pieces: StoredPiece[] = [];
    let frame = 0;
    let bytes = Buffer.alloc(0);
    for (const row of rows ?? []) {
      if (Number(row.frame) !== frame) {
        frame = Number(row.frame);
        const packed = this.db?.prepare('SELECT bytes FROM frame WHERE id = ?').get(frame)?.bytes;
        bytes = zstdDecompressSync(packed as Uint8Array);
      }
      pieces.push(storedPiece(row, bytes));
    }
    return pieces;
  }

  findings(blob: number): { code: string; note: string }[] {
    const rows = this.db?.prepare('SELECT code, note FROM finding WHERE blob = ? ORDER BY rowid').all(blob);
    return (rows ?? []).map((row) => ({ code: String(row.code), note: String(row.note) }));
  }

  /** By date of the message, undated last. */
  places(blob: number, from: number, limit: number): PlaceRow[] {
    const rows = this.db
      ?.prepare(
        'SELECT * FROM place WHERE blob = ? ORDER BY sent_at IS NULL, sent_at, number, entity LIMIT ? OFFSET ?',
      )
      .all(blob, limit, from);
    return (rows ?? []).map((row) => ({
      number: Number(row.number),
      entity: Number(row.entity),
      name: String(row.name),
      declared: String(row.media_type),
      isInline: Number(row.inline) === 1,
    }));
  }

  /** Names and declared types that the file goes by, the most frequent first. */
  namings(blob: number, limit: number): { name: string; declared: string; count: number }[] {
    const rows = this.db
      ?.prepare(
        'SELECT name, media_type, count(*) AS n FROM place WHERE blob = ? GROUP BY name, media_type ORDER BY n DESC, name LIMIT ?',
      )
      .all(blob, limit);
    return (rows ?? []).map((row) => ({
      name: String(row.name),
      declared: String(row.media_type),
      count: Number(row.n),
    }));
  }

  counts(): ExtractionCounts {
    const rows =
      this.db?.prepare('SELECT status, count(*) AS n FROM blob GROUP BY status ORDER BY n DESC').all() ?? [];
    const statuses = rows.map((row) => ({ status: String(row.status), count: Number(row.n) }));
    return {
      blobs: statuses.reduce((sum, { count }) => sum + count, 0),
      waiting: statuses.find(({ status }) => status === 'waiting')?.count ?? 0,
      statuses,
    };
  }
}

type Row = Readonly<Record<string, unknown>>;

function storedPiece(row: Row, frame: Buffer): StoredPiece {
  const start = Number(row.start);
  return {
    id: Number(row.id),
    where: String(row.place),
    kind: String(row.kind),
    text: frame.toString('utf8', start, start + Number(row.length)),
  };
}

export function blobRow(row: Row): BlobRow {
  return {
    id: Number(row.id),
    sha256: Buffer.from(row.sha256 as Uint8Array).toString('hex'),
    size: Number(row.size),
    status: String(row.status),
    note: String(row.note),
    mediaType: String(row.media_type),
    group: String(row.grp),
    pieces: Number(row.pieces),
    characters: Number(row.characters),
    excerpt: String(row.excerpt),
    name: String(row.name),
    places: Number(row.places),
    firstAt: row.first_at === null ? undefined : Number(row.first_at),
    lastAt: row.last_at === null ? undefined : Number(row.last_at),
  };
}
