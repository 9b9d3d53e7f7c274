/** What a person enters into the ledger: an accepted statement, a proposition, an assessment, a reply. */
import type { DatabaseSync } from 'node:sqlite';
import type { Anchor } from '../../../claims/anchor.js';
import { OperatorError } from '../../../errors.js';
import { limits } from '../../../limits.js';
import { nameOf } from '../name.js';
import { type Act, addRow, standing } from '../row.js';
import {
  agentKind,
  appearanceKind,
  assessmentKind,
  capacityKind,
  hopKind,
  invocationKind,
  propositionKind,
  replyKind,
  statementKind,
  utteranceKind,
} from './kinds.js';
import { addReview, type Decision } from './reviews.js';

export interface AcceptedStatement {
  readonly capture: string;
  /** SHA-256 (hex) of the capture's text. */
  readonly digest: string;
  /** Names the proposal: `subjectOf`. */
  readonly subject: string;
  readonly proposer: string;
  readonly changes: Readonly<Record<string, readonly [string, string]>>;
  readonly rule: string;
  readonly mode: string;
  readonly anchors: readonly Anchor[];
  readonly verbatim: readonly Anchor[];
  readonly hedges: readonly Anchor[];
  readonly cue: Anchor | undefined;
  readonly negation: Anchor | undefined;
  readonly speaker: { readonly name: string; readonly sort: string; readonly address: string | undefined };
  readonly capacity: { readonly text: string; readonly anchor: Anchor } | undefined;
  readonly said: { readonly at: string; readonly precision: string };
  /** An utterance that this is another appearance of; undefined makes a new one. */
  readonly utterance: string | undefined;
  readonly hops: readonly {
    readonly name: string;
    readonly cue: string;
    readonly anchor: Anchor | undefined;
  }[];
  readonly does: readonly string[];
  readonly target: string;
  readonly proposition: string;
  readonly stance: string;
  readonly invocation: {
    readonly kind: string;
    readonly by: 'speaker' | 'outlet';
    readonly anchor: Anchor | undefined;
    readonly message: string | undefined;
  };
}

/** Writes all rows of an accepted statement, and the review. Returns the utterance's id. */
export function acceptStatement(db: DatabaseSync, act: Act, accepted: AcceptedStatement): string {
  const speaker = agentNamed(db, act, accepted.speaker.name, accepted.speaker.sort, accepted.speaker.address);
  const utterance =
    accepted.utterance ??
    addRow(db, utteranceKind, act, {
      speaker,
      said_at: accepted.said.at,
      said_precision: accepted.said.precision,
      venue: '',
      language: '',
      translation: 'unknown',
    });
  const appearance = addAppearance(db, act, utterance, accepted);
  if (accepted.capacity !== undefined)
    addRow(db, capacityKind, act, {
      agent: speaker,
      text: textOf(accepted.capacity.text, 'capacity'),
      asserted_by: accepted.capture,
      anchor: JSON.stringify(accepted.capacity.anchor),
    });
  addStatements(db, act, utterance, accepted);
  addRow(db, invocationKind, act, {
    appearance,
    offers: accepted.invocation.kind,
    invoked_by: accepted.invocation.by,
    anchor: anchorJson(accepted.invocation.anchor),
    message: accepted.invocation.message,
  });
  const decision: Decision = Object.keys(accepted.changes).length === 0 ? 'accepted' : 'edited';
  const { subject, proposer, changes } = accepted;
  addReview(db, act, { subject, decision, proposer, changes });
  addReview(db, act, { subject: utterance, decision, proposer, changes });
  return utterance;
}

function addAppearance(db: DatabaseSync, act: Act, utterance: string, accepted: AcceptedStatement): string {
  const appearance = addRow(db, appearanceKind, act, {
    utterance,
    capture: accepted.capture,
    digest: accepted.digest,
    mode: accepted.mode,
    anchors: JSON.stringify(accepted.anchors),
    verbatim: JSON.stringify(accepted.verbatim),
    hedges: JSON.stringify(accepted.hedges),
    cue: anchorJson(accepted.cue),
    negation: anchorJson(accepted.negation),
    rule: accepted.rule,
    replaces: undefined,
  });
  for (const [position, hop] of accepted.hops.entries())
    addRow(db, hopKind, act, {
      appearance,
      position,
      name: hop.name,
      cue: hop.cue,
      type: hopType(hop.cue),
      anchor: anchorJson(hop.anchor),
      resolved: undefined,
    });
  return appearance;
}

