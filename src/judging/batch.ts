/** Raw messages that go to a judging thread together, copied into one piece of memory that is handed over. */
import type { Messages } from './job.js';

const batchBytes = 1024 * 1024;
const batchMessages = 256;

export class Batch {
  readonly numbers: number[] = [];
  readonly #ends: number[] = [];
  #bytes: Buffer<ArrayBuffer> = Buffer.from(new ArrayBuffer(0));
  size = 0;

  /** Whether one more still belongs into it. A message larger than a batch is one by itself. */
  fits(raw: Buffer): boolean {
    return (
      this.numbers.length === 0 ||
      (this.size + raw.length <= batchBytes && this.numbers.length < batchMessages)
    );
  }

  add(number: number, raw: Buffer): void {
    this.#reserve(this.size + raw.length);
    raw.copy(this.#bytes, this.size);
    this.size += raw.length;
    this.numbers.push(number);
    this.#ends.push(this.size);
  }

  #reserve(size: number): void {
    if (size <= this.#bytes.length) return;
    const grown = Buffer.from(new ArrayBuffer(Math.max(batchBytes, size, this.#bytes.length * 2)));
    this.#bytes.copy(grown, 0, 0, this.size);
    this.#bytes = grown;
  }

  messages(): Messages {
    return { numbers: this.numbers, ends: this.#ends, bytes: this.#bytes.buffer };
  }
}
