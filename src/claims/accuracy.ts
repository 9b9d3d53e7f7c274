/**
 * How often each rule was right on PolNeAR's dev part, which no rule was made from: who and what together
 * (docs/claims-accuracy.md says how it is counted). Written by bench/polnear with --write.
 */
import type { RuleName } from './attribution.js';
import { measuredOnDev } from './measured.js';

/** Below this many attributions a share says nothing: "unmeasured". */
export const fewestMeasured = 30;

export interface Measured {
  readonly found: number;
  readonly right: number;
}

/** undefined: unmeasured. */
export function findMeasured(rule: string): Measured | undefined {
  const measured = measuredOnDev[rule];
  return measured === undefined || measured.found < fewestMeasured ? undefined : measured;
}

/** Rules whose proposals are shown at once; chosen on the train part. What the others propose is one step further. */
export const shownByDefault: ReadonlySet<RuleName> = new Set([
  'quotation-then-speaker',
  'speaker-then-quotation',
  'speaker-that',
  'speaker-clause',
  'according-to',
]);
