/**
 * tar headers (POSIX.1-2008 pax, ustar), written and recognised: 512 bytes, numbers in octal, a checksum.
 *
 *   0 name(100) · 100 mode(8) · 108 uid(8) · 116 gid(8) · 124 size(12) · 136 mtime(12) · 148 checksum(8)
 *   156 type · 157 linkname(100) · 257 "ustar\0" "00" · 265 uname(32) · 297 gname(32) · 345 prefix(155)
 *
 * A folder that is received becomes one tar whose bytes depend on names, links and contents only: no times,
 * no owners, modes fixed. So the same folder gives the same original on every machine.
 */

export const blockBytes = 512;

export type TarType = 'file' | 'directory' | 'symlink';

const typeFlags: Readonly<Record<TarType, string>> = { file: '0', directory: '5', symlink: '2' };

/** `name` and `link` are bytes as the file system has them; a directory's name ends with `/`. */
export interface TarMember {
  readonly name: Buffer;
  readonly type: TarType;
  readonly size: number;
  readonly link?: Buffer;
}

/** Two empty blocks. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

/** The header of a member, with a pax or GNU header before it where ustar has no room or no way to say the name. */
export function formatTarHeader(member: TarMember): Buffer {
  const link = member.link ?? Buffer.alloc(0);
  const before: Buffer[] = [];
  const records: Buffer[] = [];
  if (!fitsUstar(member.name)) extend('path', member.name, 'L');
  if (!fitsUstar(link)) extend('linkpath', link, 'K');
  if (member.size > 0o77777777777) records.push(paxRecord('size', Buffer.from(String(member.size))));
  if (records.length > 0) before.push(extension('x', 'pax', Buffer.concat(records)));
  return Buffer.concat([...before, ustar(member.name, typeFlags[member.type], member.size, link)]);

  // pax knows UTF-8 only; GNU's long names are plain bytes.
  function extend(key: string, value: Buffer, gnuType: string): void {
    if (isUtf8(value)) records.push(paxRecord(key, value));
    else before.push(extension(gnuType, '././@LongLink', Buffer.concat([value, Buffer.alloc(1)])));
  }
}

/** Zero bytes after `size` bytes of content. */
export function paddingAfter(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** ASCII of 100 bytes at most; also short bytes that are no UTF-8, because no pax record can hold them. */
function fitsUstar(name: Buffer): boolean {
  return name.length <= 100 && (name.every((byte) => byte < 0x80) || !isUtf8(name));
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

/** POSIX pax record: `<length> <key>=<value>\n`, where the length counts its own digits. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + 1;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}

function extension(type: string, name: string, data: Buffer): Buffer {
  return Buffer.concat([
    ustar(Buffer.from(name), type, data.length, Buffer.alloc(0)),
    data,
    Buffer.alloc(paddingAfter(data.length)),
  ]);
}

function ustar(name: Buffer, type: string, size: number, link: Buffer): Buffer {
  const header = Buffer.alloc(blockBytes);
  name.copy(header, 0, 0, 100);
  header.write(type === '5' ? '0000755\0' : '0000644\0', 100, 'latin1');
  header.write('0000000\x000000000\0', 108, 'latin1');
  header.write(octal(size > 0o77777777777 ? 0 : size), 124, 'latin1');
  header.write(octal(0), 136, 'latin1');
  header.write(type, 156, 'latin1');
  link.copy(header, 157, 0, 100);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function octal(value: number): string {
  return `${value.toString(8).padStart(11, '0')}\0`;
}

/** Sum of all bytes, those of the checksum field counted as blanks. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockBytes; at += 1) if (at < 148 || at >= 156) sum += header.readUInt8(at);
  return sum;
}

/** Whether `bytes` start with a tar header: of any age, as long as its checksum is right. */
export function isTarHeader(bytes: Buffer): boolean {
  if (bytes.length < blockBytes || bytes[0] === 0) return false;
  const stored = /^[ \0]{0,7}([0-7]{1,7})/.exec(bytes.toString('latin1', 148, 156))?.[1];
  if (stored === undefined) return false;
  const sum = Number.parseInt(stored, 8);
  return sum === checksum(bytes) || sum === signedChecksum(bytes);
}

/** Old writers on machines with signed characters summed those. */
function signedChecksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockBytes; at += 1) if (at < 148 || at >= 156) sum += header.readInt8(at);
  return sum;
}
