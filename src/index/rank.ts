/** The hits of a query, best first: by BM25 (bm25.ts), within a step of it the newest first. */
import type { Bitset } from './bitset.js';
import { scoreMessages, topStep } from './bm25.js';
import { byDate, type Columns } from './columns.js';
import { evaluate } from './evaluate.js';
import type { LoadedIndex } from './loaded-index.js';
import type { Query, TextCondition } from './query/query.js';

/** The members of a set by their scores: higher first, of equal ones the newest. Those that no text selected come last. */
export class Ranking {
  readonly set: Bitset;
  /** See bm25.ts. */
  readonly levels: string;
  readonly #columns: Columns;
  /** By message, higher for better. */
  readonly #steps: Uint16Array;
  #order: Uint32Array | undefined;

  constructor(set: Bitset, steps: Uint16Array, levels: string, columns: Columns) {
    this.set = set;
    this.levels = levels;
    this.#steps = steps;
    this.#columns = columns;
  }

  /** All members, best first. */
  get order(): Uint32Array {
    this.#order ??= sortBySteps(newestFirst(this.#columns, this.set), this.#steps);
    return this.#order;
  }

  /** The first `most` of `order`: most readers want no more, and finding a few is cheaper than sorting all. */
  best(most: number): Uint32Array {
    if (this.#order !== undefined) return this.#order.subarray(0, most);
    const best = new Uint32Array(most);
    let count = 0;
    // A member below this step is not among them.
    let least = 0;
    this.set.forEach((number) => {
      const step = this.#steps[number] ?? 0;
      if (step < least) return;
      let at = count;
      while (at > 0 && this.#isBefore(number, best[at - 1] ?? 0)) at--;
      if (at === most) return;
      best.copyWithin(at + 1, at, Math.min(count, most - 1));
      best[at] = number;
      count = Math.min(count + 1, most);
      if (count === most) least = this.#steps[best[most - 1] ?? 0] ?? 0;
    });
    return best.subarray(0, count);
  }

  /** The same ranking of some of its members. */
  within(set: Bitset): Ranking {
    return new Ranking(set, this.#steps, this.levels, this.#columns);
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#steps[a] ?? 0) - (this.#steps[b] ?? 0);
    return difference > 0 || (difference === 0 && byDate(this.#columns, a, b) < 0);
  }

  /** How many members stand before or at the place that a message has, or would have if it were one. */
  placeAfter(number: number): number {
    const { order } = this;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#isBefore(number, order[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
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
  const { steps, levels: used, sets } = scoreMessages(index, rankedConditions(query), levels);
  return new Ranking(known ?? evaluate(index, query, sets), steps, used, index.columns);
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
