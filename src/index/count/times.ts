/** When the messages of a set were sent: by day, and by hour of the week somewhere. */
import type { Bitset } from '../bitset.js';
import type { Columns } from '../columns.js';
import type { Persons } from '../persons.js';
import { hourOfWeek, type ZoneClock } from '../query/zone.js';

const day = 86_400_000;

/** Messages by day of UTC: `counts[0]` is the day that starts at `from`, a midnight; the last ends before `to`. */
export function countDays(set: Bitset, { sentAt }: Columns, from: number, to: number): Uint32Array {
  const counts = new Uint32Array(Math.max(0, Math.ceil((to - from) / day)));
  set.forEach((number) => {
    const at = Math.floor(((sentAt[number] ?? Number.NaN) - from) / day);
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + 1;
  });
  return counts;
}

export interface WeekCounts {
  /** 168 hours from Monday at midnight. */
  readonly hours: Uint32Array;
  readonly undated: number;
}

export function countHoursOfWeek(set: Bitset, { sentAt }: Columns, clock: ZoneClock): WeekCounts {
  const hours = new Uint32Array(168);
  let undated = 0;
  set.forEach((number) => {
    const time = sentAt[number] ?? Number.NaN;
    if (Number.isNaN(time)) {
      undated += 1;
      return;
    }
    const at = hourOfWeek(clock, time);
    hours[at] = (hours[at] ?? 0) + 1;
  });
  return { hours, undated };
}

/** For each of these persons, the messages of the set that they sent, by week from `from` on. */
export function countWeeks(
  set: Bitset,
  { sentAt }: Columns,
  persons: Persons,
  wanted: ReadonlySet<number>,
  from: number,
  to: number,
): Map<number, Uint32Array> {
  const length = Math.max(1, Math.ceil((to - from) / (7 * day)));
  const weeks = new Map(Array.from(wanted, (person) => [person, new Uint32Array(length)] as const));
  set.forEach((number) => {
    const counts = weeks.get(persons.senderOf(number));
    const at = Math.floor(((sentAt[number] ?? Number.NaN) - from) / (7 * day));
    if (counts !== undefined && at >= 0 && at < length) counts[at] = (counts[at] ?? 0) + 1;
  });
  return weeks;
}
