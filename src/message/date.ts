/**
 * The Date field (RFC 5322 3.3, obsolete forms 4.3), and what stands there instead.
 *
 *   Mon, 29 Oct 2001 14:03:58 -0800 (PST)      as the RFC wants it
 *   29 Oct 01 14:03 PST                        obsolete: two-digit year, zone name, no seconds
 *   Mon Oct 29 14:03:58 2001                   asctime
 *   2001-10-29T14:03:58.000Z                   ISO 8601
 */
import { readZone, zoneOf } from './date-zone.js';
import type { MessageDate } from './message.js';

export interface ParsedDate extends MessageDate {
  /** Not in the syntax of RFC 5322 3.3, but read. */
  readonly obsolete: boolean;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Longer bodies are cut: a date that starts later than this is not one. */
const maxDateCharacters = 500;

/**
 * Reads an unfolded Date body. undefined where no date can be found or it names no real moment (31 February).
 * A zone that is missing, unknown or `-0000` reads as UTC with `zoneMinutes` undefined (RFC 5322 3.3, 4.3).
 */
export function parseDate(body: string): ParsedDate | undefined {
  const exact = parseExact(body);
  if (exact !== undefined) return exact;
  const text = blankComments(body.slice(0, maxDateCharacters)).replace(/[ \t\r\n]*:[ \t\r\n]*/g, ':');
  return parseIso(text) ?? parseTokens(text);
}

/** The form nearly all mail has, read without allocating: `[Mon, ]29 Oct 2001 14:03:58 -0800[ (PST)]`. */
function parseExact(body: string): ParsedDate | undefined {
  let at = 0;
  if (body.charCodeAt(3) === 44) {
    if (!weekdayNames.includes(body.slice(0, 3).toLowerCase())) return undefined;
    at = 4;
    // Mailers pad the day with a second blank; folding white space is in the grammar.
    while (body.charCodeAt(at) === 32) at++;
  }
  let day = digitAt(body, at++);
  if (body.charCodeAt(at) !== 32) day = day * 10 + digitAt(body, at++);
  const month = monthNames.indexOf(body.slice(at + 1, at + 4).toLowerCase());
  const year = fourDigits(body, at + 5);
  const hour = twoDigits(body, at + 10);
  const minute = twoDigits(body, at + 13);
  const second = twoDigits(body, at + 16);
  const zone = at + 19;
  // NaN fails every comparison, so one chain rejects each wrong digit.
  if (!(day >= 1 && month >= 0 && year >= 1900 && hour <= 23 && minute <= 59 && second <= 60))
    return undefined;
  if (!blanksAndColonsAt(body, at)) return undefined;
  const sign = body.charCodeAt(zone);
  const offset = twoDigits(body, zone + 1) * 60 + twoDigits(body, zone + 3);
  if ((sign !== 43 && sign !== 45) || !(twoDigits(body, zone + 3) <= 59)) return undefined;
  if (!isCommentOrEnd(body, zone + 5)) return undefined;
  return makeDate({ year, month, day, hour, minute, second }, zoneOf(sign === 45, offset), false);
}

function blanksAndColonsAt(body: string, at: number): boolean {
  return (
    body.charCodeAt(at) === 32 &&
    body.charCodeAt(at + 4) === 32 &&
    body.charCodeAt(at + 9) === 32 &&
    body.charCodeAt(at + 12) === 58 &&
    body.charCodeAt(at + 15) === 58 &&
    body.charCodeAt(at + 18) === 32
  );
}

function isCommentOrEnd(body: string, at: number): boolean {
  if (at === body.length) return true;
  return (
    body.charCodeAt(at) === 32 && body.charCodeAt(at + 1) === 40 && body.indexOf(')', at) === body.length - 1
  );
}

function digitAt(body: string, at: number): number {
  const digit = body.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : Number.NaN;
}

function twoDigits(body: string, at: number): number {
  return digitAt(body, at) * 10 + digitAt(body, at + 1);
}

function fourDigits(body: string, at: number): number {
  return twoDigits(body, at) * 100 + twoDigits(body, at + 2);
}

interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Offsets beyond these do not exist (RFC 5322 only asks for four digits) and count as unknown. */
const maxZoneMinutes = 14 * 60;

function makeDate(civil: CivilTime, zone: number | undefined, obsolete: boolean): ParsedDate | undefined {
  const { year, month, day, hour, minute, second } = civil;
  if (month < 0 || month > 11 || day < 1 || hour > 23 || minute > 59 || second > 60) return undefined;
  if (year < 1900 || year > 9999) return undefined;
  // 31 February would roll over into March.
  if (day > (daysOfMonth[month] ?? 0) && !(month === 1 && day === 29 && isLeap(year))) return undefined;
  const local = Date.UTC(year, month, day, hour, minute, second);
  const known = zone !== undefined && Math.abs(zone) <= maxZoneMinutes ? zone : undefined;
  return { time: local - (known ?? 0) * 60_000, zoneMinutes: known, obsolete: obsolete || known !== zone };
}

/** Comments become blanks; what an unclosed one holds is dropped. */
function blankComments(body: string): string {
  let text = '';
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const char = body[at] ?? '';
    if (depth > 0 && char === '\\') at++;
    else if (char === '(') depth++;
    else if (char === ')' && depth > 0) depth--;
    else if (depth === 0) text += char;
    if (depth === 0 && char === ')') text += ' ';
  }
  return text.trim();
}

