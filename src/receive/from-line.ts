/**
 * The From_ line of an mbox (RFC 4155, appendix A; older practice is wilder).
 *
 *   From sender@example.net Mon Oct 29 22:03:58 2001
 *   From - Sat Jan  5 00:00:00 2013                            (Mozilla)
 *   From 1457@xxx Sat Jan 05 00:00:00 +0000 2016               (Google Takeout)
 *   From "Doe, Jane" Wed Jan 30 18:07:01 PST 2002 remote from x
 *   From jane at example.net  Tue, 1 May 2007 10:00:00 +0200   (dated, not strict)
 *
 * "From " also starts ordinary sentences, and not every writer quoted those: the more a line looks like a
 * From_ line, the less its surroundings have to prove.
 */

/**
 * `strict`: envelope and asctime date. `dated`: some date and time. `bare`: only an address or a dash.
 */
export type FromLineGrade = 'strict' | 'dated' | 'bare';

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const clock = '\\d{1,2}:\\d{2}(?::\\d{2})?';
const zone = '(?: {1,3}(?:[A-Z]{1,5}|[+-]\\d{4}))';

// Anchored, with bounded repeats and one lazy run: a line costs its length times a constant.
const strict = new RegExp(
  `^From [^\\n]{0,900}? {0,3}${weekday},? {1,3}${month} {1,3}\\d{1,2} {1,3}${clock}${zone}{0,2} {1,3}\\d{4}(?:\\s|$)`,
);
const dated = new RegExp(
  `^From [^\\n]{0,900}?(?:\\d{1,2}[ -]${month}[a-z]{0,6}[ -]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}/\\d{1,2}/\\d{2,4}|${month}[a-z]{0,6} {1,3}\\d{1,2})[ T,a-z]{0,6}[^\\n]{0,20}?${clock}`,
  'i',
);
const bare = /^From {1,2}(?:-|<?[^\s<>@]{1,200}@[^\s<>@]{1,255}>?|MAILER-DAEMON|nobody)\s*$/;

/** What a line that starts with `From ` is good for; undefined where it is a sentence. `line` has no line end. */
export function gradeFromLine(line: string): FromLineGrade | undefined {
  if (strict.test(line)) return 'strict';
  if (dated.test(line)) return 'dated';
  if (bare.test(line)) return 'bare';
  return undefined;
}

const fieldLine = /^[!-9;-~]{1,200}[ \t]{0,8}:/;

/** Whether a line could be a header field, or one of the From_ leftovers that stand before header fields. */
export function resemblesField(line: string): boolean {
  return fieldLine.test(line) || /^>{1,8}From /.test(line);
}
