/**
 * Finds the message that a quoted passage comes from, and compares the two.
 *
 *   > The bar has lost 1.4 m on average      message 17: … The bar has lost 0.4 m on average since …
 *   → { of: 17, agreement: 'words', parts: [The bar has lost] [0.4 → 1.4] [m on average] }
 *
 * Runs of four words (shingles) are looked up in a table of those of the originals; the original with the most of
 * them on about one diagonal is aligned with the passage word by word (E. W. Myers, "An O(ND) difference algorithm",
 * 1986, as the package `diff` has it).
 */
import { limits } from '../../limits.js';
import { hash32 } from '../hash.js';
import { type Agreement, compareWords, type Part } from './compare.js';
import { type Words, wordsOf } from './words.js';

export interface Quotation {
  /** Number of the message that is quoted. */
  readonly of: number;
  readonly agreement: Agreement;
  /** Passage and original side by side, from the first common word to the last. */
  readonly parts: readonly Part[];
  /** Words of the original that stand in the passage, from and to (after the last). */
  readonly from: number;
  readonly to: number;
  /** Words that the whole original has. */
  readonly originalWords: number;
}

const shingleWords = 4;
/** A run of words that stands in more places than this (a greeting, a disclaimer) tells no original. */
const maxPlaces = 24;
/** Originals aligned for one passage, those with the most common runs of words first. */
const maxAligned = 3;
/** Fewer words and characters than this are common to strangers. */
const minWords = 5;
const minCharacters = 24;
/** Share of a passage's words that must stand in the original. */
const minShare = 0.6;

interface Place {
  readonly text: number;
  readonly at: number;
}

export class Originals {
  readonly #numbers: number[] = [];
  readonly #texts: Words[] = [];
  readonly #places = new Map<number, Place[]>();

  /** `text`: what the writer of the message wrote, without what it quotes. Earlier additions win where several fit alike. */
  add(number: number, text: string): void {
    const words = wordsOf(text);
    const index = this.#texts.push(words) - 1;
    this.#numbers.push(number);
    for (let at = 0; at + shingleWords <= words.keys.length; at++) {
      const hash = shingleAt(words, at);
      const places = this.#places.get(hash);
      if (places === undefined) this.#places.set(hash, [{ text: index, at }]);
      else if (places.length < maxPlaces) places.push({ text: index, at });
    }
  }

  /** The original of a passage; undefined where there is none. `isCandidate` leaves messages out (the quoting one, later ones). */
  find(passage: string, isCandidate: (number: number) => boolean): Quotation | undefined {
    const quoted = wordsOf(passage);
    if (!saysEnough(quoted)) return undefined;
    let best: Quotation | undefined;
    let bestShare = 0;
    for (const { text, from, to } of this.#alike(quoted, isCandidate)) {
      const original = this.#texts[text];
      if (original === undefined) continue;
      const length = quoted.keys.length;
      const minCommon = Math.max(Math.floor(minShare * length), Math.floor(bestShare * length) + 1);
      const found = compareWords(quoted, original, from, to, minCommon);
      if (found === undefined) continue;
      const share = found.common / length - (found.agreement === 'same' ? 0 : 0.001);
      if (share < minShare || share <= bestShare) continue;
      bestShare = share;
      best = {
        of: this.#numbers[text] ?? 0,
        agreement: found.agreement,
        parts: found.parts,
        from: found.from,
        to: found.to,
        originalWords: original.keys.length,
      };
    }
    return best;
  }

  /** Texts that share the most runs of words with the passage, and where in them it would stand. */
  #alike(
    quoted: Words,
    isCandidate: (number: number) => boolean,
  ): { text: number; from: number; to: number }[] {
    const diagonals = new Map<number, number[]>();
    for (let at = 0; at + shingleWords <= quoted.keys.length; at++) {
      for (const place of this.#places.get(shingleAt(quoted, at)) ?? []) {
        if (!isCandidate(this.#numbers[place.text] ?? 0)) continue;
        const of = diagonals.get(place.text);
        if (of === undefined) diagonals.set(place.text, [place.at - at]);
        else of.push(place.at - at);
      }
    }
    return [...diagonals]
      .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
      .slice(0, maxAligned)
      .map(([text, of]) => ({ text, ...windowOf(of, quoted.keys.length) }));
  }
}

function saysEnough({ keys }: Words): boolean {
  if (keys.length < minWords) return false;
  let characters = 0;
  for (const key of keys) characters += key.length;
  return characters >= minCharacters;
}

const shingleAt = ({ keys }: Words, at: number): number =>
  hash32(`${keys[at]} ${keys[at + 1]} ${keys[at + 2]} ${keys[at + 3]}`);

/** Where in the original a passage of `length` words stands: about the middle diagonal, with room for what was cut out. */
function windowOf(diagonals: readonly number[], length: number): { from: number; to: number } {
  const sorted = [...diagonals].sort((a, b) => a - b);
  const middle = sorted[sorted.length >>> 1] ?? 0;
  const reach = Math.min(limits.maxQuotationEdits, (length >>> 1) + 16);
  const near = sorted.filter((diagonal) => Math.abs(diagonal - middle) <= reach);
  const lowest = near[0] ?? middle;
  const highest = near.at(-1) ?? middle;
  return { from: Math.max(0, lowest - 8), to: highest + length + 8 };
}
