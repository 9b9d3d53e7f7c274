/** When the messages of a set were sent: by day, and by hour of the week somewhere. */
import type { Bitset } from '../bitset.js';
import type { Columns } from '../columns.js';
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
