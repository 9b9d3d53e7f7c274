/**
 * Base64 (RFC 2045 6.8) as it comes: clean in one native pass, damaged byte by byte.
 *
 *   SGVsbG8=                 clean
 *   SGVs!bG8=                characters outside the alphabet are skipped (RFC 2045 6.8)
 *   SGVsbG8=\r\nV29ybGQ=     segments glued together, each with its padding: both are decoded
 *   SGVsbG8=\r\n____\r\nlist footer    text appended by a mailing list after the end: left out
 */

export interface DecodedBytes {
  readonly bytes: Buffer;
  /** What was wrong, short; '' where nothing was. */
  readonly damage: string;
}

const other = 64;
const blank = 65;
const padding = 66;

/** One byte outside the alphabet in this many decoded ones: no base64. */
const foreignShare = 8;

/** Bytes decoded at once: a string of them is made and dropped within the processor's cache. */
const pieceBytes = 48 * 1024;

/** Value of each byte, or its class. */
const table = buildTable();

function buildTable(): Uint8Array {
  const values = new Uint8Array(256).fill(other);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  for (const byte of [9, 10, 13, 32]) values[byte] = blank;
  values[61] = padding;
  return values;
}

/** Decodes a whole body. Bytes that decode to nothing are named in `damage`. */
export function decodeBase64(body: Buffer): DecodedBytes {
  const out = Buffer.allocUnsafe(Math.ceil((body.length * 3) / 4));
  let length = 0;
  const clean = readClean(body, (text) => {
    length += out.write(text, length, 'base64');
  });
  return clean ? { bytes: out.subarray(0, length), damage: '' } : decodeDamaged(body);
}

const scratch = Buffer.allocUnsafeSlow(pieceBytes);

/**
 * Hands the bytes of a clean body to `take`, a piece at a time and each for the length of the call: a large
 * attachment is hashed without holding it. Returns their number; undefined where the body is not clean.
 */
export function readCleanBase64(body: Buffer, take: (bytes: Buffer) => void): number | undefined {
  let length = 0;
  const clean = readClean(body, (text) => {
    const bytes = scratch.subarray(0, scratch.write(text, 'base64'));
    length += bytes.length;
    take(bytes);
  });
  return clean ? length : undefined;
}

/** The bytes of a short base64 text, damage and all: for encoded words. */
export function bytesOfBase64(text: string): Buffer {
  return decodeBase64(Buffer.from(text, 'latin1')).bytes;
}

/**
 * Hands out pieces that native decoding can be trusted with, each in whole quanta. False where the body is anything
 * but alphabet and blanks, with padding only at its end and whole quanta: what was handed out is void then.
 */
function readClean(body: Buffer, take: (text: string) => void): boolean {
  let end = body.length;
  let pads = 0;
  for (; end > 0; end--) {
    const kind = table[body[end - 1] ?? 0];
    if (kind === padding) pads++;
    else if (kind !== blank) break;
  }
  if (pads > 2) return false;
  let digits = 0;
  for (let from = 0; from < end; ) {
    let at = from;
    const stop = Math.min(end, from + pieceBytes);
    for (; at < stop || (at < end && digits % 4 !== 0); at++) {
      const kind = table[body[at] ?? 0] ?? other;
      if (kind < 64) digits++;
      else if (kind !== blank) return false;
    }
    take(body.toString('latin1', from, at));
    from = at;
  }
  return (digits + pads) % 4 === 0;
}

function decodeDamaged(body: Buffer): DecodedBytes {
  const out = Buffer.allocUnsafe(Math.ceil((body.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let digits = 0;
  let skipped = 0;
  let segments = 0;
  let at = 0;
  for (; at < body.length; at++) {
    const kind = table[body[at] ?? 0] ?? other;
    if (kind < 64) {
      bits = (bits << 6) | kind;
      if (++digits === 4) {
        out[length++] = bits >> 16;
        out[length++] = bits >> 8;
        out[length++] = bits;
        digits = 0;
        bits = 0;
      }
    } else if (kind === padding && digits >= 2) {
      length = flushDigits(out, length, bits, digits);
      digits = 0;
      bits = 0;
      segments++;
      while (at + 1 < body.length && (table[body[at + 1] ?? 0] ?? other) >= blank) at++;
      if (!startsSegment(body, at + 1)) break;
    } else if (kind !== blank) skipped++;
  }
  // What is declared base64 and is prose would decode to noise.
  if (skipped * foreignShare > length) return { bytes: body, damage: 'not base64 at all, kept as it stands' };
  const unpadded = digits > 0;
  if (unpadded) length = flushDigits(out, length, bits, digits);
  const ignored = Math.max(0, body.length - at - 1);
  return { bytes: out.subarray(0, length), damage: describe(skipped, segments, ignored, unpadded) };
}

/** Bytes of an incomplete quantum: two digits hold one byte, three hold two, one holds none. */
function flushDigits(out: Buffer, from: number, bits: number, digits: number): number {
  let length = from;
  if (digits === 2) out[length++] = bits >> 4;
  else if (digits === 3) {
    out[length++] = bits >> 10;
    out[length++] = bits >> 2;
  }
  return length;
}

/** Bytes looked at to tell a further segment from text: longer than the 76 of a line of RFC 2045. */
const segmentProbe = 128;

/**
 * After padding the encoding is over. What follows counts as a further segment only if its first line is nothing
 * but alphabet in whole quanta; a list footer or a signature is not.
 */
function startsSegment(body: Buffer, from: number): boolean {
  const limit = Math.min(body.length, from + segmentProbe);
  let digits = 0;
  for (let at = from; at < limit; at++) {
    const byte = body[at] ?? 0;
    if (byte === 10 || byte === 13) return digits > 0 && digits % 4 === 0;
    const kind = table[byte] ?? other;
    if (kind === padding) return digits % 4 >= 2;
    if (kind >= 64) return false;
    digits++;
  }
  return digits === segmentProbe || (digits > 0 && digits % 4 === 0);
}

function describe(skipped: number, segments: number, ignored: number, unpadded: boolean): string {
  const found: string[] = [];
  if (skipped > 0) found.push(`${String(skipped)} bytes outside the alphabet`);
  if (segments > 1) found.push(`${String(segments)} segments`);
  if (ignored > 0) found.push(`${String(ignored)} bytes after the end`);
  if (unpadded) found.push('padding missing');
  return found.join(', ');
}
