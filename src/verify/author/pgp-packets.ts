/**
 * OpenPGP packets (RFC 9580 4, RFC 4880 4) and the armour around them (RFC 9580 6).
 *
 *   -----BEGIN PGP SIGNATURE-----      c2 5e 04 00 …   new format: tag 2, 94 bytes, version 4
 *   iQFIBAABCgAyFiEE…                  89 01 48 04 …   old format: tag 2, two bytes of length
 */
import { limits } from '../../limits.js';

export interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

export const packetTag = { signature: 2, publicKey: 6, userId: 13, publicSubkey: 14 } as const;

/** Bytes within the first armour of this kind, or the bytes themselves where there is none. The checksum is not looked at: a signature is its own. */
export function readArmour(bytes: Buffer, kind: 'SIGNATURE' | 'PUBLIC KEY BLOCK'): Buffer {
  const text = bytes.toString('latin1');
  const start = text.indexOf(`-----BEGIN PGP ${kind}-----`);
  if (start === -1) return bytes;
  const end = text.indexOf(`-----END PGP ${kind}-----`, start);
  const lines = text
    .slice(start, end === -1 ? undefined : end)
    .split('\n')
    .slice(1);
  // Armour headers (Version:, Comment:) end at an empty line.
  const blank = lines.findIndex((line) => line.trim() === '');
  const base64 = lines.slice(blank + 1).filter((line) => !line.startsWith('='));
  return Buffer.from(base64.join(''), 'base64');
}

/** Packets one after another; stops at the first that breaks the format. */
export function readPackets(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  let at = 0;
  while (at < bytes.length && packets.length < limits.maxPgpPackets) {
    const header = readHeader(bytes, at);
    if (header === undefined || header.start + header.length > bytes.length) break;
    at = header.start + header.length;
    packets.push({ tag: header.tag, body: bytes.subarray(header.start, at) });
  }
  return packets;
}

function readHeader(bytes: Buffer, at: number): { tag: number; start: number; length: number } | undefined {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return undefined;
  if ((first & 0x40) !== 0) {
    const read = readLength(bytes, at + 1);
    return read === undefined ? undefined : { tag: first & 0x3f, start: read.next, length: read.length };
  }
  const size = [1, 2, 4][first & 3];
  if (size === undefined || at + 1 + size > bytes.length) return undefined;
  return { tag: (first >> 2) & 15, start: at + 1 + size, length: bytes.readUIntBE(at + 1, size) };
}

/** Lengths of packets and subpackets (RFC 9580 4.2.1); partial ones occur in data alone. */
export function readLength(bytes: Buffer, at: number): { length: number; next: number } | undefined {
  const first = bytes[at];
  const second = bytes[at + 1];
  if (first === undefined) return undefined;
  if (first < 192) return { length: first, next: at + 1 };
  if (first < 224)
    return second === undefined ? undefined : { length: (first - 192) * 256 + second + 192, next: at + 2 };
  return first === 255 && at + 5 <= bytes.length
    ? { length: bytes.readUInt32BE(at + 1), next: at + 5 }
    : undefined;
}

/** A multiprecision integer (3.2): bits, then bytes. */
export function readMpi(bytes: Buffer, at: number): { value: Buffer; next: number } | undefined {
  if (at + 2 > bytes.length) return undefined;
  const next = at + 2 + Math.ceil(bytes.readUInt16BE(at) / 8);
  return next > bytes.length ? undefined : { value: bytes.subarray(at + 2, next), next };
}

/** So many of them, one after another; undefined where there are fewer. */
export function readMpis(bytes: Buffer, count: number): Buffer[] | undefined {
  const values: Buffer[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const read = readMpi(bytes, at);
    if (read === undefined) return undefined;
    values.push(read.value);
    at = read.next;
  }
  return values;
}
