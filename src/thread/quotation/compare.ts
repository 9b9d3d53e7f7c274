/**
 * A quoted passage beside its original, word by word. What is said is what differs, never why: a difference has
 * harmless causes (edited on reply, wrapped, another charset) more often than others.
 */
import { diffArrays } from 'diff';
import { limits } from '../../limits.js';
import type { Words } from './words.js';

/**
 * `same`        the same words in the same order; blanks, wrapping and marks around words aside
 * `characters`  differs only in characters that a charset can lose (`Zo?` for `Zoë`)
 * `links`       differs only in addresses of web pages, which mail filters rewrite
 * `shortened`   leaves out words of the original between its first and its last
 * `extended`    has words before or after those of the original
 * `words`       has other words
 */
export type Agreement = 'same' | 'characters' | 'links' | 'shortened' | 'extended' | 'words';

/** A stretch of both texts as written; one of them is '' where the other has something more. */
export interface Part {
  readonly isSame: boolean;
  readonly original: string;
  readonly quoted: string;
}

export interface Comparison {
  readonly agreement: Agreement;
  readonly parts: readonly Part[];
  /** Words that both have. */
  readonly common: number;
  /** Words of the original, first and after the last. */
  readonly from: number;
  readonly to: number;
}

/** Ranges of words. */
interface Hunk {
  readonly isSame: boolean;
  readonly originalFrom: number;
  readonly originalTo: number;
  readonly quotedFrom: number;
  readonly quotedTo: number;
}

/**
 * undefined where the two have fewer than `minCommon` words in common, and where they differ in more than
 * `limits.maxQuotationEdits`. The passage stands between words `from` and `to` of the original.
 */
export function compareWords(
  quoted: Words,
  original: Words,
  from: number,
  to: number,
  minCommon = 0,
): Comparison | undefined {
  const hunks = hunksOf(quoted, original, from, to, minCommon);
  if (hunks === undefined) return undefined;
  const inner = withoutSurroundings(hunks);
  const [first] = inner;
  const last = inner.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const agreement = agreementOf(inner, quoted, original);
  return {
    agreement,
    parts: inner.map((hunk) => ({
      isSame: hunk.isSame,
      original: written(original, hunk.originalFrom, hunk.originalTo),
      quoted: written(quoted, hunk.quotedFrom, hunk.quotedTo),
    })),
    common: inner.reduce((sum, hunk) => sum + (hunk.isSame ? hunk.quotedTo - hunk.quotedFrom : 0), 0),
    from: first.originalFrom,
    to: last.originalTo,
  };
}

function hunksOf(
  quoted: Words,
  original: Words,
  from: number,
  to: number,
  minCommon: number,
): Hunk[] | undefined {
  const { left, right, common } = numbered(original.keys.slice(from, to), quoted.keys);
  // Aligning costs the words times the edits: texts that cannot have enough in common are told apart before.
  if (common < minCommon) return undefined;
  const maxEditLength = Math.min(limits.maxQuotationEdits, left.length + right.length - 2 * minCommon);
  const changes = diffArrays(left, right, { maxEditLength });
  if (changes === undefined) return undefined;
  const hunks: Hunk[] = [];
  let o = from;
  let q = 0;
  for (const { added, removed, count } of changes) {
    const originalTo = added ? o : o + count;
    const quotedTo = removed ? q : q + count;
    const before = hunks.at(-1);
    const isSame = !added && !removed;
    // What was taken away and what was put in its place are one difference.
    if (before !== undefined && !before.isSame && !isSame)
      hunks[hunks.length - 1] = { ...before, originalTo, quotedTo };
    else hunks.push({ isSame, originalFrom: o, originalTo, quotedFrom: q, quotedTo });
    o = originalTo;
    q = quotedTo;
  }
  return hunks;
}

