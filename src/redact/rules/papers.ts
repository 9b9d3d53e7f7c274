/** Passport numbers, and dates of birth: what stands behind the words that name them, and the lines that machines read (ICAO 9303). */
import { isDay } from './check-digits.js';
import { standsAlone, wordsBefore } from './number-runs.js';
import type { Place, Rule } from './rule.js';

export const passportRule: Rule = {
  name: 'passport',
  version: 1,
  kind: 'passport',
  title: 'Passport numbers',
  precision:
    'Six to nine letters and digits right behind a word for passport in eight languages, and machine-readable lines with right check digits. A number that nothing names is not found.',
  find: findPassports,
};

const passportWord =
  /(?:passport|passeport|reisepass|pasaporte|passaporto|paspoort|passaporte|паспорт|护照|여권|旅券)[^\n]{0,30}$/u;

function* findPassports(text: string): Generator<Place> {
  for (const { 0: line, index } of text.matchAll(
    /(?<![A-Z0-9<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[FMX<]\d{7}[A-Z0-9<]{14}[\d<]\d(?![A-Z0-9<])/g,
  )) {
    if (
      checkDigit(line.slice(0, 9)) === Number(line[9]) &&
      checkDigit(line.slice(13, 19)) === Number(line[19])
    )
      yield { start: index, end: index + line.length, value: line.slice(0, 9).replaceAll('<', '') };
  }
  if (!/pass?p|passe|reisep|pasap|passa|паспорт|护照|여권|旅券/iu.test(text)) return;
  for (const { 0: code, index } of text.matchAll(
    /(?<![A-Za-z0-9])[A-Z]{0,3}\d[A-Z0-9]{5,8}(?![A-Za-z0-9])/g,
  )) {
    if (
      code.length <= 9 &&
      /\d{4}/.test(code) &&
      standsAlone(text, index, index + code.length) &&
      passportWord.test(wordsBefore(text, index, 60))
    )
      yield { start: index, end: index + code.length, value: code };
  }
}

/** ICAO 9303-3, 4.9: weights 7, 3, 1; letters from 10, the filler 0. */
function checkDigit(text: string): number {
  let sum = 0;
  for (const [at, sign] of Array.from(text).entries())
    sum += (sign === '<' ? 0 : Number.parseInt(sign, 36)) * ([7, 3, 1][at % 3] ?? 1);
  return sum % 10;
}

export const birthDateRule: Rule = {
  name: 'birth-date',
  version: 1,
  kind: 'birth date',
  title: 'Dates of birth',
  precision:
    'A date right behind a word for birth in eight languages. Births of ships and firms ("born in 1848") are found too; birthdays without a word are not.',
  find: findBirthDates,
};

const birthWord =
  /(?<!\p{L})(?:d\.?o\.?b\.?|date of birth|birth ?da(?:te|y)|born(?: on| in)?|geb(?:oren|\.|urtsdatum)|née? le|date de naissance|fecha de nacimiento|nacid[oa]|nat[oa] (?:il|a)|data di nascita|geboortedatum|geboren|родил(?:ся|ась)|дата рождения|出生(?:日期|年月日)?|生年月日|생년월일)[^\p{L}\d]{0,6}(?:(?:is|was|am|the|on|el|il|le|den|op)[^\p{L}\d]{1,3}){0,2}$/u;

const months =
  'jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]vr?(?:ier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|avr(?:il)?|ma[yi]o?|jun[ei]?|juin|jul[yi]?|juillet|aug(?:ust)?|ao[ûu]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|déc(?:embre)?';
const date = new RegExp(
  `(?<![\\p{L}\\d])(?:\\d{1,2}[-./ ]\\d{1,2}[-./ ](?:19|20)?\\d{2}|(?:19|20)\\d{2}[-./ ]\\d{1,2}[-./ ]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|\\.)?(?: of)? ?(?:${months})\\.?,? ?(?:19|20)?\\d{2}|(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d{2}|(?:19|20)\\d{2}年\\d{1,2}月\\d{1,2}日|(?:19|20)\\d{2})(?![\\p{L}\\d])`,
  'giu',
);

function* findBirthDates(text: string): Generator<Place> {
  // A look for the words first: dates stand in every letter, births do not.
  if (!/birth|born|d\.?o\.?b|geb|naiss|nac|nat[oa]|nasc|née?|родил|рожд|出生|生年|생년/iu.test(text)) return;
  for (const { 0: written, index } of text.matchAll(date)) {
    if (!birthWord.test(wordsBefore(text, index, 50)) || !isPossible(written)) continue;
    yield { start: index, end: index + written.length, value: written.toLowerCase().replace(/\s+/g, ' ') };
  }
}

function isPossible(written: string): boolean {
  const [first = 0, second = 0, third = 0] = (written.match(/\d+/g) ?? []).map(Number);
  if (third === 0) return true;
  return first > 31
    ? isDay(first, second, third)
    : isDay(third, second, first) || isDay(third, first, second);
}
