/**
 * Encoded words (RFC 2047, with the language suffix of RFC 2231 5) in header bodies.
 *
 *   =?utf-8?Q?Zo=C3=AB?=                       → Zoë
 *   =?utf-8?B?4oI=?= =?utf-8?B?rA==?=          → €   (one character split over two words, as mailers do)
 *   =?utf-8?X?a?=                              → =?utf-8?X?a?= (kept as it stands)
 */

import { bytesOfBase64 } from './base64.js';
import { decodeText, normalizeCharset } from './charset.js';

interface Run {
  charset: string;
  chunks: Buffer[];
}

export interface DecodedWords {
  readonly text: string;
  /** How many things looked like encoded words and were not, or did not fit their charset. */
  readonly malformed: number;
}

/**
 * Decodes every encoded word of an unfolded header body. Blanks between two encoded words vanish (RFC 2047 6.2);
 * neighbours in the same charset are decoded as one, because characters get split between them.
 * Words may touch other text or stand in quoted strings, which RFC 2047 5 forbids and mailers do.
 */
export function decodeEncodedWords(body: string): DecodedWords {
  let start = body.indexOf('=?');
  if (start === -1) return { text: body, malformed: 0 };
  let text = '';
  let malformed = 0;
  let done = 0;
  let run: Run | undefined;
  const flush = () => {
    if (run === undefined) return;
    const decoded = decodeText(
      run.chunks.length === 1 ? (run.chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(run.chunks),
      run.charset,
    );
    if (decoded.defect !== undefined && decoded.defect.code !== 'charset-undeclared') malformed++;
    text += decoded.text;
    run = undefined;
  };
  while (start !== -1) {
    const word = readEncodedWord(body, start);
    if (word === undefined) {
      malformed++;
      start = body.indexOf('=?', start + 2);
      continue;
    }
    const between = body.slice(done, start);
    if (run === undefined || !isBlank(between)) {
      flush();
      text += between;
    } else if (run.charset !== word.charset) flush();
    if (run === undefined) run = { charset: word.charset, chunks: [] };
    run.chunks.push(word.bytes);
    done = word.end;
    start = body.indexOf('=?', done);
  }
  flush();
  return { text: text + body.slice(done), malformed };
}

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 13 && code !== 10) return false;
  }
  return true;
}

/** Longest charset label read; a `?` further away belongs to something else, and each search stays bounded. */
const maxCharsetLength = 80;

function readEncodedWord(
  body: string,
  start: number,
): { charset: string; bytes: Buffer; end: number } | undefined {
  let charsetEnd = start + 2;
  const charsetLimit = Math.min(body.length, charsetEnd + maxCharsetLength);
  for (; charsetEnd < charsetLimit; charsetEnd++) {
    const code = body.charCodeAt(charsetEnd);
    if (code === 63) break;
    if (code <= 32 || code === 61) return undefined;
  }
  if (
    charsetEnd === start + 2 ||
    body.charCodeAt(charsetEnd) !== 63 ||
    body.charCodeAt(charsetEnd + 2) !== 63
  )
    return undefined;
  const kind = body.charCodeAt(charsetEnd + 1) | 32;
  if (kind !== 98 && kind !== 113) return undefined;
  const contentStart = charsetEnd + 3;
  const end = findWordEnd(body, contentStart);
  if (end === -1) return undefined;
  const content = body.slice(contentStart, end);
  const label = body.slice(start + 2, charsetEnd);
  const language = label.indexOf('*');
  const charset = language === -1 ? label : label.slice(0, language);
  const bytes = kind === 98 ? bytesOfBase64(content) : bytesOfQ(content);
  return { charset: normalizeCharset(charset), bytes, end: end + 2 };
}

/**
 * Index of the closing `?=`. RFC 2047 2 forbids a bare `?` inside, mailers write it in Q words; but a search never
 * runs past the start of the next word, or a million unclosed words would cost a million searches to the end.
 */
function findWordEnd(body: string, from: number): number {
  const question = body.indexOf('?', from);
  if (question === -1) return -1;
  if (body.charCodeAt(question + 1) === 61) return question;
  if (body.charCodeAt(question - 1) === 61) return -1;
  for (let at = question + 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 63 && body.charCodeAt(at + 1) === 61) return at;
    if (code === 61 && body.charCodeAt(at + 1) === 63) return -1;
  }
  return -1;
}

/** The "Q" encoding (RFC 2047 4.2) to bytes; malformed `=` stand for themselves, characters beyond ASCII become UTF-8. */
function bytesOfQ(content: string): Buffer {
  const source = Buffer.from(content, 'utf8');
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] ?? 0;
    if (byte === 95) out[length++] = 32;
    else if (byte === 61) {
      const high = hexValue(source[at + 1]);
      const low = hexValue(source[at + 2]);
      if (high < 0 || low < 0) out[length++] = byte;
      else {
        out[length++] = (high << 4) | low;
        at += 2;
      }
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Value of an ASCII hexadecimal digit, -1 for any other byte. */
export function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
