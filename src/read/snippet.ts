/**
 * Snippets: the part of a text where a query's words stand closest together, with the words marked. Words are
 * found by the index's own tokens, in the very text that the reader sees.
 */
import type { Match, Query } from '../index/query/query.js';
import { tokenSpans, unplainLines } from '../index/query/tokens.js';

export interface SnippetPart {
  readonly text: string;
  readonly isHit: boolean;
  /** The note whose passage it belongs to. */
  readonly note?: string;
}

export interface Wanted {
  readonly whole: ReadonlySet<string>;
  readonly prefixes: readonly string[];
}

/** Characters of a snippet, before and after which an ellipsis stands. */
const snippetCharacters = 240;
/** Characters of a text that are searched for a snippet: a long mail's end is reached on its own page. */
const searchedCharacters = 200_000;

/** The words a query looks for: what it excludes is not among them. */
export function wantedTokens(query: Query): Wanted {
  return tokensOf(matchesOf(query, 'text'));
}

/** What a query looks for in the mail, or in attachments; what it excludes is not among it. */
export function matchesOf(query: Query, where: 'text' | 'attachment'): Match[] {
  const matches: Match[] = [];
  const open: Query[] = [query];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item.kind === 'and' || item.kind === 'or') open.push(...item.items);
    else if (item.kind === where) matches.push(item.match);
  }
  return matches;
}

export function tokensOf(matches: readonly Match[]): Wanted {
  const whole = new Set<string>();
  const prefixes: string[] = [];
  for (const match of matches) {
    for (const phrase of match.kind === 'near' ? match.phrases : [match]) {
      for (const [i, token] of phrase.tokens.entries()) {
        if (phrase.prefix && i === phrase.tokens.length - 1) prefixes.push(token);
        else whole.add(token);
      }
    }
  }
  return { whole, prefixes };
}

/** UTF-16 ranges of the wanted words in `text`, in order. */
export function findHits(text: string, wanted: Wanted): { start: number; end: number }[] {
  if (wanted.whole.size === 0 && wanted.prefixes.length === 0) return [];
  const hits = findPlainHits(text, wanted);
  const lines = unplainLines(text);
  if (lines.length === 0) return hits;
  const found: { start: number; end: number }[] = [];
  let at = 0;
  for (const line of lines) {
    for (; at < hits.length; at++) {
      const hit = hits[at];
      if (hit === undefined || hit.start >= line.end) break;
      if (hit.start < line.start) found.push(hit);
    }
    for (const { token, start, end } of tokenSpans(text.slice(line.start, line.end)))
      if (wanted.whole.has(token) || wanted.prefixes.some((prefix) => token.startsWith(prefix)))
        found.push({ start: line.start + start, end: line.start + end });
  }
  return found.concat(hits.slice(at));
}

const isAscii = (text: string): boolean => !/[^\u0000-\u007f]/.test(text);

/** In plain text one expression finds the wanted tokens thirty times as fast as cutting the text into tokens. */
function findPlainHits(text: string, { whole, prefixes }: Wanted): { start: number; end: number }[] {
  const words = [...whole, ...prefixes.map((prefix) => (isAscii(prefix) ? `${prefix}[a-z0-9]*` : prefix))];
  if (words.length === 0) return [];
  const pattern = new RegExp(`(?<![a-z0-9])(?:${words.join('|')})(?![a-z0-9])`, 'gi');
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
/** Splits `text` at the hits, for marking them. */
export function markHits(text: string, hits: readonly { start: number; end: number }[]): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const { start, end } of hits) {
    if (start > at) parts.push({ text: text.slice(at, start), isHit: false });
    parts.push({ text: text.slice(Math.max(at, start), end), isHit: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false });
  return parts;
}

/** The best stretch of `text`: the one with the most hits; its beginning where there is none. */
export function snippet(text: string, wanted: Wanted): SnippetPart[] {
  const searched = text.slice(0, searchedCharacters);
  const hits = findHits(searched, wanted);
  const start = bestStart(hits);
  const from = start === 0 ? 0 : wordStart(searched, Math.max(0, start - 60));
  const to = wordEnd(searched, Math.min(searched.length, from + snippetCharacters));
  const inside = hits
    .filter((hit) => hit.start >= from && hit.end <= to)
    .map((hit) => ({ start: hit.start - from, end: hit.end - from }));
  const parts = markHits(searched.slice(from, to), inside).map((part) => ({
    ...part,
    text: part.text.replace(/\s+/gu, ' '),
  }));
  if (from > 0) parts.unshift({ text: '… ', isHit: false });
  if (to < text.trimEnd().length) parts.push({ text: ' …', isHit: false });
  return parts;
}

/** Where a window of a snippet's length holds the most hits: one pass with two ends. */
function bestStart(hits: readonly { start: number; end: number }[]): number {
  let best = 0;
  let bestCount = 0;
  let tail = 0;
  for (let head = 0; head < hits.length; head++) {
    // A single hit may be longer than the window (a word of hundreds of letters): it stays in its own.
    while (tail < head && (hits[head]?.end ?? 0) - (hits[tail]?.start ?? 0) > snippetCharacters - 80) tail++;
    if (head - tail + 1 > bestCount) {
      bestCount = head - tail + 1;
      best = hits[tail]?.start ?? 0;
    }
  }
  return best;
}

function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 40).search(/\s/u);
  return at === 0 || space < 0 ? at : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at, at + 40).search(/\s/u);
  return space < 0 ? at : at + space;
}
