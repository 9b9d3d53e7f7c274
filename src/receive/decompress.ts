/**
 * Compression layers as streams: gzip (RFC 1952), zstd (RFC 8878), xz, bzip2.
 *
 *   1f 8b 08 …   28 b5 2f fd …   fd 37 7a 58 5a 00 …   42 5a 68 39 31 41 59 26 53 59 …
 *
 * Members, frames and streams that follow one another are one stream, as the command-line tools have it.
 * Every layer is held against the budget of the walk, so that a small file cannot become an endless one.
 */
import { constants, createZstdDecompress } from 'node:zlib';
import { limits } from '../limits.js';
import { EngineStream } from './engine.js';
import type { ExpansionBudget, LayerMeter } from './expansion.js';
import { GzipStream } from './gzip.js';
import type { Compression } from './source.js';
import { type ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

/** Takes one layer of compression off the bytes of `packed`, which stays open. Damage is a `StreamFailure`. */
export function decompress(packed: Window, compression: Compression, budget: ExpansionBudget): ByteStream {
  const meter = budget.layer(compression);
  switch (compression) {
    case 'gzip':
      return new GzipStream(packed, meter);
    case 'zstd':
      return zstdStream(packed, meter);
    case 'xz':
    case 'bzip2':
      throw new StreamFailure('unsupported-format', `${compression} is not read yet`);
  }
}

function zstdStream(packed: Window, meter: LayerMeter): ByteStream {
  const engine = createZstdDecompress({
    chunkSize: engineChunkBytes,
    params: { [constants.ZSTD_d_windowLogMax]: limits.maxZstdWindowLog },
  });
  return new EngineStream(engine, packed, meter, 'zstd');
}

/** What an engine gives at once. Where its data is damaged, Node drops less than this before the damage. */
export const engineChunkBytes = 64 * 1024;
