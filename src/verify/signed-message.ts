/**
 * A raw message as signatures see it: header fields as bytes, in order, and the body.
 *
 * The fields are those that the parser shows to a reader (message/header-section.ts): were there two ways to find
 * them, one message could be shown and another one verified.
 */
import { isAscii } from 'node:buffer';
import { parseHeaderSection } from '../message/header-section.js';
import { type BodyDigest, digestBody, type LineEnds } from './canonical-body.js';
import { canonicalField } from './canonical-header.js';
import type { Canonicalization, HashName } from './dkim-signature.js';

export interface SignedField {
  /** Lower case. */
  readonly name: string;
  /** One-byte characters with the line ends that the reading implies. */
  readonly raw: string;
  /** Unfolded and decoded, as the parser has it. */
  readonly body: string;
}

export class SignedMessage {
  readonly fields: readonly SignedField[];
  readonly body: Buffer;
  readonly lineEnds: LineEnds;
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
    this.lineEnds = lineEnds;
    this.body = raw.subarray(bodyStart);
    this.fields = fields.map(({ name, body, offset, length }) => {
      const bytes = raw.toString('latin1', offset, offset + length);
      return { name: name.toLowerCase(), raw: lineEnds === 'local' ? toCrlf(bytes) : bytes, body };
    });
    for (const field of this.fields) {
      const same = this.#byName.get(field.name);
      if (same === undefined) this.#byName.set(field.name, [field]);
      else same.push(field);
    }
  }

  /** Top to bottom. */
  named(name: string): readonly SignedField[] {
    return this.#byName.get(name) ?? [];
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

  /**
   * The fields that an h= list signs, in canonical form, each with its line end (RFC 6376 5.4.2): a name that
   * occurs again in the list means the next field up; a name without a field signs its absence.
   */
  signedFields(names: readonly string[], form: Canonicalization): string {
    const used = new Map<string, number>();
    let text = '';
    for (const name of names) {
      const fields = this.named(name);
      const taken = used.get(name) ?? 0;
      used.set(name, taken + 1);
      const field = fields[fields.length - 1 - taken];
      if (field !== undefined) text += `${canonicalField(field.raw, form)}\r\n`;
    }
    return text;
  }
}

const cr = 13;
const lf = 10;

const toCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
