/** The ledger as one JSON value, `{"format": "impart-claims", "version": 1, …}` (docs/claims.md). */

import type { Capture, Reply, Review } from '../../store/desk/claims/kinds.js';
import type { Ledger, LedgerProposition, LedgerUtterance } from '../../store/desk/claims/ledger.js';
import { fidelityWords } from './badges.js';

export function claimsAsJson(ledger: Ledger): string {
  return `${JSON.stringify(
    {
      format: 'impart-claims',
      version: 1,
      captures: ledger.captures.map(captureFacts),
      utterances: ledger.utterances.map(utteranceFacts),
      propositions: ledger.propositions.map(propositionFacts),
    },
    undefined,
    2,
  )}\n`;
}

const iso = (time: number): string => new Date(time).toISOString();

export function captureFacts(capture: Capture): object {
  return {
    id: capture.id,
    url: capture.url,
    canonicalUrl: capture.canonical_url,
    outlet: capture.outlet,
    title: capture.title,
    byline: capture.byline,
    publishedAt: capture.published_at,
    capturedAt: iso(capture.madeAt),
    capturedBy: capture.madeBy,
    sha256: capture.bytes,
    size: capture.size,
    textSha256: capture.digest,
    extractor: capture.extractor,
    findings: JSON.parse(capture.findings) as unknown,
    versionOf: capture.version_of ?? null,
  };
}

export function utteranceFacts(utterance: LedgerUtterance): object {
  const { row, speaker, capacities, appearances, statements, reviews, replies, state, date } = utterance;
  return {
    id: row.id,
    speaker: {
      id: row.speaker,
      name: speaker?.name ?? '',
      sort: speaker?.sort ?? '',
      address: speaker?.address ?? null,
    },
    capacities: capacities.map(({ text, asserted_by: assertedBy }) => ({ text, assertedBy })),
    date,
    saidAt: row.said_at,
    precision: row.said_precision,
    state,
    statements: statements.map(({ does, target, proposition, stance }) => ({
      does,
      target: target ?? null,
      proposition: proposition ?? null,
      stance: stance ?? null,
    })),
    appearances: appearances.map((appearance) => ({
      id: appearance.row.id,
      capture: appearance.row.capture,
      mode: appearance.row.mode,
      fidelity: fidelityWords(appearance),
      rule: appearance.row.rule,
      anchors: appearance.anchors,
      verbatim: appearance.verbatim,
      hedges: appearance.hedges,
      hops: appearance.hops.map(({ name, cue, type, resolved }) => ({
        name,
        cue,
        type,
        resolved: resolved ?? null,
      })),
      invocations: appearance.invocations.map(({ offers: kind, invoked_by: invokedBy, message }) => ({
        kind,
        invokedBy,
        message: message ?? null,
      })),
    })),
    reviews: reviews.map(reviewFacts),
    replies: replies.map(replyFacts),
  };
}

function propositionFacts({ row, utterances, assessments, replies }: LedgerProposition): object {
  return {
    id: row.id,
    text: row.text,
    stances: utterances.map(({ utterance, statement }) => ({
      utterance: utterance.row.id,
      stance: statement.stance ?? null,
    })),
    assessments: assessments.map((assessment) => ({
      id: assessment.row.id,
      relation: assessment.row.relation,
      message: assessment.row.message ?? null,
      search: assessment.row.search,
      why: assessment.row.why,
      state: assessment.state,
      reviews: assessment.reviews.map(reviewFacts),
      replies: assessment.replies.map(replyFacts),
    })),
    replies: replies.map(replyFacts),
  };
}

const reviewFacts = ({ decision, proposer, changes, previous, hash, madeAt, madeBy }: Review): object => ({
  decision,
  by: madeBy,
  at: iso(madeAt),
  proposer,
  changes: JSON.parse(changes) as unknown,
  previous,
  hash,
});

const replyFacts = ({ sort, from_whom: from, received_at: receivedAt, text }: Reply): object => ({
  sort,
  from,
  receivedAt,
  text,
});
