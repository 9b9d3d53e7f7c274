/**
 * Header sections (RFC 5322 2.2, RFC 2045 3): lines to ordered fields, and where the body starts.
 *
 *   Subject: a long\r\n
 *    subject\r\n              → { name: 'Subject', body: 'a long subject' }
 *   \r\n                      → the body starts after this
 *
 * The section is read as one-byte characters in chunks; fields are slices of a chunk, so a line costs no copy.
 */
import { limits } from '../limits.js';
import { decodeHeaderBytes } from './charset.js';
import { addDefect } from './defect.js';
import { describeLine, findColon, findNextField } from './header-stray.js';
import type { Defect, HeaderField } from './message.js';
import { getParameter, parseParameterized } from './parameters.js';

export interface SectionSource {
  readonly bytes: Buffer;
  readonly end: number;
  /** 10, or 13 where the bytes hold no line feed at all. */
  readonly newline: number;
  /** No byte above 127 anywhere. */
  readonly ascii: boolean;
  /** Whether offsets count in the raw message; -1 is reported otherwise. */
  readonly placed: boolean;
  readonly defects: Defect[];
  /** Bodies of fields are read when they are asked for, and nothing of them becomes a defect: verifying asks for few. */
  readonly bodiesOnDemand?: boolean;
  /** Whether the line that starts here (with "--") delimits an enclosing multipart. */
  isDelimiter(at: number): boolean;
}

export interface HeaderSection {
  readonly fields: HeaderField[];
  readonly bodyStart: number;
}

const initialChunk = 8_192;
const dash = 45;

interface Walk {
  readonly source: SectionSource;
  readonly start: number;
  readonly fields: HeaderField[];
  /** Offset of `chunk` in the source. */
  base: number;
  chunk: string;
  /** The chunk holds carriage returns. */
  returns: boolean;
  /** The field at `at` has more than one line. */
  folded: boolean;
  /** The chunk reaches the end of what may be read. */
  last: boolean;
  /** Index of the current line in `chunk`. */
  at: number;
  /** `limits.maxHeaderFields` are there. */
  full: boolean;
}

/** Reads the section that starts at `start`; `top` says that it is a message's own and not a body part's. */
export function parseHeaderSection(source: SectionSource, start: number, top: boolean): HeaderSection {
  const from = top ? skipPrelude(source, start) : start;
  const walk: Walk = {
    source,
    start: from,
    fields: [],
    base: from,
    chunk: '',
    returns: false,
    folded: false,
    last: false,
    at: 0,
    full: false,
  };
  loadChunk(walk, initialChunk);
  for (;;) {
    const bodyStart = readLine(walk, top);
    if (bodyStart !== undefined) return { fields: walk.fields, bodyStart };
  }
}

function loadChunk(walk: Walk, size: number): void {
  const { source, start } = walk;
  walk.base += walk.at;
  const limit = Math.min(source.end, start + limits.maxHeaderSectionBytes);
  const end = Math.min(limit, walk.base + size);
  walk.chunk = source.bytes.toString('latin1', walk.base, end);
  walk.returns = walk.chunk.includes('\r');
  walk.last = end === limit;
  walk.at = 0;
}

/** Reads one field. Returns where the body starts once that is known. */
function readLine(walk: Walk, top: boolean): number | undefined {
  const { source, chunk, at } = walk;
  if (at >= chunk.length) {
    if (!walk.last) return grow(walk);
    return walk.base + at >= source.end ? source.end : skipTooLarge(walk);
  }
  const code = chunk.charCodeAt(at);
  if (code === source.newline) return walk.base + at + 1;
  if (code === 13 && chunk.charCodeAt(at + 1) === 10) return walk.base + at + 2;
  const end = findFieldEnd(walk);
  if (end === -1) return grow(walk);
  if (end === chunk.length && walk.base + end < source.end) return skipTooLarge(walk);
  // A delimiter may look like a field ("--a:b") and ends a section whose blank line is missing.
  if (code === dash && chunk.charCodeAt(at + 1) === dash && endsAtDelimiter(walk, end)) return walk.base + at;
  const colon = findColon(chunk, at, end);
  if (colon === -1) return readMalformed(walk, end, top);
  addField(walk, colon, end);
  walk.at = end;
  return undefined;
}

