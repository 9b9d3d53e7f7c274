/**
 * Looks for what was redacted in bytes that are to be published, in every form it could have there. The gate of a
 * release: `release` calls it for each file that it wrote, and for the file's name.
 *
 *   secret "trench57@postbox.example"     found in    dHJlbmNoNTdAcG9zdGJveC5leGFtcGxl        base64
 *                                                     trench57=40postbox=2Eexample            quoted-printable
 *                                                     trench57&#64;postbox.example            character references
 *                                                     a page in a zip in a base64 attachment  base64, zip
 *
 * The bytes are read as text, and that text is read again without the encodings that stand in it (leak-views.ts), each
 * reading being searched for all secrets at once (terms.ts). It fails closed: what could not be read to its end within
 * the limits is reported as unchecked.
 */
import { hash } from 'node:crypto';
import { limits } from '../limits.js';
import { foldedText } from './fold.js';
import { textOfBytes } from './leak-encodings.js';
import { encodedSpellings, type Spelling } from './leak-spellings.js';
import { innerViews, type View } from './leak-views.js';
import { isTerm, type Term, TermIndex } from './terms.js';

export type Secret = Term;

export interface Leak {
  /** Index of the secret among those given; -1 where the bytes could not be checked to their end. */
  readonly secret: number;
  /** How it is encoded, outermost first; none where it stands there as it is. */
  readonly via: readonly string[];
  /** In the innermost reading, in UTF-16 units. */
  readonly offset: number;
}

export class LeakCheck {
  readonly #terms: TermIndex;
  /** Of those, the ones that no decoding of what was never encoded would spell by chance. */
  readonly #long: TermIndex;
  readonly #spellings: readonly Spelling[];
  /** Characters to either side of an encoding that may belong to a secret, markup in the midst of it included. */
  readonly #reach: number;
  /** Secrets with too few letters and digits to be told from anything else: whoever redacts must not rely on this check for them. */
  readonly tooShort: readonly number[];

  constructor(secrets: readonly Secret[]) {
    this.#terms = new TermIndex(secrets);
    const long = secrets.map((secret) => (isLong(secret.text) ? secret : { ...secret, text: '' }));
    this.#long = long.every(({ text }) => text !== '') ? this.#terms : new TermIndex(long);
    this.#spellings = encodedSpellings(secrets);
    this.#reach = secrets.reduce((most, { text }) => Math.max(most, text.length), 0) * 3 + 100;
    this.tooShort = secrets.flatMap(({ text }, index) => (isTerm(text) ? [] : [index]));
  }

  /** At most `limits.maxLeaks` leaks, each secret once for each way in which it is encoded. Pure; never throws. */
  find(bytes: Uint8Array): Leak[] {
    const leaks: Leak[] = [];
    const seen = new Set<string>();
    const add = (leak: Leak): void => {
      const key = `${leak.secret} ${leak.via.join(' ')}`;
      if (seen.has(key) || leaks.length >= limits.maxLeaks) return;
      seen.add(key);
      leaks.push(leak);
    };
    const read = new Set<string>();
    let left = limits.maxLeakViewBytes + bytes.length * limits.maxLeakViewRatio;
    const waiting: View[] = [{ content: asBuffer(bytes), via: [], depth: 0 }];
    for (let view = waiting.pop(); view !== undefined; view = waiting.pop()) {
      const { content, via } = view;
      // Two encodings undone in either order give the same reading.
      const key = hash('sha1', content, 'base64');
      if (read.has(key)) continue;
      read.add(key);
      left -= content.length;
      if (left < 0) {
        add({ secret: -1, via, offset: 0 });
        break;
      }
      if (typeof content !== 'string') this.#findSpellings(content, via, add);
      const text = typeof content === 'string' ? content : textOfBytes(content);
      const terms = via.includes('base64') ? this.#long : this.#terms;
      for (const { term, start } of terms.find(text)) add({ secret: term, via, offset: start });
      const inner = innerViews(view, text, this.#reach, left);
      if (inner.incomplete !== undefined) add({ secret: -1, via: [...via, inner.incomplete], offset: 0 });
      waiting.push(...inner.views);
    }
    return leaks;
  }

  /** Letters beyond ASCII in charsets other than UTF-8, which reading as text would turn into other letters. */
  #findSpellings(bytes: Buffer, via: readonly string[], add: (leak: Leak) => void): void {
    for (const { secret, charset, pattern } of this.#spellings) {
      const offset = bytes.indexOf(pattern);
      if (offset >= 0) add({ secret, via: [...via, charset], offset });
    }
  }
}

/** Bytes of UTF-8: five letters, or two ideographs. */
const isLong = (text: string): boolean => Buffer.byteLength(foldedText(text)) > 4;

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
