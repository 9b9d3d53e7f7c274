/**
 * zstd (RFC 8878): frames in a row, some of them skippable.
 *
 *   28 b5 2f fd  descriptor window …blocks… [checksum]     5? 2a 4d 18  length(4)  other data
 *
 * node:zlib stops after one frame, but parallel writers (pzstd, zstd -T in some versions) make many.
 */
import { constants, createZstdDecompress } from 'node:zlib';
import { limits } from '../limits.js';
import { EngineStream, engineBuffers } from './engine.js';
import type { LayerMeter } from './expansion.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

/** Two of the largest blocks: a damaged block is lost as a whole in any case, and larger pieces cost less. */
const chunkSize = 256 * 1024;

export class ZstdStream implements ByteStream {
  readonly #packed: Window;
  readonly #meter: LayerMeter;
  #frame: EngineStream | undefined;
  #frames = 0;

  constructor(packed: Window, meter: LayerMeter) {
    this.#packed = packed;
    this.#meter = meter;
  }

  async read(target: Buffer): Promise<number> {
    for (;;) {
      this.#frame ??= await this.#openFrame();
      if (this.#frame === undefined) return 0;
      const bytes = await this.#frame.read(target);
      if (bytes > 0) return bytes;
      this.#frame.release();
      await this.#frame.close();
      this.#frame = undefined;
    }
  }

  async close(): Promise<void> {
    await this.#frame?.close();
  }

  /** undefined at the end. */
  async #openFrame(): Promise<EngineStream | undefined> {
    await this.#packed.fill(4);
    const view = this.#packed.view();
    if (view.length === 0 && this.#frames > 0) {
      if (this.#packed.failure !== undefined) throw this.#packed.failure;
      return undefined;
    }
    const magic = view.length < 4 ? 0 : view.readUInt32LE(0);
    if (magic !== 0xfd2fb528 && (magic & 0xfffffff0) >>> 0 !== 0x184d2a50) {
      const note = `the bytes from ${this.#packed.offset} on, after zstd frame ${this.#frames}, are not zstd`;
      throw new StreamFailure('damaged', note, this.#frames > 0);
    }
    this.#frames += 1;
    const params = { [constants.ZSTD_d_windowLogMax]: limits.maxZstdWindowLog };
    return new EngineStream(
      createZstdDecompress({ ...engineBuffers, chunkSize, params }),
      this.#packed,
      this.#meter,
      'zstd',
    );
  }
}
