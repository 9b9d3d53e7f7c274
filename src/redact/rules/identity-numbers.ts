/**
 * Numbers that states give to people. Those with check digits or a birth date in them are found by themselves; those with
 * neither only behind a word that names them.
 *
 *   QQ 12 34 56 C          United Kingdom, national insurance (no check digit, a shape of its own)
 *   219-09-9999            United States, social security (SSA: no group of zeros, not 666, not 9xx)
 *   1 85 05 78 006 084 91  France, NIR (97 minus the number modulo 97)
 */
import { isDay, modulo97, passesLuhn, passesMod11And10, weighted } from './check-digits.js';
import { standsAlone, wordsBefore } from './number-runs.js';
import type { Place, Rule } from './rule.js';

export const identityNumberRule: Rule = {
  name: 'identity-number',
  version: 1,
  kind: 'identity number',
  title: 'National identity numbers',
  precision:
    'Sixteen countries, by check digits, birth dates in the number, or shape. Dutch, Canadian, Australian and Indian numbers only behind a word that names them: by their digits alone every tenth number passes.',
  find: findIdentityNumbers,
};

interface Form {
  readonly pattern: RegExp;
  readonly isOne: (code: string) => boolean;
  /** Must stand before it. */
  readonly said?: RegExp;
}

const two = (code: string, at: number): number => Number(code.slice(at, at + 2));
/** Of either century: what matters is that the day exists. */
const hasDay = (code: string, at: number): boolean =>
  isDay(2000 + two(code, at), two(code, at + 2), two(code, at + 4));

