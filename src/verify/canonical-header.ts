/**
 * Canonical header fields (RFC 6376 3.4.1, 3.4.2), and what a signature was made over (3.7).
 *
 *   SUBJECT : AbC \r\n   dEf\r\n      relaxed → subject:AbC dEf      simple → as it stands
 *
 * Bytes in, bytes out, whatever their charset, in one pass: a trove has millions of fields to go through.
 */
import type { LineEnds } from './canonical-body.js';
import type { Canonicalization } from './dkim-signature.js';

const tab = 9;
const lf = 10;
const cr = 13;
const space = 32;
const colon = 58;
const semicolon = 59;
const equals = 61;

/** Canonical fields one after another, as a signature covers them. */
export class HeaderInput {
  readonly #form: Canonicalization;
  readonly #lineEnds: LineEnds;
  #bytes: Buffer;
  #length = 0;

  /** `size` is what is expected: the bytes of the fields. */
  constructor(form: Canonicalization, lineEnds: LineEnds, size: number) {
    this.#form = form;
    this.#lineEnds = lineEnds;
    this.#bytes = Buffer.allocUnsafe(size);
  }

  /** Adds a field that stands in `raw`: name, colon, value, line ends. */
  add(raw: Buffer, from: number, to: number): void {
    this.#write(raw, from, to);
    this.#bytes[this.#length++] = cr;
    this.#bytes[this.#length++] = lf;
  }

  /** Adds the signature's own field as it was when it was signed: without the value of b=, without a line end. */
  addOwn(raw: Buffer, from: number, to: number): void {
    const start = this.#length;
    this.#write(raw, from, to);
    const own = this.#bytes.subarray(start, this.#length);
    const value = findSignatureValue(own);
    if (value === -1) return;
    const next = own.indexOf(semicolon, value);
    const rest = next === -1 ? own.length : next;
    own.copyWithin(value, rest);
    this.#length -= rest - value;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #write(raw: Buffer, from: number, to: number): void {
    // Line ends may become longer by a byte each, and one may be missing.
    this.#makeRoom((to - from) * 2 + 2);
    this.#length =
      this.#form === 'relaxed'
        ? writeRelaxed(raw, from, to, this.#bytes, this.#length)
        : writeSimple(raw, from, to, this.#lineEnds, this.#bytes, this.#length);
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = Buffer.allocUnsafe((this.#length + more) * 2);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}

/** Writes the field without its last line end; returns where the next byte goes. */
function writeSimple(
  raw: Buffer,
  from: number,
  to: number,
  lineEnds: LineEnds,
  out: Buffer,
  start: number,
): number {
  let at = start;
  let end = to;
  if (raw[end - 1] === lf) end -= raw[end - 2] === cr ? 2 : 1;
  for (let i = from; i < end; i++) {
    const byte = raw[i] ?? 0;
    if (byte === lf && lineEnds === 'local' && raw[i - 1] !== cr) out[at++] = cr;
    out[at++] = byte;
  }
  return at;
}

function writeRelaxed(raw: Buffer, from: number, to: number, out: Buffer, start: number): number {
  let at = start;
  let i = from;
  for (; i < to; i++) {
    const byte = raw[i] ?? 0;
    if (byte === colon) break;
    // Names are printable ASCII (RFC 5322 3.6.8): the parser finds no others.
    if (byte > space) out[at++] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  }
  out[at++] = colon;
  const value = at;
  let blank = false;
  for (i++; i < to; i++) {
    const byte = raw[i] ?? 0;
    if (byte === space || byte === tab) {
      blank = true;
      continue;
    }
    // Line ends go; so does a lone CR before the value, which everyone takes for a blank there.
    if (byte === lf || (byte === cr && (raw[i + 1] === lf || at === value))) continue;
    if (blank && at > value) out[at++] = space;
    blank = false;
    out[at++] = byte;
  }
  while (at > value && (out[at - 1] === cr || out[at - 1] === space)) at--;
  return at;
}

/** Index after the "=" of the b= tag; -1 where there is none. */
function findSignatureValue(field: Buffer): number {
  let at = field.indexOf(colon) + 1;
  for (;;) {
    let i = at;
    while (isBlank(field[i])) i++;
    if (field[i] === 98) {
      i++;
      while (isBlank(field[i])) i++;
      if (field[i] === equals) return i + 1;
    }
    const next = field.indexOf(semicolon, at);
    if (next === -1) return -1;
    at = next + 1;
  }
}

const isBlank = (byte: number | undefined): boolean =>
  byte === space || (byte !== undefined && byte >= tab && byte <= cr);
