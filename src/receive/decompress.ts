/**
 * Compression layers as streams: gzip (RFC 1952), zstd (RFC 8878), xz, bzip2.
 *
 *   1f 8b 08 …   28 b5 2f fd …   fd 37 7a 58 5a 00 …   42 5a 68 39 31 41 59 26 53 59 …
 *
 * Members, frames and streams that follow one another are one stream, as the command-line tools have it.
 * Every layer is held against the budget of the walk, so that a small file cannot become an endless one.
 */
import { Bzip2Stream } from './bzip2.js';
import type { ExpansionBudget } from './expansion.js';
import { GzipStream } from './gzip.js';
import type { Compression } from './source.js';
import type { ByteStream } from './stream.js';
import type { Window } from './window.js';
import { XzStream } from './xz.js';
import { ZstdStream } from './zstd.js';

/** Takes one layer of compression off the bytes of `packed`, which stays open. Damage is a `StreamFailure`. */
export function decompress(packed: Window, compression: Compression, budget: ExpansionBudget): ByteStream {
  const meter = budget.layer(compression);
  switch (compression) {
    case 'gzip':
      return new GzipStream(packed, meter);
    case 'zstd':
      return new ZstdStream(packed, meter);
    case 'xz':
      return new XzStream(packed, meter);
    case 'bzip2':
      return new Bzip2Stream(packed, meter);
  }
}
