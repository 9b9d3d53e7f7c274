/**
 * OpenPGP signature packets (RFC 9580 5.2), versions 3 and 4: what they say, and whether a key made one over given bytes.
 *
 *   04 00 01 0a 00 32 …   version 4, over a document, RSA, SHA-512, 50 bytes of subpackets that are signed as well
 */
import { hash, type KeyObject, verify } from 'node:crypto';
import { type Packet, readLength, readMpis } from './pgp-packets.js';

export interface PgpSignature {
  readonly type: number;
  readonly algorithm: number;
  /** Name of the hash; undefined for one that is not known. */
  readonly hash: string | undefined;
  /** Key id or fingerprint of who made it, lower-case hex. Unsigned subpackets are believed here alone: a wrong issuer only finds no key. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** What is hashed after the signed bytes. */
  readonly trailer: Buffer;
  /** The signed subpackets by type; of several the first. */
  readonly subpackets: ReadonlyMap<number, Buffer>;
  /** Subpackets that are not signed. */
  readonly unsigned: ReadonlyMap<number, Buffer>;
  readonly value: Buffer;
}

export const signatureType = {
  binary: 0x00,
  text: 0x01,
  certifications: [0x10, 0x11, 0x12, 0x13],
  subkeyBinding: 0x18,
  primaryBinding: 0x19,
  keyRevocation: 0x20,
  subkeyRevocation: 0x28,
} as const;

export const subpacketType = {
  created: 2,
  expires: 3,
  keyExpires: 9,
  issuer: 16,
  keyFlags: 27,
  revocationReason: 29,
  embedded: 32,
  issuerFingerprint: 33,
} as const;

const hashes: ReadonlyMap<number, string> = new Map([
  [1, 'md5'],
  [2, 'sha1'],
  [3, 'ripemd160'],
  [8, 'sha256'],
  [9, 'sha384'],
  [10, 'sha512'],
  [11, 'sha224'],
  [12, 'sha3-256'],
  [14, 'sha3-512'],
]);

/** Subpackets that are marked as critical and understood here, or that change nothing for a check. */
const understood: ReadonlySet<number> = new Set([
  2, 3, 4, 9, 11, 16, 20, 21, 22, 23, 24, 25, 27, 28, 29, 30, 31, 32, 33, 34, 35,
]);

/** The string says why it cannot be read. */
export function readSignature({ body }: Packet): PgpSignature | string {
  const version = body[0];
  if (version === 3) return readVersion3(body);
  if (version !== 4) return `signatures of version ${version ?? 0} are not read`;
  if (body.length < 10) return 'it is too short';
  const signedEnd = 6 + body.readUInt16BE(4);
  if (signedEnd + 2 > body.length) return 'it is too short';
  const unsignedEnd = signedEnd + 2 + body.readUInt16BE(signedEnd);
  if (unsignedEnd + 2 > body.length) return 'it is too short';
  const signed = readSubpackets(body.subarray(6, signedEnd));
  const unsigned = readSubpackets(body.subarray(signedEnd + 2, unsignedEnd));
  if (typeof signed === 'string') return signed;
  const end = Buffer.from([4, 0xff, 0, 0, 0, 0]);
  end.writeUInt32BE(signedEnd, 2);
  const created = signed.get(subpacketType.created);
  if (created?.length !== 4) return 'it does not say when it was made';
  return {
    type: body[1] ?? 0,
    algorithm: body[2] ?? 0,
    hash: hashes.get(body[3] ?? 0),
    issuer: issuerOf(signed) || (typeof unsigned === 'string' ? '' : issuerOf(unsigned)),
    createdAt: created.readUInt32BE() * 1_000,
    trailer: Buffer.concat([body.subarray(0, signedEnd), end]),
    subpackets: signed,
    unsigned: typeof unsigned === 'string' ? new Map() : unsigned,
    value: body.subarray(unsignedEnd + 2),
  };
}

