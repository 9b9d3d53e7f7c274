/**
 * What the rules propose of a capture, and what people have decided of it. Proposals are not stored: the rules find
 * them again in the text each time. A decision names its proposal by capture and place, so that a later version of the
 * rules, which may cut a clause elsewhere, does not ask again what was answered.
 */
import { shownByDefault } from '../claims/accuracy.js';
import type { Span } from '../claims/span.js';
import { readStatements, type Statement } from '../claims/statements.js';
import type { Review } from '../store/desk/claims/kinds.js';

/** Raised when the rules change. */
export const rulesVersion = 1;
export const proposerOf = (rule: string): string => `${rule}@${rulesVersion}`;

export interface Proposal {
  /** `CAPTURE:START-END`. */
  readonly subject: string;
  readonly statement: Statement;
  readonly isShownByDefault: boolean;
  /** The last review of it; undefined while nobody decided. */
  readonly decided: Review | undefined;
}

export function proposalsOf(
  capture: string,
  text: string,
  known: ReadonlyMap<string, string>,
  reviews: readonly Review[],
): Proposal[] {
  const decided = reviews.flatMap((review) => {
    const place = placeOf(review.subject, capture);
    return place === undefined ? [] : [{ review, place }];
  });
  return readStatements(text, known).statements.map((statement) => {
    const place = extentOf(statement);
    return {
      subject: subjectOf(capture, place),
      statement,
      isShownByDefault: shownByDefault.has(statement.rule),
      decided: decided.findLast((one) => isSame(one.place, place))?.review,
    };
  });
}

/** From the first word that is attributed to the last. */
export function extentOf({ content }: Pick<Statement, 'content'>): Span {
  return { start: content[0]?.start ?? 0, end: content.at(-1)?.end ?? 0 };
}

export const subjectOf = (capture: string, { start, end }: Span): string => `${capture}:${start}-${end}`;

function placeOf(subject: string, capture: string): Span | undefined {
  if (!subject.startsWith(`${capture}:`)) return undefined;
  const [start, end] = subject
    .slice(capture.length + 1)
    .split('-')
    .map(Number);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** They share most of the longer. */
function isSame(a: Span, b: Span): boolean {
  const both = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return both * 5 > Math.max(a.end - a.start, b.end - b.start) * 3;
}
