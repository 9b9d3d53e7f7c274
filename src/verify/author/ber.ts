/**
 * ASN.1 as values (X.690): a thin view of what `asn1js` reads, so that nothing else depends on its shapes.
 *
 *   30 06 02 01 05 04 01 ff   → { tag: 16, children: [{ tag: 2, content: 05 }, { tag: 4, content: ff }] }
 *
 * asn1js bounds depth and nodes. S/MIME is written in BER as often as in DER: lengths may be indefinite, and strings in
 * pieces.
 */
import { type AsnType, fromBER } from 'asn1js';
import { limits } from '../../limits.js';

export interface Ber {
  /** `context` for [0], [1], …; otherwise universal. */
  readonly context: boolean;
  readonly tag: number;
  /** All bytes of it, tag and length included. */
  readonly raw: Buffer;
  /** Elements of a constructed one. */
  readonly children: readonly Ber[];
  /** Bytes of a primitive one; of a string in pieces, put together. */
  readonly content: Buffer;
}

export const berTag = { integer: 2, bitString: 3, octetString: 4, oid: 6, sequence: 16, set: 17 } as const;

/** undefined for what is no BER, or more of it than is read. */
export function readBer(bytes: Buffer): Ber | undefined {
  try {
    const { offset, result } = fromBER(bytes, {
      maxDepth: limits.maxBerDepth,
      maxNodes: limits.maxBerNodes,
      maxContentLength: limits.maxCmsBytes,
      parseEmbedded: false,
    });
    return offset === -1 ? undefined : view(result);
  } catch {
    return undefined;
  }
}

function view(block: AsnType): Ber {
  const raw = bufferOf(block.valueBeforeDecodeView);
  const { tagClass, tagNumber, isConstructed } = block.idBlock;
  const inner: unknown = 'value' in block.valueBlock ? block.valueBlock.value : undefined;
  // Depth is bounded by the reader above.
  const children = isConstructed && Array.isArray(inner) ? (inner as AsnType[]).map(view) : [];
  return { context: tagClass === 3, tag: tagNumber, raw, children, content: contentOf(raw, children) };
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function contentOf(raw: Buffer, children: readonly Ber[]): Buffer {
  if (children.length > 0) return Buffer.concat(children.map(({ content }) => content));
  const first = raw[1] ?? 0;
  return raw.subarray(first < 128 ? 2 : 2 + (first & 127));
}

/** `1.2.840.113549.1.7.2`; '' for anything but an object identifier. */
export function oidOf(ber: Ber | undefined): string {
  if (ber?.tag !== berTag.oid || ber.context) return '';
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of ber.content.subarray(0, 64)) {
    arc = arc * 128 + (byte & 127);
    if (byte >= 128) continue;
    if (arcs.length > 0) arcs.push(arc);
    else {
      const root = Math.min(2, Math.floor(arc / 40));
      arcs.push(root, arc - root * 40);
    }
    arc = 0;
  }
  return arcs.join('.');
}
