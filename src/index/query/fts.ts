/**
 * A match as an FTS5 MATCH expression (https://sqlite.org/fts5.html#full_text_query_syntax), for the text of attachments.
 * That of messages is read below MATCH (postings/match.ts).
 *
 *   "cost overrun"*           → "cost overrun" *
 *   NEAR(a "b c", 5)          → NEAR("a" "b c", 5)
 */
import type { Match, Near, Phrase } from './query.js';

/** A match as an expression about every column. */
export function ftsMatch(match: Match): string {
  return match.kind === 'phrase' ? ftsPhrase(match) : ftsNear(match);
}

/** Tokens hold letters and digits only, so that nothing in the quotation marks can end them. */
function ftsPhrase({ tokens, prefix }: Phrase): string {
  return `"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
}

function ftsNear({ phrases, distance }: Near): string {
  return `NEAR(${phrases.map(ftsPhrase).join(' ')}, ${String(distance)})`;
}
