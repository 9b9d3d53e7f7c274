/**
 * Certificates (X.509, RFC 5280) as the signers of S/MIME carry them: which one made a signature, whose it says it is,
 * and which root that the operator imported stands behind it.
 *
 * The chain is followed by signatures, dates and the right to issue; revocation and policies are not looked at.
 */
import { X509Certificate } from 'node:crypto';
import { limits } from '../../limits.js';
import { type Ber, berTag, oidOf, readBer } from './ber.js';
import type { CmsSigner } from './cms.js';

export interface Certificate {
  readonly x509: X509Certificate;
  readonly der: Buffer;
  /** SHA-256 of the DER, hex. */
  readonly sha256: string;
  /** Raw DER of the issuer's name. */
  readonly issuer: Buffer;
  readonly serial: Buffer;
  readonly keyId: Buffer | undefined;
}

/** undefined for what is no certificate. */
export function readCertificate(der: Buffer): Certificate | undefined {
  const tbs = readBer(der)?.children[0];
  if (tbs === undefined) return undefined;
  const at = tbs.children[0]?.context === true ? 1 : 0;
  const serial = tbs.children[at];
  const issuer = tbs.children[at + 2];
  if (serial === undefined || issuer === undefined) return undefined;
  try {
    const x509 = new X509Certificate(der);
    const sha256 = x509.fingerprint256.replaceAll(':', '').toLowerCase();
    return { x509, der, sha256, issuer: issuer.raw, serial: serial.content, keyId: findKeyId(tbs) };
  } catch {
    return undefined;
  }
}

/** Extension subjectKeyIdentifier: an OCTET STRING in an OCTET STRING. */
function findKeyId(tbs: Ber): Buffer | undefined {
  const extensions =
    tbs.children.find(({ context, tag }) => context && tag === 3)?.children[0]?.children ?? [];
  const value = extensions.find(({ children }) => oidOf(children[0]) === '2.5.29.14')?.children.at(-1);
  return value?.tag === berTag.octetString ? readBer(value.content)?.content : undefined;
}

export function findSigner(signer: CmsSigner, among: readonly Certificate[]): Certificate | undefined {
  const { issuer, keyId } = signer;
  if (keyId !== undefined) return among.find((certificate) => certificate.keyId?.equals(keyId) === true);
  if (issuer === undefined) return undefined;
  return among.find(
    (certificate) => certificate.issuer.equals(issuer.name) && certificate.serial.equals(issuer.serial),
  );
}

/** "Anna Weaver (anna@calder.example)": the common name or the whole subject, and the first address. */
export function subjectOf({ x509 }: Certificate): string {
  const subject = x509.subject ?? '';
  const name = /(?:^|\n)CN=([^\n]{1,200})/.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ').slice(0, 200);
  const address = addressesOf(x509)[0];
  return address === undefined || address === name ? name : `${name} (${address})`;
}

function addressesOf({ subject, subjectAltName }: X509Certificate): string[] {
  const among = `${subjectAltName ?? ''}, ${(subject ?? '').replaceAll('\n', ', ')}`;
  return Array.from(among.matchAll(/(?:email:|emailAddress=)"?([^\s,"]{1,320})/g), (found) => found[1] ?? '');
}

/** Whether the certificate is for this mailbox. Certificates write addresses in any letter case. */
export const isFor = ({ x509 }: Certificate, addrSpec: string): boolean =>
  addressesOf(x509).some((address) => address.toLowerCase() === addrSpec.toLowerCase());

export interface Chain {
  /** The certificate that the operator imported; undefined where none is reached. */
  readonly anchor: Certificate | undefined;
  /** The last one that was reached. */
  readonly end: Certificate;
  /** The first certificate on the way that was not valid at the time, if any. */
  readonly outOfDate: Certificate | undefined;
}

/** From `certificate` upwards. `at`: milliseconds since 1970. */
export function followChain(
  certificate: Certificate,
  carried: readonly Certificate[],
  imported: readonly Certificate[],
  at: number,
): Chain {
  let end = certificate;
  let outOfDate: Certificate | undefined;
  for (let links = 0; links < maxLinks; links++) {
    if (outOfDate === undefined && !isValidAt(end.x509, at)) outOfDate = end;
    const { sha256 } = end;
    if (imported.some((one) => one.sha256 === sha256)) return { anchor: end, end, outOfDate };
    const issuer = [...imported, ...carried].find(
      (one) => one.sha256 !== sha256 && hasIssued(one.x509, end.x509),
    );
    if (issuer === undefined) break;
    end = issuer;
  }
  return { anchor: undefined, end, outOfDate };
}

/** Real chains have two or three; two roots that issued each other would have no end. */
const maxLinks = 10;

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    const { modulusLength = 0 } = issuer.publicKey.asymmetricKeyDetails ?? {};
    return (
      modulusLength <= limits.maxKeyBits &&
      issuer.ca &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey)
    );
  } catch {
    // A key that OpenSSL does not know signs nothing for us.
    return false;
  }
}

const isValidAt = ({ validFromDate, validToDate }: X509Certificate, at: number): boolean =>
  validFromDate.getTime() <= at && at <= validToDate.getTime();

/** Certificates in PEM, as `openssl x509` writes them. */
export function readPem(text: string): Certificate[] {
  const blocks = text.matchAll(
    /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,200000})-----END CERTIFICATE-----/g,
  );
  return Array.from(blocks, (found) => readCertificate(Buffer.from(found[1] ?? '', 'base64'))).filter(
    (certificate) => certificate !== undefined,
  );
}

export const formatPem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${inLines(der.toString('base64'))}\n-----END CERTIFICATE-----\n`;

const inLines = (base64: string): string => base64.match(/.{1,64}/g)?.join('\n') ?? '';
