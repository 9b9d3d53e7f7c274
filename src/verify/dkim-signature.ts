/**
 * A DKIM-Signature field as values (RFC 6376 3.5, RFC 8301, RFC 8463), and the ARC-Message-Signature that has the
 * same tags but v= and i= (RFC 8617 4.1.2).
 *
 *   v=1; a=rsa-sha256; c=relaxed/simple; d=example.org; s=2014; t=1417437090; h=from:to; bh=…; b=…
 */
import { limits } from '../limits.js';
import { base64Bytes, listOf, parseTags, withoutBlanks } from './tag-list.js';

export type Canonicalization = 'simple' | 'relaxed';
export type HashName = 'sha1' | 'sha256';
export type KeyType = 'rsa' | 'ed25519';

/** What every signature field tells of itself, read or not. */
export interface SignatureClaims {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string;
  readonly canonicalization: string;
}

export interface DkimSignature extends SignatureClaims {
  readonly keyType: KeyType;
  readonly hash: HashName;
  readonly headerForm: Canonicalization;
  readonly bodyForm: Canonicalization;
  readonly signedNames: SignedNames;
  readonly bodyHash: Buffer;
  readonly signature: Buffer;
  /** l=; undefined signs the whole body. */
  readonly bodyLength: number | undefined;
  readonly signedAt: number | undefined;
  readonly expiresAt: number | undefined;
  /** Domain of i=; that of d= where there is none. */
  readonly identityDomain: string;
}

/** An h= list. */
export interface SignedNames {
  /** In order, lower case, repetitions kept: the second `from` means "no further From". */
  readonly all: readonly string[];
  /** How often each stands before itself in the list. */
  readonly before: readonly number[];
  /** Once each. */
  readonly distinct: readonly string[];
}

/** Why a signature cannot be judged. */
export interface UnreadableSignature extends SignatureClaims {
  readonly unreadable: 'malformed' | 'unsupported';
  readonly reason: string;
}

const algorithms: ReadonlyMap<string, { keyType: KeyType; hash: HashName }> = new Map([
  ['rsa-sha256', { keyType: 'rsa', hash: 'sha256' }],
  ['rsa-sha1', { keyType: 'rsa', hash: 'sha1' }],
  ['ed25519-sha256', { keyType: 'ed25519', hash: 'sha256' }],
]);

/** `kind` decides which tags are required. Never throws. */
export function readDkimSignature(
  body: string,
  kind: 'dkim' | 'arc' = 'dkim',
): DkimSignature | UnreadableSignature {
  const { tags, problem } = parseTags(body);
  const algorithm = withoutBlanks(tags.get('a') ?? '').toLowerCase();
  const [headerForm = '', bodyForm = 'simple'] = withoutBlanks(tags.get('c') || 'simple')
    .toLowerCase()
    .split('/');
  const claims: SignatureClaims = {
    domain: readDomain(tags.get('d') ?? ''),
    selector: readDomain(tags.get('s') ?? ''),
    algorithm,
    canonicalization: `${headerForm}/${bodyForm}`.slice(0, 80),
  };
  const refuse = (unreadable: 'malformed' | 'unsupported', reason: string): UnreadableSignature => ({
    ...claims,
    unreadable,
    reason,
  });
  const unusable = problem ?? findMissing(tags, kind) ?? findWrongSyntax(tags, claims);
  if (unusable !== undefined) return refuse('malformed', unusable);
  if (kind === 'dkim' && tags.get('v') !== '1') return refuse('unsupported', 'v= is not 1');
  const known = algorithms.get(algorithm);
  if (known === undefined || (kind === 'arc' && known.hash === 'sha1'))
    return refuse('unsupported', `algorithm ${JSON.stringify(algorithm.slice(0, 40))}`);
  if (!isCanonicalization(headerForm) || !isCanonicalization(bodyForm))
    return refuse('unsupported', `canonicalization ${JSON.stringify(claims.canonicalization)}`);
  const query = tags.get('q');
  if (query !== undefined && !listOf(query.toLowerCase()).includes('dns/txt'))
    return refuse('unsupported', 'q= names no query method that is known');
  const values = readValues(tags, claims, kind);
  if (typeof values === 'string') return refuse('malformed', values);
  return { ...claims, ...known, headerForm, bodyForm, ...values };
}

const isCanonicalization = (form: string): form is Canonicalization =>
  form === 'simple' || form === 'relaxed';

