/**
 * Salted commitments to the segments of a message: what lets a redacted message prove the rest of it.
 * docs/release-format.md, "Segments"; the hash is SHA-256 (FIPS 180-4), the salt HMAC-SHA-256 (RFC 2104).
 *
 *     segment      Subject: Soundings of 14 January\r\n
 *     salt         HMAC-SHA-256(key, SHA-256 of the message ‖ uint32 index ‖ segment)         32 bytes
 *     commitment   SHA-256("impart-segment-v1\n" ‖ salt ‖ segment)                            32 bytes
 *
 * A segment is shown as its salt and bytes, or hidden as its commitment alone.
 */
import { createHmac, hash } from 'node:crypto';

/** Bytes of a salt, of a commitment, and of the key that salts are made from. */
export const saltBytes = 32;

/** Keeps a commitment from being taken for any other hash of this format. Its length and the salt's are fixed, so that no bytes can be moved between the parts. */
const segmentDomain = Buffer.from('impart-segment-v1\n');

/** The commitment of `bytes` under `salt` (32 bytes). Throws RangeError for a salt of another length. */
export function segmentCommitment(salt: Uint8Array, bytes: Uint8Array): Buffer {
  if (salt.length !== saltBytes) throw new RangeError(`a salt has ${saltBytes} bytes, not ${salt.length}`);
  return hash('sha256', Buffer.concat([segmentDomain, salt, bytes]), 'buffer');
}

/**
 * The salt of segment `index` (from 0) of the message with this SHA-256 (32 bytes). `key` is a secret of the trove.
 * The bytes are part of it: a salt that was published with one text tells nothing about another text which stands
 * in its place after a correction. The same text in the same place has the same salt in every release.
 */
export function segmentSalt(
  key: Uint8Array,
  messageSha256: Uint8Array,
  index: number,
  bytes: Uint8Array,
): Buffer {
  if (key.length !== saltBytes) throw new RangeError(`the key has ${saltBytes} bytes, not ${key.length}`);
  const place = Buffer.alloc(4);
  place.writeUInt32BE(index);
  return createHmac('sha256', key).update(messageSha256).update(place).update(bytes).digest();
}
