/** What stored features tell between messages: dates of answers, references to what is not here, copies. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Relatives } from '../../src/judging/relatives.js';
import type { NumberedFeatures } from '../../src/thread/pack.js';

const hour = 3_600_000;
const noon = Date.UTC(2016, 2, 7, 12);

const message = (
  number: number,
  id: number,
  sentAt: number | null,
  ...ancestors: number[]
): NumberedFeatures => ({
  number,
  sentAt,
  features: {
    id,
    ancestors,
    subject: 0,
    isReply: false,
    lead: 0,
    quotedLeads: [],
    from: 0,
    recipients: [],
    texts: { whole: 0, body: 0, carried: 0 },
  },
});

function judged(...messages: readonly NumberedFeatures[]): string[] {
  const relatives = new Relatives();
  for (const each of messages) relatives.add(each);
  return messages.flatMap((each) =>
    relatives.judge(each).map(({ number, finding }) => `${number} ${finding.code} ${finding.level}`),
  );
}

test('an answer may be dated an hour before what it answers, and no more', () => {
  assert.deepEqual(judged(message(1, 11, noon), message(2, 12, noon - hour, 11)), []);
  assert.deepEqual(judged(message(1, 11, noon), message(2, 12, noon - hour - 1, 11)), [
    '2 parent-after-child notice',
  ]);
});

test('beyond a week it is a conflict', () => {
  const week = 7 * 24 * hour;
  assert.deepEqual(judged(message(1, 11, noon), message(2, 12, noon - week, 11)), [
    '2 parent-after-child notice',
  ]);
  assert.deepEqual(judged(message(1, 11, noon), message(2, 12, noon - week - 1, 11)), [
    '2 parent-after-child conflict',
  ]);
});

test('of several copies of the parent the earliest counts, and undated ones do not', () => {
  assert.deepEqual(
    judged(
      message(1, 11, noon + 99 * hour),
      message(3, 11, noon),
      message(4, 11, null),
      message(2, 12, noon, 11),
    ),
    [],
  );
  assert.deepEqual(judged(message(1, 11, null), message(2, 12, noon, 11)), []);
});

test('the parent is the last of the ancestors', () => {
  assert.deepEqual(
    judged(message(1, 11, noon), message(3, 13, noon + 9 * hour), message(2, 12, noon, 13, 11)),
    [],
  );
});

test('what is referred to and not here is counted, once a message', () => {
  assert.deepEqual(judged(message(1, 11, noon), message(2, 12, noon, 98, 99, 11)), [
    '2 reference-missing info',
  ]);
});

test('copies are groups in order of number', () => {
  const relatives = new Relatives();
  for (const each of [
    message(3, 11, noon),
    message(1, 11, noon - 1),
    message(2, 12, noon),
    message(5, 0, noon),
    message(6, 0, noon),
  ])
    relatives.add(each);
  assert.deepEqual([...relatives.copies()], [[1, 3]]);
});
