/**
 * Tags and marks that one press of a button took off many messages, and how they are put back: written again, by who
 * puts them back. Who and when name such a press; no row has an id of its own for being undone.
 */
import type { DatabaseSync } from 'node:sqlite';
import { markRead } from './marks.js';
import type { Act } from './row.js';
import { addTag } from './tags.js';

export interface Taken {
  /** The tag; undefined for marks. */
  readonly tag: string | undefined;
  readonly messages: readonly string[];
}

export function takenBy(db: DatabaseSync, at: number, by: string): Taken[] {
  const taken: Taken[] = [];
  const tags = db.prepare(
    'SELECT name, json_group_array(DISTINCT lower(hex(message))) m FROM tag WHERE undone_at = ? AND undone_by = ? GROUP BY key',
  );
  for (const row of tags.iterate(at, by)) taken.push({ tag: String(row.name), messages: hashes(row.m) });
  const marks = db
    .prepare(
      'SELECT json_group_array(DISTINCT lower(hex(message))) m FROM mark WHERE undone_at = ? AND undone_by = ?',
    )
    .get(at, by);
  const marked = hashes(marks?.m);
  return marked.length === 0 ? taken : [...taken, { tag: undefined, messages: marked }];
}

const hashes = (json: unknown): string[] => JSON.parse(String(json ?? '[]')) as string[];

/** Returns on how many messages something was written again. */
export function putBack(db: DatabaseSync, act: Act, at: number, by: string): number {
  let messages = 0;
  for (const { tag, messages: those } of takenBy(db, at, by))
    messages += tag === undefined ? markRead(db, act, those) : addTag(db, act, those, tag);
  return messages;
}
