/** Tags on messages, by one reader's hand or on a whole result at once. */
import type { DatabaseSync } from 'node:sqlite';
import { nameOf } from './name.js';
import { type Act, type Kind, type Row, rowAdder, sha256Bytes, standing, undoWhere } from './row.js';

export const tagKind = {
  name: 'tag',
  columns: { message: 'sha256', name: 'text', key: 'text' },
} as const satisfies Kind;

export type Tag = Row<typeof tagKind>;

export interface TagCount {
  readonly key: string;
  /** As it was written first. */
  readonly name: string;
  readonly messages: number;
}

/** Letter case and the ways to write an accent do not make another tag. */
export const tagKey = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Tags the messages (SHA-256, hex) that do not have the tag yet. Returns how many those were.
 * Throws OperatorError `name-malformed`.
 */
export function addTag(db: DatabaseSync, act: Act, messages: Iterable<string>, written: string): number {
  const name = nameOf(written, 'tag');
  const key = tagKey(name);
  const has = db.prepare('SELECT 1 FROM tag WHERE message = ? AND key = ? AND undone_at IS NULL');
  const add = rowAdder(db, tagKind, act);
  let added = 0;
  for (const message of messages) {
    if (has.get(sha256Bytes(message), key) !== undefined) continue;
    add({ message, name, key });
    added += 1;
  }
  return added;
}

/** Takes a tag off the messages, whoever put it there. Returns from how many. */
export function removeTag(db: DatabaseSync, act: Act, messages: Iterable<string>, name: string): number {
  let removed = 0;
  for (const message of messages) {
    const rows = undoWhere(db, tagKind, act, 'message = ? AND key = ?', sha256Bytes(message), tagKey(name));
    if (rows > 0) removed += 1;
  }
  return removed;
}

/** One of each tag on the message, in order of the alphabet. */
export function tagsOn(db: DatabaseSync, message: string): Tag[] {
  const rows = standing(db, tagKind, 'message = ? ORDER BY key, made_at', sha256Bytes(message));
  return rows.filter((row, at) => row.key !== rows[at - 1]?.key);
}

export function tagCounts(db: DatabaseSync): TagCount[] {
  // SQLite takes the bare column from the row that has the minimum.
  return db
    .prepare(
      'SELECT key, name, min(made_at), count(DISTINCT message) n FROM tag WHERE undone_at IS NULL GROUP BY key ORDER BY key',
    )
    .all()
    .map((row) => ({ key: String(row.key), name: String(row.name), messages: Number(row.n) }));
}

/** SHA-256 (hex) of the messages with a tag; with `isPrefix`, with any tag that begins so. */
export function* messagesTagged(db: DatabaseSync, name: string, isPrefix: boolean): Generator<Uint8Array> {
  const key = tagKey(name);
  const rows = isPrefix
    ? db.prepare('SELECT message FROM tag WHERE undone_at IS NULL AND substr(key, 1, ?) = ?')
    : db.prepare('SELECT message FROM tag WHERE undone_at IS NULL AND key = ?');
  const parameters = isPrefix ? [Array.from(key).length, key] : [key];
  for (const row of rows.iterate(...parameters)) if (row.message instanceof Uint8Array) yield row.message;
}
