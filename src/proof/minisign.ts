/**
 * Signatures that `minisign -V` checks (jedisct1.github.io/minisign, "Signature format"): the BLAKE2b-512 hash of a
 * file, signed with Ed25519, and a comment that is signed with it.
 *
 *     untrusted comment: signature of checkpoint by harbour.example/log
 *     RUQf6LRCGA9i5...                       "ED" ‖ key id (8 bytes) ‖ signature (64 bytes)
 *     trusted comment: checkpoint of harbour.example/log, 42 entries
 *     yLb2cV9R...                            signature of (signature ‖ trusted comment)
 */
import { createHash } from 'node:crypto';
import { type SigningKey, signEd25519, verifyEd25519 } from './ed25519.js';

const untrusted = 'untrusted comment: ';
const trusted = 'trusted comment: ';

export function signMinisign(message: Uint8Array, name: string, key: SigningKey): string {
  const comment = `signed by ${name}`;
  const signature = signEd25519(key, prehash(message));
  const global = signEd25519(key, Buffer.concat([signature, Buffer.from(comment)]));
  return layout(name, key.publicKey, signature, global);
}

/** Whether `text` is the one signature file for these bytes, name and key, to its last character. */
export function verifyMinisign(message: Uint8Array, text: string, name: string, publicKey: Buffer): boolean {
  const lines = text.split('\n');
  const signature = Buffer.from(lines[1] ?? '', 'base64').subarray(10);
  const global = Buffer.from(lines[3] ?? '', 'base64');
  const comment = Buffer.from(`signed by ${name}`);
  return (
    text === layout(name, publicKey, signature, global) &&
    verifyEd25519(publicKey, prehash(message), signature) &&
    verifyEd25519(publicKey, Buffer.concat([signature, comment]), global)
  );
}

/** The file that `minisign -V -p` takes. */
export function formatMinisignKey(name: string, publicKey: Buffer): string {
  const blob = Buffer.concat([Buffer.from('Ed'), keyId(publicKey), publicKey]);
  return `${untrusted}minisign public key of ${name}\n${blob.toString('base64')}\n`;
}

function layout(name: string, publicKey: Buffer, signature: Buffer, global: Buffer): string {
  const blob = Buffer.concat([Buffer.from('ED'), keyId(publicKey), signature]);
  const comment = `signed by ${name}`;
  return `${untrusted}signature by ${name}\n${blob.toString('base64')}\n${trusted}${comment}\n${global.toString('base64')}\n`;
}

const prehash = (message: Uint8Array): Buffer => createHash('blake2b512').update(message).digest();

/** minisign draws it by chance; any eight bytes that go with the key will do. */
const keyId = (publicKey: Buffer): Buffer => createHash('sha256').update(publicKey).digest().subarray(0, 8);
