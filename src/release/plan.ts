/**
 * What a release would be, before anything is written: which messages, what was decided, what nobody decided on.
 *
 *   plan 5f1c09ab: 266 of 266 messages; withheld: 3 private person; open: 2 card
 */
import { hash } from 'node:crypto';
import type { Query } from '../index/query/query.js';
import { drawCleared } from '../rasterize/cleared.js';
import type { Archive } from '../read/archive.js';
import { type Decisions, nothingDecided } from '../redact/decisions.js';
import { Redactor } from '../redact/redact-message.js';
import type { Candidates } from '../review/candidate-store.js';
import { decisionsOf } from '../review/decided.js';
import { type TroveNumbering, troveNumbering } from '../review/numbering.js';
import { type OpenCount, openIn } from '../review/queue.js';
import { publicityStatements } from '../store/desk/publicity.js';
import { takenBackSince } from '../store/desk/redactions.js';
import type { Desk } from '../store/desk.js';
import { archiveSource } from './archive-source.js';
import { programHash } from './program-hash.js';
import { decideBy, pictureUrl } from './redactor-source.js';
import type { ReleaseSource } from './source.js';

export interface PlanOptions {
  readonly archive: Archive;
  readonly desk: Desk;
  /** Undefined where nothing was looked for yet. */
  readonly candidates: Candidates | undefined;
  readonly query: Query;
  readonly saltKey: Buffer;
  /** When the trove was last released; undefined before its first release. */
  readonly lastReleasedAt: number | undefined;
}

export interface ReleasePlan {
  /** The same for the same messages and decisions. */
  readonly id: string;
  readonly source: ReleaseSource;
  readonly redactor: Redactor;
  readonly numbering: TroveNumbering;
  /** What was found in chosen messages, and nobody decided on. */
  readonly open: readonly OpenCount[];
  /** Chosen messages that nothing was looked for in. */
  readonly unscanned: number;
  /** What an earlier release may have hidden and this one would show, because the decision was taken back. */
  readonly takenBack: number;
  /** Attachments that were cleared as pictures and could not be drawn: they stay withheld. */
  readonly undrawn: readonly { readonly sha256: string; readonly reason: string }[];
}

export async function planRelease(options: PlanOptions): Promise<ReleasePlan> {
  const { archive, desk, candidates, query, saltKey, lastReleasedAt } = options;
  const decisions = decisionsOf(desk, candidates);
  const numbering = troveNumbering(desk);
  const { findPages, failures } = await drawCleared(archive, decisions.clearances);
  const redactor = new Redactor(decisions, {
    numbering: numbering.number,
    key: saltKey,
    findPages,
    pictureUrl,
  });
  const basis = basisFinder(decisions, desk);
  const source = archiveSource(archive, query, decideBy(archive, redactor, basis));
  const numbers = archive.index.evaluate(query).toArray();
  const lastScanned = candidates?.isCurrent === true ? candidates.last : 0;
  return {
    id: idOf(source, basis),
    source,
    redactor,
    numbering,
    open: candidates === undefined ? [] : openIn(candidates, desk, numbers),
    unscanned: numbers.filter((number) => number > lastScanned).length,
    takenBack: lastReleasedAt === undefined ? 0 : desk.read((db) => takenBackSince(db, lastReleasedAt), 0),
    undrawn: failures.map(({ sha256, error }) => ({ sha256, reason: error.message })),
  };
}

/** The id of the plan that would be made now. */
export function planId({ archive, desk, candidates, query }: PlanOptions): string {
  const basis = basisFinder(decisionsOf(desk, candidates), desk);
  const decide = () => Promise.reject(new Error('nothing is decided to compare plans'));
  return idOf(archiveSource(archive, query, { decide, basis }), basis);
}

function idOf({ chosen, totals }: ReleaseSource, basis: ReleaseSource['basis']): string {
  const messages = chosen.map(({ sha256 }) => [sha256, basis(sha256)]).sort();
  return hash('sha256', JSON.stringify([messages, totals]), 'hex').slice(0, 16);
}

function basisFinder(decisions: Decisions, desk: Desk): ReleaseSource['basis'] {
  const everywhere = globalBasis(decisions, desk);
  return (sha256) => basisOf(decisions, everywhere, sha256);
}

/** All that is decided for every message at once, and the program that applies it. */
function globalBasis({ everywhere, shown, clearances, regions }: Decisions, desk: Desk): string {
  const publicity = desk
    .read(publicityStatements, [])
    .map(({ subject, verdict }) => [subject, verdict])
    .sort();
  const program = programHash(['redact', 'rasterize', 'message', 'read', 'proof']);
  const values = [program, everywhere, [...shown].sort(), publicity, [...clearances].sort(), regions];
  return hash('sha256', JSON.stringify(values), 'base64');
}

function basisOf({ messages }: Decisions, everywhere: string, sha256: string): string {
  const own = messages.get(sha256) ?? nothingDecided;
  const values = [everywhere, own.withheld ?? null, own.passages, [...own.hiddenFields]];
  return hash('sha256', JSON.stringify(values), 'base64');
}

export interface Outcome {
  readonly published: number;
  readonly redacted: number;
  /** By reason. */
  readonly withheld: ReadonlyMap<string, number>;
}

/** Works out what each message would come to, and writes nothing. */
export async function tryPlan(
  { source }: ReleasePlan,
  saltKey: Buffer,
  onProgress: (done: number, total: number) => void,
): Promise<Outcome> {
  const withheld = new Map<string, number>();
  let [published, redacted] = [0, 0];
  for (const [at, { sha256 }] of source.chosen.entries()) {
    const decision = await source.decide(sha256, saltKey);
    if ('withheld' in decision) withheld.set(decision.withheld, (withheld.get(decision.withheld) ?? 0) + 1);
    else {
      published += 1;
      if (decision.published.redactions.length > 0) redacted += 1;
    }
    onProgress(at + 1, source.chosen.length);
  }
  return { published, redacted, withheld };
}
