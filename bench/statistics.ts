/** The few statistics that the benchmark states. No means: one disturbed run must not move a figure. */

/** The middle value, or the mean of the two in the middle. Throws RangeError on no values. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2;
}

/**
 * The smallest value that at least `percent` of the values do not exceed (nearest rank): always a value that was
 * measured. `percent` in (0, 100]. Throws RangeError on no values.
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = ascending(values);
  return at(sorted, Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1);
}

/**
 * How many times as much `others[i]` is as `ours[i]`, run by run: what disturbed the machine during a round disturbed
 * both. Rounds in which one of them failed (undefined) are left out.
 */
export function pairRatios(
  ours: readonly (number | undefined)[],
  others: readonly (number | undefined)[],
): number[] {
  const ratios: number[] = [];
  for (const [round, our] of ours.entries()) {
    const other = others[round];
    if (our !== undefined && other !== undefined && our > 0) ratios.push(other / our);
  }
  return ratios;
}

function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('no values');
  return [...values].sort((a, b) => a - b);
}

function at(sorted: readonly number[], index: number): number {
  return sorted[index] ?? Number.NaN;
}
