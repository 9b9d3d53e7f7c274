import { GrowingIntegers } from './growing.js';

/** Union-find by size with path halving. */
export class DisjointSets {
  readonly #parent: GrowingIntegers;
  readonly #size: GrowingIntegers;

  constructor(expected: number) {
    this.#parent = new GrowingIntegers(expected);
    this.#size = new GrowingIntegers(expected);
  }

  add(): void {
    this.#parent.push(this.#parent.length);
    this.#size.push(1);
  }

  root(of: number): number {
    let at = of;
    while (this.#parent.at(at) !== at) {
      this.#parent.set(at, this.#parent.at(this.#parent.at(at)));
      at = this.#parent.at(at);
    }
    return at;
  }

  join(a: number, b: number): void {
    const rootA = this.root(a);
    const rootB = this.root(b);
    if (rootA === rootB) return;
    const [large, small] = this.#size.at(rootA) >= this.#size.at(rootB) ? [rootA, rootB] : [rootB, rootA];
    this.#parent.set(small, large);
    this.#size.set(large, this.#size.at(large) + this.#size.at(small));
  }
}
