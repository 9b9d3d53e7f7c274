/**
 * Writing the text of attachments: `attachments-vN.db`. One writer at a time (`attachments.lock`); readers need no lock.
 *
 * A file and its outcome are one transaction: a run that is killed goes on with the files that have none.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { constants as zlib, zstdCompressSync } from 'node:zlib';
import type { Piece } from '../extract/extraction.js';
import { findType } from '../extract/type.js';
import { attachmentsPath } from '../index/attachment-text.js';
import { segmentForIndex } from '../index/query/tokens.js';
import { listShards, shardPath } from '../index/shard.js';
import { openForReading } from '../store/open-database.js';
import { packageRoot } from '../store/package-root.js';
import { indexDir, type Trove } from '../store/trove.js';
import type { Outcome } from './extractor.js';

/** Bytes of text packed into one frame: a page of a preview needs one or two. */
const frameBytes = 64 * 1024;

/** A blob that waits, and one of its places to read it from. */
export interface WaitingBlob {
  readonly id: number;
  readonly sha256: string;
  readonly size: number;
  readonly number: number;
  readonly entity: number;
}

export class AttachmentStore {
  readonly #trove: Trove;
  readonly #db: DatabaseSync;

  constructor(trove: Trove) {
    this.#trove = trove;
    removeOtherVersions(trove);
    this.#db = new DatabaseSync(attachmentsPath(trove));
    this.#db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16000',
    );
    const isNew = this.#db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'taken'").get() === undefined;
    if (isNew)
      this.#db.exec(
        `BEGIN; ${readFileSync(join(packageRoot, 'src', 'index', 'attachments.sql'), 'utf8')}; COMMIT`,
      );
  }

  close(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  /** Makes the places follow the shards. Cheap where no shard has changed. */
  takePlaces(): void {
    const dir = indexDir(this.#trove);
    const shards = (existsSync(dir) ? listShards(dir) : []).map((shard) => ({
      shard,
      path: shardPath(dir, shard),
      state: shardState(shardPath(dir, shard)),
    }));
    const known = this.#db.prepare('SELECT shard, state FROM taken').all();
    const same =
      known.length === shards.length &&
      shards.every(({ shard, state }) => known.some((row) => row.shard === shard && row.state === state));
    if (same) return;
    this.#db.exec('BEGIN IMMEDIATE; DELETE FROM place; DELETE FROM taken');
    for (const { shard, path, state } of shards) {
      this.#takeShard(path);
      this.#db.prepare('INSERT INTO taken VALUES (?, ?)').run(shard, state);
    }
    // A parser that reads an attachment otherwise makes another blob of it; the old one is nowhere any more.
    this.#db.exec(`DELETE FROM blob WHERE status = 'waiting' AND id NOT IN (SELECT blob FROM place);
      UPDATE blob SET places = 0, first_at = NULL, last_at = NULL;
      UPDATE blob SET name = at.name, places = at.places, first_at = at.first_at, last_at = at.last_at
        FROM (SELECT blob, name, count(*) AS places, min(sent_at) AS first_at, max(sent_at) AS last_at FROM place GROUP BY blob) AS at
        WHERE at.blob = blob.id;
      COMMIT`);
  }

  #takeShard(path: string): void {
    const shard = openForReading(path);
    const findBlob = this.#db.prepare('SELECT id FROM blob WHERE sha256 = ?');
    const addBlob = this.#db.prepare(
      "INSERT INTO blob (sha256, size, status, note, media_type, grp, first_piece, pieces, characters, excerpt, name, places) VALUES (?, ?, 'waiting', '', '', '', 0, 0, 0, '', '', 0)",
    );
    const addPlace = this.#db.prepare('INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?)');
    try {
      const rows = shard
        .prepare('SELECT attachment.*, sent_at FROM attachment JOIN doc USING (number)')
        .iterate();
      for (const { number, entity, name, media_type, size, sha256, inline, sent_at } of rows) {
        if (number === undefined || sha256 === undefined || size === undefined) continue;
        const blob = findBlob.get(sha256)?.id ?? addBlob.run(sha256, size).lastInsertRowid;
        addPlace.run(number, entity ?? 0, blob, name ?? '', media_type ?? '', inline ?? 0, sent_at ?? null);
      }
    } finally {
      shard.close();
    }
  }

  /** In the order of the messages, so that a message with many attachments is read once. */
  waiting(): WaitingBlob[] {
    const rows = this.#db
      .prepare(
        `SELECT blob.id, sha256, size, min(number) AS number, entity FROM blob JOIN place ON place.blob = blob.id
          WHERE status = 'waiting' GROUP BY blob.id ORDER BY number, entity`,
      )
      .all();
    return rows.map((row) => ({
      id: Number(row.id),
      sha256: Buffer.from(row.sha256 as Uint8Array).toString('hex'),
      size: Number(row.size),
      number: Number(row.number),
      entity: Number(row.entity),
    }));
  }

  /** Files that could not be read come first again, once the program was told to try. */
  retryFailed(): number {
    const changes = this.#db
      .prepare(
        "UPDATE blob SET status = 'waiting' WHERE pieces = 0 AND status IN ('failed', 'timeout', 'out-of-memory', 'too-large')",
      )
      .run().changes;
    this.#db.exec("DELETE FROM finding WHERE blob IN (SELECT id FROM blob WHERE status = 'waiting')");
    return Number(changes);
  }

  save(blob: number, outcome: Outcome): void {
    this.#db.exec('BEGIN IMMEDIATE');
    const first = Number(this.#db.prepare('SELECT coalesce(max(id), 0) + 1 AS n FROM piece').get()?.n);
    const characters = this.#savePieces(blob, first, outcome.pieces);
    const addFinding = this.#db.prepare('INSERT INTO finding VALUES (?, ?, ?)');
    for (const { code, note } of outcome.findings) addFinding.run(blob, code, note);
    const group = findType(outcome.mediaType)?.group ?? 'other';
    this.#db
      .prepare(
        'UPDATE blob SET status = ?, note = ?, media_type = ?, grp = ?, first_piece = ?, pieces = ?, characters = ?, excerpt = ? WHERE id = ?',
      )
      .run(
        outcome.status,
        outcome.note,
        outcome.mediaType,
        group,
        first,
        outcome.pieces.length,
        characters,
        excerptOf(outcome.pieces),
        blob,
      );
    this.#db.exec('COMMIT');
  }

  #savePieces(blob: number, first: number, pieces: readonly Piece[]): number {
    const addPiece = this.#db.prepare('INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?)');
    const addText = this.#db.prepare('INSERT INTO text (rowid, body) VALUES (?, ?)');
    const addFrame = this.#db.prepare('INSERT INTO frame (id, bytes) VALUES (?, ?)');
    let frame = Number(this.#db.prepare('SELECT coalesce(max(id), 0) + 1 AS n FROM frame').get()?.n);
    let parts: Buffer[] = [];
    let size = 0;
    let characters = 0;
    const endFrame = (): void => {
      if (parts.length > 0) addFrame.run(frame, pack(Buffer.concat(parts)));
      parts = [];
      size = 0;
      frame += 1;
    };
    for (const [at, { where, kind, text }] of pieces.entries()) {
      const bytes = Buffer.from(text, 'utf8');
      addPiece.run(first + at, blob, where, kind, frame, size, bytes.length);
      addText.run(first + at, segmentForIndex(text));
      parts.push(bytes);
      size += bytes.length;
      characters += text.length;
      if (size >= frameBytes) endFrame();
    }
    endFrame();
    return characters;
  }
}

/** Characters of an excerpt: as much as a card of the gallery shows. */
const excerptCharacters = 240;

/** Properties come first in a file's text and say little about it. */
function excerptOf(pieces: readonly Piece[]): string {
  const text = pieces.find(({ kind }) => kind !== 'facts')?.text.slice(0, 4 * excerptCharacters) ?? '';
  return text.replace(/\s+/gu, ' ').trim().slice(0, excerptCharacters).toWellFormed();
}

const pack = (bytes: Buffer): Buffer =>
  zstdCompressSync(bytes, { params: { [zlib.ZSTD_c_compressionLevel]: 6 } });

/** Changes whenever the shard holds other attachments than before. */
function shardState(path: string): string {
  const db = openForReading(path);
  try {
    const hasTables = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'batch'").get() !== undefined;
    const row = hasTables
      ? db
          .prepare(
            'SELECT count(*) AS n, coalesce(max(number), 0) AS high, coalesce(sum(number * 31 + entity), 0) AS mix FROM attachment',
          )
          .get()
      : undefined;
    return `${row?.n ?? 0}.${row?.high ?? 0}.${row?.mix ?? 0}`;
  } finally {
    db.close();
  }
}

/** Text that another version of the program extracted is of no use to this one. */
function removeOtherVersions(trove: Trove): void {
  const own = attachmentsPath(trove);
  for (const file of readdirSync(trove.dir)) {
    const path = join(trove.dir, file);
    if (/^attachments-v\d+\.db(?:-wal|-shm)?$/.test(file) && !path.startsWith(own))
      rmSync(path, { force: true });
  }
}
