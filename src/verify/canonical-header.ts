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

  /** Adds a field of the message: name, colon, value, line ends. */
  add(field: Buffer): void {
    this.#write(field);
    this.#bytes[this.#length++] = cr;
    this.#bytes[this.#length++] = lf;
  }

  /** Adds the signature's own field as it was when it was signed: without the value of b=, without a line end. */
  addOwn(field: Buffer): void {
    const start = this.#length;
    this.#write(field);
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

  #write(field: Buffer): void {
    // Line ends may become longer by a byte each, and one may be missing.
    this.#makeRoom(field.length * 2 + 2);
    this.#length =
      this.#form === 'relaxed'
        ? writeRelaxed(field, this.#bytes, this.#length)
        : writeSimple(field, this.#lineEnds, this.#bytes, this.#length);
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = Buffer.allocUnsafe((this.#length + more) * 2);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}

/** Writes the field without its last line end; returns where the next byte goes. */
function writeSimple(field: Buffer, lineEnds: LineEnds, out: Buffer, start: number): number {
  let at = start;
  let end = field.length;
  if (field[end - 1] === lf) end -= field[end - 2] === cr ? 2 : 1;
  for (let i = 0; i < end; i++) {
    const byte = field[i] ?? 0;
    if (byte === lf && lineEnds === 'local' && field[i - 1] !== cr) out[at++] = cr;
    out[at++] = byte;
  }
  return at;
}

function writeRelaxed(field: Buffer, out: Buffer, start: number): number {
  const size = field.length;
  let at = start;
  let i = 0;
  for (; i < size; i++) {
    const byte = field[i] ?? 0;
    if (byte === 58) break;
    // Names are printable ASCII (RFC 5322 3.6.8): the parser finds no others.
    if (byte > space) out[at++] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  }
  out[at++] = 58;
  const value = at;
  let blank = false;
  for (i++; i < size; i++) {
    const byte = field[i] ?? 0;
    if (byte > space) {
      if (blank && at > value) out[at++] = space;
      blank = false;
      out[at++] = byte;
    } else if (byte === space || byte === tab) blank = true;
    else if (byte !== lf && !(byte === cr && (field[i + 1] === lf || at === value))) {
      if (blank && at > value) out[at++] = space;
      blank = false;
      out[at++] = byte;
    }
  }
  // A lone CR at the end of the value counts as a blank, as everyone reads it.
  while (at > value && (out[at - 1] === cr || out[at - 1] === space)) at--;
  return at;
}

/** Index after the "=" of the b= tag; -1 where there is none. */
function findSignatureValue(field: Buffer): number {
  let at = field.indexOf(58) + 1;
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