function parseIso(text: string): ParsedDate | undefined {
  const found =
    /^(?:[A-Za-z]{3,9},? +)?(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)? ?(Z|[A-Za-z]{2,4}|(?:UTC|GMT)?[+-]\d\d:?\d\d)?$/.exec(
      text,
    );
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = found;
  const civil = {
    year: Number(year),
    month: Number(month) - 1,
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  return makeDate(civil, readZone(zone ?? ''), true);
}

interface Found {
  day: number;
  month: number;
  year: number;
  clock: readonly [hour: number, minute: number, second: number] | undefined;
  zone: number | undefined;
  zoneSeen: boolean;
  afternoon: boolean | undefined;
}

/** Words in any order: a month name or number, a clock, a year, a day, a zone. */
function parseTokens(text: string): ParsedDate | undefined {
  // A Received field has its date after the last semicolon; some mailers copy it whole.
  const words = text
    .slice(text.lastIndexOf(';') + 1)
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  const found: Found = {
    day: -1,
    month: -1,
    year: -1,
    clock: undefined,
    zone: undefined,
    zoneSeen: false,
    afternoon: undefined,
  };
  const numbers: string[] = [];
  for (const word of words.flatMap(splitDashes)) readWord(word, found, numbers);
  if (!placeNumbers(numbers, found) || found.clock === undefined) return undefined;
  const [hour, minute, second] = found.clock;
  const obsolete = !modernForm.test(text.replace(/[ \t\r\n]+/g, ' '));
  const shifted = found.afternoon === undefined ? hour : (hour % 12) + (found.afternoon ? 12 : 0);
  const civil = { year: found.year, month: found.month, day: found.day, hour: shifted, minute, second };
  return makeDate(civil, found.zone, obsolete);
}

/** RFC 5322 3.3 once folding and comments are blanks; seconds may be missing there. */
const modernForm = /^(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3} [1-9]\d{3} \d\d:\d\d(?::\d\d)? [+-]\d{4}$/i;

/** `29-Oct-01` and `10/29/2001` are three words each; a zone such as `-0800` is one. */
function splitDashes(word: string): string[] {
  if (/^\d{1,4}-[A-Za-z]{3,9}-\d{2,4}$/.test(word)) return word.split('-');
  // `14:03:58-0800` without the blank.
  const glued = /^(\d{1,2}:\d\d(?::\d\d)?)([+-]\d{4}|[A-Za-z]{1,5})$/.exec(word);
  return glued === null ? [word] : [glued[1] ?? '', glued[2] ?? ''];
}

function readWord(word: string, found: Found, numbers: string[]): void {
  if (readClock(word, found)) return;
  const slashed = /^(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})$/.exec(word);
  if (slashed !== null && found.month === -1 && numbers.length === 0) {
    readNumericDate(slashed, found);
    return;
  }
  if (/^\d{1,4}\.?$/.test(word)) {
    numbers.push(word.replace('.', ''));
    return;
  }
  const name = word.slice(0, 3).toLowerCase();
  if (/^[A-Za-z]{3,9}\.?$/.test(word)) {
    const month = monthNames.indexOf(name);
    const isMonth =
      month !== -1 && found.month === -1 && longMonth(month).startsWith(word.replace('.', '').toLowerCase());
    if (isMonth) {
      found.month = month;
      return;
    }
    if (weekdayNames.includes(name) && found.clock === undefined) return;
  }
  if (/^[ap]\.?m\.?$/i.test(word)) found.afternoon = word[0]?.toLowerCase() === 'p';
  else if (!found.zoneSeen && found.clock !== undefined && /^[+-]\d|^[A-Za-z]/.test(word)) {
    found.zoneSeen = true;
    found.zone = readZone(word);
  }
}

function longMonth(month: number): string {
  return (
    [
      'january',
      'february',
      'march',
      'april',
      'may',
      'june',
      'july',
      'august',
      'september',
      'october',
      'november',
      'december',
    ][month] ?? ''
  );
}

function readClock(word: string, found: Found): boolean {
  const clock = /^(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d{1,9})?)?([ap]m)?$/i.exec(word);
  if (clock === null || found.clock !== undefined || (!word.includes(':') && clock[3] === undefined))
    return false;
  if (!word.includes(':') && found.month === -1) return false;
  found.clock = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
  if (clock[4] !== undefined) found.afternoon = clock[4].toLowerCase() === 'pm';
  return true;
}

/** `10/29/2001` is American unless the first number cannot be a month; `29.10.2001` is European. */
function readNumericDate(slashed: RegExpExecArray, found: Found): void {
  const [whole, first, second, year] = slashed;
  const american = whole.includes('/') && Number(first) <= 12;
  found.month = Number(american ? first : second) - 1;
  found.day = Number(american ? second : first);
  found.year = fullYear(year ?? '');
}

/** RFC 5322 4.3: 00 to 49 are of this century, 50 to 99 and three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  // `0001` is a two-digit year that a gateway wrote with four (135 dates in the Enron mail).
  if (digits.length >= 4 && year >= 100) return year;
  if (digits.length >= 4) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length <= 2 && year < 50 ? 2000 + year : 1900 + year;
}

function placeNumbers(numbers: readonly string[], found: Found): boolean {
  const rest = [...numbers];
  if (found.year !== -1) return rest.length === 0;
  const long = rest.findIndex((number) => number.length >= 3);
  if (found.month === -1) {
    // "20 11 79": day, month, year.
    if (rest.length < 3) return false;
    found.month = Number(rest[1]) - 1;
    rest.splice(1, 1);
    found.day = Number(rest[0]);
    found.year = fullYear(rest[1] ?? '');
    return true;
  }
  const yearAt = long !== -1 ? long : 1;
  const dayAt = yearAt === 0 ? 1 : 0;
  if (rest[yearAt] === undefined || rest[dayAt] === undefined) return false;
  found.year = fullYear(rest[yearAt] ?? '');
  found.day = Number(rest[dayAt]);
  return true;
}
