/** Where two texts differ, as facts: `here "0.42 mg/kg", there "1.42 mg/kg"`. */
import type { Part } from '../thread/quotation/compare.js';

const maxSpans = 10;
const maxCharacters = 160;

/** `own` and `other` say which text is which. */
export function tellSpans(parts: readonly Part[], own: string, other: string): string[] {
  const differing = parts.filter(({ isSame }) => !isSame);
  const told = differing
    .slice(0, maxSpans)
    .map(({ quoted, original }) => `${own} ${quote(quoted)}, ${other} ${quote(original)}`);
  const more = differing.length - told.length;
  return more > 0 ? [...told, `and ${more} more places`] : told;
}

function quote(text: string): string {
  if (text === '') return 'nothing';
  return `"${text.length > maxCharacters ? `${text.slice(0, maxCharacters).toWellFormed()}…` : text}"`;
}
