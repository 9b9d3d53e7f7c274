/** Which segments of a message are hidden. Segments start shown, and nothing shows again what was hidden. */
import { decodeEntityText } from '../message/body.js';
import { decodeEncodedWords } from '../message/encoded-word.js';
import type { Entity, Message } from '../message/message.js';
import { hiddenLines } from './hidden-lines.js';
import type { MaskedSpan } from './masker.js';
import { attachedLeaves, bodyRange, type RawSegment } from './raw-segments.js';

type FindSpans = (text: string) => readonly MaskedSpan[];

export class SegmentCover {
  readonly #raw: Buffer;
  readonly #message: Message;
  readonly #segments: readonly RawSegment[];
  /** By the byte it starts at. */
  readonly #byStart: ReadonlyMap<number, number>;
  readonly #hidden: Uint8Array;

  constructor(raw: Buffer, message: Message, segments: readonly RawSegment[]) {
    this.#raw = raw;
    this.#message = message;
    this.#segments = segments;
    this.#byStart = new Map(segments.map(({ start }, index) => [start, index]));
    this.#hidden = new Uint8Array(segments.length);
  }

  get hidesAny(): boolean {
    return this.#hidden.includes(1);
  }

  isHidden(segment: number): boolean {
    return this.#hidden[segment] === 1;
  }

  #hide(segment: RawSegment): void {
    const index = this.#byStart.get(segment.start);
    if (index !== undefined) this.#hidden[index] = 1;
  }

  /** Index of the segment; undefined for a field beyond the limits or inside an encoded message. */
  fieldSegment(entity: number, field: number): number | undefined {
    const found = this.#message.entities[entity]?.fields[field];
    return found === undefined ? undefined : this.#byStart.get(found.offset);
  }

  isFieldHidden(entity: number, field: number): boolean {
    const segment = this.fieldSegment(entity, field);
    return segment !== undefined && this.isHidden(segment);
  }

  hideField(entity: number, field: number): void {
    const segment = this.fieldSegment(entity, field);
    if (segment !== undefined) this.#hidden[segment] = 1;
  }

  attachmentSegment(entity: number): number | undefined {
    const found = this.#message.entities[entity];
    const range = found === undefined ? undefined : bodyRange(this.#raw, found);
    return range === undefined ? undefined : this.#byStart.get(range.start);
  }

  hideAttachment(entity: number): void {
    const segment = this.attachmentSegment(entity);
    if (segment !== undefined) this.#hidden[segment] = 1;
  }

  /** Fields of parts (file names!), texts, and what stands between the parts. */
  hideParts(find: FindSpans): void {
    const attached = new Set(attachedLeaves(this.#message));
    const parents = new Set(
      this.#message.entities.filter(({ offset }) => offset >= 0).map(({ parent }) => parent),
    );
    const isCovered = new Uint8Array(this.#segments.length);
    for (const [index, entity] of this.#message.entities.entries()) {
      if (entity.offset < 0) continue;
      if (index > 0) this.#hidePartFields(entity, find);
      if (!attached.has(index) && !parents.has(index)) this.#hideText(entity, find, isCovered);
    }
    this.#hideBetween(find, isCovered);
  }

  #hidePartFields(entity: Entity, find: FindSpans): void {
    for (const field of entity.fields) {
      // Parameters are percent-encoded where RFC 2231 has it.
      const text = withoutPercent(decodeEncodedWords(field.body).text);
      const index = this.#byStart.get(field.offset);
      if (index !== undefined && find(text).length > 0) this.#hidden[index] = 1;
    }
  }

  hidePartFields(isHidden: (name: string) => boolean): void {
    for (const entity of this.#message.entities.slice(1))
      for (const { name, offset } of entity.fields) {
        const index = this.#byStart.get(offset);
        if (index !== undefined && isHidden(name)) this.#hidden[index] = 1;
      }
  }

  #hideText(entity: Entity, find: FindSpans, isCovered: Uint8Array): void {
    const range = bodyRange(this.#raw, entity);
    if (range === undefined) return;
    const lines: RawSegment[] = [];
    for (let index = this.#firstFrom(range.start); index < this.#segments.length; index++) {
      const segment = this.#segments[index];
      if (segment === undefined || segment.start >= range.end) break;
      if (segment.kind !== 'line' || isCovered[index] === 1) continue;
      isCovered[index] = 1;
      lines.push(segment);
    }
    const { text } = decodeEntityText(entity);
    for (const line of hiddenLines(this.#raw, entity, text, find(text), lines)) this.#hide(line);
  }

  /** Index of the first segment that starts at `offset` or later. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#segments[middle]?.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Delimiters, preambles, epilogues; what lies beyond the last segment that is counted is never shown. */
  #hideBetween(find: FindSpans, isCovered: Uint8Array): void {
    for (const [index, { kind, start, end }] of this.#segments.entries()) {
      if (kind === 'rest') this.#hidden[index] = 1;
      if (kind !== 'line' || isCovered[index] === 1) continue;
      if (find(this.#raw.toString('utf8', start, end)).length > 0) this.#hidden[index] = 1;
    }
  }

  /** All fields, or all lines, where those that are shown still tell what is hidden. */
  hideLeaks(leaks: (bytes: Buffer) => boolean): void {
    for (const isOfGroup of [isField, isBody]) {
      const shown = this.#segments.filter((segment, index) => isOfGroup(segment) && !this.isHidden(index));
      if (shown.length === 0) continue;
      if (!leaks(Buffer.concat(shown.map(({ start, end }) => this.#raw.subarray(start, end))))) continue;
      const single =
        isOfGroup === isField
          ? shown.filter(({ start, end }) => leaks(this.#raw.subarray(start, end)))
          : shown;
      for (const segment of single.length === 0 ? shown : single) this.#hide(segment);
    }
  }
}

const isField = ({ kind }: RawSegment): boolean => kind === 'field';
const isBody = ({ kind }: RawSegment): boolean => kind !== 'field';

function withoutPercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
