/** Statements about who is who: two addresses are one person's, or are not. Reversible like every row of the desk. */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { groupAddresses } from '../../people/groups.js';
import { type Act, addRow, type Kind, type Row, standing, undoWhere } from './row.js';

export const personKind = {
  name: 'person',
  columns: { address: 'text', other: 'text', verdict: 'text', reason: 'text' },
} as const satisfies Kind;

export type PersonStatement = Row<typeof personKind>;
export type Verdict = 'same' | 'different';

/** Takes back what was stated of the pair before. Throws OperatorError `person-malformed`. */
export function statePerson(
  db: DatabaseSync,
  act: Act,
  statement: {
    readonly address: string;
    readonly other: string;
    readonly verdict: Verdict;
    readonly reason: string;
  },
): void {
  const { address, other, verdict } = statement;
  const reason = statement.reason.slice(0, limits.maxNoteCharacters);
  if (address === '' || other === '' || address === other)
    throw new OperatorError(
      'person-malformed',
      'A statement about a person needs two different addresses.',
      'Nothing was written. Choose two addresses.',
    );
  undoWhere(
    db,
    personKind,
    act,
    '(address = ? AND other = ?) OR (address = ? AND other = ?)',
    address,
    other,
    other,
    address,
  );
  addRow(db, personKind, act, { address, other, verdict, reason });
}

export function undoPerson(db: DatabaseSync, act: Act, id: string): number {
  return undoWhere(db, personKind, act, 'id = ?', id);
}

/** What stands, newest first. */
export const personStatements = (db: DatabaseSync): PersonStatement[] =>
  standing(db, personKind, 'true ORDER BY made_at DESC, id');

/** Addresses stated to be one person's. */
export const personGroups = (db: DatabaseSync): string[][] =>
  groupAddresses(standing(db, personKind, "verdict = 'same' ORDER BY made_at, id"));
