/** The whole ledger as pages and exports read it: rows put together, and what still needs a second person. */
import type { DatabaseSync } from 'node:sqlite';
import type { Anchor } from '../../../claims/anchor.js';
import { standing } from '../row.js';
import {
  type Agent,
  type Appearance,
  type Assessment,
  agentKind,
  appearanceKind,
  assessmentKind,
  type Capacity,
  type Capture,
  capacityKind,
  captureKind,
  type Hop,
  hopKind,
  type Invocation,
  invocationKind,
  type Proposition,
  propositionKind,
  type Reply,
  type Review,
  replyKind,
  type Statement,
  statementKind,
  type Utterance,
  utteranceKind,
} from './kinds.js';
import { allReviews } from './reviews.js';

/** `open`: another person has to approve it before it may be published. */
export type State = 'open' | 'settled' | 'withdrawn';

export interface LedgerAppearance {
  readonly row: Appearance;
  readonly capture: Capture | undefined;
  readonly anchors: readonly Anchor[];
  readonly verbatim: readonly Anchor[];
  readonly hedges: readonly Anchor[];
  readonly hops: readonly Hop[];
  readonly invocations: readonly Invocation[];
}

export interface LedgerUtterance {
  readonly row: Utterance;
  readonly speaker: Agent | undefined;
  readonly capacities: readonly Capacity[];
  /** The fullest first. */
  readonly appearances: readonly LedgerAppearance[];
  readonly statements: readonly Statement[];
  readonly reviews: readonly Review[];
  readonly replies: readonly Reply[];
  readonly state: State;
  /** By day where one is known, else as its first appearance was published. */
  readonly date: string;
}

export interface LedgerAssessment {
  readonly row: Assessment;
  readonly reviews: readonly Review[];
  readonly replies: readonly Reply[];
  readonly state: State;
}

export interface LedgerProposition {
  readonly row: Proposition;
  readonly utterances: readonly { readonly utterance: LedgerUtterance; readonly statement: Statement }[];
  readonly assessments: readonly LedgerAssessment[];
  readonly replies: readonly Reply[];
}

export interface Ledger {
  readonly captures: readonly Capture[];
  readonly agents: ReadonlyMap<string, Agent>;
  /** By the date on which they were said. */
  readonly utterances: readonly LedgerUtterance[];
  readonly propositions: readonly LedgerProposition[];
  readonly reviews: readonly Review[];
}

export const emptyLedger: Ledger = {
  captures: [],
  agents: new Map(),
  utterances: [],
  propositions: [],
  reviews: [],
};

export function readLedger(db: DatabaseSync): Ledger {
  const all = 'true ORDER BY made_at, id';
  const captures = standing(db, captureKind, all);
  const agents = new Map(standing(db, agentKind, all).map((agent) => [agent.id, agent]));
  const reviews = allReviews(db);
  const bySubject = Map.groupBy(reviews, ({ subject }) => subject);
  const replies = Map.groupBy(standing(db, replyKind, all), ({ subject }) => subject);
  const appearances = readAppearances(db, captures);
  const statements = Map.groupBy(standing(db, statementKind, all), ({ utterance }) => utterance);
  const capacities = Map.groupBy(standing(db, capacityKind, all), ({ agent }) => agent);
  const utterances = standing(db, utteranceKind, all).map((row): LedgerUtterance => {
    const own = statements.get(row.id) ?? [];
    const ownReviews = bySubject.get(row.id) ?? [];
    const ownAppearances = appearances.get(row.id) ?? [];
    return {
      row,
      speaker: agents.get(row.speaker),
      capacities: capacities.get(row.speaker) ?? [],
      appearances: ownAppearances,
      statements: own,
      reviews: ownReviews,
      replies: replies.get(row.id) ?? [],
      state: stateOf(
        ownReviews,
        own.some((statement) => accusesLiving(statement, agents)),
      ),
      date: row.said_at || (ownAppearances[0]?.capture?.published_at.slice(0, 10) ?? ''),
    };
  });
  utterances.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return {
    captures,
    agents,
    utterances,
    propositions: readPropositions(db, utterances, bySubject, replies),
    reviews,
  };
}

