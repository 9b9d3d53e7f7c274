/**
 * Key records (RFC 6376 3.6.1, RFC 8463 3): the text that a domain publishes, and the public key in it.
 *
 *   v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ…     RSA, SubjectPublicKeyInfo or bare PKCS#1
 *   v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
 *   v=DKIM1; p=                                                   withdrawn
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { limits } from '../limits.js';
import type { HashName, KeyType } from './dkim-signature.js';
import { base64Bytes, listOf, parseTags, withoutBlanks } from './tag-list.js';

export interface UsableKey {
  readonly type: KeyType;
  readonly bits: number;
  readonly publicKey: KeyObject;
  /** SHA-256 of the SubjectPublicKeyInfo, hex: the identity of a key, however its record is written. */
  readonly spkiSha256: string;
  /** h=; undefined allows all. */
  readonly hashes: readonly string[] | undefined;
  /** t=s: i= must be d= itself. */
  readonly strictIdentity: boolean;
}

export interface UnusableKey {
  readonly unusable: 'malformed' | 'revoked' | 'unsupported';
  readonly reason: string;
}

/** Reads one TXT record, its strings already joined. Never throws. */
export function readKeyRecord(txt: string): UsableKey | UnusableKey {
  if (txt.length > limits.maxKeyRecordCharacters)
    return refuse('unsupported', `the record has more than ${limits.maxKeyRecordCharacters} characters`);
  const { tags, problem } = parseTags(txt);
  if (problem !== undefined) return refuse('malformed', problem);
  if ((tags.get('v') ?? 'DKIM1') !== 'DKIM1') return refuse('unsupported', 'v= is not DKIM1');
  const p = tags.get('p');
  if (p === undefined) return refuse('malformed', 'p= missing');
  if (withoutBlanks(p) === '') return refuse('revoked', 'the key was withdrawn (p= is empty)');
  const services = listOf(tags.get('s') ?? '*');
  if (!services.includes('*') && !services.includes('email'))
    return refuse('unsupported', 's= does not allow e-mail');
  const type = (tags.get('k') ?? 'rsa').toLowerCase();
  if (type !== 'rsa' && type !== 'ed25519')
    return refuse('unsupported', `key type ${JSON.stringify(type.slice(0, 40))}`);
  const bytes = base64Bytes(p);
  if (bytes === undefined) return refuse('malformed', 'p= is no base64');
  const key = type === 'rsa' ? readRsa(bytes) : readEd25519(bytes);
  if ('unusable' in key) return key;
  const hashes = tags.has('h') ? listOf(tags.get('h') ?? '') : undefined;
  return { ...key, type, hashes, strictIdentity: listOf(tags.get('t') ?? '').includes('s') };
}

const refuse = (unusable: UnusableKey['unusable'], reason: string): UnusableKey => ({ unusable, reason });

type KeyMaterial = Pick<UsableKey, 'bits' | 'publicKey' | 'spkiSha256'>;

/** RFC 6376 says RSAPublicKey, everybody publishes SubjectPublicKeyInfo: both are read. */
function readRsa(bytes: Buffer): KeyMaterial | UnusableKey {
  const publicKey = createKey(bytes, 'spki') ?? createKey(bytes, 'pkcs1');
  if (publicKey?.asymmetricKeyType !== 'rsa') return refuse('malformed', 'p= holds no RSA key');
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits > limits.maxKeyBits)
    return refuse(
      'unsupported',
      `an RSA key of ${bits} bits; keys up to ${limits.maxKeyBits} bits are judged`,
    );
  return { bits, publicKey, spkiSha256: fingerprint(publicKey) };
}

function createKey(key: Buffer, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'der', type });
  } catch {
    return undefined;
  }
}

/** DER of a SubjectPublicKeyInfo for Ed25519 up to the 32 bytes of the key (RFC 8410 4). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

function readEd25519(bytes: Buffer): KeyMaterial | UnusableKey {
  // Bare bytes are the standard; some publish the whole SubjectPublicKeyInfo.
  const der = bytes.length === 32 ? Buffer.concat([ed25519Prefix, bytes]) : bytes;
  const publicKey = createKey(der, 'spki');
  if (publicKey?.asymmetricKeyType !== 'ed25519') return refuse('malformed', 'p= holds no Ed25519 key');
  return { bits: 256, publicKey, spkiSha256: fingerprint(publicKey) };
}

const fingerprint = (key: KeyObject): string =>
  hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex');

/** Whether a signature made with `type` and `hashName` by a signer within `exact` may be checked with this key. */
export function findMismatch(
  key: UsableKey,
  type: KeyType,
  hashName: HashName,
  isExactDomain: boolean,
): string | undefined {
  if (key.type !== type) return `the key is for ${key.type}`;
  if (key.hashes !== undefined && !key.hashes.includes(hashName)) return `the key does not allow ${hashName}`;
  return key.strictIdentity && !isExactDomain ? 'the key allows no subdomain in i=' : undefined;
}
