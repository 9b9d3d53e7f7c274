/**
 * Content-Transfer-Encoding (RFC 2045 6) to bytes.
 *
 *   base64, quoted-printable, x-uuencode: decoded. 7bit, 8bit, binary and unknown tokens: as they stand.
 */
import { type DecodedBytes, decodeBase64 } from './base64.js';
import type { DefectCode } from './message.js';
import { decodeQuotedPrintable } from './quoted-printable.js';
import { decodeUuencoded } from './uuencode.js';

export interface DecodedTransfer {
  /** Shares memory with `body` where nothing was encoded. */
  readonly bytes: Buffer;
  readonly defect: { readonly code: DefectCode; readonly note: string } | undefined;
}

/** `encoding` as in `Entity.transferEncoding`. */
export function decodeTransfer(body: Buffer, encoding: string): DecodedTransfer {
  switch (encoding) {
    case 'base64':
      return withDefect(decodeBase64(body), 'base64-malformed');
    case 'quoted-printable':
      return withDefect(decodeQuotedPrintable(body), 'quoted-printable-malformed');
    case 'x-uuencode':
      return withDefect(decodeUuencoded(body), 'uuencode-malformed');
    default:
      return { bytes: body, defect: undefined };
  }
}

function withDefect(decoded: DecodedBytes, code: DefectCode): DecodedTransfer {
  const defect = decoded.damage === '' ? undefined : { code, note: decoded.damage };
  return { bytes: decoded.bytes, defect };
}
