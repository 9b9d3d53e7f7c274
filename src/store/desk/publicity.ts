/** The register of people: whose addresses and numbers may be published. Who is not in it is private. */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { type Act, type Kind, type Row, rowAdder, standing, undoWhere } from './row.js';

export const publicityKind = {
  name: 'publicity',
  columns: { subject: 'text', verdict: 'text', reason: 'text' },
} as const satisfies Kind;

export type PublicityRow = Row<typeof publicityKind>;

/** An addr-spec, `@domain` with all addresses in it, or a number in E.164. Throws OperatorError `publicity-malformed`. */
export function publicitySubject(written: string): string {
  const subject = written.trim().toLowerCase();
  if (subject.length <= 320 && /^(?:[^\s@]*@[^\s@]+|\+\d{7,15})$/.test(subject)) return subject;
  throw new OperatorError(
    'publicity-malformed',
    'This is no mail address, no @domain, and no number such as +441632960100.',
    'Nothing was written.',
  );
}

/** What was said of them before is taken back. Throws OperatorError `publicity-malformed`. */
export function statePublicity(
  db: DatabaseSync,
  act: Act,
  subjects: Iterable<string>,
  verdict: 'public' | 'private',
  reason: string,
): number {
  const add = rowAdder(db, publicityKind, act);
  let stated = 0;
  for (const written of subjects) {
    const subject = publicitySubject(written);
    undoWhere(db, publicityKind, act, 'subject = ?', subject);
    add({ subject, verdict, reason: reason.slice(0, limits.maxNoteCharacters) });
    stated += 1;
  }
  return stated;
}

export const undoPublicity = (db: DatabaseSync, act: Act, id: string): boolean =>
  undoWhere(db, publicityKind, act, 'id = ?', id) > 0;

/** Newest first. */
export const publicityStatements = (db: DatabaseSync): PublicityRow[] =>
  standing(db, publicityKind, 'true ORDER BY made_at DESC, id');

/**
 * What stands, as a question: whether an addr-spec (lower case) or a number is public. The address itself counts before its
 * domain, so that one private address can be kept in a public house.
 */
export function publicityTest(rows: readonly PublicityRow[]): (subject: string) => boolean {
  const verdicts = new Map(rows.map(({ subject, verdict }) => [subject, verdict]));
  return (subject) => {
    const own = verdicts.get(subject);
    if (own !== undefined) return own === 'public';
    const at = subject.lastIndexOf('@');
    return at >= 0 && verdicts.get(subject.slice(at)) === 'public';
  };
}
