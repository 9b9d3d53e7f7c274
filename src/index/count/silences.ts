/**
 * Silent periods: people who wrote regularly, then for a long while not, then again.
 *
 *   days between two days on which Anna wrote   1 1 3 1 2 1 1 4 … 41 … 1 2
 *                                               19 of 20 are at most 4: 41 days is a silence
 *
 * Each is measured by that person's own habit, because a newsletter that is late by a day and a friend who is late by
 * a month mean the same. The habit is a quantile, which a few long pauses do not move.
 */
import { GrowingIntegers } from '../../thread/growing.js';
import type { Bitset } from '../bitset.js';
import { type Columns, none } from '../columns.js';
import type { Persons } from '../persons.js';

export const silenceRule = {
  /** Days of writing in the set; a habit needs that many. */
  minDays: 30,
  /** Days. Shorter silences are holidays. */
  minSilence: 14,
  /** Times the usual longest pause. */
  factor: 4,
  /** Share of a person's pauses that are no longer than the usual longest. */
  usualShare: 0.95,
  /** Days of writing before and after: a wrong clock writes one message decades away, not five. */
  minDaysAround: 5,
} as const;

export interface Silence {
  readonly person: number;
  /** Midnights of UTC: the last day of writing before, the first after. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  /** Days: 19 of 20 pauses of this person are at most that long. */
  readonly usual: number;
}

const day = 86_400_000;

/** Those furthest beyond the person's own habit first. */
export function findSilences(set: Bitset, columns: Columns, persons: Persons, most: number): Silence[] {
  const silences: Silence[] = [];
  for (const [person, days] of writingDays(set, columns, persons)) {
    if (days.length < silenceRule.minDays) continue;
    const pauses = new Uint32Array(days.length - 1);
    for (let i = 1; i < days.length; i++) pauses[i - 1] = (days[i] ?? 0) - (days[i - 1] ?? 0);
    const usual = quantile(pauses, silenceRule.usualShare);
    const longest = Math.max(silenceRule.minSilence, usual * silenceRule.factor);
    for (let i = silenceRule.minDaysAround; i <= days.length - silenceRule.minDaysAround; i++) {
      const length = pauses[i - 1] ?? 0;
      if (length <= longest) continue;
      silences.push({
        person,
        from: (days[i - 1] ?? 0) * day,
        to: (days[i] ?? 0) * day,
        days: length - 1,
        usual,
      });
    }
  }
  return silences.sort((a, b) => b.days / b.usual - a.days / a.usual || a.from - b.from).slice(0, most);
}

/** For each sender, the days of UTC on which they wrote, ascending, each once. Days before 1970 are wrong clocks. */
function writingDays(set: Bitset, { order, sentAt }: Columns, persons: Persons): Map<number, Uint32Array> {
  const lastDay = new Uint32Array(persons.of.length).fill(none);
  const daysOf = new Uint32Array(persons.of.length);
  const writers = new GrowingIntegers();
  const days = new GrowingIntegers();
  for (let place = order.length - 1; place >= 0; place--) {
    const number = order[place] ?? 0;
    const time = sentAt[number] ?? Number.NaN;
    const writer = set.has(number) && time >= 0 ? persons.senderOf(number) : none;
    const today = Math.floor(time / day);
    if (writer === none || lastDay[writer] === today) continue;
    lastDay[writer] = today;
    daysOf[writer] = (daysOf[writer] ?? 0) + 1;
    writers.push(writer);
    days.push(today);
  }
  const lists = new Map<number, Uint32Array>();
  const filled = new Uint32Array(persons.of.length);
  for (let i = 0; i < writers.length; i++) {
    const writer = writers.at(i);
    if ((daysOf[writer] ?? 0) < silenceRule.minDays) continue;
    let list = lists.get(writer);
    if (list === undefined) {
      list = new Uint32Array(daysOf[writer] ?? 0);
      lists.set(writer, list);
    }
    const at = filled[writer] ?? 0;
    list[at] = days.at(i);
    filled[writer] = at + 1;
  }
  return lists;
}

function quantile(values: Uint32Array, share: number): number {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 1;
}
