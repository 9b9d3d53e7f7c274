/** Quotations beside their originals within a thread: what deserves a look, and the customs that do not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareQuotations } from '../../src/judging/quotations.js';
import { letter } from '../mail.js';

const original =
  'The bar has lost 0.4 m on average since October and the pilots are content with what is left of it.';

/** What is found in an answer that quotes `quoted`, as levels and facts. */
function found(quoted: string, of: { readonly references?: string; readonly hours?: number } = {}): string[] {
  const at = (hours: number): number => Date.UTC(2016, 2, 7, 10) + hours * 3_600_000;
  const raws = [
    letter({ id: 'a@x.example', body: `${original}\n` }),
    letter({
      id: 'b@x.example',
      ...(of.references === undefined
        ? { references: '<a@x.example>' }
        : of.references === ''
          ? {}
          : { references: of.references }),
      body: `So you say.\n\nOn Mon, 7 Mar 2016, Anna Berg wrote:\n${quoted.replace(/^/gm, '> ')}\n\nI do not.\n`,
    }),
  ];
  const facts = [
    { number: 1, sentAt: at(0) },
    { number: 2, sentAt: at(of.hours ?? 5) },
  ];
  return compareQuotations(
    facts,
    raws.map((raw) => Buffer.from(raw)),
  ).map(({ number, finding }) => `${number} ${finding.level} ${finding.facts.slice(1).join('; ')}`);
}

describe('a quotation with', () => {
  const cases: readonly (readonly [why: string, quoted: string, found: readonly string[]])[] = [
    ['the same words', original, []],
    ['other line ends', original.replace(' since', '\nsince'), []],
    ['its second half left out', original.slice(0, 60), []],
    ['words left out in the middle', original.replace(' on average', ''), []],
    ['another number', original.replace('0.4', '1.4'), ['2 notice quoted "1.4", original "0.4"']],
    [
      'a denial put in',
      original.replace('are content', 'are not content'),
      ['2 notice quoted "not", original nothing'],
    ],
    ['another word', original.replace('content', 'unhappy'), ['2 info quoted "unhappy", original "content"']],
    [
      'a remark of more words that lost its mark',
      original.replace('on average', 'which I have measured myself three times last week with'),
      [],
    ],
    ['a patch', `@@ -1,4 +1,4 @@\n${original.replace('0.4', '1.4')}`, []],
  ];
  for (const [why, quoted, expected] of cases)
    test(`${why}: ${expected.length === 0 ? 'no finding' : expected.join()}`, () =>
      assert.deepEqual(found(quoted), expected));
});

describe('the original is', () => {
  const changed = original.replace('0.4', '1.4');
  test('a message that the answer names', () => assert.equal(found(changed, { hours: -30 }).length, 1));
  test('no message that it does not name', () =>
    assert.deepEqual(found(changed, { references: '<other@x.example>' }), []));
  test('an earlier one where it names none', () =>
    assert.equal(found(changed, { references: '' }).length, 1));
  test('no later one where it names none', () =>
    assert.deepEqual(found(changed, { references: '', hours: -2 }), []));
});
