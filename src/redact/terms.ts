/**
 * Finds many terms in a text at once, however the text spaces, wraps, capitalises or accents them (fold.ts).
 *
 *   terms 'trench57@postbox.example', '07700 900345', '14 Ropewalk Cottages'
 *   in "Ring 07700-900 345, 14 Ropewalk\n> Cottages"   →   places of the second and third
 *
 * Each term is known by the rarest run of `gramUnits` units in it; a text is read once, and where such a run stands the
 * rest is compared. So the time is that of one pass, whatever the number of terms.
 */
import { continuesWord, type Folded, fold } from './fold.js';

/** What must be around and in a place of the term. */
export type TermForm =
  /** No letter or digit right before or after. */
  | 'words'
  /** As `words`, and an @ where the term has it. */
  | 'address'
  /** No digit right before or after; between its digits nothing but what separates digits of one number. */
  | 'digits'
  /** Exactly as written: passwords, whose punctuation counts. */
  | 'exact'
  /** Anywhere, also within a word: names in msg-ids. */
  | 'anywhere';

export interface Term {
  readonly text: string;
  readonly form: TermForm;
}

export interface TermPlace {
  /** Index among the terms given. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly term: number;
  readonly form: TermForm;
  readonly written: string;
  readonly units: Uint16Array;
  /** Units before the @, for `address`. */
  readonly local: number;
  /** Where in `units` its gram stands. */
  readonly gramAt: number;
}

/** A term with fewer letters and digits would be found in everything; Chinese names have two. */
export const minTermUnits = 2;
/** Long enough to be rare, short enough for a surname and most house numbers with their street. */
const gramUnits = 5;
/** Bits of the bitmap to a term: one place in 32 is looked at in vain. */
const bitsPerTerm = 5;
const maxBitmapBits = 22;
/** Terms that share their rarest gram; what is beyond is still found, but for a hostile trove it would cost its square. */
const maxSharing = 10_000;

export class TermIndex {
  /** One bit for each gram, so that most places cost one look. */
  readonly #bitmap: Uint8Array;
  readonly #shift: number;
  readonly #long = new Map<number, Entry[]>();
  readonly #short = new Map<number, Entry[]>();

  /** Terms with less than `minTermUnits` letters and digits are left out: see `isTerm`. */
  constructor(terms: readonly Term[]) {
    const drafts = terms.flatMap((term, index) => draftOf(term, index) ?? []);
    // Most indexes are of one message and have a handful of terms.
    const bits = Math.min(maxBitmapBits, Math.max(8, Math.ceil(Math.log2(drafts.length + 1)) + bitsPerTerm));
    this.#bitmap = new Uint8Array(1 << (bits - 3));
    this.#shift = 32 - bits;
    const counts = new Map<number, number>();
    for (const { units } of drafts)
      for (let at = 0; at + gramUnits <= units.length; at++) {
        const gram = gramOf(units, at, gramUnits);
        counts.set(gram, (counts.get(gram) ?? 0) + 1);
      }
    for (const draft of drafts) this.#add(draft, counts);
  }

  get isEmpty(): boolean {
    return this.#long.size === 0 && this.#short.size === 0;
  }

