/**
 * Quoted-printable (RFC 2045 6.7) to bytes, as robustly as its notes (1) to (5) ask for.
 *
 *   caf=C3=A9 cr=\r\nème   → "café crème" (soft line break removed)
 *   a = b, =XY             → kept as they stand, with damage
 *   text   \r\n            → "text\r\n" (blanks at the end of a line were added in transit, rule 3)
 */
import type { DecodedBytes } from './base64.js';
import { hexValue } from './encoded-word.js';

const equals = 61;

/** Decodes a whole body; the body itself is returned where nothing is encoded. */
export function decodeQuotedPrintable(body: Buffer): DecodedBytes {
  const first = body.indexOf(equals);
  if (first === -1 && !hasTrailingBlanks(body)) return { bytes: body, damage: '' };
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let malformed = 0;
  const end = body.length;
  for (let at = 0; at < end; at++) {
    const byte = body[at] ?? 0;
    if (byte === equals) {
      const high = hexValue(body[at + 1]);
      const low = high < 0 ? -1 : hexValue(body[at + 2]);
      if (low >= 0) {
        out[length++] = (high << 4) | low;
        at += 2;
      } else {
        const next = softBreakEnd(body, at + 1);
        if (next !== -1) at = next - 1;
        else {
          malformed++;
          out[length++] = byte;
        }
      }
    } else if (byte > 32) out[length++] = byte;
    else if (byte === 32 || byte === 9) {
      // Looks ahead once per run of blanks, so a line of a million blanks costs a million steps, not their square.
      let stop = at + 1;
      while (stop < end && (body[stop] === 32 || body[stop] === 9)) stop++;
      const trailing =
        stop === end ||
        body[stop] === 10 ||
        (body[stop] === 13 && (body[stop + 1] === 10 || stop + 1 === end));
      if (!trailing) {
        for (let copy = at; copy < stop; copy++) out[length++] = body[copy] ?? 32;
      }
      at = stop - 1;
    } else out[length++] = byte;
  }
  const damage = malformed === 0 ? '' : `${String(malformed)} "=" that encode nothing`;
  return { bytes: out.subarray(0, length), damage };
}

/** Index after a soft line break that starts behind the `=`, -1 where there is none. */
function softBreakEnd(body: Buffer, from: number): number {
  let at = from;
  // Blanks between `=` and the line end were added in transit; a bound keeps "= = = …" linear.
  const limit = Math.min(body.length, from + 1_000);
  while (at < limit && (body[at] === 32 || body[at] === 9)) at++;
  if (at >= body.length) return at;
  if (body[at] === 10) return at + 1;
  if (body[at] !== 13) return -1;
  return body[at + 1] === 10 ? at + 2 : at + 1;
}

function hasTrailingBlanks(body: Buffer): boolean {
  const last = body[body.length - 1];
  return (
    last === 32 ||
    last === 9 ||
    body.includes(' \n') ||
    body.includes(' \r') ||
    body.includes('\t\n') ||
    body.includes('\t\r')
  );
}
