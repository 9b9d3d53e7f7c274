import type { Range } from './article.js';
import type { Attribution } from './attribution.js';

/** Tokens that an attribution has already. */
export class Taken {
  readonly #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  has(at: number): boolean {
    return this.#taken[at] === 1;
  }

  take({ source, cue, content }: Attribution): void {
    for (const range of [source, cue, ...content])
      if (range !== undefined) this.#taken.fill(1, range.first, range.last + 1);
  }

  hasAny({ first, last }: Range): boolean {
    return this.#taken.subarray(first, last + 1).includes(1);
  }
}
