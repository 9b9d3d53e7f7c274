/** What a reader told the desk about themselves: the name that goes under everything they write. */
import type { DatabaseSync } from 'node:sqlite';
import { nameOf } from './name.js';
import { type Act, addRow, type Kind, standing, undoWhere } from './row.js';

export const settingKind = {
  name: 'setting',
  columns: { name: 'text', value: 'text' },
} as const satisfies Kind;

export function findReaderName(db: DatabaseSync): string | undefined {
  return standing(db, settingKind, "name = 'reader' ORDER BY made_at DESC LIMIT 1")[0]?.value;
}

/** Throws OperatorError `name-malformed`. */
export function setReaderName(db: DatabaseSync, act: Act, name: string): void {
  const value = nameOf(name, 'name');
  undoWhere(db, settingKind, act, "name = 'reader'");
  addRow(db, settingKind, act, { name: 'reader', value });
}
