/**
 * PGP/MIME signatures (RFC 3156 5) under the keys that the operator imported: present and unchecked where there is none.
 */

import { limits } from '../../limits.js';
import { type AuthorContext, type AuthorSignature, unread } from './author-signature.js';
import type { PgpKey, PgpKeyPart } from './pgp-key.js';
import { packetTag, readArmour, readPackets } from './pgp-packets.js';
import { isMadeBy, type PgpSignature, readSignature, signatureType, subpacketType } from './pgp-signature.js';
import type { SignedPart } from './signed-part.js';

export function judgePgp(
  { signature: bytes, contents }: Extract<SignedPart, { protocol: 'smime' | 'pgp' }>,
  { keys, from, now }: AuthorContext,
): AuthorSignature {
  const signature = firstSignature(bytes);
  if (typeof signature === 'string') return unread('PGP/MIME', 'malformed', signature);
  const { issuer, createdAt: signedAt } = signature;
  const known = { ...unread('PGP/MIME', 'failed', ''), issuer, signedAt };
  if (signature.type !== signatureType.binary && signature.type !== signatureType.text)
    return {
      ...known,
      result: 'unsupported',
      reason: `it is no signature over a document (type ${signature.type})`,
    };
  if (signature.hash === undefined)
    return { ...known, result: 'unsupported', reason: 'its hash is not known' };
  const found = keys.findPgpKeys(issuer);
  if (found.length === 0)
    return {
      ...known,
      result: 'unchecked',
      reason: `the key ${issuer || 'of an unnamed issuer'} is not at hand`,
    };
  for (const key of found) {
    const part = key.parts.find(({ fingerprint }) => fingerprint.endsWith(issuer));
    const reading = part && contents.find((content) => isMadeBy(signature, part, content.bytes));
    if (part === undefined || reading === undefined) continue;
    return {
      ...known,
      result: 'verified',
      signer: key.userIds.join(', ').slice(0, 300),
      key: part.fingerprint,
      trust: trustOf(key, part, signature),
      flags: [
        ...flagsOf(key, part, signature, { from, now }),
        ...reading.repairs.map((name) => `repaired:${name}`),
      ],
    };
  }
  const reason = found.some(({ parts }) => parts.some(({ fingerprint }) => fingerprint.endsWith(issuer)))
    ? 'the content is not the one that was signed, or another key made the signature'
    : 'the subkey is not bound to the key that was imported';
  return { ...known, signer: found[0]?.userIds.join(', ').slice(0, 300) ?? '', reason };
}

function firstSignature(bytes: Buffer): PgpSignature | string {
  if (bytes.length > limits.maxPgpBytes) return `more than ${limits.maxPgpBytes} bytes`;
  const packet = readPackets(readArmour(bytes, 'SIGNATURE')).find(({ tag }) => tag === packetTag.signature);
  return packet === undefined ? 'there is no OpenPGP signature in it' : readSignature(packet);
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** That a key carries somebody's name is the key's own word. */
function trustOf({ parts, userIds }: PgpKey, part: PgpKeyPart, { createdAt }: PgpSignature): string {
  const primary = parts[0]?.fingerprint ?? '';
  const said = [`the names are what the imported key ${primary} says itself`];
  if (userIds.length === 0) said[0] = `the imported key ${primary} bears no name that it vouches for`;
  if (part.expiresAt !== undefined && createdAt > part.expiresAt)
    said.push(`the key had expired on ${day(part.expiresAt)}, before it signed on ${day(createdAt)}`);
  const revoked = part.revoked ?? parts[0]?.revoked;
  if (revoked !== undefined) said.push(`its holder has withdrawn the key (${revoked})`);
  return said.join('; ');
}

function flagsOf(
  { parts, userIds }: PgpKey,
  part: PgpKeyPart,
  signature: PgpSignature,
  { from, now }: { from: string; now: number },
): string[] {
  const flags: string[] = [];
  if (signature.hash === 'sha1' || signature.hash === 'md5') flags.push(signature.hash);
  if (
    part.publicKey.asymmetricKeyType !== 'ed25519' &&
    part.bits < 2_048 &&
    part.publicKey.asymmetricKeyType !== 'ec'
  )
    flags.push('weak-key');
  const expires = signature.subpackets.get(subpacketType.expires);
  const seconds = expires?.length === 4 ? expires.readUInt32BE() : 0;
  const wasKeyOver = part.expiresAt !== undefined && signature.createdAt > part.expiresAt;
  if (wasKeyOver || (seconds > 0 && signature.createdAt + seconds * 1_000 < now)) flags.push('expired');
  if ((part.revoked ?? parts[0]?.revoked) !== undefined) flags.push('revoked-key');
  if (!userIds.some((name) => from !== '' && addressOf(name) === from)) flags.push('unaligned');
  return flags;
}

/** "Anna Weaver <anna@calder.example>" → "anna@calder.example". */
const addressOf = (userId: string): string =>
  (userId.endsWith('>') ? userId.slice(userId.lastIndexOf('<') + 1, -1) : userId).trim().toLowerCase();
