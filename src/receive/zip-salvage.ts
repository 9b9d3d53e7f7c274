/**
 * Entries of a zip whose table of contents is missing or damaged, found by the headers before their data
 * (PKWARE APPNOTE 6.3.10, 4.3.7 and 4.3.9): what an interrupted download leaves.
 *
 *   50 4b 03 04 … sizes known …  data │ 50 4b 03 04 … flag 8: sizes after the data … data │ 50 4b 07 08 crc sizes │
 */
import type { RandomAccessFile } from './random-access.js';
import { Window } from './window.js';
import { findExtra, nameOf, PieceStream, type ZipEntry } from './zip-directory.js';

const localMark = 'PK\x03\x04';
const descriptorMark = 'PK\x07\x08';
const sizesFollow = 0x08;

/** Entries from `start` on in the order of the file, in batches; the last may be cut off, its packed bytes end with the file. */
export async function* scanEntries(piece: RandomAccessFile, start: number): AsyncGenerator<ZipEntry[]> {
  const window = new Window(new PieceStream(piece, start, piece.size));
  while (await skipTo(window, localMark)) {
    if (!(await window.fill(30))) return;
    const nameBytes = window.view().readUInt16LE(26);
    const headerBytes = 30 + nameBytes + window.view().readUInt16LE(28);
    if (!(await window.fill(headerBytes))) return;
    const entry = parseLocal(window.view().subarray(0, headerBytes), nameBytes, start + window.offset);
    const dataStart = start + window.offset + headerBytes;
    window.skip(headerBytes);
    if ((entry.flags & sizesFollow) !== 0 && entry.packedBytes === 0) {
      yield [await measure(window, entry)];
    } else {
      yield [{ ...entry, packedBytes: Math.min(entry.packedBytes, piece.size - dataStart) }];
      await window.discard(entry.packedBytes);
    }
  }
}

type LocalEntry = ZipEntry & { readonly flags: number };

function parseLocal(header: Buffer, nameBytes: number, offset: number): LocalEntry {
  const flags = header.readUInt16LE(6);
  const extra = header.subarray(30 + nameBytes);
  const wide = findExtra(extra, 0x0001);
  const isWide = header.readUInt32LE(18) === 0xffffffff && wide !== undefined && wide.length >= 16;
  return {
    name: nameOf(header.subarray(30, 30 + nameBytes), extra),
    method: header.readUInt16LE(8),
    isEncrypted: (flags & 0x2041) !== 0,
    isLink: false,
    crc: header.readUInt32LE(14),
    bytes: isWide ? Number(wide.readBigUInt64LE(0)) : header.readUInt32LE(22),
    packedBytes: isWide ? Number(wide.readBigUInt64LE(8)) : header.readUInt32LE(18),
    offset,
    flags,
  };
}

/** Finds the sizes after the data: a mark, and a number of packed bytes that is right there. */
async function measure(window: Window, entry: ZipEntry): Promise<ZipEntry> {
  const before = window.offset;
  while (await skipTo(window, descriptorMark)) {
    const packedBytes = window.offset - before;
    if (!(await window.fill(16))) break;
    const view = window.view();
    if (view.readUInt32LE(8) === packedBytes % 2 ** 32) {
      const isWide =
        window.length >= 24 && Number(view.readBigUInt64LE(8)) === packedBytes && view.readUInt32LE(12) === 0;
      const bytes = isWide ? Number(view.readBigUInt64LE(16)) : view.readUInt32LE(12);
      return { ...entry, crc: view.readUInt32LE(4), packedBytes, bytes };
    }
    window.skip(4);
  }
  // The file ends before the entry does: how large it was is not known.
  return { ...entry, packedBytes: window.offset + window.length - before, bytes: Number.MAX_SAFE_INTEGER };
}

/** Moves the window to the next `mark`; false where none follows. */
async function skipTo(window: Window, mark: string): Promise<boolean> {
  for (;;) {
    const at = window.view().indexOf(mark, 0, 'latin1');
    if (at >= 0) {
      window.skip(at);
      return true;
    }
    window.skip(Math.max(0, window.length - mark.length + 1));
    if (!(await window.fill(mark.length))) return false;
  }
}
