/**
 * The text of a message as a reader sees it, in segments: what is shown, searched, and quoted in snippets is
 * this one text.
 *
 * Of a multipart/alternative the plain text is taken, unless it is a stub ("your mail program cannot show
 * HTML") beside a longer HTML body; lines of the other with words that the one taken has not follow it, and say so.
 * Nested messages follow as quoted text under their own header lines.
 */
import { limits } from '../limits.js';
import { onlyIn } from './alternative.js';
import { decodeBody, decodeEntityText, type EntityText } from './body.js';
import type { Defect, Entity, Message } from './message.js';
import { unflow } from './text/flowed.js';
import { htmlToText } from './text/html-text.js';
import { hasOtherWords } from './text/other-words.js';
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
  const texts = new EntityTexts(message);
  const reading = new Reading(message, texts);
  for (const part of readParts(message, texts)) reading.add(part);
  return reading.finish();
}

/** Indexes of the entities whose text is read whole, in order. */
export function bodyEntities(message: Message): number[] {
  return readParts(message, new EntityTexts(message)).map(({ index }) => index);
}

/** An entity that is read. */
interface ReadPart {
  readonly index: number;
  /** After the last that is read of a multipart/alternative: all that are, and those that should say the same. */
  readonly alternatives?: { readonly read: readonly number[]; readonly others: readonly number[] };
}

/** Texts of the entities of one message, each decoded once. */
class EntityTexts {
  readonly #message: Message;
  readonly #decoded = new Map<number, EntityText>();
  readonly #read = new Map<number, string>();

  constructor(message: Message) {
    this.#message = message;
  }

  decoded(index: number): EntityText {
    const known = this.#decoded.get(index);
    if (known !== undefined) return known;
    const entity = this.#message.entities[index];
    const text =
      entity === undefined
        ? { bytes: Buffer.alloc(0), text: '', charset: '', defects: [] }
        : decodeEntityText(entity);
    this.#decoded.set(index, text);
    return text;
  }

  /** As it is read: markup taken off, flowed lines joined. */
  read(index: number): string {
    const known = this.#read.get(index);
    if (known !== undefined) return known;
    const text = this.#readable(index);
    this.#read.set(index, text);
    return text;
  }

  #readable(index: number): string {
    const entity = this.#message.entities[index];
    const { text } = this.decoded(index);
    if (entity === undefined) return '';
    if (entity.mediaType === 'text/html') return htmlToText(text);
    return parameter(entity, 'format').toLowerCase() === 'flowed'
      ? unflow(text, parameter(entity, 'delsp').toLowerCase() === 'yes')
      : text;
  }
}

class Reading {
  readonly #message: Message;
  readonly #texts: EntityTexts;
  readonly #defects: Defect[] = [];
  readonly #segments: Segment[] = [];
  #origin: ReadableText['origin'] = 'none';
  #room: number = limits.maxTextCharacters;

  constructor(message: Message, texts: EntityTexts) {
    this.#message = message;
    this.#texts = texts;
  }

  add({ index, alternatives }: ReadPart): void {
    const entity = this.#message.entities[index];
    if (entity === undefined || this.#room <= 0) return;
    this.#defects.push(...this.#texts.decoded(index).defects);
    const text = this.#cut(this.#texts.read(index));
    const nested = enclosingMessage(this.#message, index);
    if (nested > 0) {
      const header = nestedHeader(this.#message.entities[nested]);
      this.#segments.push({ kind: 'attribution', depth: 0, text: `${header}\n\n` });
      this.#segments.push({ kind: 'quoted', depth: 1, text });
    } else {
      if (this.#origin === 'none') this.#origin = entity.mediaType === 'text/html' ? 'html' : 'plain';
      this.#segments.push(...segmentText(text));
    }
    if (alternatives !== undefined) this.#addOthers(alternatives, nested > 0);
  }

  /** What the other alternatives have beyond the text that is read. */
  #addOthers({ read, others }: NonNullable<ReadPart['alternatives']>, isNested: boolean): void {
    for (const index of others) {
      if (this.#room <= 0 || !this.#mayDiffer(index, read)) continue;
      const version = this.#message.entities[index]?.mediaType === 'text/html' ? 'html' : 'plain';
      const shown = read.map((each) => this.#texts.read(each)).join('\n');
      for (const segment of onlyIn(version, this.#texts.read(index), shown)) {
        const text = this.#cut(segment.text);
        this.#segments.push(
          isNested
            ? { kind: 'quoted', depth: segment.depth + 1, text, onlyIn: version }
            : { ...segment, text },
        );
      }
    }
  }

  /** HTML beside plain text mostly says the same: a look at its bytes spares the making of its text. */
  #mayDiffer(other: number, read: readonly number[]): boolean {
    const html = this.#message.entities[other];
    if (html?.mediaType !== 'text/html') return true;
    return hasOtherWords(
      decodeBody(html).bytes,
      read.map((index) => this.#texts.decoded(index).bytes),
    );
  }

  #cut(text: string): string {
    const cut = text.slice(0, this.#room);
    this.#room -= cut.length;
    return cut;
  }

  finish(): ReadableText {
    return { segments: this.#segments, origin: this.#origin, defects: this.#defects };
  }
}

const parameter = (entity: Entity, name: string): string =>
  entity.parameters.find(([key]) => key === name)?.[1] ?? '';

/** The entities whose text is read, in order. */
function readParts(message: Message, texts: EntityTexts): ReadPart[] {
  const chosen: ReadPart[] = [];
  const byAlternative = new Map<number, number[]>();
  for (const [index, entity] of message.entities.entries()) {
    if (!isBodyText(entity)) continue;
    const alternative = enclosingAlternative(message, index);
    if (alternative < 0) {
      chosen.push({ index });
      continue;
    }
    const group = byAlternative.get(alternative);
    if (group === undefined) byAlternative.set(alternative, [index]);
    else group.push(index);
  }
  for (const group of byAlternative.values()) {
    const read = chooseAlternative(message, group, texts);
    const others = group.filter((index) => !read.includes(index));
    for (const index of read)
      chosen.push(
        index === read.at(-1) && others.length > 0 ? { index, alternatives: { read, others } } : { index },
      );
  }
  return chosen.sort((a, b) => a.index - b.index);
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

function chooseAlternative(message: Message, group: readonly number[], texts: EntityTexts): number[] {
  const plain = group.filter((index) => message.entities[index]?.mediaType === 'text/plain');
  const html = group.filter((index) => message.entities[index]?.mediaType === 'text/html');
  if (html.length === 0) return plain.length === 0 ? group.slice() : plain;
  if (plain.length === 0) return html;
  const plainText = plain
    .map((index) => texts.decoded(index).text)
    .join('')
    .trim();
  if (plainText.length >= maxStubCharacters) return plain;
  const htmlText = html
    .map((index) => texts.read(index))
    .join('')
    .trim();
  return htmlText.length >= stubRatio * plainText.length ? html : plain;
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
