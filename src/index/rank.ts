/**
 * Order by relevance: BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.4), with a weight
 * for each column. Of a message's score,
 *
 *   Σ over the query's words   weight · f · (k1 + 1) ÷ (f + k1 · (1 − b + b · length ÷ average length))
 *
 * f and length are the message's own. Weights and average length change as mail arrives; they are rounded to levels,
 * one character each, which a cursor carries: with the same levels a message has the same score for ever.
 */
import type { Bitset } from './bitset.js';
import { byDate, type Columns } from './columns.js';
import type { LoadedIndex } from './loaded-index.js';
import { weighMatches } from './postings/match.js';
import type { Query, TextCondition } from './query/query.js';
import { type Column, columns } from './query/tokens.js';

/** How strongly a word counts where it stands. */
const weightOf: Readonly<Record<Column, number>> = {
  sender: 4,
  recipient: 2,
  copied: 2,
  subject: 6,
  own: 3,
  quoted: 1,
  filename: 3,
};
const columnWeights = columns.map((column) => weightOf[column]);

const k1 = 1.2;
const b = 0.75;

const levels = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** From 0.05, a word in nearly every message, to 20, one of a hundred million. */
const wordWeight = (level: number): number => 0.05 * 1.1 ** level;
/** From 8 to 777,000 words. */
const averageLength = (level: number): number => 8 * 1.2 ** level;
const levelFor = (value: number, least: number, step: number): number =>
  Math.min(levels.length - 1, Math.max(0, Math.round(Math.log(value / least) / Math.log(step))));

/** Scores are told apart in so many steps; within one, the newest message comes first. */
const topScore = 2 ** 14 - 1;

export interface Ranking {
  /** The whole set, best first. */
  readonly order: Uint32Array;
  /** By message. */
  readonly scores: Uint16Array;
  /** The level of the average length, then one for each condition. */
  readonly levels: string;
}

/** The text that a query looks for: what it excludes is not among it. */
export function rankedConditions(query: Query): TextCondition[] {
  const conditions: TextCondition[] = [];
  const open: Query[] = [query];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item.kind === 'text') conditions.push(item);
    else if (item.kind === 'and' || item.kind === 'or') open.push(...item.items);
  }
  return conditions;
}

/** Members of `set` that no condition selected come last. `given` are the levels to use, one more than conditions. */
export function rank(
  index: LoadedIndex,
  conditions: readonly TextCondition[],
  set: Bitset,
  given: string | undefined,
): Ranking {
  const { capacity, count } = index.columns;
  const { lengths } = index;
  const lengthLevel =
    given === undefined ? levelFor(lengths.average, 8, 1.2) : levels.indexOf(given.charAt(0));
  const perWord = (k1 * b) / averageLength(lengthLevel);
  const sums = new Float32Array(capacity);
  const frequencies = new Uint32Array(capacity);
  const touched = new Uint32Array(capacity);
  let used = levels.charAt(lengthLevel);
  let most = 0;
  for (const [at, condition] of conditions.entries()) {
    let found = 0;
    const visit = (number: number, weight: number): void => {
      if (number >= capacity) return;
      if (frequencies[number] === 0) touched[found++] = number;
      frequencies[number] = (frequencies[number] ?? 0) + weight;
    };
    for (const { text } of index.shards)
      text.reading(() => weighMatches(text, condition, columnWeights, set, visit));
    const level =
      given === undefined
        ? levelFor(Math.log(1 + (count - found + 0.5) / (found + 0.5)), 0.05, 1.1)
        : levels.indexOf(given.charAt(at + 1));
    used += levels.charAt(level);
    const weight = wordWeight(level) * (k1 + 1);
    most += weight;
    for (let i = 0; i < found; i++) {
      const number = touched[i] ?? 0;
      const f = frequencies[number] ?? 0;
      frequencies[number] = 0;
      sums[number] = (sums[number] ?? 0) + (weight * f) / (f + k1 * (1 - b) + perWord * lengths.of(number));
    }
  }
  const members = newestFirst(index.columns, set);
  const scores = new Uint16Array(capacity);
  for (const number of members)
    scores[number] = Math.min(topScore, Math.ceil(((sums[number] ?? 0) / most) * topScore));
  return { order: sortByScore(members, scores), scores, levels: used };
}

function newestFirst({ order }: Columns, set: Bitset): Uint32Array {
  const members = new Uint32Array(set.count);
  let at = 0;
  for (const number of order) if (set.has(number)) members[at++] = number;
  return members;
}

/** Counting sort, stable: each goes behind those of its score that came before it. */
function sortByScore(members: Uint32Array, scores: Uint16Array): Uint32Array {
  // starts[n]: where the members of score topScore − n begin.
  const starts = new Uint32Array(topScore + 2);
  for (const number of members) {
    const slot = topScore - (scores[number] ?? 0) + 1;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let slot = 1; slot < starts.length; slot++) starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0);
  const sorted = new Uint32Array(members.length);
  for (const number of members) {
    const slot = topScore - (scores[number] ?? 0);
    const at = starts[slot] ?? 0;
    sorted[at] = number;
    starts[slot] = at + 1;
  }
  return sorted;
}

/** How many members come before or at a message's place. */
export function placeAfter({ order, scores }: Ranking, columns: Columns, number: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = order[middle] ?? 0;
    const difference = (scores[number] ?? 0) - (scores[other] ?? 0);
    if (difference < 0 || (difference === 0 && byDate(columns, other, number) <= 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
