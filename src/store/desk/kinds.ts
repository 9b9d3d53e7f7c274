/** All kinds of rows of the desk: what is exported, imported, and undone with an act. A new kind is added here. */
import type { DatabaseSync } from 'node:sqlite';
import { claimKinds } from './claims/kinds.js';
import { clearanceKind } from './clearances.js';
import { listKind } from './lists.js';
import { markKind } from './marks.js';
import { noteKind } from './notes.js';
import { personKind } from './people.js';
import { placeholderKind } from './placeholders.js';
import { publicityKind } from './publicity.js';
import { redactionKind } from './redactions.js';
import { type Act, type Kind, undoWhere } from './row.js';
import { searchKind } from './searches.js';
import { settingKind } from './settings.js';
import { tagKind } from './tags.js';

export const kinds: readonly Kind[] = [
  settingKind,
  tagKind,
  noteKind,
  markKind,
  searchKind,
  listKind,
  personKind,
  redactionKind,
  clearanceKind,
  publicityKind,
  placeholderKind,
  ...claimKinds,
];

/** Takes back all that one act wrote and that still stands, but for rows that are never taken back. Returns how many rows. */
export function undoAct(db: DatabaseSync, act: Act, undone: string): number {
  let rows = 0;
  for (const kind of kinds)
    if (kind.isAppendOnly !== true) rows += undoWhere(db, kind, act, 'act = ?', undone);
  return rows;
}

export interface ActSummary {
  readonly at: number;
  readonly by: string;
  readonly parts: readonly {
    readonly kind: string;
    /** What was written, and what of it still stands. */
    readonly rows: number;
    readonly standing: number;
    /** The tag's, the search's or the list's; '' for the rest. */
    readonly name: string;
  }[];
}

/** undefined where no act has this id. */
export function findAct(db: DatabaseSync, id: string): ActSummary | undefined {
  let head: { at: number; by: string } | undefined;
  const parts: ActSummary['parts'][number][] = [];
  for (const kind of kinds) {
    const name = 'name' in kind.columns ? 'min(name)' : "''";
    const row = db
      .prepare(
        `SELECT count(*) n, count(*) - count(undone_at) s, min(made_at) at, min(made_by) made_by, ${name} name FROM ${kind.name} WHERE act = ?`,
      )
      .get(id);
    if (row === undefined || Number(row.n) === 0) continue;
    head ??= { at: Number(row.at), by: String(row.made_by) };
    parts.push({
      kind: kind.name,
      rows: Number(row.n),
      standing: Number(row.s),
      name: String(row.name ?? ''),
    });
  }
  return head === undefined ? undefined : { ...head, parts };
}
