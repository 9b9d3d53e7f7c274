/** What the desk was told about itself: the name that goes under everything that is written, the countries of its people. */
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

/** Countries whose telephone numbers are written without a country code in this trove (ISO 3166). */
export const defaultRegions: readonly string[] = ['US', 'GB'];

export function findRegions(db: DatabaseSync): readonly string[] {
  const set = standing(db, settingKind, "name = 'regions' ORDER BY made_at DESC LIMIT 1")[0]?.value;
  return set === undefined ? defaultRegions : set.split(' ').filter((code) => /^[A-Z]{2}$/.test(code));
}

export function setRegions(db: DatabaseSync, act: Act, regions: readonly string[]): void {
  undoWhere(db, settingKind, act, "name = 'regions'");
  addRow(db, settingKind, act, { name: 'regions', value: regions.join(' ') });
}
