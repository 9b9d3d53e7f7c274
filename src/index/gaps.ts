/** Messages that are referred to and not in the trove, as columns: each has a small number of its own. */
import { GrowingIntegers } from '../thread/growing.js';
import type { Bitset } from './bitset.js';
import { type Columns, Lists } from './columns.js';
import { topIndexes } from './count/top.js';
import type { StoredThreads } from './threads.js';

export interface MissingMessage {
  /** 52-bit hash of its msg-id. */
  readonly id: number;
  /** Messages of the set that refer to it. */
  readonly referrers: number;
  /** The earliest of them by date, undated ones last. */
  readonly first: number;
}

export interface Gaps {
  /** Messages that are missing; messages of the set that refer to any. */
  readonly missing: number;
  readonly referring: number;
  /** Those that most messages refer to first. */
  readonly top: readonly MissingMessage[];
}

export class Missing {
  /** By small number. */
  readonly ids: readonly number[];
  readonly #of: Lists;

  constructor(threads: StoredThreads, capacity: number) {
    const { numbers, ids } = threads.missing();
    const small = new Map<number, number>();
    const pairs = new GrowingIntegers();
    for (const [i, number] of numbers.entries()) {
      // Linked before the columns were loaded, but perhaps of a trove that has lost messages since.
      if (number >= capacity) continue;
      const id = ids[i] ?? 0;
      let at = small.get(id);
      if (at === undefined) {
        at = small.size;
        small.set(id, at);
      }
      pairs.push(number);
      pairs.push(at);
    }
    this.ids = [...small.keys()];
    this.#of = Lists.from(pairs);
  }

  has(number: number): boolean {
    return this.#of.some(number, () => true);
  }

  count(set: Bitset, { sentAt }: Columns, most: number): Gaps {
    const referrers = new Uint32Array(this.ids.length);
    const first = new Uint32Array(this.ids.length);
    const firstDates = new Float64Array(this.ids.length).fill(Number.NaN);
    let referring = 0;
    set.forEach((number) => {
      const time = sentAt[number] ?? Number.NaN;
      let refers = false;
      this.#of.visit(number, (at) => {
        refers = true;
        referrers[at] = (referrers[at] ?? 0) + 1;
        const earliest = firstDates[at] ?? Number.NaN;
        if (first[at] !== 0 && !(time < earliest) && !(Number.isNaN(earliest) && !Number.isNaN(time))) return;
        first[at] = number;
        firstDates[at] = time;
      });
      if (refers) referring += 1;
    });
    return {
      missing: referrers.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
      referring,
      top: topIndexes(referrers, most).map((at) => ({
        id: this.ids[at] ?? 0,
        referrers: referrers[at] ?? 0,
        first: first[at] ?? 0,
      })),
    };
  }
}
