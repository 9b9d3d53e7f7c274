/**
 * Signs an entity as S/MIME does (RFC 8551 3.5.3, RFC 5652 5): a detached CMS signature without signed attributes, so
 * that the same text gives the same bytes. The verifying half is OpenSSL's, in the test.
 *
 *   SEQUENCE { signedData, [0] SEQUENCE { 1, SET { sha256 }, SEQUENCE { data }, [0] certificate, SET { SignerInfo } } }
 */
import { sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The DER of a CMS signature over `content`, made with the private key and certificate in keys/`name`.pem. */
export function signDetached(content: Buffer, name: string): Buffer {
  const pem = readFileSync(join(import.meta.dirname, 'keys', `${name}.pem`), 'utf8');
  const { raw: certificate } = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
  const { serial, issuer } = issuerOf(certificate);
  const signer = der(
    0x30,
    number(1),
    der(0x30, issuer, serial),
    algorithm('608648016503040201'),
    algorithm('2a864886f70d010101'),
    der(0x04, sign('sha256', content, pem)),
  );
  const signed = der(
    0x30,
    number(1),
    der(0x31, algorithm('608648016503040201')),
    der(0x30, identifier('2a864886f70d010701')),
    der(0xa0, certificate),
    der(0x31, signer),
  );
  return der(0x30, identifier('2a864886f70d010702'), der(0xa0, signed));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const head = length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

const number = (value: number): Buffer => der(0x02, Buffer.from([value]));
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const algorithm = (hex: string): Buffer => der(0x30, identifier(hex), der(0x05));

/** Serial number and issuer of a certificate, each whole (RFC 5280 4.1: version, serial, algorithm, issuer, …). */
function issuerOf(certificate: Buffer): { serial: Buffer; issuer: Buffer } {
  const version = elementAt(certificate, contentAt(certificate, contentAt(certificate, 0)));
  const serial = elementAt(certificate, version.end);
  const signature = elementAt(certificate, serial.end);
  const issuer = elementAt(certificate, signature.end);
  return {
    serial: certificate.subarray(serial.start, serial.end),
    issuer: certificate.subarray(issuer.start, issuer.end),
  };
}

/** Where the content of the element at `start` begins. */
function contentAt(bytes: Buffer, start: number): number {
  const length = bytes[start + 1] ?? 0;
  return start + 2 + (length < 0x80 ? 0 : length & 0x7f);
}

function elementAt(bytes: Buffer, start: number): { start: number; end: number } {
  const content = contentAt(bytes, start);
  const short = bytes[start + 1] ?? 0;
  const length = short < 0x80 ? short : bytes.readUIntBE(start + 2, short & 0x7f);
  return { start, end: content + length };
}
