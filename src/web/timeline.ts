/**
 * The bars of a timeline: messages by month, or by year where months would be too thin to hit.
 *
 *   [2015-11: 3, 2016-01: 9] → 2015-11: 3, 2015-12: 0, 2016-01: 9
 */
import type { Facet } from '../index/facets.js';

export interface Bar {
  /** `2016-03` or `2016`: what `date:` takes. */
  readonly period: string;
  readonly count: number;
}

export interface Timeline {
  readonly unit: 'month' | 'year';
  /** Without gaps, in order. */
  readonly bars: readonly Bar[];
  readonly highest: number;
  /** Messages with dates so far from the others that drawing them would leave no room (wrong clocks, mostly). */
  readonly before: number;
  readonly after: number;
  readonly undated: number;
}

const maxMonths = 180;
/** Of a thousand messages, so many at either end may be far away without being drawn. */
const strayShare = 0.005;
const strayMonths = 12;

export function timeline(months: readonly Facet[]): Timeline {
  const dated = months.filter((month) => month.value !== '');
  const undated = months.find((month) => month.value === '')?.count ?? 0;
  const total = dated.reduce((sum, month) => sum + month.count, 0);
  const { kept, before, after } = withoutStrays(dated, total * strayShare);
  const first = monthNumber(kept[0]?.value ?? '');
  const last = monthNumber(kept.at(-1)?.value ?? '');
  const unit = last - first >= maxMonths ? 'year' : 'month';
  const counts = new Map<string, number>();
  for (const { value, count } of kept) {
    const period = unit === 'year' ? value.slice(0, 4) : value;
    counts.set(period, (counts.get(period) ?? 0) + count);
  }
  const bars: Bar[] = [];
  if (kept.length > 0) {
    const step = unit === 'year' ? 12 : 1;
    for (let month = unit === 'year' ? first - (first % 12) : first; month <= last; month += step) {
      const period = unit === 'year' ? String(Math.floor(month / 12)).padStart(4, '0') : monthText(month);
      bars.push({ period, count: counts.get(period) ?? 0 });
    }
  }
  return { unit, bars, highest: Math.max(0, ...bars.map((bar) => bar.count)), before, after, undated };
}

/** Leaves out months at the ends that hold next to nothing and lie a year or more from the rest. */
function withoutStrays(
  dated: readonly Facet[],
  most: number,
): { kept: readonly Facet[]; before: number; after: number } {
  let from = 0;
  let to = dated.length;
  let before = 0;
  let after = 0;
  for (let at = 0, sum = 0; at + 1 < dated.length; at++) {
    sum += dated[at]?.count ?? 0;
    if (sum > most) break;
    if (distance(dated[at], dated[at + 1]) < strayMonths) continue;
    from = at + 1;
    before = sum;
  }
  for (let at = dated.length - 1, sum = 0; at > from; at--) {
    sum += dated[at]?.count ?? 0;
    if (sum > most) break;
    if (distance(dated[at - 1], dated[at]) < strayMonths) continue;
    to = at;
    after = sum;
  }
  return { kept: dated.slice(from, to), before, after };
}

const distance = (a: Facet | undefined, b: Facet | undefined): number =>
  monthNumber(b?.value ?? '') - monthNumber(a?.value ?? '');

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;

const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
