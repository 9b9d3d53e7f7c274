/**
 * Our tree beside the vectors of transparency-dev/merkle, all of them, and beside the definition in RFC 9162, 2.1.1,
 * written out as it stands there.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  leafHash,
  MerkleTree,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../src/proof/merkle.js';

const vectors = '../shared/corpora/merkle/testdata';
const skip = existsSync(vectors) ? false : `${vectors} is not there`;

interface Vector {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly root: string;
  readonly leafHash: string;
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root1: string;
  readonly root2: string;
  readonly size1: number;
  readonly size2: number;
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** Whether the range is one that a tree has as a subtree: draft-ietf-plants-merkle-tree-certs, 4.1. */
function isSubtree(start: number, end: number): boolean {
  if (start >= end) return false;
  return start % 2 ** Math.ceil(Math.log2(end - start)) === 0;
}

const answers: Readonly<Record<string, (vector: Vector, proof: Buffer[]) => boolean | undefined>> = {
  inclusion: (vector, proof) =>
    verifyInclusion(vector.leafIdx, vector.treeSize, bytes(vector.leafHash), proof, bytes(vector.root)),
  // A subtree is a tree of its own.
  subtreeinclusion: ({ leafIdx, start, end, leafHash, root }, proof) =>
    isSubtree(start, end) &&
    verifyInclusion(leafIdx - start, end - start, bytes(leafHash), proof, bytes(root)),
  consistency: ({ size1, size2, root1, root2 }, proof) =>
    verifyConsistency(size1, size2, bytes(root1), proof, bytes(root2)),
  // One that begins with the first entry is an earlier tree. Others exist in certificates (and the empty one, which
  // proves nothing), not in the history of a log: they are not for us.
  subtreeconsistency: ({ start, end, size, root1, root2 }, proof) =>
    start === 0 && end > 0 ? verifyConsistency(end, size, bytes(root1), proof, bytes(root2)) : undefined,
};

describe('the vectors of transparency-dev/merkle', { skip }, () => {
  for (const [kind, answer] of Object.entries(answers)) {
    test(`${kind}: each verdict is theirs`, () => {
      const wrong: string[] = [];
      let [asked, others] = [0, 0];
      for (const path of globSync(`${vectors}/${kind}/**/*.json`)) {
        const vector: Vector = JSON.parse(readFileSync(path, 'utf8'));
        const verdict = answer(vector, (vector.proof ?? []).map(bytes));
        if (verdict === undefined) others++;
        else asked++;
        if (verdict !== undefined && verdict === vector.wantErr) wrong.push(path);
      }
      assert.deepEqual(wrong, []);
      assert.ok(asked >= 60, `${asked} vectors asked`);
      assert.ok(others === 0 || kind === 'subtreeconsistency', `${others} not for us`);
    });
  }
});

/** RFC 9162, 2.1.1, as it is defined. */
function definedRoot(leaves: readonly Buffer[]): Buffer {
  const [only, second] = leaves;
  if (only === undefined) return new MerkleTree().root();
  if (second === undefined) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

describe('a tree', () => {
  const leaves = Array.from({ length: 70 }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));

  test('of the eight entries of the RFC 6962 reference tests has the root found there', () => {
    const entries = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    assert.equal(
      rootOf(entries.map((hex) => leafHash(Buffer.from(hex, 'hex')))).toString('hex'),
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  test('of no entries has the hash of nothing', () => {
    assert.equal(
      rootOf([]).toString('hex'),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  test('has at each size the root that the definition gives', () => {
    const tree = new MerkleTree();
    for (const leaf of leaves) tree.append(leaf);
    for (let size = 0; size <= leaves.length; size++) {
      assert.deepEqual(tree.root(size), definedRoot(leaves.slice(0, size)), `size ${size}`);
    }
  });

  test('proves every entry at every size, and no other place of it', () => {
    const tree = new MerkleTree();
    for (const leaf of leaves) tree.append(leaf);
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusionProof(index, size);
        assert.ok(verifyInclusion(index, size, tree.leaf(index), proof, tree.root(size)));
        assert.ok(
          !verifyInclusion((index + 1) % size, size, tree.leaf(index), proof, tree.root(size)) || size === 1,
        );
      }
    }
  });

  test('proves from every size to every later one that it only grew', () => {
    const tree = new MerkleTree();
    for (const leaf of leaves) tree.append(leaf);
    for (let size = 1; size <= leaves.length; size++) {
      for (let earlier = 1; earlier <= size; earlier++) {
        const proof = tree.consistencyProof(earlier, size);
        assert.ok(verifyConsistency(earlier, size, tree.root(earlier), proof, tree.root(size)));
        assert.ok(!verifyConsistency(earlier, size, tree.root(earlier - 1), proof, tree.root(size)));
      }
    }
  });
});
