/**
 * A zip in memory (PKWARE APPNOTE 6.3.10), read for its members: office documents, books, archives.
 *
 * The table of contents is found by the same code as for received archives. Every member is unpacked against what the
 * extraction may still unpack, so that neither one member nor a thousand that share their bytes can fill memory.
 */
import { inflateRawSync, constants as zlib } from 'node:zlib';
import { limits } from '../limits.js';
import { openBytes } from '../receive/random-access.js';
import { StreamFailure } from '../receive/stream.js';
import { findDirectory, readDirectory, type ZipEntry } from '../receive/zip-directory.js';
import { scanEntries } from '../receive/zip-salvage.js';
import { type Extraction, ExtractionStop } from './extraction.js';

const stored = 0;
const deflated = 8;

export class ZipMembers {
  /** Folders left out, in the order of the table of contents. */
  readonly entries: readonly ZipEntry[];
  /** What is wrong with the archive as a whole, '' where nothing is. */
  readonly damage: string;
  readonly #bytes: Buffer;
  readonly #byName = new Map<string, ZipEntry>();

  private constructor(bytes: Buffer, entries: readonly ZipEntry[], damage: string) {
    this.#bytes = bytes;
    this.entries = entries;
    this.damage = damage;
    for (const entry of entries) {
      const name = nameKey(entry.name);
      if (!this.#byName.has(name)) this.#byName.set(name, entry);
    }
  }

  static async open(bytes: Buffer): Promise<ZipMembers> {
    const piece = openBytes(bytes);
    try {
      return new ZipMembers(bytes, await gather(readDirectory(piece, findDirectory(piece))), '');
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      return new ZipMembers(bytes, await gather(scanEntries(piece, 0)), error.message);
    }
  }

  /** By name, letter case and direction of slashes apart. */
  find(name: string): ZipEntry | undefined {
    return this.#byName.get(nameKey(name));
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** The entries whose name matches. */
  matching(pattern: RegExp): ZipEntry[] {
    return this.entries.filter((entry) => pattern.test(nameKey(entry.name)));
  }

  /** The member's bytes; undefined where it is missing. Throws ExtractionStop where it cannot be read. */
  readNamed(name: string, extraction: Extraction): Buffer | undefined {
    const entry = this.find(name);
    return entry === undefined ? undefined : this.read(entry, extraction);
  }

  read(entry: ZipEntry, extraction: Extraction): Buffer {
    if (entry.isEncrypted) throw new ExtractionStop('encrypted', `${entry.name} is encrypted`);
    const packed = this.#packed(entry);
    if (entry.method === stored) {
      extraction.unpacking(packed.length);
      return packed;
    }
    if (entry.method !== deflated)
      throw new ExtractionStop('not-read', `${entry.name} is packed with method ${entry.method}`);
    const bytes = inflate(packed, entry, extraction.unpackRoom);
    extraction.unpacking(bytes.length);
    return bytes;
  }

  #packed(entry: ZipEntry): Buffer {
    const header = this.#bytes.subarray(entry.offset, entry.offset + 30);
    if (header.length < 30 || header.toString('latin1', 0, 4) !== 'PK\x03\x04')
      throw new ExtractionStop('damaged', `${entry.name} is not where the table of contents says`);
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    return this.#bytes.subarray(start, start + entry.packedBytes);
  }
}

function inflate(packed: Buffer, entry: ZipEntry, room: number): Buffer {
  try {
    // Flushed rather than finished: a member that is cut off gives what it has.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room), finishFlush: zlib.Z_SYNC_FLUSH });
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge
      ? new ExtractionStop('truncated', `${entry.name} unpacks to more than ${room} bytes`)
      : new ExtractionStop('damaged', `${entry.name} cannot be unpacked`);
  }
}

async function gather(batches: AsyncGenerator<ZipEntry[]>): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const batch of batches) {
    for (const entry of batch) if (!entry.name.endsWith('/')) entries.push(entry);
    if (entries.length >= limits.maxAttachmentListing) break;
  }
  return entries;
}

const nameKey = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