const forms: readonly Form[] = [
  // United Kingdom: HMRC NIM39110.
  {
    pattern: /(?<![A-Z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Z0-9])/g,
    isOne: (code) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(code),
  },
  // QQ is what examples and forms use: nobody bears it, but a real one may have been masked with it in part.
  { pattern: /(?<![A-Z0-9])QQ ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Z0-9])/g, isOne: () => true },
  // United States.
  {
    pattern: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\d-])/g,
    isOne: (code) => code !== '123456789' && code !== '078051120',
  },
  {
    pattern: /(?<!\d)(?!000|666|9)\d{3}[ -]?(?!00)\d\d[ -]?(?!0000)\d{4}(?!\d)/g,
    isOne: () => true,
    said: /(?:ssn|social security|soc\.? sec)/,
  },
  // France: 13 digits (2A, 2B for Corsica) and 97 minus their remainder.
  {
    pattern:
      /(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?!\d)/g,
    isOne: (code) => {
      const number = code.slice(0, 13).replace('2A', '19').replace('2B', '18');
      return 97 - modulo97(number) === two(code, 13);
    },
  },
  // Spain: the letter is the number modulo 23; NIE begins with X, Y or Z.
  {
    pattern: /(?<![A-Z0-9])[XYZ\d]-?\d{7}-?[A-HJ-NP-TV-Z](?![A-Z0-9])/g,
    isOne: (code) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[
        Number(code.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23
      ] === code[8],
  },
  // Italy, codice fiscale: its shape is of its own; the month is a letter.
  {
    pattern: /(?<![A-Z0-9])[A-Z]{6} ?\d\d[A-EHLMPRST](?:[0-6]\d|7[01]) ?[A-Z]\d{3}[A-Z](?![A-Z0-9])/g,
    isOne: isCodiceFiscale,
  },
  // Germany, tax identification: MOD 11,10, and of the first ten digits one or two repeat.
  {
    pattern: /(?<!\d)[1-9]\d ?\d{3} ?\d{3} ?\d{3}(?!\d)/g,
    isOne: (code) => passesMod11And10(code) && new Set(code.slice(0, 10)).size <= 9,
    said: /(?:steuer|idnr|id-nr|tin\b|tax id)/,
  },
  // Poland, PESEL: birth date with the century in the month, weighted check digit.
  {
    pattern: /(?<!\d)\d{11}(?!\d)/g,
    isOne: (code) =>
      isDay(2000 + two(code, 0), two(code, 2) % 20, two(code, 4)) &&
      (10 - (weighted(code, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(code[10]),
    said: /pesel/,
  },
  // Belgium: YYMMDD-XXX.CC, 97 minus the remainder, with a 2 in front for those born since 2000.
  {
    pattern: /(?<!\d)\d\d\.\d\d\.\d\d-\d{3}\.\d\d(?!\d)/g,
    isOne: (code) =>
      97 - modulo97(code.slice(0, 9)) === two(code, 9) ||
      97 - modulo97(`2${code.slice(0, 9)}`) === two(code, 9),
  },
  // Sweden, personnummer: YYMMDD-NNNN, Luhn.
  {
    pattern: /(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)/g,
    isOne: (code) => hasDay(code.slice(-10), 0) && passesLuhn(code.slice(-10)),
  },
  // Finland: DDMMYY, a sign for the century, a check character from the number modulo 31.
  {
    pattern: /(?<![A-Z0-9])\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y](?![A-Z0-9])/g,
    isOne: (code) => {
      const digits = code.replace(/[-+A](?=.{4}$)/, '');
      return (
        isDay(2000 + two(digits, 4), two(digits, 2), two(digits, 0)) &&
        '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits.slice(0, 9)) % 31] === digits[9]
      );
    },
  },
  // Brazil, CPF: two check digits modulo 11.
  { pattern: /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)/g, isOne: isCpf },
  // China, resident identity (GB 11643): birth date, check character modulo 11.
  {
    pattern: /(?<!\d)[1-8]\d{5}(?:19|20)\d{9}[\dX](?![\dA-Z])/g,
    isOne: (code) =>
      isDay(Number(code.slice(6, 10)), two(code, 10), two(code, 12)) &&
      '10X98765432'[weighted(code, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === code[17],
  },
  // South Korea: YYMMDD-SNNNNNN; numbers given since 2020 have no check digit.
  { pattern: /(?<!\d)\d{6}-[1-8]\d{6}(?!\d)/g, isOne: (code) => hasDay(code, 0) },
  // Netherlands, BSN: weighted sum divisible by 11.
  {
    pattern: /(?<!\d)\d{9}(?!\d)/g,
    isOne: (code) => weighted(code, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    said: /(?:bsn|burgerservicenummer|sofinummer|sofi-nummer)/,
  },
  // Canada, SIN: Luhn.
  {
    pattern: /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)/g,
    isOne: passesLuhn,
    said: /(?:\bsin\b|social insurance|\bnas\b)/,
  },
  // Australia, TFN: weighted sum divisible by 11.
  {
    pattern: /(?<!\d)\d{3} ?\d{3} ?\d{3}(?!\d)/g,
    isOne: (code) => weighted(code, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    said: /(?:tfn|tax file)/,
  },
  { pattern: /(?<!\d)[2-9]\d{3} ?\d{4} ?\d{4}(?!\d)/g, isOne: () => true, said: /a{1,2}dhaa?r/ },
];

function* findIdentityNumbers(text: string): Generator<Place> {
  // Every one of them has four digits in a row with at most two signs between.
  if (!/\d[ .-]?\d/.test(text)) return;
  for (const { pattern, isOne, said } of forms) {
    for (const { 0: written, index } of text.matchAll(pattern)) {
      const code = written.replace(/[ .+-]/g, '').toUpperCase();
      const end = index + written.length;
      if (!isOne(keepsSign(pattern) ? written.toUpperCase() : code)) continue;
      if (said !== undefined && !said.test(wordsBefore(text, index))) continue;
      if (standsAlone(text, index, end)) yield { start: index, end, value: code };
    }
  }
}

/** The Finnish sign is a part of the number. */
const keepsSign = (pattern: RegExp): boolean => pattern.source.includes('[-+A]');

function isCpf(code: string): boolean {
  const check = (count: number): number => {
    const rest =
      (weighted(
        code,
        Array.from({ length: count }, (_, at) => count + 1 - at),
      ) *
        10) %
      11;
    return rest % 10;
  };
  return !/^(\d)\1+$/.test(code) && check(9) === Number(code[9]) && check(10) === Number(code[10]);
}

/** Values of characters in odd places, counting from 1 (DM 23/12/1976). */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function isCodiceFiscale(code: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const sign = code.charCodeAt(at);
    const value = sign >= 65 ? sign - 65 : sign - 48;
    sum += at % 2 === 0 ? (odd[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}
