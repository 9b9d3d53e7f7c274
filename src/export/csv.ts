/**
 * Lines of CSV (RFC 4180) that a spreadsheet opens without running what is in them.
 *
 *   ['=cmd|calc!A1', 'a "b", c']   → '=cmd|calc!A1,"a ""b"", c"\r\n  with a ' before the first =
 *
 * A cell that begins with one of = + - @, a tab or a return is a formula to Excel, LibreOffice and Google Sheets, and
 * a formula in a subject can send a cell's neighbours to its author (OWASP, "CSV injection"). A ' before it makes it
 * text; blanks and the full-width forms are no way around.
 */
const formula = /^[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;
const special = /[",\r\n;\t]/;

export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value.toWellFormed().replaceAll('\0', '');
  const safe = formula.test(text) ? `'${text}` : text;
  return special.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Excel takes a file without it for Latin-1. */
export const byteOrderMark = '\ufeff';
