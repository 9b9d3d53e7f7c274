/**
 * A node:zlib engine, driven by pulling: one piece in, everything that comes of it out, then the next piece.
 *
 * Not `pipe`: the bytes below belong to a reader that must find its stream at rest when this layer is closed,
 * and what came out before damage must be read before the damage is told.
 */
import type { Duplex } from 'node:stream';
import type { LayerMeter } from './expansion.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

/** How an engine hands out its bytes. `chunkSize`: where data is damaged, Node drops less than this of what came before. */
export const engineBuffers = { chunkSize: 64 * 1024, readableHighWaterMark: 64 * 1024 } as const;

/** So many bytes it unpacks ahead, in its own thread, while the walk is elsewhere. */
const maxAheadBytes = 1024 * 1024;

/** What the engines of node:zlib have beside a Duplex. */
export type Engine = Duplex & { readonly bytesWritten: number };

export class EngineStream implements ByteStream {
  readonly #engine: Engine;
  readonly #packed: Window;
  readonly #meter: LayerMeter;
  readonly #name: string;
  /** Bytes of the piece that the engine has now, and of all pieces before it. */
  #fed = 0;
  #used = 0;
  #writing: boolean = false;
  #ended: boolean = false;
  #failure: StreamFailure | undefined;
  /** What came out and was not asked for yet. */
  readonly #ahead: Buffer[] = [];
  #aheadBytes = 0;
  #pending: Buffer | undefined;
  #wake: () => void = () => undefined;

  constructor(engine: Engine, packed: Window, meter: LayerMeter, name: string) {
    this.#engine = engine;
    this.#packed = packed;
    this.#meter = meter;
    this.#name = name;
    engine.on('data', (chunk: Buffer) => {
      this.#ahead.push(chunk);
      this.#aheadBytes += chunk.length;
      if (this.#aheadBytes >= maxAheadBytes) engine.pause();
      this.#wake();
    });
    engine.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    engine.on('error', (error) => {
      this.#failure ??= this.#describe(error);
      this.#wake();
    });
  }

  /** Moves `packed` to the first byte that the engine did not use; true where it left bytes, because its data ended. */
  release(): boolean {
    const used = this.#engine.bytesWritten - this.#used;
    const left = used < this.#fed;
    this.#packed.skip(used);
    this.#used += used;
    this.#fed = 0;
    return left;
  }

  async read(target: Buffer): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      const chunk = this.#pending ?? (await this.#next(filled > 0));
      if (chunk === undefined) break;
      const copied = chunk.copy(target, filled);
      filled += copied;
      this.#pending = copied < chunk.length ? chunk.subarray(copied) : undefined;
      if (this.#pending === undefined) letGo(chunk);
    }
    return filled;
  }

  async close(): Promise<void> {
    this.#engine.destroy();
    // The engine may still be working on a piece that lies in the window below.
    if (!this.#engine.closed) await new Promise((resolve) => this.#engine.once('close', resolve));
  }

  /** The next piece of output; undefined at the end, or, with `haveSome`, before a failure that the next call throws. */
  async #next(haveSome: boolean): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.#ahead.shift();
      if (chunk !== undefined) {
        this.#aheadBytes -= chunk.length;
        if (this.#engine.isPaused() && this.#aheadBytes < maxAheadBytes) this.#engine.resume();
        return this.#metered(chunk, haveSome);
      }
      if (this.#failure !== undefined) {
        if (haveSome) return undefined;
        throw this.#failure;
      }
      if (this.#ended) return undefined;
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (!this.#writing) await this.#feed();
      await woken;
    }
  }

  #metered(chunk: Buffer, haveSome: boolean): Buffer | undefined {
    try {
      this.#meter.out(chunk.length);
      return chunk;
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      this.#failure = error;
      this.#ahead.length = 0;
      this.#engine.destroy();
      if (haveSome) return undefined;
      throw error;
    }
  }

  async #feed(): Promise<void> {
    // Nothing more is fed once the data ended: `end` is on its way.
    if (this.release()) {
      this.#writing = true;
      return;
    }
    if (!(await this.#packed.fill(1))) {
      this.#writing = true;
      this.#engine.end();
      return;
    }
    const piece = this.#packed.view();
    this.#fed = piece.length;
    this.#meter.into(piece.length);
    this.#writing = true;
    this.#engine.write(piece, () => {
      this.#writing = false;
      this.#wake();
    });
  }

  #describe(error: Error): StreamFailure {
    const below = this.#packed.failure;
    if (below !== undefined) return below;
    const at = this.#packed.offset;
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') {
      return new StreamFailure('truncated', `${this.#name} data stops before its end, at byte ${at}`);
    }
    return new StreamFailure('damaged', `${this.#name} data is damaged after byte ${at}: ${error.message}`);
  }
}

/**
 * Gives back the memory of a chunk that filled its buffer to the end, which the engine then leaves for another: as
 * garbage it would wait until V8 sees a need, some fifty megabytes later.
 */
function letGo(chunk: Buffer): void {
  const memory = chunk.buffer;
  const isLast = chunk.byteOffset + chunk.length === memory.byteLength;
  if (isLast && memory instanceof ArrayBuffer && memory.byteLength >= engineBuffers.chunkSize)
    memory.transfer(0);
}
