/**
 * Character references in HTML text (HTML Standard 13.2.5.72 and after):
 *
 *   &amp; → &      &notit; → ¬it;      &#8217; → ’      &#146; → ’ (windows-1252 fix-up)      &nope; stays
 */

import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { replaceCodePoint } from 'entities/decode';

/** Characters of the longest named reference with `&` and `;`: `&CounterClockwiseContourIntegral;`. */
const longestReference = 33;

/** Different references remembered; real mail uses a few dozen, a hostile one must not fill the memory. */
const maxRemembered = 2_000;
/** V8 makes a longer slice a view that would keep the whole message alive as a key of the map. */
const longestRemembered = 12;
const remembered = new Map<string, string>();

export interface Reference {
  readonly text: string;
  /** Index of the first character after the reference. */
  readonly end: number;
}

/**
 * The reference at `at` (an ampersand); an ampersand that starts no reference stands for itself. Never reads
 * beyond `limit`.
 */
export function readReference(html: string, at: number, limit: number): Reference {
  if (html.charCodeAt(at + 1) === 0x23) return readNumeric(html, at, limit);
  const longest = Math.min(limit, at + longestReference);
  let end = at + 1;
  while (end < longest && isLetterOrDigit(html.charCodeAt(end))) end++;
  if (end === at + 1) return { text: '&', end };
  if (end < limit && html.charCodeAt(end) === 0x3b) end++;
  return { text: decodeNamed(html.slice(at, end)), end };
}

function decodeNamed(written: string): string {
  if (written.length > longestRemembered) return decodeHTML(written);
  const known = remembered.get(written);
  if (known !== undefined) return known;
  const decoded = decodeHTML(written);
  if (remembered.size < maxRemembered) remembered.set(written, decoded);
  return decoded;
}

/** The value of an attribute as text. */
export function decodeAttribute(value: string): string {
  return value.includes('&') ? decodeHTMLAttribute(value) : value;
}

function readNumeric(html: string, at: number, limit: number): Reference {
  const hexadecimal = (html.charCodeAt(at + 2) | 0x20) === 0x78;
  const digits = hexadecimal ? at + 3 : at + 2;
  let end = digits;
  let value = 0;
  for (; end < limit; end++) {
    const digit = digitValue(html.charCodeAt(end), hexadecimal);
    if (digit < 0) break;
    // Saturated: a million digits must not reach Infinity and come back as a valid number.
    value = Math.min(0x110000, value * (hexadecimal ? 16 : 10) + digit);
  }
  if (end <= digits) return { text: '&#', end: Math.min(at + 2, limit) };
  if (end < limit && html.charCodeAt(end) === 0x3b) end++;
  return { text: String.fromCodePoint(replaceCodePoint(value)), end };
}

function digitValue(code: number, hexadecimal: boolean): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (!hexadecimal) return -1;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}
