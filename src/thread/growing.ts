/**
 * Arrays of numbers that grow, a few bytes an element whatever the JavaScript engine thinks of them. Who knows how many
 * there will be says so: growing takes up to three times the room for a moment.
 */

export class GrowingIntegers {
  length = 0;
  #values: Uint32Array;

  constructor(expected = 1024) {
    this.#values = new Uint32Array(Math.max(1, expected));
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Uint32Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  toArray(): Uint32Array {
    return this.#values.slice(0, this.length);
  }
}

export class GrowingFloats {
  length = 0;
  #values: Float64Array;

  constructor(expected = 1024) {
    this.#values = new Float64Array(Math.max(1, expected));
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}
