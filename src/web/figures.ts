/** Counts, sizes, times and spans as pages show them. English, absolute, with the zone. */

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** 43608 → `43,608`. Without Intl, whose first use loads 40 ms of locale data into every command. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 message`, `2 messages`; a plural that only adds s needs no third argument. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Decimal units: 158573316 → `159 MB` */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return countOf(bytes, 'byte');
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Years beyond four digits come from forged or broken dates; `Date` refuses those beyond 275760. */
const iso = (time: number): string =>
  Math.abs(time) > 8.64e15 ? '' : new Date(time).toISOString().replace(/^\+/, '');

/** `2001-05-14 16:39 UTC` */
export const formatTime = (time: number): string => `${iso(time).slice(0, -8).replace('T', ' ')} UTC`;

/** `2001-05-14` */
export const formatDay = (time: number): string => iso(time).slice(0, -14);

/** For the datetime attribute. */
export const machineTime = (time: number): string => iso(time);

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const monthNames = [
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

/** As the sender's clock had it: `Monday, 14 May 2001, 09:39:00 −07:00`. */
export function formatSentTime(time: number, zoneMinutes: number | undefined): string {
  const local = new Date(time + (zoneMinutes ?? 0) * 60_000);
  if (Number.isNaN(local.getTime())) return '';
  const day = `${weekdays[local.getUTCDay()] ?? ''}, ${local.getUTCDate()} ${monthNames[local.getUTCMonth()] ?? ''} ${local.getUTCFullYear()}`;
  return `${day}, ${local.toISOString().slice(-13, -5)} ${zoneMinutes === undefined ? 'UTC' : formatZone(zoneMinutes)}`;
}

/** -420 → `−07:00` */
export function formatZone(minutes: number): string {
  const distance = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '−' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}

/** `12 s`, `4 min`, `1.5 h` */
export function formatSpan(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** `2016-03` → `March 2016` */
export function monthLabel(month: string): string {
  return `${monthNames[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`;
}
