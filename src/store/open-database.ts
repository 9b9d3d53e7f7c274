/** Opening databases of a trove for reading, also where nothing may be written. */
import { existsSync } from 'node:fs';
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
