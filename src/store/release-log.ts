/**
 * The log of a trove, in `releases.db`: entries, checkpoints, and which message has which number.
 *
 * A checkpoint and its entries are one transaction, flushed before the checkpoint is written anywhere else. So whatever
 * was signed is in the log, and the next release goes on from there: a run that dies leaves no second history.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { OperatorError } from '../errors.js';
import { leafHash, MerkleTree } from '../proof/merkle.js';
import { migrate } from './migrate.js';
import { findStorageError } from './storage-error.js';
import type { Trove } from './trove.js';

export const releaseLogPath = (trove: Trove): string => join(trove.dir, 'releases.db');

export interface LogOwner {
  readonly origin: string;
  readonly publicKey: Buffer;
}

export interface NumberedMessage {
  /** Hex. */
  readonly sha256: string;
  readonly number: number;
  readonly state: 'published' | 'withheld' | 'withdrawn';
  readonly release: number;
  /** Hex; '' where it is not published. */
  readonly record: string;
  /** JSON; '' where it is not published. */
  readonly facts: string;
  readonly reason: string;
  /** Equal where the same would be decided again. */
  readonly basis: string;
}

/** A page or several, and what they were made from. */
export interface RenderedJob {
  readonly job: string;
  readonly basis: string;
  readonly paths: readonly string[];
}

export interface ReleaseRow {
  readonly number: number;
  readonly size: number;
  readonly checkpoint: string;
  readonly title: string;
  readonly releasedAt: number;
  /** '' where its folder was never complete. */
  readonly directory: string;
}

/** All that one release adds. */
export interface Addition {
  readonly owner: LogOwner;
  readonly entries: readonly Buffer[];
  readonly checkpoint: string;
  readonly title: string;
  readonly releasedAt: number;
  /** What changed. */
  readonly numbered: readonly NumberedMessage[];
}

export class ReleaseLog {
  readonly #db: DatabaseSync;
  readonly #tree = new MerkleTree();
  /** Secret. */
  readonly saltKey: Buffer;

