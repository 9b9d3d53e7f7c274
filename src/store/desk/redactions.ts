/**
 * What people decided to leave out of releases, and what to leave in although a rule found it. Assertions: the mail is not
 * changed by them, and taking one back leaves no trace in what is released next.
 *
 *   value     a thing that a rule found, wherever it stands: { rule: 'phone', value: '+447700900345', decision: 'redact' }
 *   passage   words that a person marked: everywhere (message undefined), or in one message
 *   field     a header field of one message, whole: value 'x-originating-ip'
 *   message   the message is withheld
 */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { type Act, type Kind, type Row, rowAdder, standing, undoWhere } from './row.js';

export const redactionKind = {
  name: 'redaction',
  columns: {
    message: 'optional text',
    target: 'text',
    thing: 'text',
    decision: 'text',
    reason: 'text',
    rule: 'optional text',
    value: 'text',
    written: 'text',
    place: 'optional text',
  },
} as const satisfies Kind;

export type RedactionRow = Row<typeof redactionKind>;

export interface NewRedaction {
  /** Hex; undefined: wherever it stands. */
  readonly message?: string | undefined;
  readonly target: 'value' | 'passage' | 'field' | 'message';
  /** A RedactionKind of src/redact/reasons.ts. */
  readonly thing: string;
  readonly decision: 'redact' | 'show';
  readonly reason: string;
  readonly rule?: string | undefined;
  readonly value: string;
  readonly written: string;
  readonly place?: string | undefined;
}

/** A later decision on the same thing takes the earlier one back. Returns how many rows are new. Throws OperatorError `redaction-malformed`. */
export function decide(db: DatabaseSync, act: Act, redactions: Iterable<NewRedaction>): number {
  const add = rowAdder(db, redactionKind, act);
  let added = 0;
  for (const each of redactions) {
    const { message, target, rule, value, written, place } = each;
    if (value.length > limits.maxRedactionCharacters || written.length > limits.maxRedactionCharacters)
      throw new OperatorError(
        'redaction-malformed',
        `a passage may have ${limits.maxRedactionCharacters} characters`,
        'Nothing was written. Withhold the message, or mark its paragraphs one by one.',
      );
    undoWhere(
      db,
      redactionKind,
      act,
      'rule IS ? AND value = ? AND target = ? AND message IS ?',
      rule ?? null,
      value,
      target,
      message ?? null,
    );
    add({ ...each, message, rule, place });
    added += 1;
  }
  return added;
}

/** Of these values of a rule, what was decided is taken back: they are open again. */
export function reopen(db: DatabaseSync, act: Act, rule: string, values: Iterable<string>): number {
  let undone = 0;
  for (const value of values)
    undone += undoWhere(db, redactionKind, act, 'rule = ? AND value = ?', rule, value);
  return undone;
}

export const undoRedaction = (db: DatabaseSync, act: Act, id: string): boolean =>
  undoWhere(db, redactionKind, act, 'id = ?', id) > 0;

/** All that stands, oldest first. */
export const standingRedactions = (db: DatabaseSync): RedactionRow[] =>
  standing(db, redactionKind, 'true ORDER BY made_at, id');

/** What people had marked for hiding at that time, took back since, and did not decide on anew. What rules find stops a release by itself. */
export const takenBackSince = (db: DatabaseSync, at: number): number =>
  Number(
    db
      .prepare(
        `SELECT count(*) AS n FROM redaction AS gone WHERE rule IS NULL AND decision = 'redact' AND made_at <= ? AND undone_at > ?
        AND NOT EXISTS (SELECT 1 FROM redaction AS now WHERE now.undone_at IS NULL AND now.rule IS gone.rule
          AND now.value = gone.value AND now.target = gone.target AND now.message IS gone.message)`,
      )
      .get(at, at)?.n,
  );

/** What stands on one message alone. */
export const redactionsOn = (db: DatabaseSync, message: string): RedactionRow[] =>
  standing(db, redactionKind, 'message = ? ORDER BY made_at, id', message);

/** What people marked by hand, newest first. */
export const markedByHand = (db: DatabaseSync, limit: number): RedactionRow[] =>
  standing(db, redactionKind, 'rule IS NULL ORDER BY made_at DESC, id LIMIT ?', limit);

/** Decision by `rule value`. */
export function decidedValues(db: DatabaseSync): Map<string, 'redact' | 'show'> {
  const rows = db
    .prepare(
      "SELECT rule, value, decision FROM redaction WHERE undone_at IS NULL AND target = 'value' AND rule IS NOT NULL",
    )
    .all();
  return new Map(
    rows.map((row) => [
      `${String(row.rule)} ${String(row.value)}`,
      row.decision === 'show' ? 'show' : 'redact',
    ]),
  );
}
