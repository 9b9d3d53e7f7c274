/**
 * Precision, recall and F1 of what the rules find, against what people annotated.
 *
 * Token-wise: every word and mark of an article either is source (cue, content) of some attribution or is not, in both
 * readings. Exact: a span counts where both ends are the same, but for marks and blanks at its edges.
 */
import type { Span } from '../../src/claims/span.js';

export class Tally {
  hit = 0;
  found = 0;
  wanted = 0;

  get precision(): number {
    return this.found === 0 ? 0 : this.hit / this.found;
  }
  get recall(): number {
    return this.wanted === 0 ? 0 : this.hit / this.wanted;
  }
  get f1(): number {
    return this.found + this.wanted === 0 ? 0 : (2 * this.hit) / (this.found + this.wanted);
  }
}

/** Places of words and single marks: a tokenizer of its own, not the one that is measured. */
export function tokenSpans(text: string): Span[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

export function tokensIn(tokens: readonly Span[], spans: readonly Span[]): Set<number> {
  const inside = new Set<number>();
  for (const { start, end } of spans)
    for (let at = firstFrom(tokens, start); at < tokens.length && (tokens[at]?.start ?? end) < end; at += 1)
      inside.add(at);
  return inside;
}

function firstFrom(tokens: readonly Span[], start: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function countTokens(tally: Tally, found: ReadonlySet<number>, wanted: ReadonlySet<number>): void {
  tally.found += found.size;
  tally.wanted += wanted.size;
  for (const at of found) if (wanted.has(at)) tally.hit += 1;
}

/** Marks and blanks at the edges do not count. */
export function coreOf(text: string, spans: readonly Span[]): string {
  const first = spans[0];
  const last = spans.at(-1);
  if (first === undefined || last === undefined) return '';
  let { start } = first;
  let { end } = last;
  const isEdge = (at: number): boolean => /[^\p{L}\p{N}]/u.test(text[at] ?? ' ');
  while (start < end && isEdge(start)) start += 1;
  while (end > start && isEdge(end - 1)) end -= 1;
  return `${start}-${end}`;
}

export function countExact(
  tally: Tally,
  text: string,
  found: readonly (readonly Span[])[],
  wanted: readonly (readonly Span[])[],
): void {
  const left = new Map<string, number>();
  for (const spans of wanted) {
    const core = coreOf(text, spans);
    if (core === '') continue;
    tally.wanted += 1;
    left.set(core, (left.get(core) ?? 0) + 1);
  }
  for (const spans of found) {
    const core = coreOf(text, spans);
    if (core === '') continue;
    tally.found += 1;
    const rest = left.get(core) ?? 0;
    if (rest === 0) continue;
    tally.hit += 1;
    left.set(core, rest - 1);
  }
}
