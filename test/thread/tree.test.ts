import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash52 } from '../../src/thread/hash.js';
import { type ThreadMember, threadTree } from '../../src/thread/tree.js';

const names = new Map<number, string>();
const hashOf = (messageId: string): number => {
  const id = messageId === '' ? 0 : hash52(messageId);
  names.set(id, messageId);
  return id;
};
const member = (number: number, messageId: string, ...ancestors: string[]): ThreadMember => ({
  number,
  sentAt: number * 1000,
  id: hashOf(messageId),
  ancestors: ancestors.map(hashOf),
});
const shape = (
  members: ThreadMember[],
  inferred: { child: number; parent: number; basis: string }[] = [],
): string[] =>
  threadTree(members, inferred).map(
    (node) => `${'.'.repeat(node.depth)}${node.number ?? `gap ${names.get(node.id)}`}`,
  );

test('answers stand below what they answer, siblings by date', () => {
  assert.deepEqual(
    shape([member(1, 'a'), member(2, 'b', 'a'), member(3, 'c', 'a'), member(4, 'd', 'a', 'b')]),
    ['1', '.2', '..4', '.3'],
  );
});

test('a missing message is a gap between its parent and its answers', () => {
  assert.deepEqual(shape([member(1, 'a'), member(2, 'c', 'a', 'b')]), ['1', '.gap b', '..2']);
});

test('forged References that go in a circle hide no message', () => {
  assert.deepEqual(
    shape([member(1, 'a', 'b'), member(2, 'b', 'a')])
      .map((line) => line.replace(/\./g, ''))
      .sort(),
    ['1', '2'],
  );
  assert.deepEqual(shape([member(1, 'a', 'a')]), ['1']);
});

test('two messages with one msg-id are both shown', () => {
  assert.deepEqual(shape([member(1, 'a'), member(2, 'a'), member(3, 'b', 'a')]), ['1', '.3', '2']);
});

test('an inferred edge hangs a message that states no parent', () => {
  const nodes = threadTree([member(1, 'a'), member(2, '')], [{ child: 2, parent: 1, basis: 'quoted' }]);
  assert.deepEqual(
    nodes.map(({ number, depth, basis }) => [number, depth, basis]),
    [
      [1, 0, undefined],
      [2, 1, 'quoted'],
    ],
  );
});

test('a chain of 20,000 answers is walked without recursion', () => {
  const members = Array.from({ length: 20_000 }, (_, i) =>
    member(i + 1, `m${i}`, ...(i === 0 ? [] : [`m${i - 1}`])),
  );
  const nodes = threadTree(members, []);
  assert.equal(nodes.length, 20_000);
  assert.equal(nodes.at(-1)?.depth, 19_999);
});
