/** Lists of names and terms, kept as they were pasted. What a line finds is asked anew each time (web/handlers/lists.tsx). */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { nameOf } from './name.js';
import { type Act, addRow, type Kind, type Row, standing, undoWhere } from './row.js';

export const listKind = {
  name: 'list',
  columns: { name: 'text', content: 'text' },
} as const satisfies Kind;

export type List = Row<typeof listKind>;

/** Returns its id. Throws OperatorError `name-malformed`, `list-malformed`. */
export function addList(db: DatabaseSync, act: Act, name: string, content: string): string {
  return addRow(db, listKind, act, { name: nameOf(name, 'name'), content: listContent(content) });
}

/** Throws OperatorError `list-malformed`. */
export function listContent(text: string): string {
  if (text.trim() === '')
    throw new OperatorError('list-malformed', 'this list is empty', 'Paste one name or term a line.');
  if (text.length > limits.maxListCharacters)
    throw new OperatorError(
      'list-malformed',
      `this list is longer than ${limits.maxListCharacters} characters`,
      'Make several lists of it.',
    );
  return text.toWellFormed().replaceAll('\0', '');
}

export function lists(db: DatabaseSync): List[] {
  return standing(db, listKind, 'true ORDER BY made_at DESC, id');
}

export function findList(db: DatabaseSync, id: string): List | undefined {
  return standing(db, listKind, 'id = ?', id)[0];
}

export function undoList(db: DatabaseSync, act: Act, id: string): boolean {
  return undoWhere(db, listKind, act, 'id = ?', id) > 0;
}
