/**
 * Values of `date:` → half-open ranges of milliseconds, and back. Days are days of UTC.
 *
 *   2016          2016-03          2016-03-05          2016-03..2016-05          2016-03..          ..2016-05
 *
 * Both ends are included: `..2016-05` goes to the end of May.
 */
import { Refusal, type Value } from './lex.js';
import type { DateCondition } from './query.js';

const day = 86_400_000;
const form =
  'Write a date as 2016, 2016-03 or 2016-03-05, a range as 2016-03..2016-05, 2016-03.. or ..2016-05.';

interface Period {
  readonly from: number;
  readonly to: number;
}

/** Throws a Refusal that points at the end of the range that is wrong. */
export function parseDateRange(value: Value): DateCondition {
  const text = value.text;
  const dots = text.indexOf('..');
  if (dots < 0) return { kind: 'date', ...parsePeriod(text, value) };
  const left = text.slice(0, dots);
  const right = text.slice(dots + 2);
  if (left === '' && right === '')
    throw new Refusal('This range has neither a first nor a last day.', value, form);
  const first = left === '' ? undefined : parsePeriod(left, value);
  const last = right === '' ? undefined : parsePeriod(right, value, dots + 2);
  if (first !== undefined && last !== undefined && first.from >= last.to) {
    throw new Refusal('This range ends before it starts.', value, `Did you mean date:${right}..${left}?`);
  }
  return {
    kind: 'date',
    ...(first === undefined ? {} : { from: first.from }),
    ...(last === undefined ? {} : { to: last.to }),
  };
}

function parsePeriod(text: string, value: Value, at = 0): Period {
  const place = { offset: value.offset + (value.quoted ? 1 : 0) + at, length: text.length };
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (parts === null) throw new Refusal(`${text} is not a date.`, place, findIntendedDate(text) ?? form);
  const year = Number(parts[1]);
  if (parts[2] === undefined) return { from: startOf(year, 1, 1), to: startOf(year + 1, 1, 1) };
  const month = Number(parts[2]);
  if (month < 1 || month > 12) throw new Refusal(`There is no month ${parts[2]}.`, place, form);
  if (parts[3] === undefined) return { from: startOf(year, month, 1), to: startOf(year, month + 1, 1) };
  const from = startOf(year, month, Number(parts[3]));
  if (formatDay(from) !== text) {
    throw new Refusal(`There is no day ${parts[3]} in ${parts[1] ?? ''}-${parts[2]}.`, place, form);
  }
  return { from, to: from + day };
}

/** `2016/3/5` and `2016-3-5` are clear enough to say what to write; `3/5/2016` is not. */
function findIntendedDate(text: string): string | undefined {
  const parts = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const written = [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')]
    .filter(Boolean)
    .join('-');
  return `Did you mean date:${written}?`;
}

/** Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
function startOf(year: number, month: number, dayOfMonth: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, dayOfMonth);
}

/** `2016-03`, `2016-03..2016-05`, `..2016-05-07`: the shortest text that `parseDateRange` reads as the same range. */
export function formatDateRange(range: DateCondition): string {
  const first = range.from === undefined ? '' : shortest(range.from, range.from);
  if (range.to === undefined) return `${first}..`;
  const last = shortest(range.to, range.to - day);
  if (range.from === undefined) return `..${last}`;
  if (range.to - range.from === day) return formatDay(range.from);
  // A whole year or month: both ends are in the last one's text.
  const single = formatDay(range.from) === `${last}-01-01`.slice(0, 10);
  return single ? last : `${first}..${last}`;
}

/** First and last day, both `2016-03-05` or undefined. */
export function rangeDays(range: DateCondition): { readonly first?: string; readonly last?: string } {
  return {
    ...(range.from === undefined ? {} : { first: formatDay(range.from) }),
    ...(range.to === undefined ? {} : { last: formatDay(range.to - day) }),
  };
}

/** A year or month where `boundary` is its start (or, for a last day, the start of the next), else the day. */
function shortest(boundary: number, shownDay: number): string {
  const text = formatDay(boundary);
  if (text.endsWith('-01-01')) return formatDay(shownDay).slice(0, -6);
  return formatDay(shownDay).slice(0, text.endsWith('-01') ? -3 : undefined);
}

function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, -14);
}
