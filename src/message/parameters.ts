/**
 * Values with parameters (RFC 2045 5.1, RFC 2183 2, RFC 2231) as in Content-Type and Content-Disposition.
 *
 *   text/plain; charset="utf-8"; format=flowed
 *   attachment; filename*0*=utf-8''Zo%C3%AB; filename*1=.pdf      → filename = Zoë.pdf
 *   image/png; name="=?utf-8?Q?Zo=C3=AB.png?="                    → name = Zoë.png (RFC 2047 5 forbids it, mailers do it)
 */
import { limits } from '../limits.js';
import { decodeText } from './charset.js';
import { findCommentEnd, findQuoteEnd, withoutComments } from './comment.js';
import { decodeEncodedWords, hexValue } from './encoded-word.js';

export type Parameter = readonly [name: string, value: string];

export interface ParameterizedValue {
  /** What stands before the first parameter: without comments and blanks, lower case. */
  readonly value: string;
  readonly parameters: readonly Parameter[];
  /** What was not understood, short; '' where all was. */
  readonly damage: string;
}

interface RawParameter {
  readonly name: string;
  readonly value: string;
}

/** Reads an unfolded body. Never fails: what is no parameter is left out and named in `damage`. */
export function parseParameterized(body: string): ParameterizedValue {
  const semicolon = body.indexOf(';');
  if (semicolon === -1 && !body.includes('=')) {
    return { value: compact(withoutComments(body)), parameters: [], damage: '' };
  }
  const { value, rest } = splitValue(body, semicolon);
  const raw: RawParameter[] = [];
  const damage = readParameters(rest, raw);
  return { value: compact(withoutComments(value)), parameters: joinParameters(raw), damage };
}

/** First value of a parameter, '' where there is none. */
export function getParameter(parameters: readonly Parameter[], name: string): string {
  for (const parameter of parameters) if (parameter[0] === name) return parameter[1];
  return '';
}

function compact(value: string): string {
  return value.replace(/[ \t\r\n]+/g, '').toLowerCase();
}

