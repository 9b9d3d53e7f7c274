import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldCopies, type GroupOf } from '../../src/thread/fold.js';
import type { ThreadNode } from '../../src/thread/tree.js';

/** `[depth, number]`; a number of 0 is a gap. */
const nodes = (...of: readonly (readonly [number, number])[]): ThreadNode[] =>
  of.map(([depth, number]) => ({
    depth,
    number: number === 0 ? undefined : number,
    id: 0,
    namedBy: 0,
    basis: undefined,
  }));

const shape = (of: ReturnType<typeof foldCopies>): string =>
  of
    .map(({ depth, number, copies }) => {
      const folded = copies.map((copy) => `${copy.number} ${copy.kind}`).join(', ');
      return `${' '.repeat(depth)}${number ?? 'gap'}${folded === '' ? '' : ` (${folded})`}`;
    })
    .join('\n');

const groups =
  (of: Readonly<Record<number, readonly [number, 'copy' | 'ending' | 'forward' | undefined]>>): GroupOf =>
  (number) => {
    const found = of[number];
    return found === undefined ? undefined : { group: found[0], kind: found[1] };
  };

test('a copy is folded into the earliest that says the same, and what answers it hangs there', () => {
  const thread = nodes([0, 1], [1, 2], [0, 3], [1, 4], [2, 5]);
  assert.equal(
    shape(foldCopies(thread, groups({ 1: [7, undefined], 3: [7, 'copy'] }))),
    '1 (3 copy)\n 2\n 4\n  5',
  );
});

test('the one that leads may come later: what is shown is the earliest in the thread', () => {
  const thread = nodes([0, 3], [1, 1], [2, 2]);
  assert.equal(
    shape(foldCopies(thread, groups({ 1: [7, undefined], 3: [7, 'ending'] }))),
    '3 (1 ending)\n 2',
  );
});

test('what was only sent on is folded where nothing answers it', () => {
  const of = groups({ 1: [7, undefined], 2: [7, 'forward'], 3: [7, 'forward'] });
  assert.equal(shape(foldCopies(nodes([0, 1], [1, 2], [1, 3], [2, 4]), of)), '1 (2 forward)\n 3\n  4');
});

test('gaps stay, and two groups that stand below each other close no circle', () => {
  const of = groups({ 1: [7, undefined], 2: [8, undefined], 3: [8, 'copy'], 4: [7, 'copy'] });
  assert.equal(
    shape(foldCopies(nodes([0, 0], [1, 1], [2, 3], [0, 2], [1, 4], [2, 5]), of)),
    'gap\n 1 (4 copy)\n  3 (2 copy)\n  5',
  );
});

test('a thread of any depth is folded without recursion', () => {
  const deep = nodes(...Array.from({ length: 30_000 }, (_, i) => [i, i + 1] as const));
  const folded = foldCopies(deep, (number) => ({ group: number % 2, kind: number < 3 ? undefined : 'copy' }));
  assert.equal(folded.length, 2);
  assert.equal(
    folded.reduce((sum, { copies }) => sum + copies.length, 0),
    29_998,
  );
});
