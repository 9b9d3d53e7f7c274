/**
 * A thing that must not be published, as the terms by which it is found wherever it stands: a number in each way in which
 * it is dialled, a password exactly, a sentence however it is wrapped.
 *
 *   phone "+447700900345"   → 447700900345, 7700900345, 07700900345, 00447700900345
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { foldedText } from './fold.js';
import type { RedactionKind } from './reasons.js';
import type { Term } from './terms.js';

export function termsOf(kind: RedactionKind, value: string, written = value): Term[] {
  switch (kind) {
    case 'address':
      return [{ text: value, form: 'address' }];
    case 'phone':
      return phoneSpellings(value).map((text) => ({ text, form: 'digits' }));
    case 'password':
    case 'key':
      return [{ text: written, form: 'exact' }];
    default:
      return [{ text: written, form: /^\d+$/.test(foldedText(written)) ? 'digits' : 'words' }];
  }
}

/** Digits dialled from abroad, from within the country, and without any prefix. */
function phoneSpellings(value: string): string[] {
  const spellings = new Set([value.replace(/\D+/g, '')]);
  const number = value.startsWith('+') ? parsePhoneNumberFromString(value) : undefined;
  if (number !== undefined) {
    spellings.add(number.nationalNumber);
    spellings.add(number.formatNational().replace(/\D+/g, ''));
    spellings.add(`00${number.countryCallingCode}${number.nationalNumber}`);
    // The zero in brackets: +44 (0)7700 900345.
    spellings.add(`${number.countryCallingCode}0${number.nationalNumber}`);
  }
  return [...spellings].filter((spelling) => spelling.length >= 7);
}
