/**
 * A list as searches: each line of the CSV is one, and a line that cannot be understood harms no other.
 *
 *   Anna Berg,treasurer     words  → "Anna Berg"
 *   from:anna -draft        queries → from:anna -draft
 *   "cost overrun           queries → an error with its place; the other lines run
 */
import { readRows, sniffDelimiter } from '../extract/csv.js';
import { parseQuery } from '../index/query/parse.js';
import { quote } from '../index/query/phrase.js';
import type { Query } from '../index/query/query.js';
import { limits } from '../limits.js';
import type { List } from '../store/desk/lists.js';
import { queryText } from './query-links.js';

export interface ListLine {
  /** From 1, in the pasted text. */
  readonly line: number;
  /** What the first column says. */
  readonly term: string;
  /** The other columns: what the reader knows about it. */
  readonly rest: readonly string[];
  readonly asked:
    | { readonly ok: true; readonly query: Query; readonly q: string }
    | { readonly ok: false; readonly message: string; readonly hint: string };
}

export interface ListLines {
  readonly heading: readonly string[];
  readonly lines: readonly ListLine[];
  /** Lines beyond `limits.maxListLines`, which are not searched. */
  readonly leftOut: number;
}

export function listLines({ content, reading, heading }: List): ListLines {
  const delimiter = sniffDelimiter(content) ?? ',';
  // A list of queries, one a line, has commas in it that separate nothing.
  const rows =
    reading === 'queries' && sniffDelimiter(content) === undefined
      ? plainRows(content)
      : readRows(content, delimiter);
  const lines: ListLine[] = [];
  let names: readonly string[] = [];
  let leftOut = 0;
  let line = 0;
  for (const cells of rows) {
    line += 1;
    const [term = '', ...rest] = cells.map((cell) => cell.trim());
    if (heading === 1 && line === 1) names = [term, ...rest];
    else if (term === '' && rest.every((cell) => cell === '')) continue;
    else if (lines.length >= limits.maxListLines) leftOut += 1;
    else lines.push({ line, term, rest, asked: ask(term, reading) });
  }
  return { heading: names, lines, leftOut };
}

function* plainRows(content: string): Generator<string[]> {
  for (const line of content.split(/\r\n?|\n/)) yield [line];
}

function ask(term: string, reading: string): ListLine['asked'] {
  const parsed = parseQuery(reading === 'queries' ? term : quote(term));
  if (!parsed.ok) return { ok: false, message: parsed.error.message, hint: parsed.error.hint };
  // What selects everything (an empty cell, mere punctuation) was not meant.
  if (parsed.query.kind === 'all')
    return { ok: false, message: 'There are no letters or digits to look for.', hint: '' };
  return { ok: true, query: parsed.query, q: queryText(parsed.query) };
}
