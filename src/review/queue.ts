/**
 * The review queue: what the rules found and nobody has decided on yet, rule by rule, in messages that are to be published.
 *
 *   phone     8,455 numbers in 38,227 places    8,012 open    masked unless somebody decides otherwise
 *   card            1 number in 1 place             1 open    stops a release
 */
import { maskedByDefault, rules } from '../redact/rules/all.js';
import type { Rule } from '../redact/rules/rule.js';
import { publicityStatements, publicityTest } from '../store/desk/publicity.js';
import { decidedValues } from '../store/desk/redactions.js';
import type { Desk } from '../store/desk.js';
import type { CandidateRow, Candidates } from './candidate-store.js';

export const candidateStates = ['open', 'redacted', 'shown'] as const;
export type CandidateState = (typeof candidateStates)[number];

export interface QueueLine {
  readonly rule: Rule;
  readonly isMaskedByDefault: boolean;
  /** Values by state, and in how many places they stand altogether. */
  readonly counts: Readonly<Record<CandidateState, number>>;
  readonly places: number;
}

/** State of each value under what stands on the desk. A public person's address or number is shown without a decision. */
export function stateFinder(desk: Desk): (candidate: Pick<CandidateRow, 'rule' | 'value'>) => CandidateState {
  const decided = desk.read(decidedValues, new Map<string, 'redact' | 'show'>());
  const isPublic = publicityTest(desk.read(publicityStatements, []));
  return ({ rule, value }) => {
    const decision = decided.get(`${rule} ${value}`);
    if (decision !== undefined) return decision === 'show' ? 'shown' : 'redacted';
    return maskedByDefault.includes(rule) && isPublic(value) ? 'shown' : 'open';
  };
}

export function queueLines(candidates: Candidates, desk: Desk): QueueLine[] {
  const stateOf = stateFinder(desk);
  return rules.map((rule) => {
    const counts = { open: 0, redacted: 0, shown: 0 };
    let places = 0;
    for (const candidate of candidates.ofRule(rule.name)) {
      counts[stateOf(candidate)] += 1;
      places += candidate.places;
    }
    return { rule, isMaskedByDefault: maskedByDefault.includes(rule.name), counts, places };
  });
}

/** Of one rule in one state, from the `from`-th on. */
export function queuePage(
  candidates: Candidates,
  desk: Desk,
  rule: string,
  state: CandidateState,
  from: number,
  limit: number,
): { readonly rows: readonly CandidateRow[]; readonly total: number } {
  const stateOf = stateFinder(desk);
  const rows: CandidateRow[] = [];
  let total = 0;
  for (const candidate of candidates.ofRule(rule)) {
    if (stateOf(candidate) !== state) continue;
    if (total >= from && rows.length < limit) rows.push(candidate);
    total += 1;
  }
  return { rows, total };
}

export interface OpenCount {
  readonly rule: string;
  readonly title: string;
  /** Values that nobody has decided on. */
  readonly values: number;
  /** Masked all the same: private is the default. Others stop a release. */
  readonly isMasked: boolean;
}

/** What is open in messages with these numbers: what a release plan says, and what stops it. */
export function openIn(candidates: Candidates, desk: Desk, numbers: Iterable<number>): OpenCount[] {
  const stateOf = stateFinder(desk);
  const open = new Map<string, number>();
  for (const candidate of candidates.inMessages(numbers))
    if (stateOf(candidate) === 'open') open.set(candidate.rule, (open.get(candidate.rule) ?? 0) + 1);
  return rules.flatMap(({ name, title }) => {
    const values = open.get(name) ?? 0;
    return values === 0 ? [] : { rule: name, title, values, isMasked: maskedByDefault.includes(name) };
  });
}
