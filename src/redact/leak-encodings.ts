/**
 * Encodings of text within text, undone: character references, percent, quoted-printable, escapes, base64.
 *
 *   Ring &#116;rench57 …          →  Ring trench57 …
 *
 * Only what an encoding stands in the midst of is given back, `reach` characters to either side: the rest has been read
 * already. So a page with three `&amp;` costs three lines more and not a second page.
 */
import { readReference } from '../message/text/html-references.js';

/** ASCII stays what it is in the midst of bytes that are no UTF-8; other letters of other charsets: leak-spellings.ts. */
export const textOfBytes = (bytes: Buffer): string => bytes.toString('utf8');

export interface TextEncoding {
  readonly name: string;
  /** '' where there is nothing to undo. */
  readonly undo: (text: string, reach: number) => string;
}

export const textEncodings: readonly TextEncoding[] = [
  { name: 'character references', undo: withoutReferences },
  { name: 'percent', undo: withoutPercent },
  { name: 'quoted-printable', undo: withoutQuotedPrintable },
  { name: 'escapes', undo: withoutEscapes },
];

/** Text around places that were replaced. */
class Excerpt {
  readonly #text: string;
  readonly #reach: number;
  readonly #parts: string[] = [];
  #done = 0;

  constructor(text: string, reach: number) {
    this.#text = text;
    this.#reach = reach;
  }

  /** From `start` to `end` the text means `meant`. In order of `start`. */
  replace(start: number, end: number, meant: string): void {
    this.#keep(this.#parts.length > 0, start, true);
    this.#parts.push(meant);
    this.#done = end;
  }

  #keep(hasBefore: boolean, to: number, hasAfter: boolean): void {
    const from = this.#done;
    const reach = this.#reach;
    const before = hasBefore ? reach : 0;
    const after = hasAfter ? reach : 0;
    if (to - from <= before + after) this.#parts.push(this.#text.slice(from, to));
    // A line end between what does not stand together.
    else this.#parts.push(this.#text.slice(from, from + before), '\n', this.#text.slice(to - after, to));
  }

  finish(): string {
    if (this.#parts.length === 0) return '';
    this.#keep(true, this.#text.length, false);
    return this.#parts.join('');
  }
}

function withoutReferences(text: string, reach: number): string {
  const excerpt = new Excerpt(text, reach);
  for (let at = text.indexOf('&'); at >= 0; ) {
    const { text: meant, end } = readReference(text, at, text.length);
    if (meant !== text.slice(at, end)) excerpt.replace(at, end, meant);
    at = text.indexOf('&', end);
  }
  return excerpt.finish();
}

function withoutPercent(text: string, reach: number): string {
  if (!text.includes('%')) return '';
  const excerpt = new Excerpt(text, reach);
  for (const { 0: run, index } of text.matchAll(/(?:%[0-9A-Fa-f]{2})+/g))
    excerpt.replace(index, index + run.length, bytesOfPairs(run.replaceAll('%', '')));
  return excerpt.finish();
}

function withoutQuotedPrintable(text: string, reach: number): string {
  if (!text.includes('=')) return '';
  const excerpt = new Excerpt(text, reach);
  for (const { 0: run, index } of text.matchAll(/(?:=[0-9A-Fa-f]{2}|=[ \t]{0,80}\r?\n)+/g))
    excerpt.replace(index, index + run.length, bytesOfPairs(run.replace(/[^0-9A-Fa-f]+/g, '')));
  return excerpt.finish();
}

const bytesOfPairs = (hex: string): string => textOfBytes(Buffer.from(hex, 'hex'));

const escapeRun = /(?:\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[0-9a-f]{2,6} ?|[\s\S]))+/gi;

/** JSON and JavaScript `\u00e9` `\u{e9}` `\xe9` `\n`, CSS `\e9 `, and what only repeats a sign. */
function withoutEscapes(text: string, reach: number): string {
  if (!text.includes('\\')) return '';
  const excerpt = new Excerpt(text, reach);
  for (const { 0: run, index } of text.matchAll(escapeRun))
    excerpt.replace(index, index + run.length, withoutBackslashes(run));
  return excerpt.finish();
}

function withoutBackslashes(run: string): string {
  return run.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([0-9a-f]{2,6}) ?|([\s\S]))/gi,
    (_, braced?: string, four?: string, two?: string, css?: string, other?: string) => {
      const hex = braced ?? four ?? two ?? css;
      if (hex === undefined) return other === undefined || /[a-z]/i.test(other) ? '\n' : other;
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? '' : String.fromCodePoint(code);
    },
  );
}

/** Characters of a run that is worth decoding: 6 bytes, less than any secret that can be told from chance. */
const minBase64Run = 8;

/**
 * Every run of base64 characters (RFC 4648 4 and 5), line ends within it left out, read from each of four characters
 * on, as where the encoded bytes begin is not known: one reading per alignment.
 */
export function base64Readings(text: string): Buffer[] {
  const runs = text.match(
    /[A-Za-z0-9+/_-]{8,}={0,2}(?:(?:\\[rn]|[\r\n])+[ \t>]{0,4}[A-Za-z0-9+/_-]+={0,2})*/g,
  );
  const kept = (runs ?? [])
    .map((run) => run.replace(/\\[rn]|[\r\n \t>=]+/g, ''))
    .filter((run) => run.length >= minBase64Run && looksEncoded(run));
  if (kept.length === 0) return [];
  // A unit that counts as nothing keeps the end of one run apart from the start of the next.
  const gap = Buffer.from('\n');
  return [0, 1, 2, 3].map((skip) =>
    Buffer.concat(kept.flatMap((run) => [Buffer.from(run.slice(skip), 'base64'), gap])),
  );
}

/** Words and numbers are most of any text; no base64 of a secret looks like them but by rare chance. */
function looksEncoded(run: string): boolean {
  return !/^(?:[a-z_-]+|[0-9-]+|[0-9a-f]+|[A-Z]?[a-z]+(?:-[a-z]+)*)$/.test(run);
}