/** Equal words as equal numbers, which are compared faster; and how many both have, in whatever order: no alignment has more. */
function numbered(
  a: readonly string[],
  b: readonly string[],
): { left: number[]; right: number[]; common: number } {
  const numbers = new Map<string, number>();
  const unmatched: number[] = [];
  const left = a.map((word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    unmatched[number] = (unmatched[number] ?? 0) + 1;
    return number;
  });
  let common = 0;
  const right = b.map((word) => {
    const number = numbers.get(word);
    // No word of the left is one that only the right has: one number does for all of those.
    if (number === undefined) return -1;
    const left = unmatched[number] ?? 0;
    unmatched[number] = left - 1;
    if (left > 0) common += 1;
    return number;
  });
  return { left, right, common };
}

/** Words at an end of a passage that may stand for others of the original; more of them are something else that follows. */
const maxReplacedAtEnd = 4;

/** What the original has before the passage begins and after it ends is no difference. */
function withoutSurroundings(hunks: readonly Hunk[]): Hunk[] {
  const first = hunks.findIndex((hunk) => hunk.isSame);
  const last = hunks.findLastIndex((hunk) => hunk.isSame);
  if (first < 0) return [];
  const inner = hunks.slice(first, last + 1);
  const before = hunks[first - 1];
  const after = hunks[last + 1];
  if (before !== undefined && before.quotedFrom < before.quotedTo) {
    const replaced = replacedAtEnd(before);
    inner.unshift({ ...before, originalFrom: before.originalTo - replaced });
  }
  if (after !== undefined && after.quotedFrom < after.quotedTo) {
    const replaced = replacedAtEnd(after);
    inner.push({ ...after, originalTo: after.originalFrom + replaced });
  }
  return inner;
}

/** How many words next to the passage the hunk at its end stands for. */
function replacedAtEnd({ originalFrom, originalTo, quotedFrom, quotedTo }: Hunk): number {
  const quoted = quotedTo - quotedFrom;
  return quoted > maxReplacedAtEnd ? 0 : Math.min(originalTo - originalFrom, quoted);
}

function agreementOf(hunks: readonly Hunk[], quoted: Words, original: Words): Agreement {
  const differing = hunks.filter((hunk) => !hunk.isSame && !isWrapping(hunk, quoted, original));
  if (differing.length === 0) return 'same';
  const left = (hunk: Hunk): string => joined(original, hunk.originalFrom, hunk.originalTo);
  const right = (hunk: Hunk): string => joined(quoted, hunk.quotedFrom, hunk.quotedTo);
  if (differing.every((hunk) => differsInCharacters(left(hunk), right(hunk)))) return 'characters';
  if (differing.every((hunk) => isRewrittenLink(left(hunk), right(hunk)))) return 'links';
  if (differing.every((hunk) => right(hunk) === '')) return 'shortened';
  const ends = [hunks[0], hunks.at(-1)];
  return differing.every((hunk) => right(hunk) === '' || (left(hunk) === '' && ends.includes(hunk)))
    ? 'extended'
    : 'words';
}

/** An address that a filter replaced by its own, or that a program put beside the words it stands behind. */
const isRewrittenLink = (left: string, right: string): boolean =>
  /^(?:https?:|www\.|$)/i.test(left) && /^(?:https?:\/\/|mailto:)/i.test(right);

function differsInCharacters(left: string, right: string): boolean {
  const asAscii = (text: string): string => text.replace(/[^\u0021-\u007e]|\?/g, '');
  return /[^\u0000-\u007f]/.test(left + right) && asAscii(left) === asAscii(right) && asAscii(left) !== '';
}

/** A mail program broke a long word, or joined two. */
function isWrapping(hunk: Hunk, quoted: Words, original: Words): boolean {
  const { originalFrom, originalTo, quotedFrom, quotedTo } = hunk;
  if (originalTo - originalFrom === quotedTo - quotedFrom) return false;
  return (
    lettersOf(joined(original, originalFrom, originalTo)) === lettersOf(joined(quoted, quotedFrom, quotedTo))
  );
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

const joined = ({ keys }: Words, from: number, to: number): string => keys.slice(from, to).join('');

const written = ({ text, starts, ends }: Words, from: number, to: number): string =>
  from >= to ? '' : text.slice(starts[from], ends[to - 1]).replace(/\s+/gu, ' ');
