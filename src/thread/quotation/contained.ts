/**
 * Which texts of a conversation are wholly contained in others: the fewest messages that hold all of it are those
 * that remain ("inclusive" messages).
 *
 *   1  Shall we dredge?                       in 3
 *   2  No. > Shall we dredge?                 in 3
 *   3  Why not? > No. >> Shall we dredge?     remains
 *   4  > Shall we dredge? Yes.                remains: nobody quotes its Yes
 *
 * A text is contained in another where each of its passages stands there word for word. It may be interrupted there by
 * answers, which end one passage of the other and begin a next; a word that was put into it, or left out of it, makes
 * it another text. Words are compared, fingerprints only find where.
 */
import { hash32 } from '../hash.js';
import { wordsOf } from './words.js';

export interface Content {
  readonly number: number;
  /** Passages of the text, own and quoted, in order; without signatures and what introduces quotations. */
  readonly passages: readonly string[];
  /** It has something beside its text (attachments) that a quotation does not hold. */
  readonly mustRemain: boolean;
}

/** Of each contained message, one that remains and holds it. */
export type Containers = ReadonlyMap<number, number>;

const runWords = 4;
/** Words of a text; one with fewer ("Thanks, will do") may stand anywhere without being a quotation. */
const minWords = 8;
/** Runs of a text that are looked up to find what may contain it, evenly spaced. */
const probes = 8;
/** Texts that share a run and are looked at for it: those with the most words. */
const maxSharers = 64;
/** Texts compared word by word for one. */
const maxCompared = 4;

interface Text {
  readonly content: Content;
  readonly passages: readonly (readonly string[])[];
  readonly keys: readonly string[];
  /** 1 at words with which a passage begins. */
  readonly begins: Uint8Array;
}

/** Linear in the words of all texts, but for `maxCompared` comparisons of each. */
export function findContained(contents: readonly Content[]): Containers {
  const texts = contents.map(textOf);
  // What contains another has at least as many words. Of equal ones the first remains.
  const order = texts.map((text, at) => ({ text, at }));
  order.sort((a, b) => b.text.keys.length - a.text.keys.length || a.at - b.at);
  const remaining = new Remaining();
  const containers = new Map<number, number>();
  for (const { text } of order) {
    const container = text.content.mustRemain ? undefined : remaining.findContainer(text);
    if (container === undefined) remaining.add(text);
    else containers.set(text.content.number, container);
  }
  return containers;
}

function textOf(content: Content): Text {
  const passages = content.passages.map((passage) => wordsOf(passage).keys).filter((keys) => keys.length > 0);
  const keys = passages.flat();
  // One more: what ends at the end of the text is followed by the beginning of nothing.
  const begins = new Uint8Array(keys.length + 1);
  let at = 0;
  for (const passage of passages) {
    begins[at] = 1;
    at += passage.length;
  }
  begins[at] = 1;
  return { content, passages, keys, begins };
}

/** The texts that nothing contains so far, the longest first. */
class Remaining {
  readonly #texts: Text[] = [];
  /** Hash of a run → indexes of texts that have it. */
  readonly #sharers = new Map<number, number[]>();
  /** By index, hash of a run → its places: long texts are compared many times in a row. */
  readonly #places = new Map<number, Places>();

  add(text: Text): void {
    const index = this.#texts.push(text) - 1;
    for (let at = 0; at + runWords <= text.keys.length; at++) {
      const run = runAt(text.keys, at);
      const sharers = this.#sharers.get(run);
      if (sharers === undefined) this.#sharers.set(run, [index]);
      else if (sharers.length < maxSharers && sharers.at(-1) !== index) sharers.push(index);
    }
  }

  /** Number of a message that holds all of the text. */
  findContainer(text: Text): number | undefined {
    if (text.keys.length < minWords) return undefined;
    for (const index of this.#likely(text)) {
      const other = this.#texts[index];
      if (other !== undefined && contains(other, this.#placesIn(index), text)) return other.content.number;
    }
    return undefined;
  }

  /** Texts that have the most of its probed runs. */
  #likely({ keys }: Text): number[] {
    const votes = new Map<number, number>();
    const last = keys.length - runWords;
    for (let probe = 0; probe < probes; probe++) {
      const at = Math.round((last * probe) / (probes - 1));
      for (const index of this.#sharers.get(runAt(keys, at)) ?? [])
        votes.set(index, (votes.get(index) ?? 0) + 1);
    }
    return [...votes]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, maxCompared)
      .map(([index]) => index);
  }

  #placesIn(index: number): Places {
    const known = this.#places.get(index);
    if (known !== undefined) return known;
    if (this.#places.size >= maxKeptPlaces) this.#places.clear();
    const places = placesOf(this.#texts[index]?.keys ?? []);
    this.#places.set(index, places);
    return places;
  }
}

/** Texts whose runs are kept by place. */
const maxKeptPlaces = 16;
/** Places kept of one run: a text of one word over and over has one run in all its places. */
const maxPlaces = 16;

function placesOf(keys: readonly string[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let at = 0; at + runWords <= keys.length; at++) {
    const run = runAt(keys, at);
    const of = places.get(run);
    if (of === undefined) places.set(run, [at]);
    else if (of.length < maxPlaces) of.push(at);
  }
  return places;
}

type Places = ReadonlyMap<number, readonly number[]>;

const contains = (other: Text, places: Places, { passages }: Text): boolean =>
  passages.every((passage) => {
    let at = 0;
    while (at < passage.length) {
      const length = pieceAt(other, places, passage, at);
      if (length === 0) return false;
      at += length;
    }
    return true;
  });

/** Words of the passage from `at` on that stand in the other text, to its end or to where an answer interrupts it; 0 for none. */
function pieceAt(other: Text, places: Places, passage: readonly string[], at: number): number {
  const isShort = passage.length - at < runWords;
  const from = isShort ? placesOfShort(other, passage[at]) : (places.get(runAt(passage, at)) ?? []);
  let longest = 0;
  for (const place of from) {
    // What goes on after an answer begins a passage there.
    if (at > 0 && other.begins[place] !== 1) continue;
    longest = Math.max(longest, lengthAt(other, place, passage, at));
    if (at + longest === passage.length) break;
  }
  return longest;
}

function lengthAt(other: Text, place: number, passage: readonly string[], at: number): number {
  let interrupted = 0;
  for (let length = 0; at + length <= passage.length; length++) {
    if (at + length === passage.length) return length;
    if (length > 0 && other.begins[place + length] === 1) interrupted = length;
    if (other.keys[place + length] !== passage[at + length]) break;
  }
  return interrupted;
}

/** Too few words to be looked up: they must begin a passage. */
function* placesOfShort({ begins, keys }: Text, first: string | undefined): Generator<number> {
  for (let place = begins.indexOf(1); place >= 0; place = begins.indexOf(1, place + 1))
    if (keys[place] === first) yield place;
}

const runAt = (keys: readonly string[], at: number): number =>
  hash32(`${keys[at]} ${keys[at + 1]} ${keys[at + 2]} ${keys[at + 3]}`);
