/**
 * Dates of the story. Each letter carries its own zone, so that nothing depends on the machine's.
 *
 *   '2015-03-23T09:14:02+00:00' → Mon, 23 Mar 2015 09:14:02 +0000     (RFC 5322 3.3)
 */
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const longDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export interface Moment {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly time: number;
  readonly zoneMinutes: number;
}

/** Reads `2015-03-23T09:14+00:00`, seconds optional. Throws on anything else. */
export function parseMoment(text: string): Moment {
  const match = /([+-])(\d\d):(\d\d)$/.exec(text);
  const time = Date.parse(text);
  if (!match || Number.isNaN(time)) throw new Error(`not a moment: ${text}`);
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return { time, zoneMinutes: match[1] === '-' ? -minutes : minutes };
}

export function later(moment: Moment, seconds: number, zoneMinutes = moment.zoneMinutes): Moment {
  return { time: moment.time + seconds * 1000, zoneMinutes };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function local(moment: Moment): Date {
  return new Date(moment.time + moment.zoneMinutes * 60_000);
}

function zone(moment: Moment): string {
  const minutes = Math.abs(moment.zoneMinutes);
  return `${moment.zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

function clock(date: Date): string {
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

export function formatMailDate(moment: Moment): string {
  const date = local(moment);
  const day = `${days[date.getUTCDay()]}, ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${clock(date)}:${two(date.getUTCSeconds())} ${zone(moment)}`;
}

/** The From_ line's date: asctime, UTC (RFC 4155). */
export function formatAsctime(moment: Moment): string {
  const date = new Date(moment.time);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const head = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day}`;
  return `${head} ${clock(date)}:${two(date.getUTCSeconds())} ${date.getUTCFullYear()}`;
}

/** `23 March 2015 09:14`, as Outlook writes above a quoted message. */
export function formatSent(moment: Moment): string {
  const date = local(moment);
  return `${date.getUTCDate()} ${longMonths[date.getUTCMonth()]} ${date.getUTCFullYear()} ${clock(date)}`;
}

/** `23/03/15 09:14`, as Thunderbird writes in its attribution line. */
export function formatShort(moment: Moment): string {
  const date = local(moment);
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCFullYear() % 100)} ${clock(date)}`;
}

export function formatWeekday(moment: Moment): string {
  return longDays[local(moment).getUTCDay()] ?? '';
}

/** `20150323091402`, UTC; `T` and `Z` are the caller's. */
export function formatDigits(moment: Moment): string {
  return new Date(moment.time).toISOString().replace(/\D/g, '').slice(0, 14);
}
