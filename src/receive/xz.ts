/**
 * xz (https://tukaani.org/xz/xz-file-format.txt), by the reference decoder compiled to WebAssembly.
 *
 *   fd 37 7a 58 5a 00  flags crc32   blocks …  index  footer "YZ"
 */
import { createRequire } from 'node:module';
import type { ReadableStream, ReadableStreamDefaultReader } from 'node:stream/web';
import type { LayerMeter } from './expansion.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

interface XzModule {
  readonly XzReadableStream: new (
    packed: globalThis.ReadableStream<Uint8Array>,
  ) => ReadableStream<Uint8Array>;
}

/** Bytes handed to the decoder at once. Where one piece holds damage, what it gave before that is lost. */
const pieceBytes = 4 * 1024;

export class XzStream implements ByteStream {
  readonly #packed: Window;
  readonly #meter: LayerMeter;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);
  #atEnd: boolean = false;

  constructor(packed: Window, meter: LayerMeter) {
    this.#packed = packed;
    this.#meter = meter;
    const { XzReadableStream } = loadDecoder();
    const input = new globalThis.ReadableStream<Uint8Array>(
      { pull: (controller) => this.#give(controller) },
      { highWaterMark: 0 },
    );
    this.#reader = new XzReadableStream(input).getReader();
  }

  async read(target: Buffer): Promise<number> {
    while (this.#rest.length === 0) {
      const piece = await this.#next();
      if (piece === undefined) return 0;
      this.#rest = piece;
      this.#meter.out(piece.length);
    }
    const bytes = this.#rest.copy(target);
    this.#rest = this.#rest.subarray(bytes);
    return bytes;
  }

  async close(): Promise<void> {
    // A decoder that failed rejects: it holds nothing any more.
    await this.#reader.cancel().catch(() => undefined);
  }

  async #next(): Promise<Buffer | undefined> {
    try {
      const { value, done } = await this.#reader.read();
      return done ? undefined : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    } catch (error) {
      if (this.#packed.failure !== undefined) throw this.#packed.failure;
      const at = this.#packed.offset;
      if (this.#atEnd) throw new StreamFailure('truncated', `xz data stops before its end, at byte ${at}`);
      throw new StreamFailure(
        'damaged',
        `xz data is damaged before byte ${at}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async #give(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (!(await this.#packed.fill(1))) {
      this.#atEnd = true;
      controller.close();
      return;
    }
    // A copy: the decoder may keep the piece beyond the next `fill`.
    const piece = Buffer.from(this.#packed.view().subarray(0, pieceBytes));
    this.#packed.skip(piece.length);
    this.#meter.into(piece.length);
    controller.enqueue(piece);
  }
}

/**
 * A decoder of its own for every stream: all streams of one copy of the module take turns on a lock that is
 * held until a stream ends, so xz inside xz would wait for itself.
 */
function loadDecoder(): XzModule {
  const require = createRequire(import.meta.url);
  const path = require.resolve('xz-decompress');
  delete require.cache[path];
  const loaded = require(path) as XzModule;
  delete require.cache[path];
  return loaded;
}
