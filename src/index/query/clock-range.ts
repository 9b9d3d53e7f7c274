/**
 * Values of `weekday:` and `hour:` → a condition, and back. Without a zone the clock is UTC's.
 *
 *   weekday:mon   weekday:sat..sun   hour:9   hour:22..5@Europe/Berlin
 *
 * Both ends are included: `hour:9..17` goes to 17:59. A range may go round: `hour:22..5`, `weekday:fri..mon`.
 */
import { Refusal, type Value } from './lex.js';
import type { ClockCondition } from './query.js';
import { findZone, hourOfWeek, type ZoneClock } from './zone.js';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Throws a Refusal that points at the value. */
export function parseClock(kind: ClockCondition['kind'], value: Value): ClockCondition {
  const at = value.text.indexOf('@');
  const range = at < 0 ? value.text : value.text.slice(0, at);
  const zone = at < 0 ? 'UTC' : findZone(value.text.slice(at + 1));
  if (zone === undefined)
    throw new Refusal(
      `There is no time zone ${value.text.slice(at + 1)}.`,
      value,
      'Write a zone as Europe/Berlin or America/Chicago.',
    );
  const dots = range.indexOf('..');
  const parse = kind === 'weekday' ? parseWeekday : parseHour;
  const from = parse(dots < 0 ? range : range.slice(0, dots), value);
  const to = dots < 0 ? from : parse(range.slice(dots + 2), value);
  return { kind, from, to, zone };
}

function parseWeekday(text: string, value: Value): number {
  const lower = text.trim().toLowerCase();
  const found = weekdayNames.findIndex((name, at) => lower === weekdays[at] || lower === name.toLowerCase());
  if (found >= 0) return found;
  throw new Refusal(`${text} is no weekday.`, value, 'Write weekday:mon or weekday:sat..sun.');
}

function parseHour(text: string, value: Value): number {
  const hour = /^\s*\d{1,2}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (hour < 24) return hour;
  throw new Refusal(`${text} is no hour of a day.`, value, 'Write hour:9 or hour:22..5, from 0 to 23.');
}

/** The shortest text that `parseClock` reads as the same condition. */
export function formatClock({ kind, from, to, zone }: ClockCondition): string {
  const text = (value: number): string => (kind === 'weekday' ? (weekdays[value] ?? '') : String(value));
  return `${text(from)}${from === to ? '' : `..${text(to)}`}${zone === 'UTC' ? '' : `@${zone}`}`;
}

/** `on Saturday to Sunday (UTC)`, `sent from 22:00 to 5:59 (Europe/Berlin)` */
export function clockWords({ kind, from, to, zone }: ClockCondition): string {
  if (kind === 'hour') return `sent from ${String(from)}:00 to ${String(to)}:59 (${zone})`;
  const last = from === to ? '' : ` to ${weekdayNames[to] ?? ''}`;
  return `sent on ${weekdayNames[from] ?? ''}${last} (${zone})`;
}

/** Whether an instant, in milliseconds, is within the range; `clock` is that of the condition's zone. */
export function clockAllows({ kind, from, to }: ClockCondition, clock: ZoneClock, time: number): boolean {
  const hour = hourOfWeek(clock, time);
  const value = kind === 'weekday' ? Math.floor(hour / 24) : hour % 24;
  return from <= to ? value >= from && value <= to : value >= from || value <= to;
}
