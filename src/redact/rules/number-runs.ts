/** Digits that may be one number: with blanks, points, hyphens, brackets or slashes between them. */

export interface NumberRun {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly digits: string;
}

/** Digits of a run: longer ones are no number that anybody bears. */
const maxDigits = 34;

/** In order; runs of `min` digits and more. No two overlap. */
export function* numberRuns(text: string, min: number): Generator<NumberRun> {
  // Between two digits at most three characters, so that columns of a table are not one number.
  for (const { 0: run, index } of text.matchAll(/[+(]{0,2}\d(?:[ \u00a0()./\u2010-\u2013-]{0,3}\d){5,40}/g)) {
    const digits = run.replace(/\D+/g, '');
    if (digits.length < min || digits.length > maxDigits) continue;
    yield { start: index, end: index + run.length, text: run, digits };
  }
}

/** The 40 characters before a place, in lower case: where forms and sentences say what a number is. */
export const wordsBefore = (text: string, start: number, characters = 40): string =>
  text.slice(Math.max(0, start - characters), start).toLowerCase();

/** Whether the run stands in a longer word or figure: `x12`, `12,345`, `v1.2`, `=…` of a link. */
export function standsAlone(text: string, start: number, end: number): boolean {
  return (
    !/[\p{L}\p{N}_=&%#$£€]$|[\p{L}\p{N}][.,:/-]$/u.test(text.slice(Math.max(0, start - 2), start)) &&
    !/^[\p{L}\p{N}_%]|^[.,:/@-][\p{L}\p{N}]/u.test(text.slice(end, end + 2))
  );
}
