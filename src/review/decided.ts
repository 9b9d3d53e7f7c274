/**
 * What stands on the desk, as applying it needs it (redact/decisions.ts): the one way from rows to what is masked.
 *
 * It fails closed. A row of which a word is not understood hides; a box that cannot be read clears nothing.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Clearance, Decisions, Everywhere, MessageDecisions, Passage } from '../redact/decisions.js';
import { shownKey } from '../redact/decisions.js';
import {
  isRedactionKind,
  isRedactionReason,
  type RedactionKind,
  type RedactionReason,
} from '../redact/reasons.js';
import { findRule, maskedByDefault } from '../redact/rules/all.js';
import { boxesOf, standingClearances } from '../store/desk/clearances.js';
import { publicityStatements, publicityTest } from '../store/desk/publicity.js';
import { type RedactionRow, standingRedactions } from '../store/desk/redactions.js';
import { defaultRegions, findRegions } from '../store/desk/settings.js';
import type { Desk } from '../store/desk.js';
import type { Candidates } from './candidate-store.js';

/** `candidates`: addresses and numbers that the rules know are masked in whatever form they stand, not only in one that a rule reads. */
export function decisionsOf(desk: Desk, candidates: Candidates | undefined): Decisions {
  const rows = desk.read(standingRedactions, []);
  const isPublic = publicityTest(desk.read(publicityStatements, []));
  const shown = new Set(
    rows
      .filter(
        ({ decision, target, message }) => decision === 'show' && target === 'value' && message === undefined,
      )
      .map(({ rule, value }) => shownKey(rule ?? '', value)),
  );
  return {
    everywhere: [...everywhereOf(rows), ...privateValues(candidates, isPublic, shown)],
    shown,
    isPublic,
    messages: messagesOf(rows),
    clearances: desk.read(clearancesOf, new Map()),
    regions: desk.read(findRegions, defaultRegions),
  };
}

const kindOf = (row: RedactionRow): RedactionKind => (isRedactionKind(row.thing) ? row.thing : 'passage');
const reasonOf = (row: RedactionRow): RedactionReason =>
  isRedactionReason(row.reason) ? row.reason : 'private person';
const hides = (row: RedactionRow): boolean => row.decision !== 'show';

function* everywhereOf(rows: readonly RedactionRow[]): Generator<Everywhere> {
  for (const row of rows)
    if (hides(row) && row.message === undefined)
      yield { kind: kindOf(row), reason: reasonOf(row), value: row.value, written: row.written };
}

function* privateValues(
  candidates: Candidates | undefined,
  isPublic: (subject: string) => boolean,
  shown: ReadonlySet<string>,
): Generator<Everywhere> {
  for (const rule of maskedByDefault) {
    const kind = findRule(rule)?.kind;
    if (kind === undefined || candidates === undefined) continue;
    for (const { value, written } of candidates.ofRule(rule))
      if (!isPublic(value) && !shown.has(shownKey(rule, value)))
        yield { kind, reason: 'private person', value, written };
  }
}

function messagesOf(rows: readonly RedactionRow[]): Map<string, MessageDecisions> {
  const messages = new Map<
    string,
    { withheld: RedactionReason | undefined; passages: Passage[]; hiddenFields: Map<string, RedactionReason> }
  >();
  for (const row of rows) {
    if (row.message === undefined || !hides(row)) continue;
    let decided = messages.get(row.message);
    if (decided === undefined) {
      decided = { withheld: undefined, passages: [], hiddenFields: new Map() };
      messages.set(row.message, decided);
    }
    const reason = reasonOf(row);
    if (row.target === 'message') decided.withheld = reason;
    else if (row.target === 'field') decided.hiddenFields.set(row.value.toLowerCase(), reason);
    else decided.passages.push({ kind: kindOf(row), reason, exact: row.written });
  }
  return messages;
}

function clearancesOf(db: DatabaseSync): Map<string, Clearance> {
  const clearances = new Map<string, Clearance>();
  for (const row of standingClearances(db)) {
    const boxes = boxesOf(row);
    if (boxes !== undefined && (row.form === 'original' || row.form === 'pages'))
      clearances.set(row.attachment, { form: row.form, boxes });
  }
  return clearances;
}