function grow(walk: Walk): undefined {
  loadChunk(walk, Math.max(initialChunk, walk.chunk.length - walk.at) * 4);
  return undefined;
}

/** Index after the last line of the field at `walk.at`, folded lines included; -1 where the chunk is too short. */
function findFieldEnd(walk: Walk): number {
  const { chunk, last } = walk;
  const newline = newlineOf(walk.source);
  walk.folded = false;
  let end = walk.at;
  for (;;) {
    const found = chunk.indexOf(newline, end);
    if (found === -1) return last ? chunk.length : -1;
    end = found + 1;
    if (end >= chunk.length) return last ? chunk.length : -1;
    const next = chunk.charCodeAt(end);
    if (next !== 32 && next !== 9) return end;
    walk.folded = true;
  }
}

function addField(walk: Walk, colon: number, end: number): void {
  const { source, chunk, fields, at } = walk;
  if (fields.length >= limits.maxHeaderFields) {
    // Reported once: the walk goes on to find the body.
    if (!walk.full)
      addDefect(
        source.defects,
        'header-fields-too-many',
        offsetOf(walk, at),
        `more than ${String(limits.maxHeaderFields)}`,
      );
    walk.full = true;
    return;
  }
  let nameEnd = colon;
  while (chunk.charCodeAt(nameEnd - 1) <= 32) nameEnd--;
  const name = chunk.slice(at, nameEnd);
  const offset = source.placed ? walk.base + at : -1;
  if (source.bodiesOnDemand === true) fields.push(new FieldOnDemand(walk, name, offset, colon + 1, end));
  else fields.push({ name, body: readBody(walk, name, offset, colon + 1, end), offset, length: end - at });
}

/** What the body of a field is read from. */
type BodySource = Pick<Walk, 'source' | 'chunk' | 'folded' | 'returns'>;

class FieldOnDemand implements HeaderField, BodySource {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly source: SectionSource;
  readonly chunk: string;
  readonly folded: boolean;
  readonly returns: boolean;
  readonly #from: number;
  readonly #to: number;
  #body: string | undefined;

  constructor(walk: Walk, name: string, offset: number, from: number, to: number) {
    this.name = name;
    this.offset = offset;
    this.length = to - walk.at;
    this.source = walk.source;
    this.chunk = walk.chunk;
    this.folded = walk.folded;
    this.returns = walk.returns;
    this.#from = from;
    this.#to = to;
  }

  get body(): string {
    this.#body ??= readBody(this, this.name, this.offset, this.#from, this.#to);
    return this.#body;
  }
}

function offsetOf(walk: Walk, at: number): number {
  return walk.source.placed ? walk.base + at : -1;
}