/** Some mailers forget the first semicolon: `text/plain charset=utf-8`. */
function splitValue(body: string, semicolon: number): { value: string; rest: string } {
  const head = semicolon === -1 ? body : body.slice(0, semicolon);
  const equals = head.indexOf('=');
  if (equals !== -1) {
    const blank = /^\s*[^\s=;"]+(?=\s)/.exec(head);
    if (blank !== null && blank[0].length < equals)
      return { value: blank[0], rest: body.slice(blank[0].length) };
  }
  return { value: head, rest: semicolon === -1 ? '' : body.slice(semicolon + 1) };
}

/** Appends to `out`; returns what was wrong. */
function readParameters(rest: string, out: RawParameter[]): string {
  let damage = '';
  let at = 0;
  while (at < rest.length) {
    at = skipSeparators(rest, at);
    if (at >= rest.length) break;
    if (out.length >= limits.maxParameters) return `more than ${String(limits.maxParameters)} parameters`;
    const nameEnd = findNameEnd(rest, at);
    const name = rest.slice(at, nameEnd).trim().toLowerCase();
    if (rest.charCodeAt(nameEnd) !== 61 || name === '') {
      damage = `no parameter: ${rest.slice(at, Math.min(nameEnd, at + 40))}`;
      at = rest.charCodeAt(nameEnd) === 61 ? readValue(rest, nameEnd + 1).end : nameEnd + 1;
      continue;
    }
    const { value, end, unclosed } = readValue(rest, nameEnd + 1);
    if (unclosed) damage = `${name.slice(0, 40)}: quoted string without end`;
    if (value !== '' || rest.charCodeAt(end - 1) === 34) out.push({ name, value });
    else damage = `${name.slice(0, 40)}: no value`;
    at = end;
  }
  return damage;
}

function skipSeparators(rest: string, from: number): number {
  let at = from;
  while (at < rest.length) {
    const code = rest.charCodeAt(at);
    if (code === 59 || code === 32 || code === 9 || code === 13 || code === 10) at++;
    else if (code === 40) {
      const end = findCommentEnd(rest, at);
      // An unclosed comment swallows the rest, as RFC 822 read it.
      at = end === -1 ? rest.length : end;
    } else break;
  }
  return at;
}

function findNameEnd(rest: string, from: number): number {
  for (let at = from; at < rest.length; at++) {
    const code = rest.charCodeAt(at);
    if (code === 61 || code === 59) return at;
  }
  return rest.length;
}

function readValue(rest: string, from: number): { value: string; end: number; unclosed: boolean } {
  let start = from;
  while (isBlank(rest.charCodeAt(start))) start++;
  if (rest.charCodeAt(start) !== 34) return { ...readBareValue(rest, start), unclosed: false };
  const end = findQuoteEnd(rest, start);
  if (end === -1) return { value: unescapeValue(rest.slice(start + 1)), end: rest.length, unclosed: true };
  return { value: unescapeValue(rest.slice(start + 1, end - 1)), end, unclosed: false };
}

/** Only `\"` and `\\` are escapes: `"C:\docs\a.txt"` is what Windows mailers write. */
function unescapeValue(content: string): string {
  return content.includes('\\') ? content.replace(/\\(["\\])/g, '$1') : content;
}

/**
 * A value without quotes runs to the semicolon, blanks included (`filename=my report.pdf`), but not into the next
 * parameter where the semicolon was forgotten (`charset=utf-8 format=flowed`).
 */
function readBareValue(rest: string, start: number): { value: string; end: number } {
  const semicolon = rest.indexOf(';', start);
  let end = semicolon === -1 ? rest.length : semicolon;
  let value = rest.slice(start, end);
  const next = /\s[!#$%&'*+\-.^_`|~0-9A-Za-z]+=(?![?=])/.exec(value);
  if (next !== null) {
    end = start + next.index;
    value = value.slice(0, next.index);
  }
  return { value: withoutTrailingComment(value.trim()), end };
}

/** `us-ascii (Plain text)` → `us-ascii`; parentheses that touch the value belong to it: `report(1).pdf`. */
function withoutTrailingComment(value: string): string {
  if (!value.endsWith(')')) return value;
  const start = value.indexOf(' (');
  return start === -1 ? value : value.slice(0, start).trim();
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

interface Continued {
  /** Where the parameter stands in the result. */
  readonly position: number;
  readonly segments: { index: number; encoded: boolean; value: string }[];
}

/** Joins RFC 2231 continuations and decodes values; a decoded form replaces its plain twin. */
function joinParameters(raw: readonly RawParameter[]): Parameter[] {
  const joined: (Parameter | undefined)[] = [];
  const continued = new Map<string, Continued>();
  for (const { name, value } of raw) {
    const form = name.includes('*') ? /^([^*]+)(?:\*(\d{1,4}))?(\*?)$/.exec(name) : null;
    if (form === null) {
      // `*=x`, `a**=x`: no name that anything could ask for.
      if (!name.includes('*'))
        joined.push([
          name,
          name !== 'boundary' && value.includes('=?') ? decodeEncodedWords(value).text : value,
        ]);
      continue;
    }
    const base = (form[1] ?? '').trim();
    let entry = continued.get(base);
    if (entry === undefined) {
      entry = { position: joined.push(undefined) - 1, segments: [] };
      continued.set(base, entry);
    }
    entry.segments.push({ index: Number(form[2] ?? 0), encoded: form[3] === '*', value });
  }
  for (const [name, entry] of continued) joined[entry.position] = [name, decodeSegments(entry.segments)];
  return joined.filter((parameter): parameter is Parameter => {
    if (parameter === undefined) return false;
    const twin = continued.get(parameter[0]);
    return twin === undefined || joined[twin.position] === parameter;
  });
}

function decodeSegments(segments: Continued['segments']): string {
  segments.sort((a, b) => a.index - b.index);
  let charset = '';
  const chunks: Buffer[] = [];
  for (const [at, segment] of segments.entries()) {
    let value = segment.value;
    if (at === 0 && segment.encoded) {
      const label = /^([^']{0,80})'([^']*)'/.exec(value);
      if (label !== null) {
        charset = label[1] ?? '';
        value = value.slice(label[0].length);
      }
    }
    chunks.push(segment.encoded ? percentDecoded(value) : Buffer.from(value, 'utf8'));
  }
  const text = decodeText(Buffer.concat(chunks), charset).text;
  // Some mailers cut an encoded word into continuations: the words only show once they are joined.
  return text.includes('=?') ? decodeEncodedWords(text).text : text;
}

function percentDecoded(value: string): Buffer {
  const source = Buffer.from(value, 'utf8');
  const out = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] ?? 0;
    const high = byte === 37 ? hexValue(source[at + 1]) : -1;
    const low = high < 0 ? -1 : hexValue(source[at + 2]);
    if (low >= 0) {
      out[length++] = (high << 4) | low;
      at += 2;
    } else out[length++] = byte;
  }
  return out.subarray(0, length);
}
