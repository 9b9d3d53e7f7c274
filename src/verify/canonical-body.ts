/**
 * Digests of canonical bodies (RFC 6376 3.4.3, 3.4.4, l= of 3.4.5): one pass whatever the number of signatures.
 *
 *   " C \r\nD \t E\r\n\r\n\r\n"     relaxed → " C\r\nD E\r\n"     simple → " C \r\nD \t E\r\n"
 *
 * The canonical form goes through a small window into the hash and is never held as a whole.
 */
import { createHash, type Hash, hash as hashAtOnce } from 'node:crypto';
import type { Canonicalization, HashName } from './dkim-signature.js';

/** `network`: only CR LF ends a line. `local`: a bare LF does as well, and stands for CR LF. */
export type LineEnds = 'network' | 'local';

export interface BodyDigest {
  /** Of the whole canonical body. */
  readonly whole: Buffer;
  /** Bytes of the canonical body. */
  readonly length: number;
  /** l= → digest of so many bytes; only of lengths that were asked for and are there. */
  readonly prefixes: ReadonlyMap<number, Buffer>;
}

const cr = 13;
const lf = 10;
const crlf = Buffer.from('\r\n', 'latin1');

/** `cuts` are the l= values of interest, in any order. */
export function digestBody(
  body: Buffer,
  form: Canonicalization,
  hash: HashName,
  lineEnds: LineEnds,
  cuts: readonly number[] = [],
): BodyDigest {
  const sink = new CutDigest(hash, cuts);
  if (form === 'simple' && lineEnds === 'network') return digestSimple(body, sink);
  const window = new Window(sink);
  if (form === 'relaxed') writeRelaxed(body, lineEnds, window);
  else writeSimpleLocal(body, window);
  return sink.end(window.rest());
}

/** A digest that is also read at given lengths: the state is copied there, so that l= costs no second pass. */
class CutDigest {
  readonly #name: HashName;
  /** Made at the first write: most bodies fit into the window and are digested in one call. */
  #hash: Hash | undefined;
  readonly #cuts: number[];
  readonly #prefixes = new Map<number, Buffer>();
  #length = 0;

  constructor(name: HashName, cuts: readonly number[]) {
    this.#name = name;
    this.#cuts = cuts.length === 0 ? [] : [...new Set(cuts)].sort((a, b) => a - b);
  }

  write(bytes: Buffer): void {
    let from = 0;
    for (
      let cut = this.#cuts[0];
      cut !== undefined && cut <= this.#length + bytes.length - from;
      cut = this.#cuts[0]
    ) {
      const to = from + cut - this.#length;
      this.#update(bytes.subarray(from, to));
      this.#prefixes.set(cut, this.#running().copy().digest());
      this.#cuts.shift();
      from = to;
    }
    this.#update(from === 0 ? bytes : bytes.subarray(from));
  }

  #update(bytes: Buffer): void {
    this.#running().update(bytes);
    this.#length += bytes.length;
  }

  #running(): Hash {
    this.#hash ??= createHash(this.#name);
    return this.#hash;
  }

  /** Writes what is left, and ends. */
  end(last: Buffer): BodyDigest {
    if (this.#hash === undefined && this.#cuts.length === 0)
      return { whole: hashAtOnce(this.#name, last, 'buffer'), length: last.length, prefixes: this.#prefixes };
    this.write(last);
    return { whole: this.#running().digest(), length: this.#length, prefixes: this.#prefixes };
  }
}

/** Nothing changes but the empty lines at the end: one of them stays, or is added. */
function digestSimple(body: Buffer, sink: CutDigest): BodyDigest {
  let end = body.length;
  while (end >= 2 && body[end - 1] === lf && body[end - 2] === cr) end -= 2;
  if (end + 2 <= body.length) return sink.end(body.subarray(0, end + 2));
  sink.write(body.subarray(0, end));
  return sink.end(crlf);
}

/** One for all: a digest is made in one go, and 64 KiB for each of a million would be work for the collector. */
const windowBytes = Buffer.allocUnsafeSlow(64 * 1024);

/** A window that canonical bytes are written to; room is made for a line end and a character before each step. */
class Window {
  readonly bytes = windowBytes;
  readonly #sink: CutDigest;
  at = 0;

  constructor(sink: CutDigest) {
    this.#sink = sink;
  }

  flush(): void {
    this.#sink.write(this.bytes.subarray(0, this.at));
    this.at = 0;
  }

  /** What was not flushed. */
  rest(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  /** Line ends that were held back because they could have been the last. */
  lines(count: number): void {
    for (let i = 0; i < count; i++) {
      if (this.at + 2 > this.bytes.length) this.flush();
      this.bytes[this.at] = cr;
      this.bytes[this.at + 1] = lf;
      this.at += 2;
    }
  }
}

function writeSimpleLocal(body: Buffer, window: Window): void {
  const out = window.bytes;
  let held = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0;
    if (byte === lf || (byte === cr && body[i + 1] === lf)) {
      if (byte === cr) i++;
      held++;
      continue;
    }
    if (held > 0) {
      window.lines(held);
      held = 0;
    }
    if (window.at === out.length) window.flush();
    out[window.at++] = byte;
  }
  window.lines(1);
}

function writeRelaxed(body: Buffer, lineEnds: LineEnds, window: Window): void {
  const out = window.bytes;
  const room = out.length - 2;
  const local = lineEnds === 'local';
  const size = body.length;
  let held = 0;
  let blank = false;
  let written = false;
  let at = 0;
  let i = 0;
  while (i < size) {
    const byte = body[i] ?? 0;
    i++;
    if (byte === 32 || byte === 9) {
      blank = true;
      continue;
    }
    if (byte <= cr && ((byte === lf && local) || (byte === cr && body[i] === lf))) {
      if (byte === cr) i++;
      held++;
      blank = false;
      continue;
    }
    written = true;
    if (held === 1 && at < room) {
      out[at] = cr;
      out[at + 1] = lf;
      at += 2;
      held = 0;
    } else if (held > 0) {
      window.at = at;
      window.lines(held);
      at = window.at;
      held = 0;
    }
    if (at >= room) {
      window.at = at;
      window.flush();
      at = 0;
    }
    if (blank) {
      out[at++] = 32;
      blank = false;
    }
    out[at++] = byte;
    // Most bytes are plain, or one blank between two of them: the inner loop only looks for what could be more.
    const stop = Math.min(size - 1, i + room - at);
    while (i < stop) {
      const next = body[i] ?? 0;
      if (next <= 32 && (next !== 32 || (body[i + 1] ?? 0) <= 32)) break;
      out[at++] = next;
      i++;
    }
  }
  window.at = at;
  if (written) window.lines(1);
}
