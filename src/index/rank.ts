/** The hits of a query, best first: by BM25 (bm25.ts), within a step of it the newest first. */
import type { Bitset } from './bitset.js';
import { scoreMessages } from './bm25.js';
import { byDate, type Columns } from './columns.js';
import { evaluate } from './evaluate.js';
import type { LoadedIndex } from './loaded-index.js';
import type { Query, TextCondition } from './query/query.js';

/** Scores are told apart in so many steps. */
const topStep = 2 ** 14 - 1;

export interface Ranking {
  readonly set: Bitset;
  /** All members, best first; those that no text selected come last. */
  readonly order: Uint32Array;
  /** By message, higher for better. */
  readonly steps: Uint16Array;
  /** See bm25.ts. */
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

/** `known` is the query's set where it is known already; `levels` are those of an earlier ranking to be continued. */
export function rank(
  index: LoadedIndex,
  query: Query,
  known: Bitset | undefined,
  levels: string | undefined,
): Ranking {
  const scores = scoreMessages(index, rankedConditions(query), levels);
  const set = known ?? evaluate(index, query, scores.sets);
  const steps = new Uint16Array(index.columns.capacity);
  const stepsPerScore = topStep / scores.bound;
  for (let number = 0; number < steps.length; number++)
    steps[number] = Math.ceil((scores.sums[number] ?? 0) * stepsPerScore);
  return { set, order: sortBySteps(newestFirst(index.columns, set), steps), steps, levels: scores.levels };
}

/** The same ranking of some of its members. */
export function within(ranking: Ranking, set: Bitset): Ranking {
  return { ...ranking, set, order: ranking.order.filter((number) => set.has(number)) };
}

function newestFirst({ order }: Columns, set: Bitset): Uint32Array {
  const members = new Uint32Array(set.count);
  let at = 0;
  for (let place = 0; place < order.length && at < members.length; place++) {
    const number = order[place] ?? 0;
    if (set.has(number)) members[at++] = number;
  }
  return members;
}

/** Counting sort, stable: each goes behind those of its step that came before it. */
function sortBySteps(members: Uint32Array, steps: Uint16Array): Uint32Array {
  // starts[n]: where the members of step topStep − n begin.
  const starts = new Uint32Array(topStep + 2);
  for (const number of members) {
    const slot = topStep - (steps[number] ?? 0) + 1;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let slot = 1; slot < starts.length; slot++)
    starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0);
  const sorted = new Uint32Array(members.length);
  for (const number of members) {
    const slot = topStep - (steps[number] ?? 0);
    const at = starts[slot] ?? 0;
    sorted[at] = number;
    starts[slot] = at + 1;
  }
  return sorted;
}

/** How many members stand before or at the place that a message has, or would have if it were one. */
export function placeAfter({ order, steps }: Ranking, columns: Columns, number: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = order[middle] ?? 0;
    const difference = (steps[number] ?? 0) - (steps[other] ?? 0);
    if (difference < 0 || (difference === 0 && byDate(columns, other, number) <= 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}
