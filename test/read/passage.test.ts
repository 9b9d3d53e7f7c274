/** A passage that someone selected is found again where it stands. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, test } from 'node:test';
import { anchorFor, findPassage } from '../../src/read/passage.js';

const text = 'Dear Zoë,\n\nThe invoice is paid\ntwice, as you know.\nThe invoice is paid  twice, I said.\n';

describe('a passage', () => {
  test('is the words as they stand, whatever blanks and line ends a selection has', () => {
    const anchor = anchorFor(text, ' paid twice,  as ');
    assert.deepEqual(anchor, {
      exact: 'paid\ntwice, as',
      prefix: 'Dear Zoë,\n\nThe invoice is ',
      suffix: ' you know.\nThe invoice is paid  twice, I',
      start: 26,
      digest: hash('sha256', text, 'hex'),
    });
    assert.ok(anchor);
    assert.deepEqual(findPassage(text, anchor), { start: 26, end: 40 });
  });

  test('that stands twice is the one nearest to where it was selected', () => {
    assert.equal(anchorFor(text, 'paid twice', 0)?.start, text.indexOf('paid\ntwice'));
    const second = anchorFor(text, 'paid twice', 60);
    assert.equal(second?.start, text.indexOf('paid  twice'));
    assert.equal(second?.exact, 'paid  twice');
  });

  test('that is not in the text has no anchor', () => {
    for (const selected of ['paid thrice', '', ' \n ', 'paid.twice', '(', 'x'.repeat(5000)])
      assert.equal(anchorFor(text, selected), undefined);
  });

  test('is found by what stands around it where the text is read otherwise', () => {
    const anchor = anchorFor(text, 'The invoice is', 60);
    assert.ok(anchor);
    const moved = `The invoice is ready.\n${text.replace('Dear Zoë,\n\n', 'Zoë, ')}`;
    assert.deepEqual(findPassage(moved, anchor)?.start, moved.lastIndexOf('The invoice is'));
  });

  test('is lost where its words do not stand any more', () => {
    const anchor = anchorFor(text, 'as you know');
    assert.ok(anchor);
    assert.equal(findPassage('Something else.', anchor), undefined);
    assert.equal(findPassage('', anchor), undefined);
  });

  test('in a long text of one repeated word costs little', () => {
    const long = 'a '.repeat(2_000_000);
    const started = process.cpuUsage();
    assert.equal(anchorFor(long, `${'a '.repeat(2_400)}b`), undefined);
    assert.ok(anchorFor(long, 'a '.repeat(2_400), 3_000_000));
    const { user, system } = process.cpuUsage(started);
    assert.ok(user + system < 4_000_000, `${(user + system) / 1000} ms`);
  });
});
