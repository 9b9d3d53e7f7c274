/**
 * Messages that others refer to and that are not there: every msg-id in References and In-Reply-To (RFC 5322 3.6.4)
 * that no message has as its own.
 *
 *   2 refers to <1@x> and <gone@x>; <1@x> is message 1   → { number: 2, id: hash52('gone@x') }
 */
import { GrowingFloats, GrowingIntegers } from './growing.js';
import { IdTable } from './id-table.js';
import type { NumberedFeatures } from './pack.js';

export interface MissingReference {
  /** The message that refers. */
  readonly number: number;
  /** 52-bit hash of the msg-id. */
  readonly id: number;
}

/** About 40 bytes a message and 8 a reference: the whole trove must be seen before anything counts as missing. */
export class MissingReferences {
  readonly #own = new IdTable();
  readonly #numbers = new GrowingIntegers();
  /** References of `#numbers.at(i)`: from `#starts.at(i)` on. */
  readonly #starts = new GrowingIntegers();
  readonly #references = new GrowingFloats();

  add({ number, features }: NumberedFeatures): void {
    if (features.id !== 0) this.#own.set(features.id, 1);
    if (features.ancestors.length === 0) return;
    this.#numbers.push(number);
    this.#starts.push(this.#references.length);
    for (const id of features.ancestors) this.#references.push(id);
  }

  *missing(): Generator<MissingReference> {
    for (let i = 0; i < this.#numbers.length; i++) {
      const start = this.#starts.at(i);
      const end = i + 1 < this.#numbers.length ? this.#starts.at(i + 1) : this.#references.length;
      const seen = new Set<number>();
      for (let at = start; at < end; at++) {
        const id = this.#references.at(at);
        if (this.#own.get(id) !== undefined || seen.has(id)) continue;
        seen.add(id);
        yield { number: this.#numbers.at(i), id };
      }
    }
  }
}
