import type { Range } from './article.js';
import type { Attribution } from './attribution.js';

/** Tokens that an attribution has already. */
export class Taken {
  readonly #taken: Uint8Array;

  readonly #first: number;

  /** Of one sentence: what lies outside of it is taken by nobody. */
  constructor({ first, last }: Range) {
    this.#first = first;
    this.#taken = new Uint8Array(last - first + 1);
  }

  has(at: number): boolean {
    return this.#taken[at - this.#first] === 1;
  }

  take({ source, cue, content }: Attribution): void {
    for (const range of [source, cue, ...content])
      if (range !== undefined)
        this.#taken.fill(
          1,
          Math.max(0, range.first - this.#first),
          Math.max(0, range.last + 1 - this.#first),
        );
  }

  hasAny({ first, last }: Range): boolean {
    return this.#taken
      .subarray(Math.max(0, first - this.#first), Math.max(0, last + 1 - this.#first))
      .includes(1);
  }
}
