/** The largest of many counts, without sorting the many. */

/** Indexes of the `most` largest counts above 0, largest first, equals in ascending order. */
export function topIndexes(counts: ArrayLike<number>, most: number): number[] {
  const floor = countOfRank(counts, most);
  const indexes: number[] = [];
  for (let i = 0; i < counts.length; i++) if ((counts[i] ?? 0) > floor) indexes.push(i);
  for (let i = 0; floor > 0 && i < counts.length && indexes.length < most; i++)
    if (counts[i] === floor) indexes.push(i);
  return indexes.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
}

/** The count at the place `rank` of the descending order, 0 where there are fewer. */
function countOfRank(counts: ArrayLike<number>, rank: number): number {
  const having = new Map<number, number>();
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (count > 0) having.set(count, (having.get(count) ?? 0) + 1);
  }
  let left = rank;
  for (const count of [...having.keys()].sort((a, b) => b - a)) {
    left -= having.get(count) ?? 0;
    if (left <= 0) return count;
  }
  return 0;
}