  #add(draft: Omit<Entry, 'gramAt'>, counts: ReadonlyMap<number, number>): void {
    const { units } = draft;
    const isShort = units.length < gramUnits;
    const gramAt = isShort ? 0 : rarestGram(units, counts);
    const gram = gramOf(units, gramAt, isShort ? minTermUnits : gramUnits);
    const entries = isShort ? this.#short : this.#long;
    const sharing = entries.get(gram);
    if (sharing === undefined) entries.set(gram, [{ ...draft, gramAt }]);
    else if (sharing.length < maxSharing) sharing.push({ ...draft, gramAt });
    if (!isShort) {
      const bit = bitOf(gram, this.#shift);
      this.#bitmap[bit >> 3] = (this.#bitmap[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }

  /** All places, in order of where their gram stands; they may overlap. */
  find(text: string): TermPlace[] {
    const found: TermPlace[] = [];
    if (this.isEmpty) return found;
    const folded = fold(text);
    if (this.#short.size > 0) this.#findShort(text, folded, found);
    if (this.#long.size > 0) this.#findLong(text, folded, found);
    return found;
  }

  #findLong(text: string, folded: Folded, found: TermPlace[]): void {
    const { codes, length } = folded;
    const bitmap = this.#bitmap;
    const shift = this.#shift;
    let gram = gramOf(codes, 0, Math.min(gramUnits, length));
    for (let at = 0; at + gramUnits <= length; at++) {
      // The hash rolls on: out with the first unit, in with the next.
      if (at > 0)
        gram =
          (Math.imul(gram - Math.imul(codes[at - 1] ?? 0, lastPower), factor) +
            (codes[at + gramUnits - 1] ?? 0)) |
          0;
      const bit = bitOf(gram, shift);
      if (((bitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
      compareAll(text, folded, at, this.#long.get(gram), found);
    }
  }

  #findShort(text: string, folded: Folded, found: TermPlace[]): void {
    const { codes, length } = folded;
    for (let at = 0; at + minTermUnits <= length; at++)
      compareAll(text, folded, at, this.#short.get(gramOf(codes, at, minTermUnits)), found);
  }
}

/** Whether there is enough in the text to look for it everywhere. */
export const isTerm = (text: string): boolean => fold(text).length >= minTermUnits;

function draftOf({ text, form }: Term, term: number): Omit<Entry, 'gramAt'> | undefined {
  const { codes, at, length } = fold(text);
  if (length < minTermUnits) return undefined;
  const sign = form === 'address' ? text.lastIndexOf('@') : -1;
  let local = 0;
  while (local < length && (at[local] ?? 0) < sign) local++;
  return { term, form, written: text, units: codes.slice(0, length), local };
}

function rarestGram(units: Uint16Array, counts: ReadonlyMap<number, number>): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at + gramUnits <= units.length; at++) {
    const count = counts.get(gramOf(units, at, gramUnits)) ?? 0;
    if (count < least) {
      least = count;
      best = at;
    }
  }
  return best;
}

const factor = 0x01000193;
const lastPower = Math.imul(Math.imul(factor, factor), Math.imul(factor, factor));

/** A hash, as a polynomial in `factor`; equal units have equal hashes, and what differs is told apart by comparing. */
function gramOf(codes: Uint16Array, at: number, count: number): number {
  let gram = 0;
  for (let index = at; index < at + count; index++)
    gram = (Math.imul(gram, factor) + (codes[index] ?? 0)) | 0;
  return gram;
}

const bitOf = (gram: number, shift: number): number => Math.imul(gram, 0x9e3779b1) >>> shift;

function compareAll(
  text: string,
  folded: Folded,
  at: number,
  entries: readonly Entry[] | undefined,
  found: TermPlace[],
): void {
  for (const entry of entries ?? []) {
    const first = at - entry.gramAt;
    if (first < 0 || !hasUnits(folded, first, entry.units)) continue;
    const place = placeOf(text, folded, first, entry);
    if (place !== undefined) found.push(place);
  }
}

function hasUnits({ codes, length }: Folded, first: number, units: Uint16Array): boolean {
  if (first + units.length > length) return false;
  for (let index = 0; index < units.length; index++) if (codes[first + index] !== units[index]) return false;
  return true;
}

function placeOf(text: string, { at }: Folded, first: number, entry: Entry): TermPlace | undefined {
  const { form, units, written, local, term } = entry;
  const start = at[first] ?? 0;
  const end = (at[first + units.length - 1] ?? 0) + 1;
  if (form === 'exact') return exactPlace(text, start, end, written, term);
  const place = { term, start, end };
  if (form === 'anywhere') return place;
  if (form === 'digits') {
    if (isDigit(text.charCodeAt(start - 1)) || isDigit(text.charCodeAt(end))) return undefined;
    return separatesDigits(text.slice(start, end)) ? place : undefined;
  }
  if (continuesWord(text.charCodeAt(start - 1)) || continuesWord(text.charCodeAt(end))) return undefined;
  if (form === 'words') return place;
  const between = text.slice((at[first + local - 1] ?? 0) + 1, at[first + local] ?? 0);
  return between.includes('@') ? place : undefined;
}

/** The term with its punctuation, around where its letters and digits were found. */
function exactPlace(
  text: string,
  start: number,
  end: number,
  written: string,
  term: number,
): TermPlace | undefined {
  const from = Math.max(0, start - written.length);
  const at = text.slice(from, end + written.length).indexOf(written);
  return at < 0 ? undefined : { term, start: from + at, end: from + at + written.length };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Coordinates and columns of figures hold every number if all that stands between digits is left out. One number has
 * blanks, hyphens, brackets or slashes in it, or points and nothing else; or a line end with the marks of a quotation.
 */
function separatesDigits(place: string): boolean {
  // Zero bytes are how UTF-16 looks from afar.
  const gaps = place.replaceAll('\0', '').match(/\D+/g) ?? [];
  if (gaps.every((gap) => gap === '.')) return true;
  return gaps.every((gap) => /^[\s\u00a0()/+>\u2010-\u2015-]{1,12}$/.test(gap));
}
