/**
 * The numbers of an OpenPGP public key (RFC 9580 5.5.5) as a key that OpenSSL verifies with: RSA, DSA, ECDSA over the
 * curves of NIST, Ed25519 in both spellings. Throws where the numbers are no key.
 *
 *   algorithm 22, 09 2b 06 01 04 01 da 47 0f 01, 01 07 40 …   Ed25519 as GnuPG 2.1 and later write it
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readMpis } from './pgp-packets.js';

export function readMaterial(algorithm: number, bytes: Buffer): KeyObject | undefined {
  switch (algorithm) {
    case 1:
    case 3:
      return rsaKey(readMpis(bytes, 2));
    case 17:
      return dsaKey(readMpis(bytes, 4));
    case 19:
    case 22:
      return curveKey(bytes);
    case 27:
      return ed25519(bytes.subarray(0, 32));
    default:
      return undefined;
  }
}

const url = (value: Buffer): string => value.toString('base64url');

function rsaKey(values: Buffer[] | undefined): KeyObject | undefined {
  const [n, e] = values ?? [];
  if (n === undefined || e === undefined) return undefined;
  return createPublicKey({ key: { kty: 'RSA', n: url(n), e: url(e) }, format: 'jwk' });
}

/** Node has no JWK for DSA: SubjectPublicKeyInfo (RFC 3279 2.3.2) by hand. */
function dsaKey(values: Buffer[] | undefined): KeyObject | undefined {
  if (values === undefined) return undefined;
  const [p, q, g, y] = values.map(integer);
  if (p === undefined || q === undefined || g === undefined || y === undefined) return undefined;
  const algorithm = der(0x30, Buffer.from('06072a8648ce380401', 'hex'), der(0x30, p, q, g));
  const key = der(0x30, algorithm, der(3, Buffer.alloc(1), y));
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** The sign takes a bit of its own. */
const integer = (value: Buffer): Buffer =>
  der(2, (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), value]) : value);

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length < 128 ? '' : content.length < 256 ? '81' : '82';
  const head = Buffer.from([tag, ...Buffer.from(size, 'hex'), ...lengthBytes(content.length)]);
  return Buffer.concat([head, content]);
}

const lengthBytes = (length: number): number[] => (length < 256 ? [length] : [length >> 8, length & 255]);

const curves: ReadonlyMap<string, { name: string; size: number }> = new Map([
  ['2a8648ce3d030107', { name: 'P-256', size: 32 }],
  ['2b81040022', { name: 'P-384', size: 48 }],
  ['2b81040023', { name: 'P-521', size: 66 }],
]);
const ed25519Legacy = '2b06010401da470f01';

/** Object identifier of the curve, then the point: 04 x y, or 40 and the bytes of Ed25519. */
function curveKey(bytes: Buffer): KeyObject | undefined {
  const size = bytes[0] ?? 0;
  const oid = bytes.toString('hex', 1, 1 + size);
  const [point] = readMpis(bytes.subarray(1 + size), 1) ?? [];
  if (point === undefined) return undefined;
  if (oid === ed25519Legacy)
    return point.length === 33 && point[0] === 0x40 ? ed25519(point.subarray(1)) : undefined;
  const curve = curves.get(oid);
  if (curve === undefined || point[0] !== 4 || point.length !== 1 + 2 * curve.size) return undefined;
  const x = url(point.subarray(1, 1 + curve.size));
  const y = url(point.subarray(1 + curve.size));
  return createPublicKey({ key: { kty: 'EC', crv: curve.name, x, y }, format: 'jwk' });
}

const ed25519 = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: url(bytes) }, format: 'jwk' });
