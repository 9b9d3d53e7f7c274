/**
 * Where the hashes and entries of a log lie as files: c2sp.org/tlog-tiles.
 *
 *     tile/0/000             leaf hashes 0 to 255
 *     tile/0/x001/067.p/12   the first 12 of the hashes from 1067 × 256 on
 *     tile/1/000.p/4         hashes of the first four full tiles of level 0
 *     tile/entries/000       entries 0 to 255, each with its length before it (uint16, big-endian)
 */
import type { MerkleTree } from './merkle.js';

const tileWidth = 256;
const tileHeight = 8;

/** What the length before an entry can say. */
export const maxEntryBytes = 65_535;

/** One tile or bundle: its place in its level, and how many it has (256 where it is full). */
export interface Tile {
  readonly level: number | 'entries';
  readonly index: number;
  readonly width: number;
}

export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${path}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** The bundles of entries of a log of `size`. */
export function entryBundles(size: number): Tile[] {
  return tilesOf('entries', size);
}

/** The tiles of hashes of a log of `size`. */
export function hashTiles(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / tileWidth)) {
    tiles.push(...tilesOf(level, width));
  }
  return tiles;
}

function tilesOf(level: Tile['level'], count: number): Tile[] {
  return Array.from({ length: Math.ceil(count / tileWidth) }, (_, index) => ({
    level,
    index,
    width: Math.min(tileWidth, count - index * tileWidth),
  }));
}

/** The bytes of a tile of hashes. */
export function tileBytes(tree: MerkleTree, { level, index, width }: Tile): Buffer {
  const height = level === 'entries' ? 0 : level * tileHeight;
  return Buffer.concat(
    Array.from({ length: width }, (_, at) => tree.complete(height, index * tileWidth + at)),
  );
}

export function formatBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > maxEntryBytes) throw new RangeError(`an entry of ${entry.length} bytes`);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** The entries of a bundle of `width`; undefined where the bytes are not exactly so many entries. */
export function parseBundle(bytes: Buffer, width: number): Buffer[] | undefined {
  const entries: Buffer[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return at === bytes.length && entries.length === width ? entries : undefined;
}