function readVersion3(body: Buffer): PgpSignature | string {
  if (body.length < 19 || body[1] !== 5) return 'it is too short';
  return {
    type: body[2] ?? 0,
    algorithm: body[15] ?? 0,
    hash: hashes.get(body[16] ?? 0),
    issuer: body.toString('hex', 7, 15),
    createdAt: body.readUInt32BE(3) * 1_000,
    trailer: body.subarray(2, 7),
    subpackets: new Map(),
    unsigned: new Map(),
    value: body.subarray(19),
  };
}

function readSubpackets(area: Buffer): Map<number, Buffer> | string {
  const found = new Map<number, Buffer>();
  for (let at = 0; at < area.length; ) {
    const read = readLength(area, at);
    if (read === undefined || read.length === 0 || read.next + read.length > area.length)
      return 'its subpackets are broken';
    const mark = area[read.next] ?? 0;
    const type = mark & 0x7f;
    // RFC 9580 5.2.3.7: what is marked critical and not understood makes the whole invalid.
    if (mark >= 0x80 && !understood.has(type)) return `critical subpacket ${type} is not understood`;
    if (!found.has(type)) found.set(type, area.subarray(read.next + 1, read.next + read.length));
    at = read.next + read.length;
  }
  return found;
}

function issuerOf(subpackets: ReadonlyMap<number, Buffer>): string {
  const fingerprint = subpackets.get(subpacketType.issuerFingerprint);
  if (fingerprint !== undefined && fingerprint[0] === 4 && fingerprint.length === 21)
    return fingerprint.toString('hex', 1);
  const id = subpackets.get(subpacketType.issuer);
  return id?.length === 8 ? id.toString('hex') : '';
}

/** Whether `key` made the signature over `bytes` (5.2.4). */
export function isMadeBy(signature: PgpSignature, key: PgpPublicKey, bytes: Buffer): boolean {
  if (signature.hash === undefined || !isSameAlgorithm(signature.algorithm, key.algorithm)) return false;
  const input = Buffer.concat([bytes, signature.trailer]);
  try {
    return verifyWith(signature, key.publicKey, input, signature.hash);
  } catch {
    // OpenSSL refuses what is no signature at all.
    return false;
  }
}

export interface PgpPublicKey {
  /** As numbered in RFC 9580 9.1. */
  readonly algorithm: number;
  readonly publicKey: KeyObject;
}

/** RSA has two more numbers, for keys that only sign or only encrypt. */
const isSameAlgorithm = (one: number, other: number): boolean =>
  one === other || ((one === 1 || one === 3) && (other === 1 || other === 3));

function verifyWith(signature: PgpSignature, key: KeyObject, input: Buffer, hashName: string): boolean {
  if (key.asymmetricKeyType === 'rsa') {
    const [value] = readMpis(signature.value, 1) ?? [];
    const size = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
    return value !== undefined && verify(hashName, input, key, padded(value, size));
  }
  if (key.asymmetricKeyType === 'ed25519') {
    const value = signature.algorithm === 27 ? signature.value : pairOf(signature.value, 32);
    return value !== undefined && verify(null, hash(hashName, input, 'buffer'), key, value);
  }
  const size = orderBytes(key);
  const value = pairOf(signature.value, size);
  return value !== undefined && verify(hashName, input, { key, dsaEncoding: 'ieee-p1363' }, value);
}

function orderBytes(key: KeyObject): number {
  const { divisorLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (divisorLength !== undefined) return Math.ceil(divisorLength / 8);
  return { prime256v1: 32, secp384r1: 48, secp521r1: 66 }[namedCurve ?? ''] ?? 32;
}

function pairOf(value: Buffer, size: number): Buffer | undefined {
  const [r, s] = readMpis(value, 2) ?? [];
  return r === undefined || s === undefined ? undefined : Buffer.concat([padded(r, size), padded(s, size)]);
}

const padded = (value: Buffer, size: number): Buffer =>
  value.length >= size ? value : Buffer.concat([Buffer.alloc(size - value.length), value]);