function readAppearances(db: DatabaseSync, captures: readonly Capture[]): Map<string, LedgerAppearance[]> {
  const all = 'true ORDER BY made_at, id';
  const byId = new Map(captures.map((capture) => [capture.id, capture]));
  const hops = Map.groupBy(
    standing(db, hopKind, 'true ORDER BY appearance, position'),
    ({ appearance }) => appearance,
  );
  const invocations = Map.groupBy(standing(db, invocationKind, all), ({ appearance }) => appearance);
  const rows = standing(db, appearanceKind, all).map(
    (row): LedgerAppearance => ({
      row,
      capture: byId.get(row.capture),
      anchors: anchorsIn(row.anchors),
      verbatim: anchorsIn(row.verbatim),
      hedges: anchorsIn(row.hedges),
      hops: hops.get(row.id) ?? [],
      invocations: invocations.get(row.id) ?? [],
    }),
  );
  const grouped = Map.groupBy(rows, ({ row }) => row.utterance);
  for (const list of grouped.values()) list.sort((a, b) => fullness(b) - fullness(a));
  return grouped;
}

/** An imported desk may hold anything: what is no anchor is left out. */
function anchorsIn(json: string): Anchor[] {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value.filter(isAnchor) : [];
  } catch {
    return [];
  }
}

const isAnchor = (value: unknown): value is Anchor =>
  typeof value === 'object' &&
  value !== null &&
  'exact' in value &&
  typeof value.exact === 'string' &&
  'prefix' in value &&
  typeof value.prefix === 'string' &&
  'suffix' in value &&
  typeof value.suffix === 'string' &&
  'start' in value &&
  typeof value.start === 'number' &&
  'end' in value &&
  typeof value.end === 'number';

/** Words in marks count more than the outlet's own. */
const fullness = ({ verbatim, anchors }: LedgerAppearance): number =>
  2 * verbatim.reduce((sum, { exact }) => sum + exact.length, 0) +
  anchors.reduce((sum, { exact }) => sum + exact.length, 0);

function readPropositions(
  db: DatabaseSync,
  utterances: readonly LedgerUtterance[],
  reviews: ReadonlyMap<string, Review[]>,
  replies: ReadonlyMap<string, Reply[]>,
): LedgerProposition[] {
  const all = 'true ORDER BY made_at, id';
  const assessments = Map.groupBy(standing(db, assessmentKind, all), ({ proposition }) => proposition);
  return standing(db, propositionKind, all).map((row) => ({
    row,
    utterances: utterances.flatMap((utterance) =>
      utterance.statements
        .filter(({ proposition }) => proposition === row.id)
        .map((statement) => ({ utterance, statement })),
    ),
    assessments: (assessments.get(row.id) ?? []).map((assessment) => {
      const own = reviews.get(assessment.id) ?? [];
      return {
        row: assessment,
        reviews: own,
        replies: replies.get(assessment.id) ?? [],
        state: stateOf(own, assessment.relation === 'contradicts'),
      };
    }),
    replies: replies.get(row.id) ?? [],
  }));
}

/** Whom it accuses may be a living person: also where nobody said who it is. */
function accusesLiving({ does, target }: Statement, agents: ReadonlyMap<string, Agent>): boolean {
  if (does !== 'accusation') return false;
  const agent = target === undefined ? undefined : agents.get(target);
  return agent === undefined || (agent.sort === 'person' && agent.is_living === 1);
}

/** Two people: another name than that of who accepted it must stand under an approval. */
function stateOf(reviews: readonly Review[], needsTwo: boolean): State {
  const last = reviews.at(-1);
  if (last === undefined || last.decision === 'withdrawn' || last.decision === 'rejected') return 'withdrawn';
  if (!needsTwo) return 'settled';
  const acceptedBy = new Set(
    reviews
      .filter(({ decision }) => decision === 'accepted' || decision === 'edited')
      .map(({ madeBy }) => madeBy),
  );
  const isApproved = reviews.some(
    ({ decision, madeBy }) => decision === 'approved' && !acceptedBy.has(madeBy),
  );
  return isApproved ? 'settled' : 'open';
}
