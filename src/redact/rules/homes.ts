/**
 * Postal addresses: from a house number to a post code, on one line or on the lines of a letterhead.
 *
 *   14 Ropewalk Cottages, Eastmarch EM2 3QQ          United Kingdom
 *   2034 Sunset Blvd, Apt 5, Houston, TX 77098       United States
 *   Kirchstraße 7a, 28195 Bremen                     Germany, Austria, Switzerland
 *   12 rue de la Paix, 75002 Paris                   France
 *   Keizersgracht 123, 1015 CJ Amsterdam             Netherlands
 */
import { foldedText } from '../fold.js';
import type { Place, Rule } from './rule.js';

export const homeRule: Rule = {
  name: 'home',
  version: 1,
  kind: 'home',
  title: 'Postal addresses',
  precision:
    'British, American, German, French and Dutch forms with a post code, and a house number with a word for street. Offices are found as well as homes: a letterhead is one decision for all its copies. Addresses of other countries are not found.',
  find: findHomes,
};

/** Characters before a post code in which its house number is looked for. */
const maxBefore = 120;

interface Form {
  readonly postcode: RegExp;
  /** The end of a text that an address begins in; its first group is the address up to the post code. */
  readonly before: RegExp;
}

const forms: readonly Form[] = [
  {
    postcode:
      /(?<![A-Z0-9])(?:GIR ?0AA|[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?) ?\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])/g,
    before: /((?:flat|apt|unit|apartment)? ?\d{1,4}[a-z]?,? [\p{L}' .,\r\n>|-]{3,100})$/iu,
  },
  {
    postcode: /(?<![A-Za-z])[A-Z]{2}\.?,? {1,3}\d{5}(?:-\d{4})?(?!\d)/g,
    before: /(?<![\d.])(\d{1,6} [\p{L}\d' .,#\r\n>|-]{3,100}[,\s>])$/iu,
  },
  {
    postcode: /(?<![\p{L}\d])(?:D-|DE-|A-|AT-|CH-)?\d{4,5} (?=[A-ZÄÖÜ][\p{L}.-]{2,})/gu,
    before:
      /((?<!\p{L})[A-ZÄÖÜ][\p{L}. -]{0,40}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|kai) ?\d{1,4} ?[a-z]?[, \r\n>|]{1,8})$/u,
  },
  {
    postcode: /(?<![\p{L}\d])(?:F-)?\d{5} (?=[A-ZÀ-Ü][\p{L}-]{2,})/gu,
    before:
      /((?<!\d)\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|boulevard|bd|place|quai|allée|chemin|impasse|cours) [\p{L}' .-]{2,60}[, \r\n>|]{1,8})$/iu,
  },
  {
    postcode: /(?<![\p{L}\d])[1-9]\d{3} ?[A-Z]{2} (?=[A-Z])/gu,
    before: /((?<!\p{L})[A-Z][\p{L}. -]{2,40} \d{1,4}[a-z]?[, \r\n>|]{1,8})$/u,
  },
];

/** A house number and a street without any post code: `at 14 Ropewalk Cottages`. In lower case, "14 good old way" is none. */
const street =
  /(?<![\p{L}\d.,:/-])\d{1,5}[a-z]? (?:(?:N|S|E|W|North|South|East|West)\.? )?(?:[A-Z][\p{L}']{1,20}\.? ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Place|Pl|Crescent|Terrace|Gardens?|Square|Sq|Way|Hill|Row|Mews|Walk|Cottages?|House|Farm|Quay|Boulevard|Blvd|Circle|Cir|Parkway|Pkwy|Trail|Trl|Loop|Grove|Rise|Wharf)(?![\p{L}\d])\.?/gu;

function* findHomes(text: string): Generator<Place> {
  const ends: number[] = [];
  for (const { postcode, before } of forms) {
    for (const { 0: code, index } of text.matchAll(postcode)) {
      const from = Math.max(0, index - maxBefore);
      const address = before.exec(text.slice(from, index))?.[1];
      if (address === undefined || lineCount(address) > 4) continue;
      const start = index - address.length + (address.length - address.trimStart().length);
      const end = placeEnd(text, index + code.length);
      ends.push(start, end);
      yield { start, end, value: foldedText(text.slice(start, end)) };
    }
  }
  for (const { 0: found, index } of text.matchAll(street)) {
    if (ends.some((end, at) => at % 2 === 1 && index < end && index >= (ends[at - 1] ?? 0))) continue;
    yield { start: index, end: index + found.length, value: foldedText(found) };
  }
}

const lineCount = (text: string): number => text.split('\n').length;

/** Behind a continental post code stands the town, which the look-ahead has seen. */
function placeEnd(text: string, end: number): number {
  if (text[end - 1] !== ' ') return end;
  const town = /^[\p{Lu}][\p{L}.-]{1,40}/u.exec(text.slice(end, end + 45));
  return end + (town?.[0].length ?? 0);
}
