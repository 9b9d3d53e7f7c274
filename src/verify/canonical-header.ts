/**
 * Canonical header fields (RFC 6376 3.4.1, 3.4.2), and what a signature was made over (3.7).
 *
 *   SUBJECT : AbC \r\n   dEf\r\n      relaxed → subject:AbC dEf      simple → as it stands
 *
 * Fields are one-byte characters, so that bytes survive whatever their charset.
 */
import type { Canonicalization } from './dkim-signature.js';

/** `field` is raw: name, colon, value, line ends. The last line end is left out of the result. */
export function canonicalField(field: string, form: Canonicalization): string {
  if (form === 'simple') return withoutLineEnd(field);
  const colon = field.indexOf(':');
  const name = trimBlanks(field.slice(0, colon)).toLowerCase();
  const value = field
    .slice(colon + 1)
    .replace(/\r?\n/g, '')
    .replace(/[ \t]+/g, ' ');
  return `${name}:${trimBlanks(value)}`;
}

/** The signature's own field as it was when it was signed: without the value of its b= tag. */
export function withoutSignatureValue(field: string): string {
  const start = findSignatureValue(field);
  if (start === -1) return field;
  const semicolon = field.indexOf(';', start);
  return field.slice(0, start) + (semicolon === -1 ? '' : field.slice(semicolon));
}

/** Index after the "=" of the b= tag. */
function findSignatureValue(field: string): number {
  let at = field.indexOf(':') + 1;
  for (;;) {
    const equals = field.indexOf('=', at);
    if (equals === -1) return -1;
    if (field.slice(at, equals).trim() === 'b') return equals + 1;
    const semicolon = field.indexOf(';', at);
    if (semicolon === -1) return -1;
    at = semicolon + 1;
  }
}

function withoutLineEnd(field: string): string {
  if (field.endsWith('\r\n')) return field.slice(0, -2);
  return field.endsWith('\n') ? field.slice(0, -1) : field;
}

/** Blanks at both ends, in linear time: an anchored regular expression is quadratic on runs of blanks. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 10;
