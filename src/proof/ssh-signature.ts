/**
 * Signatures that `ssh-keygen -Y verify` checks: OpenSSH's PROTOCOL.sshsig, over any bytes, in one namespace.
 *
 *     -----BEGIN SSH SIGNATURE-----
 *     U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg…      70 characters a line
 *     -----END SSH SIGNATURE-----
 *
 * The line of an allowed_signers file (ssh-keygen(1)):  harbour.example/log namespaces="file" ssh-ed25519 AAAAC3Nz…
 */
import { createHash } from 'node:crypto';
import { type SigningKey, signEd25519, verifyEd25519 } from './ed25519.js';

const algorithm = 'ssh-ed25519';
const hashName = 'sha512';
const namespace = 'file';
const magic = Buffer.from('SSHSIG');
const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';

export function signSsh(message: Uint8Array, key: SigningKey): string {
  const signature = Buffer.concat([field(algorithm), field(signEd25519(key, signedBytes(message)))]);
  return armour(key.publicKey, signature);
}

/** Whether `signature` is the one signature of these bytes by this key, to its last character. */
export function verifySsh(message: Uint8Array, signature: string, publicKey: Buffer): boolean {
  const lines = signature.split('\n');
  const blob = Buffer.from(lines.slice(1, -2).join(''), 'base64');
  // The last field is the signature, whose last 64 bytes are Ed25519's. All before them is fixed.
  const bytes = blob.subarray(-64);
  const expected = armour(publicKey, Buffer.concat([field(algorithm), field(bytes)]));
  return signature === expected && verifyEd25519(publicKey, signedBytes(message), bytes);
}

/** One line of an allowed_signers file: who may sign files here. */
export function formatAllowedSigner(principal: string, publicKey: Buffer): string {
  const blob = Buffer.concat([field(algorithm), field(publicKey)]);
  return `${principal} namespaces="${namespace}" ${algorithm} ${blob.toString('base64')}\n`;
}

/** What is signed in place of the message: PROTOCOL.sshsig, "Signed Data". */
function signedBytes(message: Uint8Array): Buffer {
  const digest = createHash(hashName).update(message).digest();
  return Buffer.concat([magic, field(namespace), field(''), field(hashName), field(digest)]);
}

function armour(publicKey: Buffer, signature: Buffer): string {
  const version = Buffer.of(0, 0, 0, 1);
  const key = Buffer.concat([field(algorithm), field(publicKey)]);
  const blob = Buffer.concat([
    magic,
    version,
    field(key),
    field(namespace),
    field(''),
    field(hashName),
    field(signature),
  ]);
  const lines = blob.toString('base64').match(/.{1,70}/g) ?? [];
  return [begin, ...lines, end, ''].join('\n');
}

/** A string of RFC 4251, section 5: its length in four bytes, then its bytes. */
function field(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
