/**
 * The desk: what people made of the mail, in `desk.db`. It is written by the server and the command line while mail
 * is being received: it does not need the trove's writer.lock, and its transactions are short.
 *
 * One rule for every kind of row: **a row is said once, by someone at some time, and stands until it is undone, once,
 * by someone at some time.** Nothing is deleted, nothing is changed otherwise. To change something is to undo its row
 * and to write another. What stands is `WHERE undone_at IS NULL`. What one press of a button wrote shares an `act`,
 * and one undo takes all of it back.
 *
 *   desk.write((db, act) => addRow(db, tagKind, act, { message: sha256, name: 'Pump', key: 'pump' }))
 *   desk.read((db) => standing(db, tagKind, 'message = ?', sha256), [])
 *
 * A kind is one file in `desk/`: its columns, what can be done with it. `desk/row.ts` is what they share.
 */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../errors.js';
import { type Act, newId } from './desk/row.js';
import { findReaderName } from './desk/settings.js';
import { migrate, newestVersion, userVersion } from './migrate.js';
import { openForReading } from './open-database.js';
import { findStorageError } from './storage-error.js';
import type { Trove } from './trove.js';

export const deskPath = (trove: Trove): string => join(trove.dir, 'desk.db');

export interface DeskOptions {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number;
  /** Who writes; undefined is the name that the desk was told, else that of the system's user. */
  readonly as?: string | undefined;
}

export class Desk {
  readonly #trove: Trove;
  readonly #options: DeskOptions;
  #reading: DatabaseSync | undefined;
  #writing: DatabaseSync | undefined;

  /** Opens nothing yet: the file is made by the first write, and reading goes without it. */
  constructor(trove: Trove, options: DeskOptions) {
    this.#trove = trove;
    this.#options = options;
  }

  close(): void {
    this.#reading?.close();
    this.#writing?.close();
    this.#reading = undefined;
    this.#writing = undefined;
  }

  /** Who writes now. */
  get reader(): string {
    return this.#options.as ?? this.read(findReaderName, undefined) ?? systemUser();
  }

  /** Changes whenever anybody wrote anything. */
  get version(): number {
    return this.read((db) => Number(db.prepare('PRAGMA data_version').get()?.data_version), 0);
  }

  /** `otherwise` where nobody wrote anything yet. */
  read<T>(ask: (db: DatabaseSync) => T, otherwise: T): T {
    this.#reading ??= openDeskForReading(this.#trove);
    return this.#reading === undefined ? otherwise : ask(this.#reading);
  }

  /** One transaction: all of it is written, or nothing. Throws OperatorError as `findStorageError`. */
  write<T>(change: (db: DatabaseSync, act: Act) => T): T {
    const { reader } = this;
    try {
      this.#writing ??= openDeskForWriting(this.#trove);
      const db = this.#writing;
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = change(db, { id: newId(), at: this.#options.now(), by: reader });
        db.exec('COMMIT');
        return result;
      } finally {
        if (db.isTransaction) db.exec('ROLLBACK');
      }
    } catch (error) {
      throw findStorageError(error) ?? error;
    }
  }
}

function openDeskForReading(trove: Trove): DatabaseSync | undefined {
  if (!existsSync(deskPath(trove))) return undefined;
  const db = openForReading(deskPath(trove));
  const version = userVersion(db);
  if (version === newestVersion('desk')) return db;
  db.close();
  // The first write died before it made the tables, or another process is just making them.
  if (version === 0) return undefined;
  if (version > newestVersion('desk')) throw newerDesk(trove);
  // An older program wrote it: what was added since must be there before anyone reads.
  openDeskForWriting(trove).close();
  return openForReading(deskPath(trove));
}

function openDeskForWriting(trove: Trove): DatabaseSync {
  const db = new DatabaseSync(deskPath(trove));
  try {
    // FULL: what a person wrote is on disk when the page says so.
    db.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(db, 'desk');
    return db;
  } catch (error) {
    db.close();
    throw findStorageError(error) ?? error;
  }
}

function newerDesk(trove: Trove): OperatorError {
  return new OperatorError(
    'trove-newer',
    `the desk of ${trove.dir} was written by a newer version of Impart`,
    'Open it with that version. Nothing was changed.',
  );
}

/** A process may run under an id that has no name. */
function systemUser(): string {
  try {
    return userInfo().username || 'reader';
  } catch {
    return 'reader';
  }
}
