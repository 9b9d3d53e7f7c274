/**
 * OpenPGP public keys (RFC 9580 5.5, 10.1), version 4: a primary key, the names that it bound to itself, and the subkeys
 * that it vouches for.
 *
 *   public key · user id · certification · subkey · binding
 *
 * A key file is an envelope that anyone can put packets into: a name or a subkey counts where the primary key signed
 * for it, and a subkey that signs must have signed back (10.1.5), else somebody could claim another's signatures.
 */
import { hash } from 'node:crypto';
import { limits } from '../../limits.js';
import { readMaterial } from './pgp-material.js';
import { type Packet, packetTag, readArmour, readPackets } from './pgp-packets.js';
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
