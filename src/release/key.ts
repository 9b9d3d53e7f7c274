/**
 * The key that signs a log's checkpoints: a file that lies outside of the trove, readable by its owner alone.
 *
 *     Impart release key. Whoever has this file can sign releases as news.example/harbour.
 *     Name: news.example/harbour
 *     Verifier: news.example/harbour+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
 *     -----BEGIN PRIVATE KEY-----
 *     MC4CAQAwBQYDK2VwBCIEI…            PKCS #8 (RFC 5958), which `openssl pkey -in` reads with the lines above it
 *     -----END PRIVATE KEY-----
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { OperatorError } from '../errors.js';
import { type SigningKey, signingKeyOf } from '../proof/ed25519.js';
import { formatVerifierKey, isKeyName, parseVerifierKey } from '../proof/signed-note.js';

export interface ReleaseKey extends SigningKey {
  /** The name of the key, and of the log that it signs. */
  readonly name: string;
}

/** `privateKey` is of Ed25519. Throws OperatorError `key-name-malformed`. */
export function formatReleaseKey(name: string, privateKey: KeyObject): string {
  if (!isKeyName(name))
    throw new OperatorError(
      'key-name-malformed',
      `${JSON.stringify(name)} cannot name a key: it is empty, or has blanks or a plus sign in it`,
      'Take an address of yours without https://, as in news.example/harbour.',
    );
  const { publicKey } = signingKeyOf(privateKey);
  return [
    `Impart release key. Whoever has this file can sign releases as ${name}.`,
    `Name: ${name}`,
    `Verifier: ${formatVerifierKey({ name, publicKey })}`,
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ].join('\n');
}

/** Throws OperatorError `key-damaged`. `path` is for its message. */
export function parseReleaseKey(text: string, path: string): ReleaseKey {
  const name = /^Name: (.*)$/m.exec(text)?.[1] ?? '';
  const verifier = parseVerifierKey(/^Verifier: (.*)$/m.exec(text)?.[1] ?? '');
  try {
    const key = signingKeyOf(createPrivateKey(text));
    if (verifier?.name === name && verifier.publicKey.equals(key.publicKey)) return { ...key, name };
  } catch {
    // Said below: OpenSSL's own words help nobody.
  }
  throw new OperatorError(
    'key-damaged',
    `${path} is not a release key, or is damaged`,
    'Restore it from your copy. A release key is made by: impart release key --name NAME --out FILE',
  );
}
