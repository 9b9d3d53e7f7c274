/**
 * Which messages say the same, from the keys of their texts (text-keys.ts):
 *
 *   copy       the same text, attachments and base subject
 *   ending     the same but for the signature or footer that ends it, from the same address
 *   forward    carries the text of the other and has no word of its own
 *
 * Of each group one leads: the one that adds nothing to the text, of several the one that was received first. Groups
 * are a function of the set of messages alone, but for numbers.
 */
import { DisjointSets } from './disjoint-sets.js';
import { GrowingFloats, GrowingIntegers } from './growing.js';
import { IdTable } from './id-table.js';
import type { NumberedFeatures } from './pack.js';

/** What a message is to the one that leads its group. Stored as its place in this list. */
export const nearCopyKinds = ['copy', 'ending', 'forward'] as const;
export type NearCopyKind = (typeof nearCopyKinds)[number];

export interface NearCopy {
  readonly number: number;
  readonly lead: number;
  readonly kind: NearCopyKind;
}

/** About 100 bytes a message. */
export class NearCopies {
  readonly #numbers: GrowingIntegers;
  readonly #from: GrowingIntegers;
  readonly #whole: GrowingFloats;
  readonly #body: GrowingFloats;
  readonly #carried: GrowingFloats;
  readonly #sets: DisjointSets;
  readonly #byWhole: IdTable;
  readonly #byBody: IdTable;

  /** `expected`: about how many messages come. */
  constructor(expected: number) {
    this.#numbers = new GrowingIntegers(expected);
    this.#from = new GrowingIntegers(expected);
    this.#whole = new GrowingFloats(expected);
    this.#body = new GrowingFloats(expected);
    this.#carried = new GrowingFloats(expected);
    this.#sets = new DisjointSets(expected);
    this.#byWhole = new IdTable(expected);
    this.#byBody = new IdTable(expected);
  }

  add({ number, features }: NumberedFeatures): void {
    const { whole, body, carried } = features.texts;
    if (whole === 0) return;
    const index = this.#numbers.length;
    this.#numbers.push(number);
    this.#from.push(features.from);
    this.#whole.push(whole);
    this.#body.push(body);
    this.#carried.push(carried);
    this.#sets.add();
    this.#join(this.#byWhole, whole, index);
    // One that has no ending is its own body.
    this.#join(this.#byBody, bodyFrom(body === 0 ? whole : body, features.from), index);
  }

  #join(table: IdTable, key: number, index: number): void {
    const first = table.get(key);
    if (first === undefined) table.set(key, index);
    else this.#sets.join(first, index);
  }

  /** Every message but those that lead. */
  *finish(): Generator<NearCopy> {
    const size = this.#numbers.length;
    for (let i = 0; i < size; i++) {
      const original = this.#original(i);
      if (original !== undefined) this.#sets.join(original, i);
    }
    const leads = this.#leads();
    for (let i = 0; i < size; i++) {
      const lead = leads[this.#sets.root(i)] ?? i;
      if (lead !== i)
        yield { number: this.#numbers.at(i), lead: this.#numbers.at(lead), kind: this.#kindOf(i, lead) };
    }
  }

  /** The message that this one carries. */
  #original(index: number): number | undefined {
    const carried = this.#carried.at(index);
    return carried === 0 ? undefined : this.#byWhole.get(carried);
  }

  #leads(): Uint32Array {
    const size = this.#numbers.length;
    const leads = new Uint32Array(size);
    const isChosen = new Uint8Array(size);
    for (let i = 0; i < size; i++) {
      const root = this.#sets.root(i);
      if (isChosen[root] === 1 && !this.#comesBefore(i, leads[root] ?? 0)) continue;
      leads[root] = i;
      isChosen[root] = 1;
    }
    return leads;
  }

  #comesBefore(a: number, b: number): boolean {
    const extra = (i: number): number =>
      (this.#original(i) === undefined ? 0 : 2) + (this.#body.at(i) === 0 ? 0 : 1);
    return extra(a) - extra(b) < 0 || (extra(a) === extra(b) && this.#numbers.at(a) < this.#numbers.at(b));
  }

  #kindOf(index: number, lead: number): NearCopyKind {
    if (this.#whole.at(index) === this.#whole.at(lead)) return 'copy';
    return this.#original(index) === undefined ? 'ending' : 'forward';
  }
}

/** Strangers may write the same above their own signatures. */
function bodyFrom(body: number, from: number): number {
  const low = Math.imul((body % 0x100000000) ^ from, 0x9e3779b1) >>> 0;
  const high = Math.floor(body / 0x100000000);
  return high * 0x100000000 + low + 1;
}