  /** Makes it where the trove has none. The caller holds the trove's writer.lock. */
  constructor(trove: Trove) {
    try {
      this.#db = new DatabaseSync(releaseLogPath(trove));
      this.#db.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA');
      migrate(this.#db, 'releases');
      this.#db
        .prepare('INSERT INTO log (id, salt_key) VALUES (1, ?) ON CONFLICT DO NOTHING')
        .run(randomBytes(32));
      this.saltKey = bytesOf(this.#db.prepare('SELECT salt_key FROM log').get()?.salt_key);
      for (const { bytes } of this.#db.prepare('SELECT bytes FROM entry ORDER BY idx').iterate())
        this.#tree.append(leafHash(bytesOf(bytes)));
    } catch (error) {
      throw findStorageError(error) ?? error;
    }
  }

  close(): void {
    this.#db.close();
  }

  static exists(trove: Trove): boolean {
    return existsSync(releaseLogPath(trove));
  }

  get size(): number {
    return this.#tree.size;
  }

  /** Of all entries; the caller may append to it what it is about to `add`. */
  get tree(): MerkleTree {
    return this.#tree;
  }

  /** Undefined before the first release. */
  get owner(): LogOwner | undefined {
    const row = this.#db.prepare('SELECT origin, public_key FROM log').get();
    if (row === undefined || row.origin === null) return undefined;
    return { origin: String(row.origin), publicKey: bytesOf(row.public_key) };
  }

  *entries(from = 0, to = Number.MAX_SAFE_INTEGER): Generator<Buffer> {
    const rows = this.#db.prepare('SELECT bytes FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx');
    for (const { bytes } of rows.iterate(from, to)) yield bytesOf(bytes);
  }

  /** In order. */
  releases(): ReleaseRow[] {
    return this.#db
      .prepare('SELECT * FROM release ORDER BY number')
      .all()
      .map((row) => ({
        number: Number(row.number),
        size: Number(row.size),
        checkpoint: String(row.checkpoint),
        title: String(row.title),
        releasedAt: Number(row.released_at),
        directory: row.directory === null ? '' : String(row.directory),
      }));
  }

  /** In order of number. */
  *numbered(): Generator<NumberedMessage> {
    for (const row of this.#db.prepare('SELECT * FROM numbered ORDER BY number').iterate()) {
      yield {
        sha256: bytesOf(row.sha256).toString('hex'),
        number: Number(row.number),
        state: row.state as NumberedMessage['state'],
        release: Number(row.release),
        record: row.record === null ? '' : bytesOf(row.record).toString('hex'),
        facts: row.facts === null ? '' : String(row.facts),
        reason: row.reason === null ? '' : String(row.reason),
        basis: String(row.basis),
      };
    }
  }

  /** One transaction. `from`: the size that the entries were made for. Throws OperatorError `log-changed` where it is another. */
  add(from: number, addition: Addition): void {
    const { owner, entries, checkpoint, title, releasedAt, numbered } = addition;
    const db = this.#db;
    try {
      db.exec('BEGIN IMMEDIATE');
      const size = Number(db.prepare('SELECT count(*) n FROM entry').get()?.n);
      if (size !== from) throw logChanged();
      db.prepare('UPDATE log SET origin = ?, public_key = ?').run(owner.origin, owner.publicKey);
      const insert = db.prepare('INSERT INTO entry VALUES (?, ?)');
      for (const [at, bytes] of entries.entries()) insert.run(from + at, bytes);
      const put = db.prepare('INSERT OR REPLACE INTO numbered VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
      for (const { sha256, number, state, release, record, facts, reason, basis } of numbered)
        put.run(
          Buffer.from(sha256, 'hex'),
          number,
          state,
          release,
          record === '' ? null : Buffer.from(record, 'hex'),
          facts === '' ? null : facts,
          reason === '' ? null : reason,
          basis,
        );
      db.prepare(
        'INSERT INTO release VALUES ((SELECT coalesce(max(number), 0) + 1 FROM release), ?, ?, ?, ?, NULL)',
      ).run(from + entries.length, checkpoint, title, releasedAt);
      db.exec('COMMIT');
    } catch (error) {
      throw findStorageError(error) ?? error;
    } finally {
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  }

  /** What the pages of the last complete release were made from, by job. */
  rendered(): Map<string, RenderedJob> {
    const jobs = new Map<string, RenderedJob>();
    for (const row of this.#db.prepare('SELECT * FROM rendered').iterate()) {
      const job = String(row.job);
      jobs.set(job, { job, basis: String(row.basis), paths: String(row.paths).split('\n') });
    }
    return jobs;
  }

  /** Whether files of earlier releases were read for this redacted term. `digest`: keyed, so that the log does not tell it. */
  wasChecked(digest: Buffer): boolean {
    return this.#db.prepare('SELECT 1 FROM checked_secret WHERE digest = ?').get(digest) !== undefined;
  }

  /** Its folder is complete, under its name. `rendered`: all of its jobs; `before`: those of the release before; `checked`: what its files were read for. */
  published(
    release: number,
    directory: string,
    rendered: ReadonlyMap<string, RenderedJob>,
    before: ReadonlyMap<string, RenderedJob>,
    checked: readonly Buffer[],
  ): void {
    const db = this.#db;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.prepare('UPDATE release SET directory = ? WHERE number = ?').run(directory, release);
      const put = db.prepare('INSERT OR REPLACE INTO rendered VALUES (?, ?, ?)');
      for (const { job, basis, paths } of rendered.values())
        if (before.get(job)?.basis !== basis) put.run(job, basis, paths.join('\n'));
      const drop = db.prepare('DELETE FROM rendered WHERE job = ?');
      const check = db.prepare('INSERT INTO checked_secret VALUES (?) ON CONFLICT DO NOTHING');
      for (const digest of checked) check.run(digest);
      for (const job of before.keys()) if (!rendered.has(job)) drop.run(job);
      db.exec('COMMIT');
    } finally {
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  }
}

const bytesOf = (value: SQLOutputValue | undefined): Buffer => {
  if (!(value instanceof Uint8Array)) throw new TypeError('releases.db has no bytes where it should');
  return Buffer.from(value);
};

function logChanged(): OperatorError {
  return new OperatorError(
    'log-changed',
    'another release was made while this one was being written',
    'Run the command again: it goes on from that release. Nothing was published.',
  );
}
