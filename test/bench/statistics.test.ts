import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, pairRatios, percentile } from '../../bench/statistics.js';

test('the median of an odd number of values is the middle one, whatever their order', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([7]), 7);
});

test('the median of an even number of values is the mean of the two in the middle', () => {
  assert.equal(median([4, 1, 10, 2]), 3);
});

test('values are compared as numbers, not as text', () => {
  assert.equal(median([100, 9, 20]), 20);
});

// The example of the nearest-rank method at https://en.wikipedia.org/wiki/Percentile
test('a percentile is by nearest rank: a value that was measured', () => {
  const values = [15, 20, 35, 40, 50];
  assert.deepEqual(
    [5, 30, 40, 50, 100].map((percent) => percentile(values, percent)),
    [15, 20, 20, 35, 50],
  );
});

test('the 95th percentile of 300 values leaves 15 above it', () => {
  const values = Array.from({ length: 300 }, (_, i) => 300 - i);
  assert.equal(percentile(values, 95), 285);
});

test('no values have neither median nor percentile', () => {
  assert.throws(() => median([]), RangeError);
  assert.throws(() => percentile([], 95), RangeError);
});

test('ratios are taken round by round', () => {
  assert.deepEqual(pairRatios([1, 2, 4], [12, 12, 12]), [12, 6, 3]);
});

test('a round in which one of the two failed has no ratio', () => {
  assert.deepEqual(pairRatios([1, undefined, 2], [10, 10, undefined]), [10]);
  assert.deepEqual(pairRatios([1, 2], [10]), [10]);
});

test('the values given stay in their order', () => {
  const values = [3, 1, 2];
  median(values);
  percentile(values, 50);
  assert.deepEqual(values, [3, 1, 2]);
});
