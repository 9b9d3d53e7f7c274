/**
 * Archives written without a compressor, because compressed bytes differ between zlib versions and the
 * sample must be the same everywhere (APPNOTE.TXT 4.3; RFC 1950, 1951 3.2.4, 1952).
 *
 *   50 4b 03 04  14 00  00 08  00 00 …      local file header, stored, UTF-8 name
 *   1f 8b 08 00  …  01 len ~len bytes        gzip member, stored deflate block
 */
import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** 2 June 2015, 00:00 in MS-DOS form. */
const dosDate = ((2015 - 1980) << 9) | (6 << 5) | 2;
const maxStoredBlock = 65_535;

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function common(entry: ZipEntry): Buffer {
  const size = u32(entry.bytes.length);
  const name = Buffer.from(entry.name, 'utf8');
  const head = [u16(20), u16(0x0800), u16(0), u16(0), u16(dosDate), u32(crc32(entry.bytes)), size, size];
  return Buffer.concat([...head, u16(name.length), u16(0)]);
}

/** A ZIP archive with stored entries in the given order. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const local = Buffer.concat([u32(0x04034b50), common(entry), name, entry.bytes]);
    const tail = [u16(0), u16(0), u16(0), u32(0), u32(offset), name];
    directory.push(Buffer.concat([u32(0x02014b50), u16(20), common(entry), ...tail]));
    files.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(central.length), u32(offset), u16(0)];
  return Buffer.concat([...files, central, ...end]);
}

/** RFC 1951 3.2.4: stored blocks. */
function storedDeflate(bytes: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let offset = 0; offset === 0 || offset < bytes.length; offset += maxStoredBlock) {
    const block = bytes.subarray(offset, offset + maxStoredBlock);
    const isLast = offset + maxStoredBlock >= bytes.length;
    blocks.push(Buffer.from([isLast ? 1 : 0]), u16(block.length), u16(block.length ^ 0xffff), block);
  }
  return Buffer.concat(blocks);
}

/** A gzip member without name or time. */
export function gzip(bytes: Buffer): Buffer {
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  return Buffer.concat([head, storedDeflate(bytes), u32(crc32(bytes)), u32(bytes.length)]);
}

/** A zlib stream (RFC 1950), for PNG. */
export function zlibStored(bytes: Buffer): Buffer {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  const check = Buffer.alloc(4);
  check.writeUInt32BE(b * 65_536 + a);
  return Buffer.concat([Buffer.from([0x78, 0x01]), storedDeflate(bytes), check]);
}
