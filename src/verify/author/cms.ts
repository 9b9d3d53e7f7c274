/**
 * CMS SignedData (RFC 5652 5), the envelope of S/MIME signatures, as values.
 *
 *   ContentInfo { signedData, SignedData { digests, { data, content? }, certificates?, { signerInfo, … } } }
 *
 * With signed attributes the signature is over them, and they hold the digest of the content (5.4).
 */
import { limits } from '../../limits.js';
import { type Ber, berTag, oidOf, readBer } from './ber.js';

export interface CmsSigner {
  /** Raw DER of the issuer's name and bytes of the serial number; undefined where the key identifier is given. */
  readonly issuer: { readonly name: Buffer; readonly serial: Buffer } | undefined;
  readonly keyId: Buffer | undefined;
  /** Object identifiers. */
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly signatureParameters: Ber | undefined;
  /** What the signature covers, where it is not the content itself: the signed attributes as a SET. */
  readonly signedAttributes: Buffer | undefined;
  readonly messageDigest: Buffer | undefined;
  /** Milliseconds since 1970, as the signer says. */
  readonly signingTime: number | undefined;
  readonly signature: Buffer;
}

export interface SignedData {
  /** undefined where the content lies outside. */
  readonly content: Buffer | undefined;
  /** DER of each. */
  readonly certificates: readonly Buffer[];
  readonly signers: readonly CmsSigner[];
}

const signedDataOid = '1.2.840.113549.1.7.2';
const contentTypeOid = '1.2.840.113549.1.9.3';
const messageDigestOid = '1.2.840.113549.1.9.4';
const signingTimeOid = '1.2.840.113549.1.9.5';

/** The string says why it is none; `other` that it is CMS of another kind, such as encrypted content. */
export function readSignedData(bytes: Buffer): SignedData | { readonly other: string } | string {
  if (bytes.length > limits.maxCmsBytes) return `more than ${limits.maxCmsBytes} bytes`;
  const outer = readBer(bytes);
  if (outer === undefined) return 'it is no BER';
  const type = oidOf(outer.children[0]);
  if (type === '') return 'it is no CMS';
  if (type !== signedDataOid) return { other: type };
  const parts = outer.children[1]?.children[0]?.children ?? [];
  const inside = parts[2];
  const last = parts.at(-1);
  if (inside?.tag !== berTag.sequence || last?.tag !== berTag.set || last.context)
    return 'it has no list of signers';
  if (last.children.length === 0) return 'it has no signer';
  if (last.children.length > limits.maxSignatures) return `more than ${limits.maxSignatures} signers`;
  const certificates = parts.find(({ context, tag }) => context && tag === 0)?.children ?? [];
  const signers: CmsSigner[] = [];
  for (const info of last.children) {
    const signer = readSigner(info);
    if (typeof signer === 'string') return signer;
    signers.push(signer);
  }
  return {
    content: inside.children[1]?.children[0]?.content,
    certificates: certificates
      .filter(({ context, tag }) => !context && tag === berTag.sequence)
      .slice(0, limits.maxCertificates)
      .map(({ raw }) => raw),
    signers,
  };
}

function readSigner(info: Ber): CmsSigner | string {
  const [, identifier, digest, ...rest] = info.children;
  const attributes = rest[0]?.context === true && rest[0].tag === 0 ? rest[0] : undefined;
  const [algorithm, signature] = attributes === undefined ? rest : rest.slice(1);
  if (identifier === undefined || digest === undefined || algorithm === undefined)
    return 'a signer is incomplete';
  if (signature?.tag !== berTag.octetString || signature.context) return 'a signer has no signature';
  const read = attributes === undefined ? undefined : readAttributes(attributes);
  if (typeof read === 'string') return read;
  const [name, serial] = identifier.children;
  return {
    issuer:
      identifier.context || name === undefined || serial === undefined
        ? undefined
        : { name: name.raw, serial: serial.content },
    keyId: identifier.context && identifier.tag === 0 ? identifier.content : undefined,
    digestAlgorithm: oidOf(digest.children[0]),
    signatureAlgorithm: oidOf(algorithm.children[0]),
    signatureParameters: algorithm.children[1],
    signedAttributes: attributes === undefined ? undefined : asSet(attributes.raw),
    messageDigest: read?.digest,
    signingTime: read?.time,
    signature: signature.content,
  };
}

/** What is signed is the SET, what is written has the tag [0] (RFC 5652 5.4). */
function asSet(raw: Buffer): Buffer {
  const set = Buffer.from(raw);
  set[0] = 0x31;
  return set;
}

/** RFC 5652 11: content-type and message-digest are there, once each. */
function readAttributes(attributes: Ber): { digest: Buffer; time: number | undefined } | string {
  const values = (oid: string): Ber[] =>
    attributes.children.filter(({ children }) => oidOf(children[0]) === oid).map((found) => found);
  const digests = values(messageDigestOid);
  const digest = digests[0]?.children[1]?.children[0];
  if (values(contentTypeOid).length !== 1 || digests.length !== 1 || digest?.tag !== berTag.octetString)
    return 'its signed attributes lack the type or the digest of the content';
  const time = values(signingTimeOid)[0]?.children[1]?.children[0];
  return {
    digest: digest.content,
    time: time === undefined ? undefined : readTime(time.content.toString('latin1')),
  };
}

/** UTCTime (two digits of the year) or GeneralizedTime. */
function readTime(text: string): number | undefined {
  const found = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (found === null) return undefined;
  const [year = '', ...rest] = found.slice(1);
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 50 ? 2_000 : 1_900);
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number);
  return Date.UTC(full, month - 1, day, hour, minute, second);
}
