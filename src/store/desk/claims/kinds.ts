/** All kinds of rows of the ledger of claims (migrations/desk/003-claims.sql says what each column holds). */
import type { Kind, Row } from '../row.js';

export const captureKind = {
  name: 'capture',
  columns: {
    bytes: 'sha256',
    size: 'integer',
    format: 'text',
    url: 'text',
    canonical_url: 'text',
    outlet: 'text',
    title: 'text',
    byline: 'text',
    published_at: 'text',
    modified_at: 'text',
    language: 'text',
    digest: 'sha256',
    extractor: 'text',
    findings: 'text',
    version_of: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Capture = Row<typeof captureKind>;

export const capturePartKind = {
  name: 'capture_part',
  columns: { bytes: 'sha256', part: 'integer', content: 'text' },
  isAppendOnly: true,
} as const satisfies Kind;

export const agentKind = {
  name: 'agent',
  columns: {
    name: 'text',
    sort: 'text',
    is_living: 'integer',
    aliases: 'text',
    address: 'optional text',
    wikidata: 'optional text',
    replaces: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Agent = Row<typeof agentKind>;

export const capacityKind = {
  name: 'capacity',
  columns: { agent: 'text', text: 'text', asserted_by: 'text', anchor: 'text' },
  isAppendOnly: true,
} as const satisfies Kind;
export type Capacity = Row<typeof capacityKind>;

export const utteranceKind = {
  name: 'utterance',
  columns: {
    speaker: 'text',
    said_at: 'text',
    said_precision: 'text',
    venue: 'text',
    language: 'text',
    translation: 'text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Utterance = Row<typeof utteranceKind>;

export const appearanceKind = {
  name: 'appearance',
  columns: {
    utterance: 'text',
    capture: 'text',
    digest: 'sha256',
    mode: 'text',
    anchors: 'text',
    verbatim: 'text',
    hedges: 'text',
    cue: 'optional text',
    negation: 'optional text',
    rule: 'text',
    replaces: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Appearance = Row<typeof appearanceKind>;

export const hopKind = {
  name: 'hop',
  columns: {
    appearance: 'text',
    position: 'integer',
    name: 'text',
    cue: 'text',
    type: 'text',
    anchor: 'optional text',
    resolved: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Hop = Row<typeof hopKind>;

export const propositionKind = {
  name: 'proposition',
  columns: { text: 'text', replaces: 'optional text' },
  isAppendOnly: true,
} as const satisfies Kind;
export type Proposition = Row<typeof propositionKind>;

export const statementKind = {
  name: 'statement',
  columns: {
    utterance: 'text',
    does: 'text',
    target: 'optional text',
    proposition: 'optional text',
    stance: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Statement = Row<typeof statementKind>;

export const invocationKind = {
  name: 'invocation',
  columns: {
    appearance: 'text',
    offers: 'text',
    invoked_by: 'text',
    anchor: 'optional text',
    message: 'optional sha256',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Invocation = Row<typeof invocationKind>;

export const assessmentKind = {
  name: 'assessment',
  columns: {
    proposition: 'text',
    relation: 'text',
    message: 'optional sha256',
    anchor: 'optional text',
    digest: 'optional sha256',
    search: 'text',
    why: 'text',
    replaces: 'optional text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Assessment = Row<typeof assessmentKind>;

export const reviewKind = {
  name: 'review',
  columns: {
    subject: 'text',
    decision: 'text',
    proposer: 'text',
    changes: 'text',
    previous: 'text',
    hash: 'text',
  },
  isAppendOnly: true,
} as const satisfies Kind;
export type Review = Row<typeof reviewKind>;

export const replyKind = {
  name: 'reply',
  columns: { subject: 'text', sort: 'text', from_whom: 'text', received_at: 'text', text: 'text' },
  isAppendOnly: true,
} as const satisfies Kind;
export type Reply = Row<typeof replyKind>;

export const claimKinds: readonly Kind[] = [
  captureKind,
  capturePartKind,
  agentKind,
  capacityKind,
  utteranceKind,
  appearanceKind,
  hopKind,
  propositionKind,
  statementKind,
  invocationKind,
  assessmentKind,
  reviewKind,
  replyKind,
];
