/**
 * Forward-only migrations: `migrations/<name>/NNN-*.sql`, applied in order. A migration and the record that it
 * ran (`user_version`) share a transaction, so that a crash leaves either both or neither.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../errors.js';
import { packageRoot } from './package-root.js';

/** Brings `db` to the newest schema. Throws OperatorError `trove-newer` when a later program wrote it. */
export function migrate(db: DatabaseSync, name: string): void {
  const dir = migrationsDir(name);
  const files = migrationFiles(name);
  const version = userVersion(db);
  if (version > files.length) {
    throw new OperatorError(
      'trove-newer',
      `the ${name} database has schema ${version}; this program knows schemas up to ${files.length}`,
      'Open the trove with a newer version of Impart.',
    );
  }
  for (const [index, file] of files.entries()) {
    if (index < version) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have done it while this one waited.
      if (userVersion(db) === index)
        db.exec(`${readFileSync(join(dir, file), 'utf8')}; PRAGMA user_version = ${index + 1}`);
      db.exec('COMMIT');
    } finally {
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  }
}

const migrationsDir = (name: string): string => join(packageRoot, 'src', 'store', 'migrations', name);
const migrationFiles = (name: string): string[] =>
  readdirSync(migrationsDir(name))
    .filter((file) => file.endsWith('.sql'))
    .sort();

/** The schema that this program writes and reads. */
export const newestVersion = (name: string): number => migrationFiles(name).length;

export function userVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
