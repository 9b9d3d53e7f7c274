/**
 * Microsoft compound files ([MS-CFB]) by the library cfb: streams by name.
 *
 *   d0 cf 11 e0 a1 b1 1a e1 …  → 'Root Entry/WordDocument', 'Root Entry/1Table', …
 */
import CFB from 'cfb';
import { ExtractionStop } from './extraction.js';

export interface CompoundStream {
  /** Names of the storages around it and its own, joined by `/`. */
  readonly path: string;
  readonly bytes: Buffer;
}

export class Compound {
  readonly streams: readonly CompoundStream[];

  constructor(streams: readonly CompoundStream[]) {
    this.streams = streams;
  }

  /** Throws ExtractionStop for what is no compound file after all. */
  static open(bytes: Buffer): Compound {
    try {
      const container = CFB.read(bytes, { type: 'buffer' });
      const streams: CompoundStream[] = [];
      for (const [at, entry] of container.FileIndex.entries()) {
        if (entry.type !== 2) continue;
        // The root's own name differs from writer to writer.
        const full = container.FullPaths[at] ?? entry.name;
        const path = full.slice(full.indexOf('/') + 1);
        streams.push({ path, bytes: Buffer.from(entry.content) });
      }
      return new Compound(streams);
    } catch (error) {
      throw new ExtractionStop(
        'damaged',
        `compound file: ${error instanceof Error ? error.message : 'not readable'}`,
      );
    }
  }

  /** At the top of the file, letter case apart. */
  find(name: string): Buffer | undefined {
    const wanted = name.toLowerCase();
    return this.streams.find(({ path }) => path.toLowerCase() === wanted)?.bytes;
  }
}
