/**
 * A trove is one directory:
 *
 *   trove.json        { "format": 1, "id": "…", "title": "…", "created": "2026-…Z" }
 *   originals/ab/ab…  what was received, byte for byte, named by SHA-256, read-only
 *   catalog.db        durable record
 *   index-vN/         disposable: full text, threads, raw spool
 *   attachments-vN.db disposable: text of attachments
 *   verify-vN.db      disposable: what signatures and context showed
 *   writer.lock       held (by SQLite, so that the system frees it when a process dies) by the one writer
 *
 * docs/trove-format.md is the published contract.
 */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../errors.js';
import { syncPath } from './open-database.js';
import { findStorageError } from './storage-error.js';

/** The layout this program writes. A larger number in trove.json is refused. */
export const troveFormat = 1;
/** Version of everything under `index-vN/`. Raise it whenever what is indexed, or how, changes. */
export const indexVersion = 3;

export interface Trove {
  readonly dir: string;
  readonly id: string;
  readonly title: string;
}

export const originalsDir = (trove: Trove): string => join(trove.dir, 'originals');
export const incomingDir = (trove: Trove): string => join(trove.dir, 'originals', 'incoming');
export const catalogPath = (trove: Trove): string => join(trove.dir, 'catalog.db');
export const indexDir = (trove: Trove): string => join(trove.dir, `index-v${indexVersion}`);

/** Path of a kept original. `sha256` in hex. */
export const originalPath = (trove: Trove, sha256: string): string =>
  join(originalsDir(trove), sha256.slice(0, 2), sha256);

/** Opens an existing trove. Throws OperatorError `trove-missing`, `trove-damaged`, `trove-newer`. */
export function openTrove(dir: string): Trove {
  const path = join(resolve(dir), 'trove.json');
  if (!existsSync(path)) {
    throw new OperatorError(
      'trove-missing',
      `${dir} is not a trove (it has no trove.json)`,
      'Make one with: impart receive SOURCE --trove DIR',
    );
  }
  const settings = readSettings(path);
  if (settings.format > troveFormat) {
    throw new OperatorError(
      'trove-newer',
      `${dir} has trove format ${settings.format}; this program knows formats up to ${troveFormat}`,
      'Open it with a newer version of Impart. Nothing was changed.',
    );
  }
  return { dir: resolve(dir), id: settings.id, title: settings.title };
}

/** Opens the trove, making it first where there is none. Throws as `openTrove`, and `trove-not-empty`, `trove-unwritable`. */
export function openOrCreateTrove(dir: string, title = troveTitle(dir)): Trove {
  const path = join(resolve(dir), 'trove.json');
  if (existsSync(path)) return openTrove(dir);
  try {
    mkdirSync(join(resolve(dir), 'originals', 'incoming'), { recursive: true });
    const settings = { format: troveFormat, id: randomUUID(), title, created: new Date().toISOString() };
    writeFileSync(`${path}.new`, `${JSON.stringify(settings, undefined, 2)}\n`);
    syncPath(`${path}.new`);
    renameSync(`${path}.new`, path);
    for (const made of [join(resolve(dir), 'originals'), resolve(dir), dirname(resolve(dir))]) syncPath(made);
  } catch (error) {
    throw new OperatorError(
      'trove-unwritable',
      `cannot make a trove at ${dir}: ${String(error)}`,
      'Choose a directory that you can write to.',
      error,
    );
  }
  return openTrove(dir);
}

const troveTitle = (dir: string): string => basename(resolve(dir)).replace(/\.trove$/, '');

function readSettings(path: string): { format: number; id: string; title: string } {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (
      typeof value === 'object' &&
      value !== null &&
      'format' in value &&
      typeof value.format === 'number'
    ) {
      const id = 'id' in value && typeof value.id === 'string' ? value.id : '';
      const title = 'title' in value && typeof value.title === 'string' ? value.title : '';
      return { format: value.format, id, title };
    }
  } catch (error) {
    throw new OperatorError(
      'trove-damaged',
      `${path} cannot be read: ${String(error)}`,
      'Restore trove.json from a backup; it holds no mail.',
      error,
    );
  }
  throw new OperatorError(
    'trove-damaged',
    `${path} is not a trove description`,
    'Restore trove.json from a backup; it holds no mail.',
  );
}

function openLock(trove: Trove, file: string): DatabaseSync {
  try {
    return new DatabaseSync(join(trove.dir, file));
  } catch (error) {
    throw findStorageError(error) ?? error;
  }
}

/**
 * Takes the trove for writing until the returned function is called or the process ends, however it ends.
 * `file` names what is taken: all of it, or the text of attachments or what was verified, which are written while mail
 * comes in.
 * Throws OperatorError `trove-locked`.
 */
export function lockTrove(
  trove: Trove,
  file: 'writer.lock' | 'attachments.lock' | 'candidates.lock' | 'verify.lock' = 'writer.lock',
): () => void {
  const lock = openLock(trove, file);
  try {
    lock.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (by TEXT)',
    );
  } catch (error) {
    lock.close();
    const known = findStorageError(error);
    if (known?.code !== 'trove-locked') throw known ?? error;
    throw new OperatorError(
      'trove-locked',
      `another process is writing to ${trove.dir}`,
      'Wait until it ends (impart status shows how far it is), then run this again.',
      error,
    );
  }
  return () => lock.close();
}
