/**
 * Pages of hits. A cursor names the last hit shown, so that hits which arrive meanwhile neither repeat nor hide one.
 *
 *   d1463145600000.8812   by date: milliseconds, number
 *   r8812.TQc             by relevance: number, levels of the ranking (rank.ts)
 */
import type { Bitset } from './bitset.js';
import { type Columns, dateKey } from './columns.js';
import type { Ranking } from './rank.js';

/** Hits of a first page that are picked out one by one; for more of them all are sorted. */
const maxSelected = 250;

export interface Page {
  readonly numbers: readonly number[];
  /** Cursor of the following page, undefined on the last. */
  readonly next: string | undefined;
}

/** Throws RangeError on a cursor that `pageByDate` did not make. */
export function pageByDate(columns: Columns, set: Bitset, limit: number, cursor: string | undefined): Page {
  const { order, sentAt } = columns;
  const numbers: number[] = [];
  let at = cursor === undefined ? 0 : placeByDate(columns, cursor);
  for (; at < order.length && numbers.length < limit; at++) {
    const number = order[at] ?? 0;
    if (set.has(number)) numbers.push(number);
  }
  while (at < order.length && !set.has(order[at] ?? 0)) at++;
  const last = numbers.at(-1);
  return {
    numbers,
    next: last === undefined || at >= order.length ? undefined : `d${dateKey(sentAt[last])}.${last}`,
  };
}

function placeByDate({ order, sentAt }: Columns, cursor: string): number {
  const match = /^d(-?\d{1,17})\.(\d{1,10})$/.exec(cursor);
  if (match === null) throw new RangeError(`not a cursor: ${cursor}`);
  const key = Number(match[1]);
  const last = Number(match[2]);
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const number = order[middle] ?? 0;
    const difference = dateKey(sentAt[number]) - key;
    if (difference > 0 || (difference === 0 && number >= last)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface RankCursor {
  readonly number: number;
  readonly levels: string;
}

/** Throws RangeError on what is no cursor for a query with so many conditions on text. */
export function parseRankCursor(cursor: string, conditions: number): RankCursor {
  const match = /^r(\d{1,10})\.([\w-]+)$/.exec(cursor);
  const levels = match?.[2] ?? '';
  if (match === null || levels.length !== conditions + 1) throw new RangeError(`not a cursor: ${cursor}`);
  return { number: Number(match[1]), levels };
}

/** `after` is the cursor whose levels the ranking was made with. */
export function pageByRank(ranking: Ranking, limit: number, after: RankCursor | undefined): Page {
  const start = after === undefined ? 0 : ranking.placeAfter(after.number);
  const isFirst = start === 0 && limit <= maxSelected;
  const found = isFirst ? ranking.best(limit) : ranking.order.subarray(start, start + limit);
  const numbers = Array.from(found);
  const last = numbers.at(-1);
  const isEnd = last === undefined || start + numbers.length >= ranking.set.count;
  return { numbers, next: isEnd ? undefined : `r${last}.${ranking.levels}` };
}
