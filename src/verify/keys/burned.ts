/**
 * Files that name keys whose private half is not private: the private keys themselves, as their owners publish them
 * (dkim-rotate), or a list of fingerprints, as collectors have it (badkeys).
 *
 *   -----BEGIN RSA PRIVATE KEY-----          3b6c…f1  2008, Debian OpenSSL
 */
import { createPublicKey, hash } from 'node:crypto';

export interface BurnedKeys {
  /** SHA-256 of each SubjectPublicKeyInfo, hex. */
  readonly fingerprints: readonly string[];
  /** Lines or blocks that name no key. */
  readonly refused: number;
}

const pemBlock = /-----BEGIN ([A-Z ]{1,40})-----[A-Za-z0-9+/=\s:,-]{1,20000}?-----END \1-----/g;

export function readBurned(text: string): BurnedKeys {
  return text.includes('-----BEGIN ') ? readPem(text) : readList(text);
}

function readPem(text: string): BurnedKeys {
  const found = Array.from(text.matchAll(pemBlock), ([block]) => fingerprintOf(block));
  const fingerprints = found.filter((each) => each !== undefined);
  return { fingerprints, refused: found.length - fingerprints.length };
}

/** Of the public half, whichever half it is. */
function fingerprintOf(pem: string): string | undefined {
  try {
    return hash('sha256', createPublicKey(pem).export({ type: 'spki', format: 'der' }), 'hex');
  } catch {
    return undefined;
  }
}

/** One at the start of each line; lines that begin with # are remarks. */
function readList(text: string): BurnedKeys {
  const lines = text.split('\n').map((line) => line.trim().toLowerCase());
  const wanted = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const words = wanted.map((line) => line.split(/\s/, 1)[0] ?? '');
  const fingerprints = words.filter((word) => /^[0-9a-f]{64}$/.test(word));
  return { fingerprints, refused: wanted.length - fingerprints.length };
}
