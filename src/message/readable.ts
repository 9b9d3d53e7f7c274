/**
 * The text of a message as a reader sees it, in segments: what is shown, searched, and quoted in snippets is
 * this one text.
 *
 * Of a multipart/alternative the plain text is taken, unless it is a stub ("your mail program cannot show
 * HTML") beside a longer HTML body. Nested messages follow as quoted text under their own header lines.
 */
import { limits } from '../limits.js';
import { decodeEntityText } from './body.js';
import type { Defect, Entity, Message } from './message.js';
import { unflow } from './text/flowed.js';
import { htmlToText } from './text/html-text.js';
import { type Segment, segmentText } from './text/segments.js';

export interface ReadableText {
  readonly segments: readonly Segment[];
  /** What the text was made from, for the reader's information. */
  readonly origin: 'plain' | 'html' | 'none';
  readonly defects: readonly Defect[];
}

/** A plain alternative shorter than this, beside HTML text `stubRatio` times as long, is a stub. */
const maxStubCharacters = 400;
const stubRatio = 3;

export function readableText(message: Message): ReadableText {
  const defects: Defect[] = [];
  const segments: Segment[] = [];
  let origin: ReadableText['origin'] = 'none';
  let room: number = limits.maxTextCharacters;
  for (const index of bodyEntities(message)) {
    const entity = message.entities[index];
    if (entity === undefined || room <= 0) continue;
    const nested = enclosingMessage(message, index);
    const text = entityText(entity, defects).slice(0, room);
    room -= text.length;
    if (nested > 0) {
      segments.push({ kind: 'attribution', depth: 0, text: `${nestedHeader(message.entities[nested])}\n\n` });
      segments.push({ kind: 'quoted', depth: 1, text });
      continue;
    }
    if (origin === 'none') origin = entity.mediaType === 'text/html' ? 'html' : 'plain';
    segments.push(...segmentText(text));
  }
  return { segments, origin, defects };
}

function entityText(entity: Entity, defects: Defect[]): string {
  const decoded = decodeEntityText(entity);
  defects.push(...decoded.defects);
  if (entity.mediaType === 'text/html') return htmlToText(decoded.text);
  const format = parameter(entity, 'format').toLowerCase();
  return format === 'flowed'
    ? unflow(decoded.text, parameter(entity, 'delsp').toLowerCase() === 'yes')
    : decoded.text;
}

const parameter = (entity: Entity, name: string): string =>
  entity.parameters.find(([key]) => key === name)?.[1] ?? '';

/** Indexes of the entities whose text is read, in order. */
export function bodyEntities(message: Message): number[] {
  const chosen: number[] = [];
  const byAlternative = new Map<number, number[]>();
  for (const [index, entity] of message.entities.entries()) {
    if (!isBodyText(entity)) continue;
    const alternative = enclosingAlternative(message, index);
    if (alternative < 0) {
      chosen.push(index);
      continue;
    }
    const group = byAlternative.get(alternative);
    if (group === undefined) byAlternative.set(alternative, [index]);
    else group.push(index);
  }
  for (const group of byAlternative.values()) chosen.push(...chooseAlternative(message, group));
  return chosen.sort((a, b) => a - b);
}

/** Text that a reader is meant to read in place: not a file, not machine data. */
function isBodyText(entity: Entity): boolean {
  if (entity.disposition === 'attachment' || entity.filename !== '') return false;
  return (
    entity.mediaType === 'text/plain' ||
    entity.mediaType === 'text/html' ||
    entity.mediaType === 'message/delivery-status'
  );
}

function enclosingAlternative(message: Message, index: number): number {
  for (let at = message.entities[index]?.parent ?? -1; at >= 0; at = message.entities[at]?.parent ?? -1) {
    const mediaType = message.entities[at]?.mediaType;
    if (mediaType === 'multipart/alternative') return at;
    if (mediaType === 'message/rfc822' || mediaType === 'multipart/mixed') return -1;
  }
  return -1;
}

function enclosingMessage(message: Message, index: number): number {
  for (let at = message.entities[index]?.parent ?? -1; at > 0; at = message.entities[at]?.parent ?? -1) {
    const parent = message.entities[message.entities[at]?.parent ?? -1];
    if (parent?.mediaType.startsWith('message/') === true) return at;
  }
  const own = message.entities[message.entities[index]?.parent ?? -1];
  return own?.mediaType === 'message/rfc822' ? index : -1;
}

function chooseAlternative(message: Message, group: readonly number[]): number[] {
  const plain = group.filter((index) => message.entities[index]?.mediaType === 'text/plain');
  const html = group.filter((index) => message.entities[index]?.mediaType === 'text/html');
  if (html.length === 0) return plain.length === 0 ? group.slice() : plain;
  if (plain.length === 0) return html;
  const plainText = plain
    .map((index) => textOf(message, index))
    .join('')
    .trim();
  if (plainText.length >= maxStubCharacters) return plain;
  const htmlText = html
    .map((index) => htmlToText(textOf(message, index)))
    .join('')
    .trim();
  return htmlText.length >= stubRatio * plainText.length ? html : plain;
}

function textOf(message: Message, index: number): string {
  const entity = message.entities[index];
  return entity === undefined ? '' : decodeEntityText(entity).text;
}

function nestedHeader(entity: Entity | undefined): string {
  if (entity === undefined) return '';
  const shown = ['From', 'To', 'Date', 'Subject'];
  return shown
    .flatMap((name) =>
      entity.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).slice(0, 1),
    )
    .map((field) => `${field.name}: ${field.body}`)
    .join('\n');
}
