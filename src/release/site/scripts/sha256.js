/**
 * SHA-256 (FIPS 180-4, section 6.2), for pages opened from a disk, where some browsers have no WebCrypto.
 */

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
// biome-ignore lint/correctness/noUnusedVariables: check.js calls it
const impartSha256 = (() => {
  /** The first 32 bits of the fractional parts of the roots of the first primes: square roots (4.2.2, 5.3.3), cube roots. */
  const start = new Uint32Array(8);
  const rounds = new Uint32Array(64);
  for (let candidate = 2, found = 0; found < 64; candidate++) {
    let isPrime = true;
    for (let by = 2; by * by <= candidate; by++) if (candidate % by === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) start[found] = (candidate ** (1 / 2) % 1) * 2 ** 32;
    rounds[found] = (candidate ** (1 / 3) % 1) * 2 ** 32;
    found++;
  }

  /**
   * @param {number} word
   * @param {number} by
   */
  const turned = (word, by) => (word >>> by) | (word << (32 - by));

  return (/** @type {Uint8Array} */ bytes) => {
    const blocks = Math.ceil((bytes.length + 9) / 64);
    const padded = new Uint8Array(blocks * 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
    const state = start.slice();
    const w = new Uint32Array(64);
    for (let block = 0; block < blocks; block++) {
      for (let t = 0; t < 16; t++) w[t] = view.getUint32(block * 64 + t * 4);
      for (let t = 16; t < 64; t++) {
        const [x, y] = [w[t - 15] ?? 0, w[t - 2] ?? 0];
        const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
        const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
        w[t] = (w[t - 16] ?? 0) + s0 + (w[t - 7] ?? 0) + s1;
      }
      let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
      for (let t = 0; t < 64; t++) {
        const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
        const one = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[t] ?? 0) + (w[t] ?? 0)) | 0;
        const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = (state[at] ?? 0) + value;
    }
    const digest = new DataView(new ArrayBuffer(32));
    for (const [at, word] of state.entries()) digest.setUint32(at * 4, word);
    return new Uint8Array(digest.buffer);
  };
})();
