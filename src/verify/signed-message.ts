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
import type { Canonicalization, HashName } from './dkim-signature.js';

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
        defects: [],
        isDelimiter: () => false,
      },
      0,
      true,
    );
    this.#raw = raw;
    this.lineEnds = lineEnds;
    this.body = raw.subarray(bodyStart);
    this.fields = fields;
    for (const field of fields) {
      const name = field.name.toLowerCase();
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

  bytesOf({ offset, length }: SignedField): Buffer {
    return this.#raw.subarray(offset, offset + length);
  }

  /**
   * What a signature covers of the header section: the fields that its h= list names, then the field `own` that
   * holds the signature (RFC 6376 3.7). A name that occurs again in the list means the next field up; a name without
   * a field signs its absence (5.4.2).
   */
  headerInput(names: readonly string[], form: Canonicalization, own: SignedField): Buffer {
    const used = new Map<string, number>();
    const covered: SignedField[] = [];
    let size = own.length * 2 + 2;
    for (const name of names) {
      const fields = this.#byName.get(name);
      if (fields === undefined) continue;
      const taken = used.get(name) ?? 0;
      used.set(name, taken + 1);
      const field = fields[fields.length - 1 - taken];
      if (field === undefined) continue;
      covered.push(field);
      size += field.length + 2;
    }
    const input = new HeaderInput(form, this.lineEnds, size);
    for (const field of covered) input.add(this.bytesOf(field));
    input.addOwn(this.bytesOf(own));
    return input.bytes();
  }
}

const cr = 13;
const lf = 10;