/** One row for each thing that is done; an utterance that does nothing else asserts. */
function addStatements(db: DatabaseSync, act: Act, utterance: string, accepted: AcceptedStatement): void {
  const proposition =
    accepted.proposition.trim() === '' ? undefined : propositionOf(db, act, accepted.proposition);
  const target =
    accepted.target.trim() === '' ? undefined : agentNamed(db, act, accepted.target, 'person', undefined);
  for (const does of accepted.does.length === 0 ? ['assertion'] : accepted.does)
    addRow(db, statementKind, act, {
      utterance,
      does,
      target,
      proposition,
      stance: proposition === undefined ? undefined : accepted.stance,
    });
}

const anchorJson = (anchor: Anchor | undefined): string | undefined =>
  anchor === undefined ? undefined : JSON.stringify(anchor);

function hopType(cue: string): string {
  if (/according to/i.test(cue)) return 'according_to';
  if (/\btold|tells?\b/i.test(cue)) return 'told';
  if (/\bwrote|writes?|written\b/i.test(cue)) return 'wrote';
  if (/\bcit(?:e|ed|es|ing)\b/i.test(cue)) return 'cited';
  return /\bsa(?:id|ys?|ying)\b/i.test(cue) ? 'said' : 'reported';
}

/** The agent of that name, made where there is none. */
function agentNamed(
  db: DatabaseSync,
  act: Act,
  written: string,
  sort: string,
  address: string | undefined,
): string {
  const name = nameOf(written, 'name');
  const known = standing(db, agentKind, 'name = ? ORDER BY made_at DESC LIMIT 1', name)[0];
  if (known !== undefined) return known.id;
  // Taken as living until someone says otherwise: that asks for a second person, and errs on the safe side.
  const isLiving = sort === 'person' ? 1 : 0;
  return addRow(db, agentKind, act, {
    name,
    sort,
    is_living: isLiving,
    aliases: '[]',
    address,
    wikidata: undefined,
    replaces: undefined,
  });
}

/** The proposition of that text, made where there is none. */
export function propositionOf(db: DatabaseSync, act: Act, written: string): string {
  const text = textOf(written, 'proposition');
  const known = standing(db, propositionKind, 'text = ? ORDER BY made_at LIMIT 1', text)[0];
  return known?.id ?? addRow(db, propositionKind, act, { text, replaces: undefined });
}

export interface AssessmentValues {
  readonly proposition: string;
  readonly relation: string;
  readonly message: string | undefined;
  readonly anchor: Anchor | undefined;
  readonly digest: string | undefined;
  readonly search: string;
  readonly why: string;
}

/** Throws OperatorError `assessment-malformed`. */
export function addAssessment(db: DatabaseSync, act: Act, values: AssessmentValues): string {
  const { relation, message, search, why } = values;
  if (why.trim() === '') throw malformed('An assessment says why.');
  if (relation === 'silent' && search.trim() === '')
    throw malformed('That the archive is silent needs the search that was made.');
  if (/^(?:supports|contradicts|partly)$/.test(relation) && message === undefined)
    throw malformed('What supports or contradicts is a message: give its number or SHA-256.');
  const id = addRow(db, assessmentKind, act, {
    proposition: values.proposition,
    relation,
    message,
    anchor: anchorJson(values.anchor),
    digest: values.digest,
    search: search.trim().slice(0, limits.maxQueryCharacters),
    why: textOf(why, 'reason'),
    replaces: undefined,
  });
  addReview(db, act, { subject: id, decision: 'accepted', proposer: act.by, changes: {} });
  return id;
}

/** Throws OperatorError `reply-malformed`. */
export function addReply(
  db: DatabaseSync,
  act: Act,
  reply: {
    readonly subject: string;
    readonly sort: string;
    readonly from: string;
    readonly at: string;
    readonly text: string;
  },
): string {
  return addRow(db, replyKind, act, {
    subject: reply.subject,
    sort: reply.sort === 'correction' ? 'correction' : 'reply',
    from_whom: nameOf(reply.from, 'name'),
    received_at: reply.at,
    text: textOf(reply.text, 'reply'),
  });
}

function textOf(written: string, what: string): string {
  const text = written.toWellFormed().replaceAll('\0', '').trim();
  if (text === '') throw malformed(`A ${what} cannot be empty.`);
  if (text.length > limits.maxNoteCharacters)
    throw malformed(`This ${what} is longer than ${limits.maxNoteCharacters} characters.`);
  return text;
}

const malformed = (why: string): OperatorError =>
  new OperatorError('claim-malformed', why, 'Nothing was written.');
