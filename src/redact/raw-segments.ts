/**
 * The bytes of a message in the parts that are committed to one by one: each header field, each blank line after a header
 * section, each other line, and each attachment's body as encoded. Put together they are the message.
 *
 *   Subject: Trot 14\r\n      field
 *   \r\n                      blank
 *   Please ring.\r\n          line
 *   JVBERi0xLjQK…\r\n…        attachment (all its lines)
 */
import { limits } from '../limits.js';
import { listAttachments } from '../message/attachment.js';
import type { Entity, Message } from '../message/message.js';
import type { SegmentKind } from './redacted-message.js';

export interface RawSegment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
}

export interface BodyRange {
  readonly start: number;
  readonly end: number;
}

/** Where the entity's body stands in the raw message; undefined for what lies within an encoded message. */
export function bodyRange(raw: Buffer, entity: Entity): BodyRange | undefined {
  if (entity.offset < 0 || entity.body.buffer !== raw.buffer) return undefined;
  const start = entity.body.byteOffset - raw.byteOffset;
  return { start, end: start + entity.body.length };
}

/** Entities whose body is one segment: attachments that have no parts of their own. Indexes in `message.entities`. */
export function attachedLeaves(message: Message): number[] {
  const parents = new Set(message.entities.map(({ parent }) => parent));
  return listAttachments(message)
    .map(({ entity }) => entity)
    .filter((index) => !parents.has(index) || isEncodedMessage(message, index));
}

/** A message that was attached in base64: its parts have no place in the bytes. */
function isEncodedMessage(message: Message, index: number): boolean {
  const first = message.entities.find(({ parent }) => parent === index);
  return first !== undefined && first.offset < 0;
}

export function splitSegments(raw: Buffer, message: Message): RawSegment[] {
  const cuts = cutsOf(raw, message);
  const segments: RawSegment[] = [];
  let done = 0;
  for (const cut of cuts) {
    if (cut.start < done || cut.end <= cut.start) continue;
    if (!addLines(segments, raw, done, cut.start)) break;
    segments.push(cut);
    done = cut.end;
  }
  addLines(segments, raw, done, raw.length);
  const last = segments.at(-1)?.end ?? 0;
  if (last < raw.length) segments.push({ kind: 'rest', start: last, end: raw.length });
  return segments;
}

/** Fields, blank lines and attachments, in byte order. */
function cutsOf(raw: Buffer, message: Message): RawSegment[] {
  const cuts: RawSegment[] = [];
  for (const entity of message.entities) {
    if (entity.offset < 0) continue;
    for (const { offset, length } of entity.fields)
      if (offset >= 0) cuts.push({ kind: 'field', start: offset, end: offset + length });
    const range = bodyRange(raw, entity);
    const last = entity.fields.at(-1);
    const headerEnd = last === undefined || last.offset < 0 ? entity.offset : last.offset + last.length;
    // Nothing but a line end between the last field and the body.
    if (range !== undefined && range.start > headerEnd && range.start - headerEnd <= 2)
      cuts.push({ kind: 'blank', start: headerEnd, end: range.start });
  }
  for (const index of attachedLeaves(message)) {
    const entity = message.entities[index];
    const range = entity === undefined ? undefined : bodyRange(raw, entity);
    if (range !== undefined) cuts.push({ kind: 'attachment', ...range });
  }
  return cuts.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Each line with its end. False where there would be more segments than are counted. */
function addLines(segments: RawSegment[], raw: Buffer, from: number, to: number): boolean {
  for (let start = from; start < to; ) {
    if (segments.length >= limits.maxMessageSegments) return false;
    const found = raw.indexOf(10, start);
    const end = found < 0 || found >= to ? to : found + 1;
    segments.push({ kind: 'line', start, end });
    start = end;
  }
  return segments.length < limits.maxMessageSegments;
}
