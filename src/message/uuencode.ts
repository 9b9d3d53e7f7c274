/**
 * Files written into text bodies by uuencode (POSIX.1-2017, "uuencode"): the attachments of the time before MIME.
 *
 *   begin 644 cat.txt
 *   #0V%T
 *   `
 *   end
 */
import type { DecodedBytes } from './base64.js';

export interface UuencodedBlock {
  /** Byte offset of the `begin` line in the body. */
  readonly start: number;
  /** Byte offset after the `end` line. */
  readonly end: number;
  readonly name: string;
}

const beginNeedle = Buffer.from('begin ');
const newline = 10;
/** `begin`, mode and name; a longer line is prose. */
const maxBeginLine = 300;

/** Every complete block of a body, in order; a `begin` line without data lines behind it is prose. */
export function findUuencoded(body: Buffer, maxBlocks: number): UuencodedBlock[] {
  const blocks: UuencodedBlock[] = [];
  let at = body.indexOf(beginNeedle);
  while (at !== -1 && blocks.length < maxBlocks) {
    const block =
      at === 0 || body[at - 1] === newline || body[at - 1] === 13 ? readBlock(body, at) : undefined;
    if (block !== undefined) blocks.push(block);
    at = body.indexOf(beginNeedle, block?.end ?? at + beginNeedle.length);
  }
  return blocks;
}

function readBlock(body: Buffer, start: number): UuencodedBlock | undefined {
  const lineEnd = endOfLine(body, start, start + maxBeginLine);
  if (lineEnd === -1) return undefined;
  const line = /^begin [0-7]{3,4} +(\S.*)$/.exec(body.toString('latin1', start, lineEnd).trimEnd());
  if (line === null) return undefined;
  const dataEnd = skipDataLines(body, lineEnd);
  // One data line at least, or "begin 644 jokes" in prose would swallow the sentence after it.
  if (dataEnd === lineEnd) return undefined;
  const end = skipEndLine(body, dataEnd);
  return { start, end, name: Buffer.from(line[1] ?? '', 'latin1').toString() };
}

/** Index after the line feed, -1 where the line is longer than the limit. */
function endOfLine(body: Buffer, from: number, limit: number): number {
  const stop = Math.min(body.length, limit);
  for (let at = from; at < stop; at++) if (body[at] === newline) return at + 1;
  return stop === body.length ? stop : -1;
}

/** Bytes a line announces; -1 where the line cannot be uuencoded data. */
function dataLength(body: Buffer, from: number, end: number): number {
  const first = body[from] ?? 0;
  if (first < 32 || first > 96) return -1;
  const length = (first - 32) & 63;
  let stop = end;
  while (stop > from && ((body[stop - 1] ?? 0) === newline || body[stop - 1] === 13)) stop--;
  const digits = stop - from - 1;
  const expected = Math.ceil(length / 3) * 4;
  // Blanks at the end of a line get lost in transit; some encoders add a checksum or pad to a full quantum.
  if (digits > expected + 4 || digits < Math.floor((length * 4) / 3) - 8) return -1;
  for (let at = from + 1; at < stop; at++) if ((body[at] ?? 0) < 32 || (body[at] ?? 0) > 96) return -1;
  return length;
}

/** Longest data line: 1 count, 84 digits, a checksum, some blanks. */
const maxDataLine = 100;

function skipDataLines(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length) {
    const end = endOfLine(body, at, at + maxDataLine);
    if (end === -1) return at;
    const length = dataLength(body, at, end);
    if (length < 0) return at;
    at = end;
    if (length === 0) return at;
  }
  return at;
}

function skipEndLine(body: Buffer, from: number): number {
  const end = endOfLine(body, from, from + 20);
  if (end === -1) return from;
  return body.toString('latin1', from, end).trim() === 'end' ? end : from;
}

/** Decodes one block, `begin` line to `end` line. */
export function decodeUuencoded(block: Buffer): DecodedBytes {
  const first = Math.max(0, endOfLine(block, 0, block.length));
  const out = Buffer.allocUnsafe(sumOfCounts(block, first));
  let length = 0;
  for (let at = first; at < block.length; ) {
    const end = endOfLine(block, at, block.length);
    const count = dataLength(block, at, end);
    if (count < 0) break;
    length = decodeLine(block, at + 1, end, count, out, length);
    at = end;
    if (count === 0) break;
  }
  const closed = /(?:^|[\r\n])end[ \t]*[\r\n]*$/.test(
    block.toString('latin1', Math.max(0, block.length - 20)),
  );
  return { bytes: out, damage: closed ? '' : 'no "end" line' };
}

function sumOfCounts(block: Buffer, from: number): number {
  let sum = 0;
  for (let at = from; at < block.length; ) {
    const end = endOfLine(block, at, block.length);
    const count = dataLength(block, at, end);
    if (count <= 0) break;
    sum += count;
    at = end;
  }
  return sum;
}

function decodeLine(
  block: Buffer,
  from: number,
  end: number,
  count: number,
  out: Buffer,
  offset: number,
): number {
  let written = 0;
  for (let at = from; written < count; at += 4) {
    const bits =
      (digit(block, at, end) << 18) |
      (digit(block, at + 1, end) << 12) |
      (digit(block, at + 2, end) << 6) |
      digit(block, at + 3, end);
    for (let shift = 16; shift >= 0 && written < count; shift -= 8) out[offset + written++] = bits >> shift;
  }
  return offset + count;
}

/** A digit that was lost at the end of a line was a blank, which is zero. */
function digit(block: Buffer, at: number, end: number): number {
  const byte = at < end ? (block[at] ?? 32) : 32;
  return byte < 32 ? 0 : (byte - 32) & 63;
}