function readBody(line: BodySource, name: string, offset: number, from: number, to: number): string {
  const { chunk, source, folded, returns } = line;
  let start = from;
  let end = to;
  while (start < end && isBlank(chunk.charCodeAt(start))) start++;
  while (end > start && isBlank(chunk.charCodeAt(end - 1))) end--;
  let body = chunk.slice(start, end);
  if (folded && source.newline === 10) body = body.replace(/\r?\n/g, '');
  if (returns && body.includes('\r')) {
    if (source.newline === 13) body = body.replace(/\r/g, '');
    else {
      addDefect(source.defects, 'bare-cr', offset, name.slice(0, 80));
      body = body.replace(/\r/g, ' ');
    }
  }
  if (source.ascii || !/[\x80-\xff]/.test(body)) return body;
  const text = decodeHeaderBytes(Buffer.from(body, 'latin1'));
  if (text.utf8) return text.text;
  addDefect(
    source.defects,
    'eight-bit-header',
    offset,
    `${name.slice(0, 80)}: no utf-8, read as windows-1252`,
  );
  return text.text;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

function newlineOf(source: SectionSource): string {
  return source.newline === 10 ? '\n' : '\r';
}

/** The line delimits an enclosing multipart, or the one that this very section declares. */
function endsAtDelimiter(walk: Walk, end: number): boolean {
  const { source, chunk, at, fields, base } = walk;
  if (source.isDelimiter(base + at)) return true;
  const line = chunk.slice(at + 2, Math.min(end, at + limits.maxBoundaryBytes)).trimEnd();
  const type =
    line === ''
      ? undefined
      : fields.find(({ name }) => name.length === 12 && name.toLowerCase() === 'content-type');
  return type !== undefined && getParameter(parseParameterized(type.body).parameters, 'boundary') === line;
}

/**
 * A line that is no field. A From_ line that an mbox left behind and a stray line before further fields are stepped
 * over; anything else is the body.
 */
function readMalformed(walk: Walk, end: number, top: boolean): number | undefined {
  const { source, chunk, at, fields } = walk;
  const here = walk.base + at;
  const next = nextLine(walk, at);
  if (next === -1) return grow(walk);
  const line = describeLine(chunk.slice(at, Math.min(next, at + 60)));
  const isPostmark = /^>?From /.test(chunk.slice(at, at + 6));
  if (fields.length === 0 && !isPostmark) {
    const code = top ? 'no-header-section' : 'header-line-malformed';
    addDefect(source.defects, code, offsetOf(walk, at), `starts with: ${line}`);
    return here;
  }
  const resume = isPostmark ? next : findNextField(chunk, end, newlineOf(source));
  if (resume !== -1) {
    addDefect(source.defects, 'header-line-malformed', offsetOf(walk, at), line);
    walk.at = resume;
    return undefined;
  }
  addDefect(
    source.defects,
    'header-line-malformed',
    offsetOf(walk, at),
    `body without a blank line before it: ${line}`,
  );
  return here;
}

function nextLine(walk: Walk, at: number): number {
  const found = walk.chunk.indexOf(newlineOf(walk.source), at);
  if (found !== -1 && (found + 1 < walk.chunk.length || walk.last)) return found + 1;
  return walk.last ? walk.chunk.length : -1;
}

/** The section is longer than its limit: no more fields, but the blank line is still looked for. */
function skipTooLarge(walk: Walk): number {
  const { source } = walk;
  const from = walk.base + walk.at;
  addDefect(
    source.defects,
    'header-section-too-large',
    offsetOf(walk, walk.at),
    `more than ${String(limits.maxHeaderSectionBytes)} bytes`,
  );
  const newline = newlineOf(source);
  const short = source.bytes.indexOf(newline + newline, from, 'latin1');
  const long = source.newline === 10 ? source.bytes.indexOf('\n\r\n', from, 'latin1') : -1;
  const starts = [short === -1 ? source.end : short + 2, long === -1 ? source.end : long + 3];
  return Math.min(source.end, ...starts);
}

/** Longest run of blank lines and From_ lines stepped over before a message. */
const maxPrelude = 4_096;

/**
 * Where a message's section starts: after a byte order mark, blank lines and From_ lines that a reader of mboxes
 * left in front, provided that a field follows; an empty section stays empty.
 */
function skipPrelude(source: SectionSource, start: number): number {
  const { bytes, end } = source;
  const first = bytes[start] ?? 0;
  if (first !== 10 && first !== 13 && first !== 70 && first !== 62 && first !== 0xef) return start;
  const head = bytes.toString('latin1', start, Math.min(end, start + maxPrelude));
  const prelude = /^(?:\xef\xbb\xbf)?(?:\r?\n|\r|>?From [^\r\n]{0,1000}(?:\r?\n|\r))*/.exec(head)?.[0] ?? '';
  if (prelude === '' || findColon(head, prelude.length, head.length) === -1) return start;
  addDefect(
    source.defects,
    'header-line-malformed',
    source.placed ? start : -1,
    `before the first field: ${describeLine(prelude.slice(0, 60)) || 'blank lines'}`,
  );
  return start + prelude.length;
}
