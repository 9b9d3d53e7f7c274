/**
 * OpenPGP public keys (RFC 9580 5.5, 10.1), version 4: a primary key, the names that it bound to itself, and the subkeys
 * that it vouches for.
 *
 *   public key · user id · certification · subkey · binding
 *
 * A key file is an envelope that anyone can put packets into: a name or a subkey counts where the primary key signed
 * for it, and a subkey that signs must have signed back (10.1.5), else somebody could claim another's signatures.
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { limits } from '../../limits.js';
import { type Packet, packetTag, readArmour, readMpis, readPackets } from './pgp-packets.js';
import {
  isMadeBy,
  type PgpPublicKey,
  type PgpSignature,
  readSignature,
  signatureType,
  subpacketType,
} from './pgp-signature.js';

export interface PgpKeyPart extends PgpPublicKey {
  /** SHA-1 of the key, hex (RFC 9580 5.5.4.2); its last 16 digits are the key id. */
  readonly fingerprint: string;
  readonly bits: number;
  /** Milliseconds since 1970; undefined: never. */
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  /** Why its holder withdrew it; undefined where they did not. */
  readonly revoked: string | undefined;
}

export interface PgpKey {
  /** Primary key first, then the subkeys that may sign. */
  readonly parts: readonly PgpKeyPart[];
  /** As the key says itself. */
  readonly userIds: readonly string[];
  /** The packets, as they were imported. */
  readonly bytes: Buffer;
}

interface Draft {
  readonly packet: Packet;
  readonly key: PgpPublicKey;
  readonly fingerprint: string;
  readonly createdAt: number;
}

/** Every key of an armoured block or a key ring, of the kinds that are read. Never throws. */
export function readPgpKeys(bytes: Buffer): PgpKey[] {
  if (bytes.length > limits.maxPgpBytes) return [];
  const packets = readPackets(readArmour(bytes, 'PUBLIC KEY BLOCK'));
  const starts = packets.flatMap(({ tag }, index) => (tag === packetTag.publicKey ? [index] : []));
  return starts.flatMap((start, index) => readKey(packets.slice(start, starts[index + 1])) ?? []);
}

/** Blocks one after another in one file. */
export function splitKeyBlocks(text: string): string[] {
  const mark = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
  return text
    .split(mark)
    .slice(1)
    .map((block) => mark + block);
}

/** Packets in armour with a checksum, which RFC 9580 6.1 no longer asks for and GnuPG 2.2 cannot do without. */
export function formatKeyBlock(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  const check = Buffer.alloc(3);
  check.writeUIntBE(crc24(bytes), 0, 3);
  return [
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    '',
    ...lines,
    `=${check.toString('base64')}`,
    '-----END PGP PUBLIC KEY BLOCK-----',
    '',
  ].join('\n');
}

function crc24(bytes: Buffer): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ ((crc & 0x800000) === 0 ? 0 : 0x1864cfb);
  }
  return crc & 0xffffff;
}

function readKey(packets: readonly Packet[]): PgpKey | undefined {
  const [first] = packets;
  const primary = first === undefined ? undefined : readKeyPacket(first);
  if (primary === undefined) return undefined;
  const groups = groupBySubject(packets);
  const own = (groups[0]?.signatures ?? []).filter(({ type }) => type === signatureType.keyRevocation);
  const names = groups.filter(({ packet }) => packet.tag === packetTag.userId);
  const bound = names.flatMap((name) => {
    const found = newest(name.signatures.filter((signature) => certifies(signature, primary, name.packet)));
    return found === undefined
      ? []
      : [{ name: name.packet.body.toString('utf8').slice(0, 300), signature: found }];
  });
  const self = newest(bound.map(({ signature }) => signature));
  const part = partOf(
    primary,
    self,
    own.find((signature) => isMadeBy(signature, primary.key, hashed(primary.packet))),
  );
  const subkeys = groups
    .filter(({ packet }) => packet.tag === packetTag.publicSubkey)
    .flatMap((group) => readSubkey(group, primary) ?? []);
  return {
    parts: [part, ...subkeys],
    userIds: bound.map(({ name }) => name),
    bytes: Buffer.concat(packets.map(withHeader)),
  };
}

