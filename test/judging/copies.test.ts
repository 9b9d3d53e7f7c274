/** Messages with one Message-ID beside each other: what is a list's work, what is another content, and what a signature speaks against. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareCopies } from '../../src/judging/copies.js';
import { type Letter, letter } from '../mail.js';

const text = `Dear Bob,

The laboratory gives 1.42 mg/kg for S7. This material should not go to sea, whatever the contractor says about it.

Anna
`;
const footer = '\n_______________\nharbour-users mailing list\nhttps://lists.example/listinfo\n';

interface Case {
  readonly why: string;
  readonly copy: Partial<Letter>;
  /** undefined: no finding. */
  readonly level: string | undefined;
  readonly fact?: RegExp;
}

function levelsOf(
  copy: Partial<Letter>,
  signed: readonly [boolean, boolean],
): { number: number; level: string; facts: readonly string[] }[] {
  const raws = [{ body: text }, { body: text, ...copy }].map((of) =>
    Buffer.from(letter({ id: 'a@x.example', ...of })),
  );
  const copies = signed.map((isVerified, index) => ({ number: index + 1, isVerified }));
  return compareCopies(copies, raws).map(({ number, finding }) => ({
    number,
    level: finding.level,
    facts: finding.facts,
  }));
}

const cases: readonly Case[] = [
  {
    why: 'other trace fields',
    copy: { extra: ['Received: from a by b; Mon, 7 Mar 2016 10:00:00 +0000'] },
    level: undefined,
  },
  {
    why: 'lines wrapped otherwise',
    copy: { body: text.replace('This material', 'This\nmaterial') },
    level: undefined,
  },
  { why: 'a tag in the subject', copy: { subject: '[harbour-users] Dredging' }, level: undefined },
  { why: 'a footer', copy: { body: text + footer }, level: 'info', fact: /words more before or after/ },
  {
    why: 'a warning on top',
    copy: { body: `CAUTION: this message came from outside.\n\n${text}` },
    level: 'info',
  },
  {
    why: 'an end that is missing',
    copy: { body: text.slice(0, text.indexOf('This material')) },
    level: 'info',
    fact: /words fewer/,
  },
  {
    why: 'another number',
    copy: { body: text.replace('1.42', '0.42') },
    level: 'notice',
    fact: /^here "0\.42", there "1\.42"$/,
  },
  {
    why: 'a sentence less in the middle',
    copy: { body: text.replace('This material should not go to sea, ', '') },
    level: 'notice',
  },
  {
    why: 'another date',
    copy: { date: 'Mon, 14 Mar 2016 10:00:00 +0000' },
    level: 'notice',
    fact: /^Date is here "2016-03-14/,
  },
  {
    why: 'another sender',
    copy: { from: 'Eve <eve@x.example>' },
    level: 'notice',
    fact: /^From is here "eve@x\.example"/,
  },
  {
    why: 'another text',
    copy: { body: 'Lunch on Friday at noon, at the usual place, and bring the others along.\n' },
    level: 'notice',
    fact: /little in common/,
  },
];

describe('a copy with', () => {
  for (const { why, copy, level, fact } of cases)
    test(`${why}: ${level ?? 'no finding'}`, () => {
      const found = levelsOf(copy, [false, false]).find(({ number }) => number === 2);
      assert.equal(found?.level, level);
      if (fact !== undefined)
        assert.ok(
          found?.facts.some((each) => fact.test(each)),
          JSON.stringify(found?.facts),
        );
    });
});

describe('where a signature holds for the first copy', () => {
  for (const { why, copy, level } of cases) {
    if (level === undefined) continue;
    test(`${why}: ${level === 'notice' ? 'a conflict in the other copy, a notice in the first' : level}`, () => {
      const expected = level === 'notice' ? 'conflict' : level;
      assert.deepEqual(
        levelsOf(copy, [true, false]).map((each) => `${each.number} ${each.level}`),
        [`2 ${expected}`, `1 ${level}`],
      );
    });
  }

  test('and for the second: both were signed, and none speaks against the other', () => {
    const levels = levelsOf({ body: text.replace('1.42', '0.42') }, [true, true]).map(({ level }) => level);
    assert.deepEqual(levels, ['notice', 'notice']);
  });
});

test('a file that was exchanged is told by its hash', () => {
  const withFile = (content: string): Partial<Letter> => ({
    extra: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    body: `--b\n\n${text}\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment\n\n${content}\n--b--\n`,
  });
  const raws = ['one', 'two'].map((content) =>
    Buffer.from(letter({ id: 'a@x.example', ...withFile(content) })),
  );
  const [found] = compareCopies(
    [
      { number: 1, isVerified: true },
      { number: 2, isVerified: false },
    ],
    raws,
  );
  assert.equal(found?.finding.level, 'conflict');
  assert.match(
    found?.finding.facts.at(-1) ?? '',
    /^here it has files with SHA-256 \w{12}, there files with SHA-256 \w{12}$/,
  );
});

test('a thousand copies are compared with the first, and told in bounded words', () => {
  const raws = Array.from({ length: 200 }, (_, i) =>
    Buffer.from(letter({ id: 'a@x.example', body: text.replace('1.42', `${i}.42`) })),
  );
  const found = compareCopies(
    raws.map((_, i) => ({ number: i + 1, isVerified: false })),
    raws,
  );
  assert.equal(found.length, 200);
  assert.ok((found.at(-1)?.finding.others.length ?? 0) <= 100);
});
