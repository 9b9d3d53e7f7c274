import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unicode61Tokens } from '../../../src/index/query/unicode61.js';
import { fts5Tokens } from './fts5.js';

const block = 0x4000;

/** Planes 4 to 13 are unassigned and 15 and 16 private: a part of each will do. */
function isRead(first: number): boolean {
  return first < 0x40000 || (first >= 0xe0000 && first < 0xf0000) || first % 0x10000 === 0;
}

test('code points separate, vanish and fold as in FTS5', () => {
  const differences: string[] = [];
  for (let first = 0; first < 0x110000; first += block) {
    if (!isRead(first)) continue;
    const texts = Array.from({ length: block }, (_, index) => `a${String.fromCodePoint(first + index)}b`);
    const theirs = fts5Tokens(texts);
    for (const [index, text] of texts.entries()) {
      const ours = unicode61Tokens(text)
        .map(({ token }) => token)
        .join(' ');
      const wanted = theirs[index]?.join(' ');
      if (ours !== wanted)
        differences.push(`U+${(first + index).toString(16)}: ${ours}, not ${wanted ?? ''}`);
    }
  }
  assert.deepEqual(differences.slice(0, 20), [], `${String(differences.length)} code points differ`);
});

test('a code point alone is a token where FTS5 makes it one', () => {
  const texts = Array.from({ length: 0x20000 }, (_, codePoint) => String.fromCodePoint(codePoint));
  const ours = texts.map((text) => unicode61Tokens(text).map(({ token }) => token));
  assert.deepEqual(ours, fts5Tokens(texts));
});
