/** The whole of tika-attachments beside what other programs read in it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { formatReport, readCorpus } from './conformance-report.js';
import { missedWords } from './missed-words.js';

describe('the attachments of Apache Tika', async () => {
  const results = await readCorpus();

  test('are read without one of them ending the process', () => {
    assert.ok(results.length > 450);
    const ended = results.filter(
      ({ outcome }) =>
        /^(?:timeout|out-of-memory|too-large)$/.test(outcome.status) ||
        /ended|no readable/.test(outcome.note),
    );
    assert.deepEqual(
      ended.map(({ file, outcome }) => `${file}: ${outcome.note}`),
      [],
    );
  });

  test('say all that another program finds in them, but for what is explained', () => {
    const unexplained = results.filter(({ file, missing }) => missing.length > 0 && !missedWords.has(file));
    assert.deepEqual(
      unexplained.map(({ file, missing }) => `${file}: ${missing.join(' ')}`),
      [],
    );
    const missed = new Set(results.filter(({ missing }) => missing.length > 0).map(({ file }) => file));
    assert.deepEqual(
      [...missedWords.keys()].filter((file) => !missed.has(file)),
      [],
      'explanations that are no longer needed',
    );
  });

  test('are told of as docs/attachment-conformance.md has it', () => {
    assert.equal(formatReport(results), readFileSync('docs/attachment-conformance.md', 'utf8'));
  });
});
