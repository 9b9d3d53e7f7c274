/**
 * The words of a text as hashes, letter case aside, for telling which words one text has and another has not.
 *
 *   "Don’t dredge berth 4"  → don, t, dredge, berth, 4        "東京へ" → 東, 京, へ
 */

const separator = 0;
const letter = 1;
/** Scripts without blanks between words are taken character by character. */
const alone = 2;
const invisible = 3;
const unknown = 255;

/** By UTF-16 unit, found out when it is first met. Halves of surrogate pairs are letters. */
const kinds = new Uint8Array(0x10000).fill(unknown);

function kindOf(unit: number): number {
  const known = kinds[unit] ?? separator;
  if (known !== unknown) return known;
  const character = String.fromCharCode(unit);
  const kind = /[\u00ad\u200b-\u200f\u2060\ufeff]/.test(character)
    ? invisible
    : /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(character)
      ? alone
      : /[\p{L}\p{N}\p{M}\ud800-\udfff]/u.test(character)
        ? letter
        : separator;
  kinds[unit] = kind;
  return kind;
}

export class WordScan {
  /** Of the word that `next` found. */
  hash = 0;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): boolean {
    const text = this.#text;
    let at = this.#at;
    let kind = separator;
    for (; at < text.length; at++) {
      kind = kindOf(text.charCodeAt(at));
      if (kind === letter || kind === alone) break;
    }
    if (at >= text.length) return false;
    let hash = 0x811c9dc5;
    if (kind === alone) hash = hashed(hash, text.charCodeAt(at++));
    else
      for (; at < text.length; at++) {
        const unit = text.charCodeAt(at);
        const next = kindOf(unit);
        if (next === separator || next === alone) break;
        if (next === letter) hash = hashed(hash, lowered(text, at, unit));
      }
    this.hash = hash >>> 0;
    this.#at = at;
    return true;
  }
}

const hashed = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193);

function lowered(text: string, at: number, unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
  return text.charAt(at).toLowerCase().charCodeAt(0);
}
