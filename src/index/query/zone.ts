/**
 * Clocks of the world: which weekday and hour an instant was, somewhere.
 *
 *   zoneClock('America/Chicago').local(Date.UTC(2001, 4, 14, 16)) → weekday 1 (Monday), hour 11
 *
 * Names are those of the IANA time zone database, offsets come from the copy inside Node.
 */

export interface ZoneClock {
  readonly zone: string;
  /** Minutes east of UTC at an instant, in milliseconds. */
  offsetAt(time: number): number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Beyond these years an instant is taken to have the offset of the nearest: mail is no older, and no zone is foreseen. */
const firstYear = 1970;
const lastYear = 2040;
/** No zone changed its offset twice within so short a time and back, in those years. */
const step = 10 * day;

const clocks = new Map<string, ZoneClock>();
/** Zones kept: a reader compares two or three. */
const keptClocks = 16;

/** The name as the database spells it; undefined for what is no zone. */
export function findZone(name: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]{1,50}$/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** `zone` as `findZone` gave it. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = zone === 'UTC' ? { zone, offsetAt: () => 0 } : makeClock(zone);
  clocks.set(zone, clock);
  const [oldest] = clocks.keys();
  if (clocks.size > keptClocks && oldest !== undefined) clocks.delete(oldest);
  return clock;
}

/** Hours since a Monday at midnight, 0 to 167, by the clock of the zone. */
export function hourOfWeek(clock: ZoneClock, time: number): number {
  const hours = Math.floor((time + clock.offsetAt(time) * minute) / hour);
  // 1970-01-01 was a Thursday.
  return (((hours + 3 * 24) % 168) + 168) % 168;
}

function makeClock(zone: string): ZoneClock {
  const { starts, offsets } = findTransitions(zone);
  let last = 0;
  return {
    zone,
    offsetAt(time) {
      // Mail that is looked at in a row is mostly of one season.
      if (time >= (starts[last] ?? 0) && time < (starts[last + 1] ?? Number.POSITIVE_INFINITY))
        return offsets[last] ?? 0;
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if ((starts[middle] ?? 0) <= time) low = middle;
        else high = middle - 1;
      }
      last = low;
      return offsets[low] ?? 0;
    },
  };
}

/** When the offset of a zone changed, to the hour, and to what: found by looking every few days and between. */
function findTransitions(zone: string): { starts: number[]; offsets: number[] } {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsetAt = (time: number): number => parseOffset(format.format(time));
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offsetAt(Date.UTC(firstYear, 0, 1))];
  const end = Date.UTC(lastYear, 0, 1);
  for (let time = Date.UTC(firstYear, 0, 1); time < end; time += step) {
    const offset = offsetAt(time + step);
    if (offset === offsets.at(-1)) continue;
    let low = time;
    let high = time + step;
    while (high - low > hour) {
      const middle = low + Math.floor((high - low) / 2 / hour) * hour;
      if (offsetAt(middle) === offset) high = middle;
      else low = middle;
    }
    starts.push(high);
    offsets.push(offset);
  }
  return { starts, offsets };
}

/** `1/1/2001, GMT-06:00` → -360 */
function parseOffset(text: string): number {
  const found = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}
