/**
 * NEAR, as FTS5 understands it (https://sqlite.org/fts5.html#fts5_near_queries): phrases stand near one another where,
 * in one column, no more than `distance` words lie between the end of each and the start of the last.
 */

import { Places } from './doclist.js';

export class Near {
  /** Words of each phrase. */
  readonly #lengths: readonly number[];
  readonly #distance: number;
  /** For each phrase, how many of its places were passed. */
  readonly #at: number[];
  readonly #found: readonly Places[];

  constructor(phrases: readonly { readonly length: number }[], distance: number) {
    this.#lengths = phrases.map(({ length }) => length);
    this.#distance = distance;
    this.#at = phrases.map(() => 0);
    this.#found = phrases.map(() => new Places());
  }

  /** Of each phrase the places at which it takes part in such a group; all empty where there is none. Valid until the next call. */
  find(places: readonly Places[]): readonly Places[] {
    const at = this.#at.fill(0);
    for (const found of this.#found) found.count = 0;
    for (;;) {
      const last = this.#gather(places);
      if (last === beyond) return this.#found;
      let earliest = 0;
      for (const [phrase, found] of this.#found.entries()) {
        const place = placeAt(places, at, phrase);
        if (found.count === 0 || found.values[found.count - 1] !== place) found.push(place);
        if (place < placeAt(places, at, earliest)) earliest = phrase;
      }
      at[earliest] = (at[earliest] ?? 0) + 1;
    }
  }

  /** Moves phrases on until they stand near one another. Returns where the last of them starts; `beyond` where one ran out. */
  #gather(places: readonly Places[]): number {
    const at = this.#at;
    let last = placeAt(places, at, 0);
    for (let isNear = false; !isNear && last < beyond; ) {
      isNear = true;
      for (const [phrase, length] of this.#lengths.entries()) {
        const earliest = last - length - this.#distance;
        while (placeAt(places, at, phrase) < earliest) {
          at[phrase] = (at[phrase] ?? 0) + 1;
          isNear = false;
        }
        const place = placeAt(places, at, phrase);
        if (place > last) {
          last = place;
          isNear = false;
        }
      }
    }
    return last;
  }
}

/** Above every place. */
const beyond = 0x7fffffff;

function placeAt(places: readonly Places[], at: readonly number[], phrase: number): number {
  const of = places[phrase];
  const index = at[phrase] ?? 0;
  return of === undefined || index >= of.count ? beyond : (of.values[index] ?? beyond);
}
