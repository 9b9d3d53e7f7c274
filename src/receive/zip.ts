/**
 * zip (PKWARE APPNOTE 6.3.10): entries in the order of the table of contents, each unpacked by itself.
 *
 *   50 4b 03 04 version flags method … name extra │ packed bytes │ …
 *
 * Entry names are data: nothing is written by them. What is wrong with one entry is said of that entry; the
 * others are read. Entries that share packed bytes are refused: that is how one file becomes petabytes.
 */
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { CheckedStream } from './checked.js';
import { decompress } from './decompress.js';
import { EngineStream, engineBuffers } from './engine.js';
import { expectationOf, folderInside } from './folder-name.js';
import type { RandomAccessFile } from './random-access.js';
import {
  type Entry,
  failed,
  failedStream,
  type Opened,
  type Reader,
  type Walk,
  wholeFile,
} from './reader.js';
import { messageEvent } from './single.js';
import { sniff, sniffBytes } from './sniff.js';
import type { Compression, FailureCode, SourceEvent } from './source.js';
import { type ByteStream, StreamFailure } from './stream.js';
import { Window } from './window.js';
import { findDirectory, PieceStream, readDirectory, readPiece, type ZipEntry } from './zip-directory.js';
import { scanEntries } from './zip-salvage.js';

/** Entries up to this size, packed and unpacked, are unpacked at once. */
const smallEntryBytes = 512 * 1024;
const batchLimits = { bytes: 2 * 1024 * 1024, events: 1000 } as const;

/** Bytes of name and extra field that most local headers keep within. */
const usualNameBytes = 256;

