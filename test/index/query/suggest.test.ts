import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatQuery } from '../../../src/index/query/format.js';
import { parseQuery } from '../../../src/index/query/parse.js';
import { replaceWord, searchedWords } from '../../../src/index/query/spelling.js';
import { candidateRanges, editDistance, suggest } from '../../../src/index/query/suggest.js';
import { integer, seeded } from './random.js';

const vocabulary = [
  { term: 'invoice', count: 400 },
  { term: 'invoices', count: 90 },
  { term: 'invioce', count: 1 },
  { term: 'voice', count: 300 },
  { term: 'budget', count: 1000 },
  { term: 'receive', count: 5000 },
  { term: 'received', count: 4000 },
  { term: 'recieve', count: 2 },
  { term: 'смета', count: 8 },
];

describe('near spellings', () => {
  const cases: readonly (readonly [word: string, suggestion: string | undefined])[] = [
    ['invocie', 'invoice'],
    ['nivoice', 'invoice'],
    ['buget', 'budget'],
    ['recieved', 'received'],
    ['invoicee', 'invoice'],
    ['сметта', 'смета'],
    ['zzzzzz', undefined],
    ['bud', undefined],
    ['2061', undefined],
  ];
  for (const [word, suggestion] of cases) {
    test(`${word}: ${suggestion ?? 'nothing'}`, () => {
      assert.equal(suggest(word, vocabulary), suggestion);
    });
  }

  test('a rare slip is not offered where a frequent word is one step farther', () => {
    assert.equal(suggest('reciever', vocabulary), 'receive');
    assert.equal(suggest('recieve', vocabulary), 'receive');
  });

  test('a short word gets one step only', () => {
    assert.equal(suggest('smeat', [{ term: 'meta', count: 9 }]), undefined);
    assert.equal(suggest('mtea', [{ term: 'meta', count: 9 }]), 'meta');
  });

  test('the order of the candidates makes no difference', () => {
    const ties = [
      { term: 'bidget', count: 5 },
      { term: 'gadget', count: 5 },
      { term: 'budget', count: 5 },
    ];
    assert.equal(suggest('badget', ties), suggest('badget', ties.toReversed()));
  });
});

describe('distance', () => {
  test('agrees with the table that it is defined by', () => {
    const random = seeded(5);
    const word = () => Array.from({ length: integer(random, 9) }, () => 'abc'[integer(random, 3)]).join('');
    for (let count = 0; count < 20000; count += 1) {
      const [a, b, max] = [word(), word(), integer(random, 4)];
      assert.equal(editDistance(a, b, max), Math.min(wholeTable(a, b), max + 1), `${a} ${b} ${String(max)}`);
    }
  });

  /** Optimal string alignment, by the book. */
  function wholeTable(a: string, b: string): number {
    const rows = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
    );
    const cell = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let steps = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same);
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, cell(i - 2, j - 2) + 1);
        const row = rows[i];
        if (row !== undefined) row[j] = steps;
      }
    }
    return cell(a.length, b.length);
  }
});

describe('what to suggest for', () => {
  test('words that a query wants and that are in the vocabulary as one token', () => {
    const result = parseQuery(
      'buget -spam from:(anna OR "bob smith") plan* NEAR(cost overrun) 会議 bob@x.org buget',
    );
    assert.ok(result.ok);
    assert.deepEqual(searchedWords(result.query), ['buget', 'anna', 'smith', 'cost', 'overrun']);
  });

  test('a word is replaced wherever it is wanted, and the rest of the query stays', () => {
    const result = parseQuery('buget OR own:"the buget plan" OR (subject:Buget* -buget) OR NEAR(buget x, 3)');
    assert.ok(result.ok);
    assert.equal(
      formatQuery(replaceWord(result.query, 'buget', 'budget')),
      'budget OR own:"the budget plan" OR (subject:Buget* -buget) OR NEAR(budget x, 3)',
    );
  });

  test('the ranges find in a vocabulary what suggest needs', () => {
    for (const word of ['invocie', 'nivoice', 'buget', 'сметта']) {
      const read = candidateRanges(word).flatMap(({ prefix, minLength, maxLength }) =>
        vocabulary.filter(({ term }) => {
          const length = Array.from(term).length;
          return term.startsWith(prefix) && length >= minLength && length <= maxLength;
        }),
      );
      assert.ok(read.length < vocabulary.length);
      assert.equal(suggest(word, read), suggest(word, vocabulary));
    }
    assert.deepEqual(candidateRanges('2016'), []);
  });
});
