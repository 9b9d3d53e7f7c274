/**
 * The transfer forms of mail. Bytes travel through these functions as "byte strings": one character per byte,
 * line ends as LF, so that a message is assembled by plain concatenation.
 *
 *   Subject: =?utf-8?Q?Zo=C3=AB?=                         (RFC 2047)
 *   filename*=utf-8''Pr%C3%BCfbericht.pdf                  (RFC 2231)
 *   caf=C3=A9                                              (RFC 2045 6.7)
 */
import { encodeText, isAscii } from './charset.ts';

const wordLimit = 75;
const lineLimit = 76;

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function encodedWord(bytes: Buffer, charset: string, form: 'B' | 'Q'): string {
  if (form === 'B') return `=?${charset}?B?${bytes.toString('base64')}?=`;
  let out = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (character === ' ') out += '_';
    else out += /[A-Za-z0-9!*+/-]/.test(character) ? character : hex(byte);
  }
  return `=?${charset}?Q?${out}?=`;
}

/** RFC 2047: text as one or more encoded words of at most 75 characters, never splitting a character. */
export function encodeWords(text: string, charset: string, form: 'B' | 'Q'): string {
  const words: string[] = [];
  let pending = '';
  for (const character of text) {
    const longer = encodedWord(encodeText(pending + character, charset), charset, form);
    if (longer.length > wordLimit && pending !== '') {
      words.push(encodedWord(encodeText(pending, charset), charset, form));
      pending = character;
    } else pending += character;
  }
  words.push(encodedWord(encodeText(pending, charset), charset, form));
  return words.join('\n ');
}

/** RFC 2231: a MIME parameter, in continuations where the value is long. */
export function parameter2231(name: string, value: string, charset: string): string {
  const coded = [...encodeText(value, charset)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  if (coded.length <= 50) return `${name}*=${charset}''${coded}`;
  const pieces = coded.match(/(?:%[0-9A-F]{2}|[^%]){1,16}/g) ?? [];
  return pieces
    .map((piece, index) => `${name}*${index}*=${index === 0 ? `${charset}''` : ''}${piece}`)
    .join(';\n\t');
}

export function encodeBase64(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('base64');
  return `${text.replace(/.{76}/g, '$&\n').replace(/\n$/, '')}\n`;
}

function quotedPrintableLine(line: string): string {
  let out = '';
  let width = 0;
  for (let index = 0; index < line.length; index++) {
    const byte = line.charCodeAt(index);
    const isLast = index === line.length - 1;
    const isPlain = (byte > 32 && byte < 127 && byte !== 61) || ((byte === 32 || byte === 9) && !isLast);
    const piece = isPlain ? line.charAt(index) : hex(byte);
    if (width + piece.length > lineLimit - 1) {
      out += '=\n';
      width = 0;
    }
    out += piece;
    width += piece.length;
  }
  return out;
}

/** RFC 2045 6.7 for text: LF stays a line end. */
export function encodeQuotedPrintable(bytes: string): string {
  return bytes.split('\n').map(quotedPrintableLine).join('\n');
}

/** Breaks paragraphs at `width`; lines that start with `>` or a blank, and short lines, stay as typed. */
export function wrap(text: string, width: number, softEnd = ''): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width || /^[>\s|]/.test(line) ? line : wrapLine(line, width, softEnd)))
    .join('\n');
}

function wrapLine(line: string, width: number, softEnd: string): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current + softEnd);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  lines.push(current);
  return lines.join('\n');
}

/** RFC 3676: soft line ends carry a trailing blank; lines that could be misread are stuffed with one. */
export function encodeFlowed(text: string): string {
  const flowed = wrap(text, 70, ' ');
  return flowed
    .split('\n')
    .map((line) => (/^(?: |From )/.test(line) ? ` ${line}` : line))
    .join('\n');
}

/** A display name as the client would write it: bare, quoted, or as encoded words. */
export function displayName(name: string, charset: string, form: 'B' | 'Q'): string {
  if (!isAscii(name)) return encodeWords(name, charset, form);
  return /^[A-Za-z0-9 '-]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}
