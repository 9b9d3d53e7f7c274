/**
 * S/MIME signatures (RFC 8551, RFC 5652 5.6) with the certificates that they carry, or that the operator imported.
 *
 * A signature that verifies shows that the holder of the certificate's key signed this content. Who that is, is what
 * the issuer of the certificate says: the chain is reported apart, and against which root.
 */
import { constants, hash, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto';
import { limits } from '../../limits.js';
import { type AuthorContext, type AuthorSignature, unread } from './author-signature.js';
import { type Ber, oidOf } from './ber.js';
import {
  type Certificate,
  findSigner,
  followChain,
  isFor,
  readCertificate,
  subjectOf,
} from './certificate.js';
import { type CmsSigner, readSignedData } from './cms.js';
import type { SignedContent, SignedPart } from './signed-part.js';

const digests: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

const pssOid = '1.2.840.113549.1.1.10';

export function judgeSmime(
  { signature, contents }: Extract<SignedPart, { protocol: 'smime' | 'pgp' }>,
  context: AuthorContext,
): AuthorSignature[] {
  const data = readSignedData(signature);
  if (typeof data === 'string') return [unread('S/MIME', 'malformed', data)];
  // Encrypted or compressed: there may be a signature inside, and nobody can see it.
  if ('other' in data) return [];
  const carried = data.certificates.map(readCertificate).filter((certificate) => certificate !== undefined);
  const readings =
    contents.length > 0 ? contents : data.content === undefined ? [] : [{ bytes: data.content, repairs: [] }];
  if (readings.length === 0)
    return [unread('S/MIME', 'malformed', 'the content that was signed is not there')];
  return data.signers.map((signer) => judgeSigner(signer, readings, carried, context));
}

function judgeSigner(
  signer: CmsSigner,
  readings: readonly SignedContent[],
  carried: readonly Certificate[],
  context: AuthorContext,
): AuthorSignature {
  const { signingTime: signedAt } = signer;
  const imported = context.keys.listCertificates();
  const certificate = findSigner(signer, [...carried, ...imported]);
  if (certificate === undefined)
    return { ...unread('S/MIME', 'unchecked', 'the certificate of the signer is not at hand'), signedAt };
  const known = {
    ...unread('S/MIME', 'failed', ''),
    signedAt,
    signer: subjectOf(certificate),
    key: certificate.sha256,
  };
  const key = keyOf(certificate);
  const digest = digests.get(signer.digestAlgorithm);
  if (key === undefined)
    return {
      ...known,
      result: 'unsupported',
      reason: 'the key of the certificate is of a kind that is not checked',
    };
  if (digest === undefined)
    return { ...known, result: 'unsupported', reason: `digest ${signer.digestAlgorithm}` };
  const reading = readings.find(({ bytes }) => matches(signer, digest, key, bytes));
  if (reading === undefined)
    return { ...known, reason: whyNot(signer, digest, readings), flags: digestFlags(digest) };
  const chain = chainOf(certificate, carried, imported, context.now, signedAt);
  const flags = [
    ...digestFlags(digest),
    ...(isWeak(key) ? ['weak-key'] : []),
    ...chain.flags,
    ...(isFor(certificate, context.from) ? [] : ['unaligned']),
    ...reading.repairs.map((name) => `repaired:${name}`),
  ];
  return { ...known, result: 'verified', trust: chain.trust, flags };
}

function keyOf({ x509 }: Certificate): KeyObject | undefined {
  try {
    const key = x509.publicKey;
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) <= limits.maxKeyBits ? key : undefined;
  } catch {
    return undefined;
  }
}

const isWeak = (key: KeyObject): boolean => {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return bits !== undefined && bits < 2_048;
};

const digestFlags = (digest: string): string[] => (digest === 'sha1' || digest === 'md5' ? [digest] : []);

function matches(signer: CmsSigner, digest: string, key: KeyObject, content: Buffer): boolean {
  const { signedAttributes, messageDigest } = signer;
  // Content that looks like a SET could be attributes of another message, passed off as content (RFC 5652 5.3, 5.4).
  if (signedAttributes === undefined) return content[0] !== 0x31 && verifies(signer, digest, key, content);
  if (messageDigest?.equals(hash(digest, content, 'buffer')) !== true) return false;
  return verifies(signer, digest, key, signedAttributes);
}

function verifies(signer: CmsSigner, digest: string, key: KeyObject, bytes: Buffer): boolean {
  const isEdwards = key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448';
  try {
    return verify(isEdwards ? null : hashOf(signer, digest), bytes, keyInput(signer, key), signer.signature);
  } catch {
    return false;
  }
}

function keyInput(signer: CmsSigner, key: KeyObject): KeyObject | VerifyKeyObjectInput {
  if (signer.signatureAlgorithm !== pssOid) return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO };
}

/** The algorithm's own hash, where its identifier names one; else that of the content. */
function hashOf({ signatureAlgorithm, signatureParameters }: CmsSigner, digest: string): string {
  const named = signatureHashes.get(signatureAlgorithm);
  if (named !== undefined) return named;
  if (signatureAlgorithm !== pssOid) return digest;
  // RSASSA-PSS-params: [0] hashAlgorithm, SHA-1 where it is left out (RFC 4055 3.1).
  const given = signatureParameters?.children.find(({ context, tag }: Ber) => context && tag === 0);
  return digests.get(oidOf(given?.children[0]?.children[0])) ?? 'sha1';
}

const signatureHashes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'md5'],
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
]);

function whyNot({ messageDigest }: CmsSigner, digest: string, readings: readonly SignedContent[]): string {
  const isSame =
    messageDigest === undefined ||
    readings.some(({ bytes }) => messageDigest.equals(hash(digest, bytes, 'buffer')));
  return isSame ? 'the key of the certificate did not make it' : 'the content is not the one that was signed';
}

/** Certificates and signers write times that are none. */
const day = (date: Date): string =>
  Number.isNaN(date.getTime()) ? 'an unreadable day' : date.toISOString().slice(0, 10);

function chainOf(
  certificate: Certificate,
  carried: readonly Certificate[],
  imported: readonly Certificate[],
  now: number,
  signedAt: number | undefined,
): { trust: string; flags: string[] } {
  const { anchor, end, outOfDate } = followChain(certificate, carried, imported, signedAt ?? now);
  const { validFromDate, validToDate } = (outOfDate ?? certificate).x509;
  const when =
    signedAt === undefined ? 'now' : `when it was signed, by the signer’s word on ${day(new Date(signedAt))}`;
  const validity =
    outOfDate === undefined
      ? `valid ${when}`
      : `not valid ${when}: ${subjectOf(outOfDate)} is valid from ${day(validFromDate)} to ${day(validToDate)}`;
  const flags = outOfDate === undefined ? [] : ['expired'];
  if (anchor !== undefined)
    return {
      trust: `its chain ends at the imported certificate ${subjectOf(anchor)} and is ${validity}; revocation was not checked`,
      flags,
    };
  const issuer =
    end === certificate && !isSelfIssued(certificate)
      ? 'an issuer whose certificate is not at hand'
      : subjectOf(end);
  const said = isSelfIssued(certificate)
    ? 'the certificate vouches for itself'
    : `the certificate was issued by ${issuer}`;
  return {
    trust: `${said}; its chain was not checked against any root, since none that was imported issued it`,
    flags,
  };
}

const isSelfIssued = ({ x509 }: Certificate): boolean => x509.subject === x509.issuer;
