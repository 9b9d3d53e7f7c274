/** Databases of a trove: made whole or not at all; opened for reading, also where nothing may be written. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const cannotOpen = 14;

/**
 * Opens `path` for reading. A database in WAL mode wants to write a small file beside itself; on a medium that
 * does not allow it, it is opened as immutable, which is right because nobody can be writing there.
 */
export function openForReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.exec('PRAGMA busy_timeout = 10000; SELECT 1 FROM sqlite_schema');
    return db;
  } catch (error) {
    db.close();
    const isUnwritable =
      error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === cannotOpen;
    if (!isUnwritable || !existsSync(path)) throw error;
  }
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true });
}

/**
 * Opens `path` for writing, in WAL mode. Where there is none, it is made under another name, with what `fill` puts in,
 * and is on disk before it gets its own: what dies in the middle leaves no half of it, which a reader could neither
 * read nor mend. One process at a time.
 */
export function openOrMake(path: string, fill: (db: DatabaseSync) => void): DatabaseSync {
  if (!existsSync(path)) {
    const fresh = `${path}.new`;
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${fresh}${suffix}`, { force: true });
    const db = new DatabaseSync(fresh);
    try {
      db.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL');
      fill(db);
    } finally {
      db.close();
    }
    syncPath(fresh);
    renameSync(fresh, path);
    syncPath(dirname(path));
  }
  return new DatabaseSync(path);
}

/** A file's bytes, or the names in a directory, survive power loss from here on. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
