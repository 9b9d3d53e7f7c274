/**
 * Which attachment of a hit has the words, and where in it.
 *
 *   attachment:"cost overrun" → report.pdf, page 3: '… the cost overrun of …'
 */
import type { AttachmentText } from '../index/attachment-text.js';
import { ftsMatch } from '../index/query/fts.js';
import type { Query } from '../index/query/query.js';
import { matchesOf, type SnippetPart, snippet, tokensOf } from './snippet.js';

export interface AttachmentHit {
  /** Hex. */
  readonly sha256: string;
  /** Name in this message, '' where it has none. */
  readonly name: string;
  /** `page 3` */
  readonly where: string;
  /** Its number among the pieces of the attachment, from 1. */
  readonly piece: number;
  readonly snippet: readonly SnippetPart[];
}

/** Places shown of one message: its attachments' own pages have the rest. */
const maxHits = 3;

/** For a query, what finds its places in the attachments of a message. */
export function attachmentHitFinder(
  attachments: AttachmentText,
  query: Query,
): (number: number) => AttachmentHit[] {
  const matches = matchesOf(query, 'attachment');
  if (matches.length === 0) return () => [];
  const expression = matches.map(ftsMatch).join(' OR ');
  const wanted = tokensOf(matches);
  return (number) =>
    attachments.matchesIn(number, expression, maxHits).map(({ sha256, name, where, position, text }) => ({
      sha256,
      name,
      where,
      piece: position,
      snippet: snippet(text, wanted),
    }));
}