const stored = 0;
const deflated = 8;
const streamMethods: ReadonlyMap<number, Compression> = new Map([
  [12, 'bzip2'],
  [93, 'zstd'],
  [95, 'xz'],
]);
const methodNames: ReadonlyMap<number, string> = new Map([
  [1, 'Shrink'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [14, 'LZMA'],
  [98, 'PPMd'],
  [99, 'AES encryption'],
]);

/** Office documents are zips of XML: opening them as archives would call their parts files. */
export function isOfficeDocument(head: Buffer): boolean {
  if (head.length < 30) return false;
  const name = head.toString('latin1', 30, 30 + head.readUInt16LE(26));
  return /^(?:\[Content_Types\]\.xml|_rels\/|word\/|xl\/|ppt\/|docProps\/|mimetype$|META-INF\/)/.test(name);
}

/** Outlook for Mac's export: a zip of XML that holds no mail as bytes. */
export async function holdsOutlookForMac(piece: RandomAccessFile): Promise<boolean> {
  try {
    const directory = findDirectory(piece);
    for await (const entries of readDirectory(piece, directory)) {
      return entries.some(({ name }) => name.includes('com.microsoft.__Messages'));
    }
  } catch (error) {
    if (!(error instanceof StreamFailure)) throw error;
  }
  return false;
}

export function readZip(opened: Opened, piece: RandomAccessFile, walk: Walk): Reader {
  return new ZipReader(opened, piece, walk).read();
}

const linkNote = 'a symbolic link: not followed';

interface PackedData {
  /** Offset in the piece. */
  readonly start: number;
  readonly packed: Buffer | undefined;
}

class ZipReader {
  readonly #opened: Opened;
  readonly #piece: RandomAccessFile;
  readonly #walk: Walk;
  #batch: SourceEvent[] = [];
  #batchBytes = 0;
  #entries = 0;
  #packedBytes = 0;
  /** Of the entry that lies last among those read. */
  #lastOffset = -1;

  constructor(opened: Opened, piece: RandomAccessFile, walk: Walk) {
    this.#opened = opened;
    this.#piece = piece;
    this.#walk = walk;
  }

  async *read(): Reader {
    try {
      const directory = findDirectory(this.#piece);
      yield* this.#readAll(readDirectory(this.#piece, directory));
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      if (error.code === 'truncated' || error.code === 'damaged') yield* this.#salvage();
      this.#batch.push(failedStream(this.#opened.container.index, wholeFile('', this.#piece.size), error));
    }
    yield* this.#flush();
    return { variant: undefined, bytes: this.#piece.size };
  }

  /** What the table of contents does not list, found by the headers of the entries. */
  async *#salvage(): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    try {
      yield* this.#readAll(scanEntries(this.#piece, this.#lastOffset + 1));
    } catch (error) {
      if (!(error instanceof StreamFailure)) throw error;
      this.#batch.push(failedStream(this.#opened.container.index, wholeFile('', this.#piece.size), error));
    }
  }

  async *#readAll(list: AsyncGenerator<ZipEntry[]>): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    for await (const entries of list) {
      for (const entry of entries) {
        this.#lastOffset = Math.max(this.#lastOffset, entry.offset);
        if (entry.name.endsWith('/') && entry.bytes === 0) continue;
        this.#entries += 1;
        if (this.#entries > this.#walk.limits.maxArchiveEntries) {
          const note = `more than ${this.#walk.limits.maxArchiveEntries} entries; the rest is not read`;
          throw new StreamFailure('entry-limit', note);
        }
        const nested = this.#takeEntry(entry);
        if (nested !== undefined) yield* this.#readNested(nested);
        else if (this.#batchBytes >= batchLimits.bytes || this.#batch.length >= batchLimits.events)
          yield* this.#flush();
      }
    }
  }

  *#flush(): Generator<SourceEvent[]> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    if (batch.length > 0) yield batch;
  }

  async *#readNested(nested: Entry): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    yield* this.#flush();
    try {
      yield nested;
    } finally {
      await nested.window.close();
    }
  }

  /** Puts the entry's event into the batch, or returns what the walk has to look into. */
  #takeEntry(entry: ZipEntry): Entry | undefined {
    const refusal = this.#refuse(entry);
    if (refusal !== undefined) return this.#fail(entry, ...refusal);
    if (entry.isLink) {
      const { index } = this.#opened.container;
      this.#batch.push({
        type: 'other',
        container: index,
        place: wholeFile(entry.name, entry.bytes),
        note: linkNote,
      });
      return undefined;
    }
    const data = this.#findData(entry);
    if (data === undefined)
      return this.#fail(entry, 'damaged', 'the entry is not where the table of contents says');
    const direct = this.#direct(entry, data.start);
    const bytes = this.#unpackSmall(entry, data.packed);
    return bytes === undefined
      ? this.#openLarge(entry, data.start, direct)
      : this.#takeSmall(entry, bytes, direct);
  }

  #refuse(entry: ZipEntry): [FailureCode, string] | undefined {
    this.#packedBytes += entry.packedBytes;
    if (entry.isEncrypted)
      return ['encrypted', 'the entry is encrypted; unpack it with its password and receive that'];
    const { method } = entry;
    if (method !== stored && method !== deflated && !streamMethods.has(method)) {
      return [
        'unsupported-format',
        `the entry is packed with ${methodNames.get(method) ?? `method ${method}`}, which is not read yet`,
      ];
    }
    if (this.#packedBytes > this.#piece.size)
      return ['expansion-limit', 'entries of this zip lie on top of one another'];
    return undefined;
  }

  /** Where the packed bytes are, and themselves where they are few; undefined where no entry is there, or not all of it. */
  #findData(entry: ZipEntry): PackedData | undefined {
    const isSmall = entry.packedBytes <= smallEntryBytes && entry.bytes <= smallEntryBytes;
    // One read for the header and what follows it: a name, an extra field, the data.
    const read = readPiece(
      this.#piece,
      entry.offset,
      30 + usualNameBytes + (isSmall ? entry.packedBytes : 0),
    );
    if (read.length < 30 || read.toString('latin1', 0, 4) !== 'PK\x03\x04') return undefined;
    const headerBytes = 30 + read.readUInt16LE(26) + read.readUInt16LE(28);
    const start = entry.offset + headerBytes;
    if (start + entry.packedBytes > this.#piece.size) return undefined;
    if (!isSmall) return { start, packed: undefined };
    const packed = read.subarray(headerBytes, headerBytes + entry.packedBytes);
    const isWhole = packed.length === entry.packedBytes;
    return { start, packed: isWhole ? packed : readPiece(this.#piece, start, entry.packedBytes) };
  }

  /** The whole entry, if it is small and in order; what is not is left to the stream, which says what is wrong. */
  #unpackSmall(entry: ZipEntry, packed: Buffer | undefined): Buffer | undefined {
    if (packed === undefined || (entry.method !== stored && entry.method !== deflated)) return undefined;
    const bytes = entry.method === stored ? packed : inflate(packed, entry.bytes);
    if (bytes === undefined || bytes.length !== entry.bytes || crc32(bytes) !== entry.crc) return undefined;
    try {
      const meter = this.#walk.budget.layer('zip entry');
      meter.into(packed.length);
      meter.out(bytes.length);
      return bytes;
    } catch (error) {
      if (error instanceof StreamFailure) return undefined;
      throw error;
    }
  }

  #takeSmall(entry: ZipEntry, bytes: Buffer, direct: number | undefined): Entry | undefined {
    const path = entry.name;
    const expectation = expectationOf(path);
    const format = sniff(bytes.subarray(0, sniffBytes), expectation);
    if (format.type !== 'message') {
      return { type: 'entry', path, window: Window.over(bytes), expectation, direct, size: bytes.length };
    }
    const { container } = this.#opened;
    const found = { container: container.index, path, folder: folderInside(container, path), direct };
    this.#batch.push(messageEvent(bytes, format, found, this.#walk.limits));
    this.#batchBytes += bytes.length;
    return undefined;
  }

  #openLarge(entry: ZipEntry, start: number, direct: number | undefined): Entry {
    const path = entry.name;
    const packed = new Window(new PieceStream(this.#piece, start, start + entry.packedBytes));
    const window = new Window(new CheckedStream(this.#unpack(packed, entry.method), entry.bytes, entry.crc));
    return { type: 'entry', path, window, expectation: expectationOf(path), direct, size: entry.bytes };
  }

  #unpack(packed: Window, method: number): ByteStream {
    const compression = streamMethods.get(method);
    if (compression !== undefined) return decompress(packed, compression, this.#walk.budget);
    const meter = this.#walk.budget.layer('zip entry');
    if (method === deflated)
      return new EngineStream(createInflateRaw(engineBuffers), packed, meter, 'zip entry');
    return {
      read: async (target) => {
        await packed.fill(1);
        const bytes = packed.view().copy(target);
        packed.skip(bytes);
        meter.into(bytes);
        meter.out(bytes);
        return bytes;
      },
      close: () => Promise.resolve(),
    };
  }

  #fail(entry: ZipEntry, code: FailureCode, note: string): undefined {
    this.#batch.push(failed(this.#opened.container.index, wholeFile(entry.name, entry.bytes), code, note));
  }

  #direct(entry: ZipEntry, start: number): number | undefined {
    const isThere = entry.method === stored && this.#opened.direct !== undefined;
    return isThere ? (this.#opened.direct ?? 0) + start : undefined;
  }
}

/** undefined where the data is damaged or gives more than `bytes`. */
function inflate(packed: Buffer, bytes: number): Buffer | undefined {
  try {
    return inflateRawSync(packed, {
      maxOutputLength: Math.max(1, bytes),
      chunkSize: Math.max(64, bytes + 1),
    });
  } catch {
    // The stream reads it again and says what is wrong, after every byte that is right.
    return undefined;
  }
}