function findMissing(tags: ReadonlyMap<string, string>, kind: 'dkim' | 'arc'): string | undefined {
  const missing = required[kind].filter((name) => (tags.get(name) ?? '') === '');
  return missing.length === 0 ? undefined : `${missing.map((name) => `${name}=`).join(' and ')} missing`;
}

const required = {
  dkim: ['a', 'b', 'bh', 'd', 'h', 's', 'v'],
  arc: ['a', 'b', 'bh', 'd', 'h', 's'],
} as const;

function findWrongSyntax(tags: ReadonlyMap<string, string>, claims: SignatureClaims): string | undefined {
  if (!isDomainName(claims.domain)) return 'd= is no domain name';
  if (!isDomainName(claims.selector)) return 's= is no selector';
  const wrong = numbers.find(({ name, digits }) => {
    const value = tags.get(name);
    return value !== undefined && !(value.length <= digits && /^\d+$/.test(value));
  });
  return wrong === undefined ? undefined : `${wrong.name}= is no number`;
}

const numbers = [
  { name: 't', digits: 12 },
  { name: 'x', digits: 12 },
  { name: 'l', digits: 76 },
] as const;

type Values = Omit<DkimSignature, keyof SignatureClaims | 'keyType' | 'hash' | 'headerForm' | 'bodyForm'>;

/** The values whose syntax needs more than a look; the string says what is wrong. */
function readValues(
  tags: ReadonlyMap<string, string>,
  claims: SignatureClaims,
  kind: 'dkim' | 'arc',
): Values | string {
  const bodyHash = base64Bytes(tags.get('bh') ?? '');
  const signature = base64Bytes(tags.get('b') ?? '');
  if (bodyHash === undefined) return 'bh= is no base64';
  if (signature === undefined) return 'b= is no base64';
  const signedNames = readSignedNames(tags.get('h') ?? '');
  // RFC 6376 5.4: without From the signature says nothing about who wrote.
  if (!signedNames.distinct.includes('from')) return 'h= does not name From';
  if (signedNames.all.length > limits.maxSignedNames)
    return `h= has more than ${limits.maxSignedNames} names`;
  const identity = kind === 'dkim' ? (tags.get('i') ?? '') : '';
  const identityDomain =
    identity === '' ? claims.domain : readDomain(identity.slice(identity.lastIndexOf('@') + 1));
  if (identityDomain !== claims.domain && !identityDomain.endsWith(`.${claims.domain}`))
    return 'i= is not within d=';
  const signedAt = readNumber(tags.get('t'));
  const expiresAt = readNumber(tags.get('x'));
  if (signedAt !== undefined && expiresAt !== undefined && expiresAt < signedAt) return 'x= is before t=';
  const bodyLength = readNumber(tags.get('l'));
  return { bodyHash, signature, signedNames, identityDomain, signedAt, expiresAt, bodyLength };
}

const knownLists = new Map<string, SignedNames>();
const maxKnownLists = 256;

/** Every signer has one list for all messages: a trove has few of them, read millions of times. */
function readSignedNames(value: string): SignedNames {
  let names = knownLists.get(value);
  if (names === undefined) {
    names = countNames(listOf(value.toLowerCase()));
    if (value.length > 1_000) return names;
    if (knownLists.size >= maxKnownLists) knownLists.clear();
    knownLists.set(value, names);
  }
  return names;
}

function countNames(all: readonly string[]): SignedNames {
  const counts = new Map<string, number>();
  const before = all.map((name) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return count;
  });
  return { all, before, distinct: [...counts.keys()] };
}

/** Numbers of more digits than a double holds are all the same to us: larger than any body. */
const readNumber = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);

/** Lower case, and U-labels as A-labels (RFC 8616): what is looked up. Not necessarily valid. */
export function readDomain(text: string): string {
  const name = text
    .trim()
    .toLowerCase()
    .slice(0, limits.maxDomainCharacters + 1);
  if (!/[\u0080-\uffff]/.test(name) || /[\x00-\x2c\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]/.test(name)) return name;
  try {
    return new URL(`http://${name}`).hostname;
  } catch {
    return name;
  }
}

/** RFC 6376 3.5: labels of letters, digits, hyphens (underscores are met), 63 characters each. */
export function isDomainName(name: string): boolean {
  if (name === '' || name.length > limits.maxDomainCharacters) return false;
  return name.split('.').every((label) => /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
}
