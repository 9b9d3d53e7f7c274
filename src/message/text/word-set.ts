/** A set of words by their hashes, to be used again and again: what one text has, asked for by the next. */

/** Slots; at most half of them are taken. Emptying them costs a few microseconds. */
const capacity = 16 * 1024;

export class WordSet {
  /** 0: free. */
  readonly #hashes = new Uint32Array(capacity);
  #size = 0;

  clear(): void {
    this.#hashes.fill(0);
    this.#size = 0;
  }

  /** What is added then is not kept. */
  get isFull(): boolean {
    return this.#size * 2 >= capacity;
  }

  add(hash: number): void {
    const slot = this.#slot(hash);
    if (this.#hashes[slot] !== 0 || this.isFull) return;
    this.#hashes[slot] = hash === 0 ? 1 : hash;
    this.#size += 1;
  }

  has(hash: number): boolean {
    return this.#hashes[this.#slot(hash)] !== 0;
  }

  #slot(hash: number): number {
    const wanted = hash === 0 ? 1 : hash;
    let slot = (hash ^ (hash >>> 15)) & (capacity - 1);
    for (;;) {
      const held = this.#hashes[slot];
      if (held === 0 || held === wanted) return slot;
      slot = (slot + 1) & (capacity - 1);
    }
  }
}
