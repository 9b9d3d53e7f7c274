/**
 * Reading marks: a message that someone read. Nothing is marked by opening it: a glance at a page is not reading,
 * and a mark that sets itself says nothing (docs/decisions/057).
 */
import type { DatabaseSync } from 'node:sqlite';
import { type Act, type Kind, type Row, rowAdder, sha256Bytes, standing, undoWhere } from './row.js';

export const markKind = { name: 'mark', columns: { message: 'sha256' } } as const satisfies Kind;

export type Mark = Row<typeof markKind>;

/** Marks what nobody has marked as read yet. Returns how many messages that were. */
export function markRead(db: DatabaseSync, act: Act, messages: Iterable<string>): number {
  const has = db.prepare('SELECT 1 FROM mark WHERE message = ? AND undone_at IS NULL');
  const add = rowAdder(db, markKind, act);
  let added = 0;
  for (const message of messages) {
    if (has.get(sha256Bytes(message)) !== undefined) continue;
    add({ message });
    added += 1;
  }
  return added;
}

export function markUnread(db: DatabaseSync, act: Act, messages: Iterable<string>): number {
  let changed = 0;
  for (const message of messages)
    if (undoWhere(db, markKind, act, 'message = ?', sha256Bytes(message)) > 0) changed += 1;
  return changed;
}

/** Who read the message first, undefined where nobody did. */
export function findMark(db: DatabaseSync, message: string): Mark | undefined {
  return standing(db, markKind, 'message = ? ORDER BY made_at LIMIT 1', sha256Bytes(message))[0];
}

export function* messagesRead(db: DatabaseSync): Generator<Uint8Array> {
  for (const row of db.prepare('SELECT message FROM mark WHERE undone_at IS NULL').iterate())
    if (row.message instanceof Uint8Array) yield row.message;
}
