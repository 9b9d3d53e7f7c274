/**
 * Numbers of sheets as people read them: dates are numbers with a date's format (ECMA-376 part 1, 18.8.30 and 18.17.4).
 *
 *   42507 with format 14 → 2016-05-17      0.5 with h:mm → 12:00:00      1200.5 → 1200.5
 */

/** Formats that are built in and show a date, a time, or both (18.8.30; 27 to 36 and 50 to 58 are East Asian dates). */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtInDates.has(id) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  // What stands in quotation marks or brackets, or after a backslash, is no placeholder. `General` is no date either.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|general/gi, '');
  return /[ymdhs]/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+|ss?[.,]0+/gi, ''));
}

/** Days from the epoch of Excel to that of Unix: 1900 with the leap day that never was, or 1904. */
const daysTo1970 = { 1900: 25_569, 1904: 24_107 } as const;

export function formatSerial(serial: number, epoch: 1900 | 1904): string {
  const time = Math.round((serial - daysTo1970[epoch]) * 86_400) * 1000;
  if (!Number.isFinite(time) || serial < 0 || serial > 2_958_466) return String(serial);
  const iso = new Date(time).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3, as sheets show it. */
export function formatNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : '';
}
