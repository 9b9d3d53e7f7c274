/**
 * The table of contents of a zip (PKWARE APPNOTE 6.3.10, 4.3), found from the end of the file.
 *
 *   …entries…  50 4b 01 02 central header …  [zip64 end]  50 4b 05 06 end of central directory
 *
 * Read here rather than by a library because a reader of evidence goes on where a library stops: one odd
 * record, an encrypted entry, bytes before or after the archive, names that climb out of it.
 */
import { decodeZipName } from './entry-name.js';
import type { RandomAccessFile } from './random-access.js';
import { type ByteStream, StreamFailure } from './stream.js';
import { Window } from './window.js';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** A symbolic link, by the Unix mode that its writer kept. */
  readonly isLink: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header, in the piece. */
  readonly offset: number;
}

/** Where the central directory is. `shift`: bytes before the archive (a self-extracting program). */
export interface Directory {
  readonly start: number;
  readonly end: number;
  readonly entries: number;
  readonly shift: number;
}

const endBytes = 22;
const locatorBytes = 20;
const maxCommentBytes = 0xffff;

/** Reads up to `length` bytes at `offset` of the piece; fewer at its end. */
export function readPiece(piece: RandomAccessFile, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, piece.size - offset)));
  return bytes.subarray(0, piece.read(bytes, offset));
}

/** A range of the piece as a stream. */
export class PieceStream implements ByteStream {
  readonly #piece: RandomAccessFile;
  #offset: number;
  readonly #end: number;

  constructor(piece: RandomAccessFile, start: number, end: number) {
    this.#piece = piece;
    this.#offset = start;
    this.#end = Math.min(end, piece.size);
  }

  read(target: Buffer): Promise<number> {
    const bytes = Math.min(target.length, this.#end - this.#offset);
    if (bytes <= 0) return Promise.resolve(0);
    const got = this.#piece.read(target.subarray(0, bytes), this.#offset);
    this.#offset += got;
    return Promise.resolve(got);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Finds the central directory. Throws `StreamFailure` where there is none, or only a part of it. */
export function findDirectory(piece: RandomAccessFile): Directory {
  const tailStart = Math.max(0, piece.size - endBytes - maxCommentBytes - locatorBytes);
  const tail = readPiece(piece, tailStart, piece.size - tailStart);
  for (
    let at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  ) {
    if (at + endBytes > tail.length) continue;
    const directory = readEnd(piece, tail, at, tailStart + at);
    if (directory !== undefined) return directory;
  }
  throw new StreamFailure(
    'truncated',
    'the zip has no table of contents at its end: it is cut off, or a part of a split archive',
  );
}

/** Reads the end record at `at`; undefined where no directory is where it says. */
function readEnd(piece: RandomAccessFile, tail: Buffer, at: number, offset: number): Directory | undefined {
  const zip64 = at >= locatorBytes ? readZip64End(piece, tail.subarray(at - locatorBytes, at)) : undefined;
  const disk = zip64?.disk ?? tail.readUInt16LE(at + 4);
  const size = zip64?.size ?? tail.readUInt32LE(at + 12);
  const start = zip64?.start ?? tail.readUInt32LE(at + 16);
  const entries = zip64?.entries ?? tail.readUInt16LE(at + 10);
  const end = zip64?.offset ?? offset;
  if (disk !== 0 && disk !== 0xffff) {
    throw new StreamFailure(
      'unsupported-format',
      `a zip in ${disk + 1} parts, of which this is the last; join the parts and receive that`,
    );
  }
  if (entries === 0) return { start: end, end, entries: 0, shift: 0 };
  for (const shift of new Set([end - size - start, 0])) {
    if (shift < 0 || start + shift >= end) continue;
    if (readPiece(piece, start + shift, 4).toString('latin1') === 'PK\x01\x02')
      return { start: start + shift, end, entries, shift };
  }
  return undefined;
}

interface Zip64End {
  readonly disk: number;
  readonly size: number;
  readonly start: number;
  readonly entries: number;
  readonly offset: number;
}

function readZip64End(piece: RandomAccessFile, locator: Buffer): Zip64End | undefined {
  if (locator.toString('latin1', 0, 4) !== 'PK\x06\x07') return undefined;
  const offset = Number(locator.readBigUInt64LE(8));
  const record = offset + 56 > piece.size ? Buffer.alloc(0) : readPiece(piece, offset, 56);
  if (record.length < 56 || record.toString('latin1', 0, 4) !== 'PK\x06\x06') return undefined;
  return {
    disk: record.readUInt32LE(16),
    entries: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    start: Number(record.readBigUInt64LE(48)),
    offset,
  };
}

/** Entries in the order of the directory, in batches. Throws `StreamFailure` where a record is none. */
export async function* readDirectory(
  piece: RandomAccessFile,
  directory: Directory,
): AsyncGenerator<ZipEntry[]> {
  const window = new Window(new PieceStream(piece, directory.start, directory.end), 256 * 1024);
  let batch: ZipEntry[] = [];
  // Zip files with more than 65,535 entries and no zip64 exist: the count there is only the lower 16 bits.
  for (
    let count = 0;
    count % 0x10000 !== directory.entries % 0x10000 || window.length > 0 || !window.ended;
    count += 1
  ) {
    if (!(await window.fill(46))) break;
    const view = window.view();
    if (view.toString('latin1', 0, 4) !== 'PK\x01\x02') {
      if (count >= directory.entries) break;
      if (batch.length > 0) yield batch;
      throw new StreamFailure(
        'damaged',
        `the table of contents is damaged after ${count} of ${directory.entries} entries`,
      );
    }
    const length = 46 + view.readUInt16LE(28) + view.readUInt16LE(30) + view.readUInt16LE(32);
    if (!(await window.fill(length))) break;
    batch.push(parseEntry(window.view().subarray(0, length), directory.shift));
    window.skip(length);
    if (batch.length < 500) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function parseEntry(record: Buffer, shift: number): ZipEntry {
  const flags = record.readUInt16LE(8);
  const nameEnd = 46 + record.readUInt16LE(28);
  const extra = record.subarray(nameEnd, nameEnd + record.readUInt16LE(30));
  const wide = readWide(extra, [record.readUInt32LE(24), record.readUInt32LE(20), record.readUInt32LE(42)]);
  const madeOnUnix = record.readUInt8(5) === 3 || record.readUInt8(5) === 19;
  return {
    name: nameOf(record.subarray(46, nameEnd), extra),
    method: record.readUInt16LE(10),
    isEncrypted: (flags & 0x2041) !== 0,
    isLink: madeOnUnix && record.readUInt16LE(40) >>> 12 === 0xa,
    crc: record.readUInt32LE(16),
    packedBytes: wide[1] ?? 0,
    bytes: wide[0] ?? 0,
    offset: (wide[2] ?? 0) + shift,
  };
}

/** Sizes and offset, from the zip64 field where the 32-bit ones are full (4.5.3). */
function readWide(extra: Buffer, values: readonly number[]): number[] {
  const field = findExtra(extra, 0x0001);
  let at = 0;
  return values.map((value) => {
    if (value !== 0xffffffff || field === undefined || at + 8 > field.length) return value;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  });
}

/** An entry's name; Info-ZIP's UTF-8 name (4.6.9) where there is one, whose checksum of the other is not needed. */
export function nameOf(name: Buffer, extra: Buffer): string {
  const field = findExtra(extra, 0x7075);
  return decodeZipName(field === undefined || field.length < 6 || field[0] !== 1 ? name : field.subarray(5));
}

export function findExtra(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return undefined;
}
