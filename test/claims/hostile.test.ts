/** Articles that are made to be expensive: the work is linear in their length, and nothing throws. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { anchorOf, findAnchor } from '../../src/claims/anchor.js';
import { readStatements } from '../../src/claims/statements.js';

const sentence = '“I never said that,” Anna Moss said on Monday, according to The Post, and she denied it. ';

const cases: readonly (readonly [name: string, text: string])[] = [
  ['ten thousand quotation marks', '"'.repeat(10_000)],
  ['ten thousand opening marks', '“'.repeat(10_000)],
  ['marks of every kind', '“"‘«\''.repeat(2_000)],
  ['one line of sentences', sentence.repeat(5_000)],
  ['a verb of speech without end', 'said '.repeat(50_000)],
  ['relays within relays', `${'Moss said that '.repeat(20_000)}x.`],
  ['a name without end', `${'Moss, '.repeat(50_000)}said`],
  ['blanks', ' '.repeat(1_000_000)],
  ['quotations that no paragraph closes', '“a\n\n'.repeat(20_000)],
];

describe('hostile articles', () => {
  for (const [name, text] of cases)
    test(name, () => {
      const before = process.cpuUsage().user;
      const { statements } = readStatements(text);
      assert.ok((process.cpuUsage().user - before) / 1e6 < 15);
      for (const { content } of statements)
        for (const { start, end } of content) assert.ok(0 <= start && start < end && end <= text.length);
    });

  test('a quotation that is never closed ends with its paragraph and says so', () => {
    const { statements } = readStatements('Moss said: “It was late.\n\nThe ferry left.');
    assert.deepEqual(
      statements.map(({ isUnclosed }) => isUnclosed),
      [true],
    );
  });

  test('“did not deny” is no denial, and the negation is told', () => {
    const [statement] = readStatements('Anna Moss did not deny that the ferry left.').statements;
    assert.deepEqual(statement?.acts, []);
    assert.notEqual(statement?.negation, undefined);
    assert.deepEqual(readStatements('Anna Moss denied that the ferry left.').statements[0]?.acts, ['denial']);
  });

  test('an anchor is exact, moved, or lost, and never nearly there', () => {
    const anchor = anchorOf(sentence, { start: 1, end: 18 });
    assert.equal(findAnchor(sentence, anchor)?.how, 'exact');
    assert.equal(findAnchor(`New. ${sentence}${sentence}`, anchor), undefined);
    const inner = anchorOf(`x ${sentence}`, { start: 40, end: 50 });
    assert.equal(findAnchor(`New. x ${sentence}`, inner)?.how, 'moved');
    assert.equal(findAnchor(sentence.replace('Moss', 'Mess'), inner), undefined);
  });
});
