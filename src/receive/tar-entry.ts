/**
 * tar headers as they are found (POSIX.1-2008 pax and ustar; GNU tar; the seventh edition's).
 *
 *   0 name(100) · 124 size(12) · 148 checksum(8) · 156 type · 157 linkname(100) · 257 magic · 345 prefix(155)
 *
 *   pax record:  "30 path=mail/…\n"      GNU long name:  header of type L, then the name and a NUL
 */
import { decodeName } from './entry-name.js';
import { isTarHeader } from './tar-header.js';

export interface TarHeader {
  /** '0' file, '5' folder, '1' and '2' links, 'x' 'g' pax, 'L' 'K' GNU long name, … */
  readonly type: string;
  readonly name: string;
  readonly link: string;
  readonly size: number;
}

/** What stands before a header and changes it. */
export interface TarExtension {
  path?: string;
  linkPath?: string;
  size?: number;
  isSparse?: boolean;
}

/** undefined where the block is no header. */
export function parseTarHeader(block: Buffer): TarHeader | undefined {
  if (!isTarHeader(block)) return undefined;
  const size = parseNumber(block.subarray(124, 136));
  if (size === undefined) return undefined;
  const type = String.fromCharCode(block.readUInt8(156) || 0x30);
  const name = text(block, 0, 100);
  // GNU's own format keeps times where ustar has the prefix.
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? text(block, 345, 500) : '';
  const fullName = prefix === '' ? name : `${prefix}/${name}`;
  return {
    type: type === '0' && name.endsWith('/') ? '5' : type,
    name: fullName,
    link: text(block, 157, 257),
    size,
  };
}

/** Reads the records of a pax header into `extension`; what is malformed ends it. */
export function parsePax(data: Buffer, extension: TarExtension): void {
  for (let at = 0; at < data.length; ) {
    const length = Number(/^(\d{1,10}) /.exec(data.toString('latin1', at, at + 11))?.[1] ?? 0);
    const record = data.subarray(at, at + length);
    const equals = record.indexOf('=');
    if (length === 0 || record.length < length || equals < 0) return;
    const key = record.toString('latin1', record.indexOf(' ') + 1, equals);
    applyRecord(key, record.subarray(equals + 1, length - 1), extension);
    at += length;
  }
}

function applyRecord(key: string, value: Buffer, extension: TarExtension): void {
  if (key === 'path') extension.path = decodeName(value);
  if (key === 'linkpath') extension.linkPath = decodeName(value);
  if (key.startsWith('GNU.sparse.')) extension.isSparse = true;
  if (key === 'size' && /^\d{1,15}$/.test(value.toString('latin1')))
    extension.size = Number(value.toString('latin1'));
}

function text(block: Buffer, start: number, end: number): string {
  return untilNul(block.subarray(start, end));
}

export function untilNul(bytes: Buffer): string {
  const nul = bytes.indexOf(0);
  return decodeName(nul < 0 ? bytes : bytes.subarray(0, nul));
}

/** Octal digits, or GNU's base 256 where the first bit is set. undefined for what is neither or too large. */
function parseNumber(field: Buffer): number | undefined {
  if (field.readUInt8(0) === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^[ \0]*([0-7]*)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
}
