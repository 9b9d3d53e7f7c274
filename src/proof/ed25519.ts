/**
 * Ed25519 (RFC 8032) with keys as the 32 bytes that the formats around it write, and as Node wants them
 * (SubjectPublicKeyInfo, RFC 8410: twelve fixed bytes before the key).
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export const publicKeyBytes = 32;
export const signatureBytes = 64;

/** A private key of Ed25519, and the 32 bytes of its public half. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
}

export function signingKeyOf(privateKey: KeyObject): SigningKey {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey: spki.subarray(spkiPrefix.length) };
}

export function signEd25519(key: SigningKey, message: Uint8Array): Buffer {
  return sign(null, message, key.privateKey);
}

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
  const spki = Buffer.concat([spkiPrefix, publicKey]);
  return verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}