interface Group {
  readonly packet: Packet;
  readonly signatures: readonly PgpSignature[];
}

/** Each key or name with the signatures that follow it. */
function groupBySubject(packets: readonly Packet[]): Group[] {
  const groups: { packet: Packet; signatures: PgpSignature[] }[] = [];
  for (const packet of packets) {
    if (packet.tag !== packetTag.signature) groups.push({ packet, signatures: [] });
    else {
      const signature = readSignature(packet);
      if (typeof signature !== 'string') groups.at(-1)?.signatures.push(signature);
    }
  }
  return groups;
}

function certifies(signature: PgpSignature, primary: Draft, name: Packet): boolean {
  if (!(signatureType.certifications as readonly number[]).includes(signature.type)) return false;
  // Others certify names too, thousands of them on some keys: only the key's own word is checked here.
  if (!primary.fingerprint.endsWith(signature.issuer.slice(-16))) return false;
  const length = Buffer.alloc(5);
  length[0] = 0xb4;
  length.writeUInt32BE(name.body.length, 1);
  return isMadeBy(signature, primary.key, Buffer.concat([hashed(primary.packet), length, name.body]));
}

function readSubkey({ packet, signatures }: Group, primary: Draft): PgpKeyPart | undefined {
  const subkey = readKeyPacket(packet);
  if (subkey === undefined) return undefined;
  const both = Buffer.concat([hashed(primary.packet), hashed(packet)]);
  const binding = newest(
    signatures.filter(
      (signature) => signature.type === signatureType.subkeyBinding && isMadeBy(signature, primary.key, both),
    ),
  );
  if (binding === undefined || !signsBack(binding, subkey, both)) return undefined;
  const revocation = signatures.find(
    (signature) =>
      signature.type === signatureType.subkeyRevocation && isMadeBy(signature, primary.key, both),
  );
  return partOf(subkey, binding, revocation);
}

function signsBack({ subpackets, unsigned }: PgpSignature, subkey: Draft, both: Buffer): boolean {
  const flags = subpackets.get(subpacketType.keyFlags)?.[0] ?? 0;
  const embedded = subpackets.get(subpacketType.embedded) ?? unsigned.get(subpacketType.embedded);
  if ((flags & 2) === 0 || embedded === undefined) return false;
  const signature = readSignature({ tag: packetTag.signature, body: embedded });
  return (
    typeof signature !== 'string' &&
    signature.type === signatureType.primaryBinding &&
    isMadeBy(signature, subkey.key, both)
  );
}

const newest = (signatures: readonly PgpSignature[]): PgpSignature | undefined =>
  signatures.reduce<PgpSignature | undefined>(
    (best, one) => (best === undefined || one.createdAt > best.createdAt ? one : best),
    undefined,
  );

function partOf(
  draft: Draft,
  self: PgpSignature | undefined,
  revocation: PgpSignature | undefined,
): PgpKeyPart {
  const { key, fingerprint, createdAt } = draft;
  const expires = self?.subpackets.get(subpacketType.keyExpires);
  const seconds = expires?.length === 4 ? expires.readUInt32BE() : 0;
  const { modulusLength, namedCurve } = key.publicKey.asymmetricKeyDetails ?? {};
  return {
    ...key,
    fingerprint,
    createdAt,
    bits: modulusLength ?? { secp384r1: 384, secp521r1: 521 }[namedCurve ?? ''] ?? 256,
    expiresAt: seconds === 0 ? undefined : createdAt + seconds * 1_000,
    revoked: revocation === undefined ? undefined : reasonOf(revocation),
  };
}

/** RFC 9580 5.2.3.31. */
function reasonOf({ subpackets }: PgpSignature): string {
  const code = subpackets.get(subpacketType.revocationReason)?.[0] ?? 0;
  return { 1: 'superseded', 2: 'compromised', 3: 'no longer used' }[code] ?? 'no reason given';
}

/** A key as signatures hash it (RFC 9580 5.2.4). */
function hashed({ body }: Packet): Buffer {
  const head = Buffer.from([0x99, 0, 0]);
  head.writeUInt16BE(body.length & 0xffff, 1);
  return Buffer.concat([head, body]);
}

