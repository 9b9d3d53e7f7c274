/**
 * Reviews: who decided what, appended and chained by subject. Each holds the hash of the one before it, so that a row
 * taken out of the middle, or changed, shows.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson } from '../../../proof/canonical-json.js';
import { type Act, addRow, standing } from '../row.js';
import { type Review, reviewKind } from './kinds.js';

export type Decision = 'accepted' | 'edited' | 'rejected' | 'approved' | 'withdrawn' | 'published';

export interface ReviewValues {
  readonly subject: string;
  readonly decision: Decision;
  readonly proposer: string;
  /** Field → what was proposed, what was decided. */
  readonly changes: Readonly<Record<string, readonly [string, string]>>;
}

export function addReview(db: DatabaseSync, act: Act, values: ReviewValues): string {
  const last = reviewsOf(db, values.subject).at(-1);
  const row = {
    subject: values.subject,
    decision: values.decision,
    proposer: values.proposer,
    changes: canonicalJson(values.changes),
    previous: last?.hash ?? '',
  };
  return addRow(db, reviewKind, act, { ...row, hash: hashOf(row, act.at, act.by) });
}

/** In order of time. */
export const reviewsOf = (db: DatabaseSync, subject: string): Review[] =>
  standing(db, reviewKind, 'subject = ? ORDER BY made_at, id', subject);

export const allReviews = (db: DatabaseSync): Review[] =>
  standing(db, reviewKind, 'true ORDER BY made_at, id');

/** Reviews that say something else than their hash, or that follow one which is not there. */
export function brokenReviews(reviews: readonly Review[]): Review[] {
  const hashes = new Set(reviews.map(({ hash }) => hash));
  return reviews.filter(
    (review) =>
      hashOf(review, review.madeAt, review.madeBy) !== review.hash ||
      (review.previous !== '' && !hashes.has(review.previous)),
  );
}

type Hashed = Pick<Review, 'subject' | 'decision' | 'proposer' | 'changes' | 'previous'>;

function hashOf({ subject, decision, proposer, changes, previous }: Hashed, at: number, by: string): string {
  const text = canonicalJson({ at, by, changes, decision, previous, proposer, subject });
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
