/**
 * Messages that a statement may rest on: those that hold its quoted words, five in a row, and those that it names by
 * number. Candidates are for a person to look at; nothing is concluded from them, and nothing of them is kept.
 */
import { messageNumbers } from '../claims/invocation.js';
import { type Span, textOf } from '../claims/span.js';
import { parseQuery } from '../index/query/parse.js';
import type { SearchIndex } from '../index/search.js';

export interface Candidate {
  readonly number: number;
  /** Words in a row that the message has too; '' where the text names it by number. */
  readonly words: string;
  /** How many such rows. */
  readonly rows: number;
}

const wordsInRow = 5;
const rowsAsked = 8;
/** Words in a row that more messages have than this are a phrase of the language. */
const mostMessages = 40;
const mostCandidates = 6;

export function findCandidates(
  index: SearchIndex,
  text: string,
  spans: readonly Span[],
  around: Span,
): Candidate[] {
  const found = new Map<number, Candidate>();
  for (const { number } of messageNumbers(textOf(text, around)))
    if (index.findRow(number) !== undefined) found.set(number, { number, words: '', rows: 0 });
  for (const words of spans.flatMap((span) => rowsOf(textOf(text, span))).slice(0, rowsAsked)) {
    const parsed = parseQuery(`"${words}"`);
    if (!parsed.ok) continue;
    const set = index.evaluate(parsed.query);
    if (set.count > mostMessages) continue;
    for (const number of index.page(parsed.query, 'date', mostMessages).numbers) {
      const known = found.get(number);
      found.set(number, { number, words: known?.words || words, rows: (known?.rows ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.rows - a.rows || a.number - b.number).slice(0, mostCandidates);
}

/** Five words, then the next five; fewer than four are no row. */
function rowsOf(text: string): string[] {
  const words = Array.from(text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu), ([word]) => word);
  const rows: string[] = [];
  for (let at = 0; at < words.length; at += wordsInRow) {
    const row = words.slice(at, at + wordsInRow);
    if (row.length >= 4) rows.push(row.join(' '));
  }
  return rows;
}
