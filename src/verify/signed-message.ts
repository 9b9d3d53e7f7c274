/**
 * A raw message as signatures see it: header fields as bytes, in order, and the body.
 *
 * The fields are those that the parser shows to a reader (message/header-section.ts): were there two ways to find
 * them, one message could be shown and another one verified.
 */
import { isAscii } from 'node:buffer';
import { parseHeaderSection } from '../message/header-section.js';
import type { HeaderField } from '../message/message.js';
import { type BodyDigest, digestBody, type LineEnds } from './canonical-body.js';
import { HeaderInput } from './canonical-header.js';
import type { Canonicalization, HashName, SignedNames } from './dkim-signature.js';

/** A field as the parser has it; the name has the letter case of the bytes. */
export type SignedField = HeaderField;

const nothing: readonly SignedField[] = [];

export class SignedMessage {
  readonly fields: readonly SignedField[];
  readonly body: Buffer;
  readonly lineEnds: LineEnds;
  readonly #raw: Buffer;
  readonly #byName = new Map<string, SignedField[]>();
  readonly #digests = new Map<string, BodyDigest>();

  constructor(raw: Buffer, lineEnds: LineEnds) {
    const newline = raw.includes(lf) || !raw.includes(cr) ? lf : cr;
    const { fields, bodyStart } = parseHeaderSection(
      {
        bytes: raw,
        end: raw.length,
        newline,
        ascii: isAscii(raw),
        placed: true,
        bodiesOnDemand: true,
        defects: [],
        isDelimiter: () => false,
      },
      0,
      true,
    );
    this.#raw = raw;
    this.lineEnds = lineEnds;
    this.body = raw.subarray(bodyStart);
    this.fields = withoutGaps(fields, endOfSection(raw, bodyStart));
    for (const field of this.fields) {
      const name = lowerCase(field.name);
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [field]);
      else same.push(field);
    }
  }

  /** Top to bottom. `name` in lower case. */
  named(name: string): readonly SignedField[] {
    return this.#byName.get(name) ?? nothing;
  }

  /**
   * The digests that were prepared, or one made now. Ask for all lengths of interest at once: a body is read once
   * for each pair of form and hash.
   */
  digest(form: Canonicalization, hash: HashName, cuts: readonly number[]): BodyDigest {
    const key = `${form} ${hash}`;
    let digest = this.#digests.get(key);
    if (digest === undefined) {
      digest = digestBody(this.body, form, hash, this.lineEnds, cuts);
      this.#digests.set(key, digest);
    }
    return digest;
  }

  /** The bytes that were judged, on the wire: line ends as this reading has them. */
  onTheWire(): Buffer {
    if (this.lineEnds === 'network') return this.#raw;
    return Buffer.from(this.#raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
  }

  /** As `headerInput`, for the seal of an ARC set, which covers whole fields without a list. */
  sealInput(covered: readonly SignedField[], own: SignedField): Buffer {
    const size = covered.reduce((sum, { length }) => sum + length + 2, own.length * 2 + 2);
    const input = new HeaderInput('relaxed', this.lineEnds, size);
    for (const field of covered) this.#addTo(input, field);
    input.addOwn(this.#raw, own.offset, own.offset + own.length);
    return input.bytes();
  }

  /**
   * What a signature covers of the header section: the fields that its h= list names, then the field `own` that
   * holds the signature (RFC 6376 3.7). A name that occurs again in the list means the next field up; a name without
   * a field signs its absence (5.4.2).
   */
  headerInput({ all, before }: SignedNames, form: Canonicalization, own: SignedField): Buffer {
    const covered: SignedField[] = [];
    let size = own.length * 2 + 2;
    for (let i = 0; i < all.length; i++) {
      const fields = this.#byName.get(all[i] ?? '');
      const field = fields?.[fields.length - 1 - (before[i] ?? 0)];
      if (field === undefined) continue;
      covered.push(field);
      size += field.length + 2;
    }
    const input = new HeaderInput(form, this.lineEnds, size);
    for (const field of covered) this.#addTo(input, field);
    input.addOwn(this.#raw, own.offset, own.offset + own.length);
    return input.bytes();
  }

  #addTo(input: HeaderInput, { offset, length }: SignedField): void {
    input.add(this.#raw, offset, offset + length);
  }
}

/**
 * Lines among the fields that are no fields belong to the field above, as other verifiers have it: what was put
 * into a signed header section must not be passed over.
 */
function withoutGaps(fields: readonly HeaderField[], end: number): readonly HeaderField[] {
  const nextOf = (index: number): number => fields[index + 1]?.offset ?? end;
  if (!fields.some((field, index) => endOf(field) < nextOf(index))) return fields;
  return fields.map((field, index) => {
    const { name, body, offset } = field;
    return { name, body, offset, length: Math.max(endOf(field), nextOf(index)) - offset };
  });
}

/** Where the blank line before the body begins. */
function endOfSection(raw: Buffer, bodyStart: number): number {
  if (raw[bodyStart - 1] !== lf) return bodyStart;
  return bodyStart - (raw[bodyStart - 2] === cr ? 2 : 1);
}

const endOf = ({ offset, length }: HeaderField): number => offset + length;

const knownNames = new Map<string, string>();
const maxKnownNames = 1_000;

/** Field names are few, and hashing them anew for each message is a part of what judging costs. */
function lowerCase(name: string): string {
  let known = knownNames.get(name);
  if (known === undefined) {
    known = name.toLowerCase();
    if (name.length > 60) return known;
    if (knownNames.size >= maxKnownNames) knownNames.clear();
    knownNames.set(name, known);
  }
  return known;
}

const cr = 13;
const lf = 10;
