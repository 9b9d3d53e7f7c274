/** Searches that were given a name. */
import type { DatabaseSync } from 'node:sqlite';
import { nameOf } from './name.js';
import { type Act, addRow, type Kind, type Row, standing, undoWhere } from './row.js';

export const searchKind = {
  name: 'search',
  columns: { name: 'text', query: 'text', sort: 'text' },
} as const satisfies Kind;

export type SavedSearch = Row<typeof searchKind>;

/** Returns its id. Throws OperatorError `name-malformed`. */
export function saveSearch(db: DatabaseSync, act: Act, name: string, query: string, sort: string): string {
  return addRow(db, searchKind, act, { name: nameOf(name, 'name'), query, sort });
}

export function savedSearches(db: DatabaseSync): SavedSearch[] {
  return standing(db, searchKind, 'true ORDER BY made_at DESC, id');
}

export function undoSearch(db: DatabaseSync, act: Act, id: string): boolean {
  return undoWhere(db, searchKind, act, 'id = ?', id) > 0;
}
