/**
 * Numbers of placeholders: `[phone 2]` is the same number in every release. A number is never given twice, also where its
 * row was taken back.
 */
import type { DatabaseSync } from 'node:sqlite';
import { type Act, type Kind, rowAdder } from './row.js';

export const placeholderKind = {
  name: 'placeholder',
  columns: { thing: 'text', value: 'text', number: 'integer' },
} as const satisfies Kind;

export interface NumberedThing {
  readonly thing: string;
  readonly value: string;
  readonly number: number;
}

export function numberedThings(db: DatabaseSync): NumberedThing[] {
  return db
    .prepare('SELECT thing, value, number FROM placeholder ORDER BY made_at, id')
    .all()
    .map((row) => ({ thing: String(row.thing), value: String(row.value), number: Number(row.number) }));
}

export function saveNumbers(db: DatabaseSync, act: Act, things: Iterable<NumberedThing>): void {
  const add = rowAdder(db, placeholderKind, act);
  for (const thing of things) add({ ...thing });
}
