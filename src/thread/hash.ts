/**
 * Fingerprints of strings as numbers, for joining millions of messages without holding their strings.
 * Not cryptographic: a forged collision can at most put a message into a thread, or at a place in it, where a
 * forged References field could put it as well.
 */

/** 32 bits: FNV-1a with a final mix. */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193);
  }
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return h >>> 0;
}

/** 52 bits, never 0: two independent 32-bit passes, kept within the safe integers. */
export function hash52(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a ^= a >>> 15;
  return (a >>> 0) * 0x100000 + (b >>> 12) + 1;
}
