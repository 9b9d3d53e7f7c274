import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findContained } from '../../src/thread/quotation/contained.js';

const question = 'Shall we dredge berth four before the board meets on Friday, or wait?';
const second = 'And who pays for the lighter that we need for it this time?';
const answer = 'No. The lighter is at Calder until the end of the month, as you know.';

/** Texts as passages of messages 1, 2, …; → what is contained in what. */
const contained = (...texts: readonly (readonly string[])[]): Record<number, number> =>
  Object.fromEntries(
    findContained(texts.map((passages, i) => ({ number: i + 1, passages, mustRemain: false }))),
  );

describe('a text is contained in another', () => {
  test('that holds all of it, however it is wrapped and marked', () => {
    assert.deepEqual(contained([question], [answer, question.replace(' berth', '\nberth')]), { 1: 2 });
  });

  test('also where answers were written into it', () => {
    assert.deepEqual(
      contained([`${question} ${second}`], [question, 'Wait, I say, since nobody told us.', second, answer]),
      { 1: 2 },
    );
    assert.deepEqual(contained([`${question} Why?`], [question, answer, 'Why?', answer]), { 1: 2 });
  });

  test('through others: only those remain that nothing holds', () => {
    assert.deepEqual(
      contained(
        [question],
        [answer, question],
        [second, answer, question],
        ['Something else that was said by nobody before.', question],
      ),
      { 1: 3, 2: 3 },
    );
  });

  test('of equal ones the first remains', () => {
    assert.deepEqual(contained([question], [question], [question]), { 2: 1, 3: 1 });
  });
});

describe('a text remains', () => {
  test('where a word was put in, left out or changed', () => {
    for (const altered of ['berth', 'not berth four even', 'berth five'])
      assert.deepEqual(contained([question], [answer, question.replace('berth four', altered)]), {}, altered);
  });

  test('where only a part of it is quoted, or it is cut at a place where no answer stands', () => {
    assert.deepEqual(contained([`${question} ${second}`], [answer, question]), {});
    assert.deepEqual(
      contained([question], [answer, `${question.slice(0, 40)} [cut] ${question.slice(40)}`]),
      {},
    );
  });

  test('where it has so few words that they may stand anywhere, or something beside its text', () => {
    assert.deepEqual(contained(['Thanks, will do.'], [answer, 'Thanks, will do.']), {});
    const of = (number: number, passages: readonly string[], mustRemain: boolean) => ({
      number,
      passages,
      mustRemain,
    });
    assert.equal(findContained([of(1, [question], true), of(2, [answer, question], false)]).size, 0);
  });
});

test('a thread in which each quotes all before it, and a text of one word, take no more than a moment', () => {
  const parts = Array.from(
    { length: 400 },
    (_, i) => `Message ${i} says word${i} and other${i} to all of number${i}.`,
  );
  const started = performance.now();
  const all = findContained(
    parts.map((_, i) => ({ number: i + 1, passages: parts.slice(0, i + 1).reverse(), mustRemain: false })),
  );
  assert.equal(all.size, 399);
  assert.ok([...all.values()].every((container) => container === 400));
  const same = 'again '.repeat(20_000);
  findContained(
    Array.from({ length: 20 }, (_, i) => ({ number: i + 1, passages: [same, `${i}`], mustRemain: false })),
  );
  assert.ok(performance.now() - started < 10_000);
});
