import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { and, not, or, pathMatches, type Query } from '../../../src/index/query/query.js';

describe('a folder is found by whole names of its path', () => {
  const cases: readonly (readonly [pattern: string, path: string, found: boolean])[] = [
    ['Sent', 'Sent', true],
    ['sent', 'ken/SENT', true],
    ['Sent', 'Sent/2016', true],
    ['Sent', 'Unsent', false],
    ['Sent', 'Sent Items', false],
    ['Sent*', 'Sent Items', true],
    ['Sen*', 'ken/Sent/2016', true],
    ['Sent/2016', 'ken/Sent/2016/05', true],
    ['Sent/20*', 'Sent/2016', true],
    ['Sent/2016', 'Sent/x/2016', false],
    ['Se*/2016', 'Sent/2016', false],
    ['2016', '', false],
    ['Zoe\u0308', 'Zoë', true],
  ];
  for (const [pattern, path, found] of cases) {
    test(`${pattern} ${found ? 'finds' : 'does not find'} ${path}`, () => {
      const prefix = pattern.endsWith('*');
      assert.equal(pathMatches({ path: prefix ? pattern.slice(0, -1) : pattern, prefix }, path), found);
    });
  }
});

test('trees are canonical however they are put together', () => {
  const all: Query = { kind: 'all' };
  const none = not(all);
  const [a, b, c]: Query[] = [1, 2, 3].map((number) => ({ kind: 'thread', number }));
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  assert.deepEqual(and([]), all);
  assert.deepEqual(or([]), none);
  assert.deepEqual(and([a]), a);
  assert.deepEqual(and([a, all]), a);
  assert.deepEqual(and([a, none]), none);
  assert.deepEqual(or([a, none]), a);
  assert.deepEqual(or([a, all]), all);
  assert.deepEqual(not(not(a)), a);
  assert.deepEqual(and([and([a, b]), c]), { kind: 'and', items: [a, b, c] });
  assert.deepEqual(or([a, or([b, c])]), { kind: 'or', items: [a, b, c] });
});
