/**
 * Telephone numbers, by the numbering plans of libphonenumber (ITU-T E.164): with a country code, or as written within one
 * of the countries that the trove's people live in.
 *
 *   07700 900345, regions GB   → +447700900345
 */
import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { type NumberRun, numberRuns, standsAlone, wordsBefore } from './number-runs.js';
import type { Place, Rule, RuleContext } from './rule.js';

export const phoneRule: Rule = {
  name: 'phone',
  version: 1,
  kind: 'phone',
  title: 'Telephone numbers',
  precision:
    'Numbers with a country code, and those that are valid in the countries set for this trove. Order and part numbers of the same length are taken for telephone numbers where they are grouped like them.',
  find: findPhones,
};

/** Words that say that a number is dialled, as they stand right before it. */
const dialled =
  /(?:tel|tél|phone|telefon|teléfono|téléphone|mobile|mob|cell|handy|fax|ring|call|dial|text|sms|whatsapp|direct|office|home|work|pager|voice|ext)\b[^\n\d]{0,24}$|(?:^|[\s|])[tmfph][:.]?\s?$/i;

function* findPhones(text: string, { regions }: RuleContext): Generator<Place> {
  for (const run of numberRuns(text, 7)) {
    if (run.digits.length > 15 || !standsAlone(text, run.start, run.end) || isDate(run.text)) continue;
    const number = parse(run, regions, text);
    if (number !== undefined) yield { start: run.start, end: run.end, value: number };
  }
}

/** E.164, or undefined. */
function parse(run: NumberRun, regions: readonly string[], text: string): string | undefined {
  const written = run.text.replace(/^\(?00(?=\d{2})/, '+');
  const isSaid = dialled.test(wordsBefore(text, run.start));
  if (written.includes('+')) return numberIn(written.slice(written.indexOf('+')), undefined, true);
  // Without a country code, figures of any report have as many digits: grouping or a word must say it.
  if (!isSaid && !isGrouped(run)) return undefined;
  for (const region of regions) {
    const found = numberIn(run.text, region, isSaid || run.digits.startsWith('0'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Numbers kept for fiction, and exchanges of the past, are possible although in no plan. */
function numberIn(
  written: string,
  region: string | undefined,
  isPossibleEnough: boolean,
): string | undefined {
  if (region !== undefined && !isSupportedCountry(region)) return undefined;
  let number: PhoneNumber | undefined;
  try {
    number = parsePhoneNumberFromString(written, {
      extract: false,
      ...(region === undefined ? {} : { defaultCountry: region as CountryCode }),
    });
  } catch {
    // The library throws where a text has no number after all.
    return undefined;
  }
  if (number === undefined || number.nationalNumber.length < 7) return undefined;
  return number.isValid() || (isPossibleEnough && number.isPossible()) ? number.number : undefined;
}

/** Groups of digits as people write numbers: two to five groups, of two to five digits but for a long last or only one. */
function isGrouped({ text, digits }: NumberRun): boolean {
  const groups = text.match(/\d+/g) ?? [];
  if (groups.length === 1) return digits.startsWith('0') && digits.length >= 10 && digits.length <= 11;
  if (groups.length > 6 || groups.some((group) => group.length > 8)) return false;
  return (
    groups.every((group, at) => group.length >= 2 || at === 0) &&
    !/\.\d+\.\d+\.\d+/.test(text.replace(/^\D+/, '')) &&
    digits.length >= 9
  );
}

/** 12/03/1975, 2015-06-12 10.30, 12.03.75 */
function isDate(text: string): boolean {
  return /^\(?(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d{2})(?:\D|$)/.test(text);
}
