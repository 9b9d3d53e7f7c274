/** All kinds of rows of the desk: what is exported, imported, and undone with an act. A new kind is added here. */
import type { DatabaseSync } from 'node:sqlite';
import { listKind } from './lists.js';
import { markKind } from './marks.js';
import { noteKind } from './notes.js';
import { type Act, type Kind, undoWhere } from './row.js';
import { searchKind } from './searches.js';
import { settingKind } from './settings.js';
import { tagKind } from './tags.js';

export const kinds: readonly Kind[] = [settingKind, tagKind, noteKind, markKind, searchKind, listKind];

/** Takes back all that one act wrote and that still stands. Returns how many rows. */
export function undoAct(db: DatabaseSync, act: Act, undone: string): number {
  let rows = 0;
  for (const kind of kinds) rows += undoWhere(db, kind, act, 'act = ?', undone);
  return rows;
}

/** How many rows of an act still stand. */
export function standingOf(db: DatabaseSync, act: string): number {
  const count = (kind: Kind): number =>
    Number(db.prepare(`SELECT count(*) n FROM ${kind.name} WHERE act = ? AND undone_at IS NULL`).get(act)?.n);
  return kinds.reduce((sum, kind) => sum + count(kind), 0);
}
