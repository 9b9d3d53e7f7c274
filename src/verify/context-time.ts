/** Times and spans as facts show them to people. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const show = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** "3 h", "12 days": rounded, because facts are read by people. */
export function showSpan(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < hour) return `${Math.round(span / minute)} min`;
  if (span < 2 * day) return `${Math.round(span / hour)} h`;
  return `${Math.round(span / day).toLocaleString('en')} days`;
}
