/**
 * What the two processes say to each other over pipes: a length of four bytes, then so many bytes.
 *
 *   to the extractor: the file      from it: JSON of what came out
 *
 * JSON, because what a hostile file made of the extractor must not reach a deserialiser that trusts its input.
 */

/** Gathers frames from chunks of a stream. A frame longer than `maxBytes` is refused with `tooLong`. */
export class FrameReader {
  readonly #maxBytes: number;
  readonly #onFrame: (frame: Buffer) => void;
  readonly #onTooLong: () => void;
  #chunks: Buffer[] = [];
  #held = 0;
  #wanted = 4;
  #isHead: boolean = true;

  constructor(maxBytes: number, onFrame: (frame: Buffer) => void, onTooLong: () => void) {
    this.#maxBytes = maxBytes;
    this.#onFrame = onFrame;
    this.#onTooLong = onTooLong;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held >= this.#wanted) {
      const bytes = this.#take(this.#wanted);
      if (!this.#isHead) {
        this.#isHead = true;
        this.#wanted = 4;
        this.#onFrame(bytes);
        continue;
      }
      this.#wanted = bytes.readUInt32BE(0);
      this.#isHead = false;
      if (this.#wanted <= this.#maxBytes) continue;
      this.#onTooLong();
      return;
    }
  }

  #take(length: number): Buffer {
    const joined =
      this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks);
    this.#chunks = [joined.subarray(length)];
    this.#held -= length;
    return joined.subarray(0, length);
  }
}

export function frameHead(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
}
