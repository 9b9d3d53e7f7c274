/**
 * NEAR, as FTS5 understands it (https://sqlite.org/fts5.html#fts5_near_queries): phrases stand near one another where,
 * in one column, no more than `distance` words lie between the end of each and the start of the last.
 */

/**
 * Of each phrase the places, ascending, at which it takes part in such a group; all empty where there is none. `lengths`
 * are the words of each phrase.
 */
export function nearPlaces(
  places: readonly (readonly number[])[],
  lengths: readonly number[],
  distance: number,
): number[][] {
  const found: number[][] = places.map(() => []);
  const at: number[] = places.map(() => 0);
  const here = (phrase: number): number => places[phrase]?.[at[phrase] ?? 0] ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const last = gather(at, here, lengths, distance);
    if (last === Number.POSITIVE_INFINITY) return found;
    let earliest = 0;
    for (let phrase = 0; phrase < places.length; phrase++) {
      const place = here(phrase);
      if (found[phrase]?.at(-1) !== place) found[phrase]?.push(place);
      if (place < here(earliest)) earliest = phrase;
    }
    at[earliest] = (at[earliest] ?? 0) + 1;
  }
}

/** Moves phrases on until they stand near one another. Returns where the last of them starts; infinity where one ran out. */
function gather(
  at: number[],
  here: (phrase: number) => number,
  lengths: readonly number[],
  distance: number,
): number {
  let last = here(0);
  for (let isNear = false; !isNear && last < Number.POSITIVE_INFINITY; ) {
    isNear = true;
    for (const [phrase, length] of lengths.entries()) {
      const earliest = last - length - distance;
      while (here(phrase) < earliest) {
        at[phrase] = (at[phrase] ?? 0) + 1;
        isNear = false;
      }
      if (here(phrase) > last) {
        last = here(phrase);
        isNear = false;
      }
    }
  }
  return last;
}