/** As a packet of the old format with four bytes of length, which everyone reads. */
function withHeader({ tag, body }: Packet): Buffer {
  const head = Buffer.alloc(tag < 16 ? 5 : 6);
  head[0] = tag < 16 ? 0x82 | (tag << 2) : 0xc0 | tag;
  if (tag >= 16) head[1] = 0xff;
  head.writeUInt32BE(body.length, tag < 16 ? 1 : 2);
  return Buffer.concat([head, body]);
}

function readKeyPacket(packet: Packet): Draft | undefined {
  const { body } = packet;
  if (body[0] !== 4 || body.length < 8) return undefined;
  const algorithm = body[5] ?? 0;
  try {
    const publicKey = readMaterial(algorithm, body.subarray(6));
    if (publicKey === undefined || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) > limits.maxKeyBits)
      return undefined;
    return {
      packet,
      key: { algorithm, publicKey },
      fingerprint: hash('sha1', hashed(packet), 'hex'),
      createdAt: body.readUInt32BE(1) * 1_000,
    };
  } catch {
    // Numbers that are no key.
    return undefined;
  }
}

function readMaterial(algorithm: number, bytes: Buffer): KeyObject | undefined {
  switch (algorithm) {
    case 1:
    case 3:
      return rsaKey(readMpis(bytes, 2));
    case 17:
      return dsaKey(readMpis(bytes, 4));
    case 19:
    case 22:
      return curveKey(bytes);
    case 27:
      return ed25519(bytes.subarray(0, 32));
    default:
      return undefined;
  }
}

const url = (value: Buffer): string => value.toString('base64url');

function rsaKey(values: Buffer[] | undefined): KeyObject | undefined {
  const [n, e] = values ?? [];
  if (n === undefined || e === undefined) return undefined;
  return createPublicKey({ key: { kty: 'RSA', n: url(n), e: url(e) }, format: 'jwk' });
}

/** Node has no JWK for DSA: SubjectPublicKeyInfo (RFC 3279 2.3.2) by hand. */
function dsaKey(values: Buffer[] | undefined): KeyObject | undefined {
  if (values === undefined) return undefined;
  const [p, q, g, y] = values.map(integer);
  if (p === undefined || q === undefined || g === undefined || y === undefined) return undefined;
  const algorithm = der(0x30, Buffer.from('06072a8648ce380401', 'hex'), der(0x30, p, q, g));
  const key = der(0x30, algorithm, der(3, Buffer.alloc(1), y));
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** The sign takes a bit of its own. */
const integer = (value: Buffer): Buffer =>
  der(2, (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), value]) : value);

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length < 128 ? '' : content.length < 256 ? '81' : '82';
  const head = Buffer.from([tag, ...Buffer.from(size, 'hex'), ...lengthBytes(content.length)]);
  return Buffer.concat([head, content]);
}

const lengthBytes = (length: number): number[] => (length < 256 ? [length] : [length >> 8, length & 255]);

const curves: ReadonlyMap<string, { name: string; size: number }> = new Map([
  ['2a8648ce3d030107', { name: 'P-256', size: 32 }],
  ['2b81040022', { name: 'P-384', size: 48 }],
  ['2b81040023', { name: 'P-521', size: 66 }],
]);
const ed25519Legacy = '2b06010401da470f01';

/** Object identifier of the curve, then the point: 04 x y, or 40 and the bytes of Ed25519. */
function curveKey(bytes: Buffer): KeyObject | undefined {
  const size = bytes[0] ?? 0;
  const oid = bytes.toString('hex', 1, 1 + size);
  const [point] = readMpis(bytes.subarray(1 + size), 1) ?? [];
  if (point === undefined) return undefined;
  if (oid === ed25519Legacy)
    return point.length === 33 && point[0] === 0x40 ? ed25519(point.subarray(1)) : undefined;
  const curve = curves.get(oid);
  if (curve === undefined || point[0] !== 4 || point.length !== 1 + 2 * curve.size) return undefined;
  const x = url(point.subarray(1, 1 + curve.size));
  const y = url(point.subarray(1 + curve.size));
  return createPublicKey({ key: { kty: 'EC', crv: curve.name, x, y }, format: 'jwk' });
}

const ed25519 = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: url(bytes) }, format: 'jwk' });
