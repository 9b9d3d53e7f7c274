/** Payment cards (ISO/IEC 7812) and bank accounts (ISO 13616, IBAN). */
import { modulo97, passesLuhn } from './check-digits.js';
import { numberRuns, standsAlone } from './number-runs.js';
import type { Place, Rule } from './rule.js';

export const cardRule: Rule = {
  name: 'card',
  version: 1,
  kind: 'card',
  title: 'Payment cards',
  precision:
    'The number range of an issuer, its length, and the Luhn check digit. One in ten other numbers of the same beginning and length passes by chance.',
  find: findCards,
};

/** Ranges of issuers that make cards with 15 or 16 digits (14 for Diners). */
const issuer =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14})$/;

function* findCards(text: string): Generator<Place> {
  for (const { start, end, text: written, digits } of numberRuns(text, 14)) {
    if (!issuer.test(digits) || !passesLuhn(digits) || !standsAlone(text, start, end)) continue;
    // Cards are grouped by fours (and 4-6-5), or not at all.
    const groups = (written.match(/\d+/g) ?? []).map((group) => group.length).join('-');
    if (!/^(?:14|15|16|4-4-4-4|4-6-5|4-6-4)$/.test(groups) || /^(\d)\1+$/.test(digits)) continue;
    yield { start, end, value: digits };
  }
}

export const ibanRule: Rule = {
  name: 'iban',
  version: 1,
  kind: 'bank account',
  title: 'Bank accounts (IBAN)',
  precision:
    'The length for its country and the check digits (mod 97): one in 97 other codes of that shape passes.',
  find: findIbans,
};

/** ISO 13616 registry: characters by country. */
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MR: 27,
  MT: 31,
  MU: 30,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SC: 31,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
};

function* findIbans(text: string): Generator<Place> {
  for (const { index } of text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9]{4})/g)) {
    const length = ibanLengths[text.slice(index, index + 2)];
    if (length === undefined) continue;
    const end = endOf(text, index, length);
    if (end < 0) continue;
    const code = text.slice(index, end).replace(/[ -]/g, '');
    if (modulo97(code.slice(4) + code.slice(0, 4)) === 1) yield { start: index, end, value: code };
  }
}

/** Where `length` letters and digits end, single blanks or hyphens between them left out; -1 where they do not. */
function endOf(text: string, start: number, length: number): number {
  let end = start;
  for (let count = 0; count < length; end++) {
    const sign = text[end] ?? '';
    if (/[A-Z0-9]/.test(sign)) count++;
    else if (!/[ -]/.test(sign) || !/[A-Z0-9]/.test(text[end + 1] ?? '')) return -1;
  }
  return /[A-Za-z0-9]/.test(text[end] ?? '') ? -1 : end;
}
