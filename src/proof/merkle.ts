/**
 * Merkle tree hashes and proofs: RFC 9162, section 2.1 (the same tree as RFC 6962's), with SHA-256.
 *
 *     leaf     SHA-256(0x00 ‖ entry)
 *     node     SHA-256(0x01 ‖ left ‖ right)        left has the largest power of two of entries that leaves some right
 *     empty    SHA-256("")
 *
 * A proof is the list of hashes that lead from what is proven to the root.
 */
import { hash as digest } from 'node:crypto';

export const hashBytes = 32;

const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

export function leafHash(entry: Uint8Array): Buffer {
  return digest('sha256', Buffer.concat([leafPrefix, entry]), 'buffer');
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return digest('sha256', Buffer.concat([nodePrefix, left, right]), 'buffer');
}

/** The root over entries whose leaf hashes these are. */
export function rootOf(leaves: Iterable<Uint8Array>): Buffer {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

/** A tree that grows. Keeps the hash of each complete subtree: 64 bytes an entry. */
export class MerkleTree {
  /** By height: hashes of the complete subtrees of 2^height entries, in order. */
  readonly #levels: Uint8Array[][] = [[]];

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    for (let height = 0; ; height++) {
      const level = this.#levels[height] ?? [];
      this.#levels[height] = level;
      level.push(hash);
      if (level.length % 2 === 1) return;
      hash = nodeHash(this.#at(height, level.length - 2), hash);
    }
  }

  leaf(index: number): Uint8Array {
    return this.#at(0, index);
  }

  /** Of the first `size` entries. */
  root(size = this.size): Buffer {
    return size === 0 ? digest('sha256', '', 'buffer') : Buffer.from(this.#hash(0, size));
  }

  /** Hash of the complete subtree of 2^height entries that begins at `index` × 2^height. */
  complete(height: number, index: number): Uint8Array {
    return this.#at(height, index);
  }

  /** RFC 9162, 2.1.3.1: from the sibling of the leaf up. */
  inclusionProof(index: number, size = this.size): Buffer[] {
    if (!(index >= 0 && index < size && size <= this.size)) {
      throw new RangeError(`entry ${index} is not in a tree of ${size}`);
    }
    const path: Uint8Array[] = [];
    for (let [from, to] = [0, size]; to - from > 1; ) {
      const middle = from + splitOf(to - from);
      if (index < middle) {
        path.push(this.#hash(middle, to));
        to = middle;
      } else {
        path.push(this.#hash(from, middle));
        from = middle;
      }
    }
    return path.reverse().map((hash) => Buffer.from(hash));
  }

  /** RFC 9162, 2.1.4.1: that the first `earlier` entries of `size` are what they were. */
  consistencyProof(earlier: number, size = this.size): Buffer[] {
    if (!(earlier > 0 && earlier <= size && size <= this.size)) {
      throw new RangeError(`no proof leads from a tree of ${earlier} to one of ${size}`);
    }
    const path: Uint8Array[] = [];
    let [from, to] = [0, size];
    while (earlier !== to) {
      const middle = from + splitOf(to - from);
      if (earlier <= middle) {
        path.push(this.#hash(middle, to));
        to = middle;
      } else {
        path.push(this.#hash(from, middle));
        from = middle;
      }
    }
    // The verifier knows the earlier root; a part of it, it does not.
    if (from > 0) path.push(this.#hash(from, to));
    return path.reverse().map((hash) => Buffer.from(hash));
  }

  /** Of the entries from `from` to before `to`, where a tree of this shape has such a subtree. */
  #hash(from: number, to: number): Uint8Array {
    // Complete subtrees from the left, larger ones first; joined from the right.
    const parts: Uint8Array[] = [];
    for (let at = from; at < to; ) {
      const height = Math.floor(Math.log2(to - at));
      parts.push(this.#at(height, at / 2 ** height));
      at += 2 ** height;
    }
    return parts.reduceRight((right, left) => nodeHash(left, right));
  }

  #at(height: number, index: number): Uint8Array {
    const hash = this.#levels[height]?.[index];
    if (hash === undefined) throw new RangeError(`no subtree ${index} of height ${height}`);
    return hash;
  }
}

/** The largest power of two smaller than `count` (which is at least 2). */
function splitOf(count: number): number {
  const power = 2 ** Math.floor(Math.log2(count));
  return power === count ? power / 2 : power;
}

/** RFC 9162, 2.1.3.2: whether `proof` leads from the leaf at `index` to the root of a tree of `size` entries. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [first, second] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      hash = nodeHash(sibling, hash);
      while (first % 2 === 0 && first !== 0) [first, second] = [half(first), half(second)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [first, second] = [half(first), half(second)];
  }
  return second === 0 && sameBytes(hash, root);
}

/** RFC 9162, 2.1.4.2: whether the tree of `size` entries begins with the tree of `earlier` entries. */
export function verifyConsistency(
  earlier: number,
  size: number,
  earlierRoot: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  // Every tree begins with the empty one: there is nothing to prove.
  if (!isCount(earlier) || !isCount(size) || earlier > size || earlier === 0) return false;
  if (earlier === size) return proof.length === 0 && sameBytes(earlierRoot, root);
  if (proof.length === 0 || !areHashes([earlierRoot, root, ...proof])) return false;
  const path = isPowerOfTwo(earlier) ? [earlierRoot, ...proof] : proof;
  let [first, second] = [earlier - 1, size - 1];
  while (first % 2 === 1) [first, second] = [half(first), half(second)];
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let [oldHash, newHash] = [start, start];
  for (const hash of rest) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      oldHash = nodeHash(hash, oldHash);
      newHash = nodeHash(hash, newHash);
      while (first % 2 === 0 && first !== 0) [first, second] = [half(first), half(second)];
    } else {
      newHash = nodeHash(newHash, hash);
    }
    [first, second] = [half(first), half(second)];
  }
  return second === 0 && sameBytes(oldHash, earlierRoot) && sameBytes(newHash, root);
}

// Tree sizes may pass 2^31, where JavaScript's shifts end.
const half = (number: number): number => Math.floor(number / 2);
const isCount = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;
const isPowerOfTwo = (number: number): boolean => Number.isInteger(Math.log2(number));
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === hashBytes);

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
