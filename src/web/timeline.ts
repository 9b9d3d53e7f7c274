/**
 * The bars of a timeline: messages by month; by year where months would be too thin to hit, by day where there are
 * few months. A bar leads to a search within it, whose own timeline is one step finer.
 *
 *   [2015-11: 3, 2016-01: 9] → 2015-11: 3, 2015-12: 0, 2016-01: 9
 */
import type { Facet } from '../index/facets.js';

export interface Bar {
  /** `2016-03-05`, `2016-03` or `2016`: what `date:` takes. */
  readonly period: string;
  readonly count: number;
}

export type TimelineUnit = 'day' | 'month' | 'year';

/** Counts of the days of UTC from one midnight up to another. */
export type CountDays = (from: number, to: number) => ArrayLike<number>;

export interface Timeline {
  readonly unit: TimelineUnit;
  /** Units in which this timeline can be drawn. */
  readonly units: readonly TimelineUnit[];
  /** Without gaps, in order. */
  readonly bars: readonly Bar[];
  readonly highest: number;
  /** Messages with dates so far from the others that drawing them would leave no room (wrong clocks, mostly). */
  readonly before: number;
  readonly after: number;
  readonly undated: number;
}

/** Bars on a page that still can be told apart, and hit. */
const maxMonths = 180;
const maxDays = 400;
/** Months up to which days are shown first. */
const maxMonthsByDay = 2;
const day = 86_400_000;
/** Of a thousand messages, so many at either end may be far away without being drawn. */
const strayShare = 0.005;
const strayMonths = 12;

/** `wanted` is taken where it can be drawn. Without `countDays` there are no days. */
export function timeline(
  months: readonly Facet[],
  countDays?: CountDays,
  wanted?: TimelineUnit | undefined,
): Timeline {
  const dated = months.filter((month) => month.value !== '');
  const undated = months.find((month) => month.value === '')?.count ?? 0;
  const total = dated.reduce((sum, month) => sum + month.count, 0);
  const { kept, before, after } = withoutStrays(dated, total * strayShare);
  const first = monthNumber(kept[0]?.value ?? '');
  const last = monthNumber(kept.at(-1)?.value ?? '');
  const span = last - first + 1;
  const units = kept.length === 0 ? [] : unitsFor(first, last, countDays !== undefined);
  const usual: TimelineUnit = span > maxMonths ? 'year' : span <= maxMonthsByDay ? 'day' : 'month';
  const unit = pick([wanted, usual, 'month'], units);
  const bars =
    kept.length === 0
      ? []
      : unit === 'day' && countDays !== undefined
        ? dayBars(first, last, countDays)
        : monthBars(kept, unit === 'year');
  const highest = bars.reduce((most, bar) => Math.max(most, bar.count), 0);
  return { unit, units, bars, highest, before, after, undated };
}

function pick(
  preferred: readonly (TimelineUnit | undefined)[],
  units: readonly TimelineUnit[],
): TimelineUnit {
  return preferred.find((unit) => unit !== undefined && units.includes(unit)) ?? 'year';
}

function unitsFor(first: number, last: number, hasDays: boolean): TimelineUnit[] {
  const units: TimelineUnit[] = ['year'];
  if (last - first < maxMonths) units.push('month');
  if (hasDays && (startOfMonth(last + 1) - startOfMonth(first)) / day <= maxDays) units.push('day');
  return units;
}

function monthBars(kept: readonly Facet[], byYear: boolean): Bar[] {
  const counts = new Map<string, number>();
  for (const { value, count } of kept) {
    const period = byYear ? value.slice(0, 4) : value;
    counts.set(period, (counts.get(period) ?? 0) + count);
  }
  const first = monthNumber(kept[0]?.value ?? '');
  const last = monthNumber(kept.at(-1)?.value ?? '');
  const bars: Bar[] = [];
  for (let month = byYear ? first - (first % 12) : first; month <= last; month += byYear ? 12 : 1) {
    const period = byYear ? String(Math.floor(month / 12)).padStart(4, '0') : monthText(month);
    bars.push({ period, count: counts.get(period) ?? 0 });
  }
  return bars;
}

/** Whole months, but for the empty days before the first message and after the last. */
function dayBars(first: number, last: number, countDays: CountDays): Bar[] {
  const from = startOfMonth(first);
  const counts = Array.from(countDays(from, startOfMonth(last + 1)));
  const start = counts.findIndex((count) => count > 0);
  const end = counts.findLastIndex((count) => count > 0);
  if (start < 0) return [];
  return counts.slice(start, end + 1).map((count, at) => ({
    period: new Date(from + (start + at) * day).toISOString().slice(0, 10),
    count,
  }));
}

const startOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12, 1);

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
