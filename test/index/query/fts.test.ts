import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ftsMatch } from '../../../src/index/query/fts.js';
import { parseQuery } from '../../../src/index/query/parse.js';
import type { Query } from '../../../src/index/query/query.js';

function expressions(query: Query): string[] {
  if (query.kind === 'and' || query.kind === 'or') return query.items.flatMap(expressions);
  if (query.kind === 'not') return expressions(query.item);
  return query.kind === 'text' ? [ftsMatch(query.match)] : [];
}

const cases: readonly (readonly [query: string, expression: string])[] = [
  ['Invoice', '"invoice"'],
  ['bob@enron.com', '"bob enron com"'],
  ['会議*', '"会 議" *'],
  ['own:budget*', '"budget" *'],
  ['body:NEAR(a b*, 3)', 'NEAR("a" "b" *, 3)'],
];

for (const [text, wanted] of cases) {
  test(`${text} is ${wanted}`, () => {
    const result = parseQuery(text);
    assert.ok(result.ok);
    assert.deepEqual(expressions(result.query), [wanted]);
  });
}

test('what is typed never leaves its quotation marks in a MATCH expression', () => {
  for (const text of [
    '"a"" OR ""b"',
    'a\u0000 b',
    '{own}:a',
    'own : a',
    'a*b',
    '^a',
    'a + b',
    "a'b",
    '“a" b',
  ]) {
    const result = parseQuery(text);
    assert.ok(result.ok, text);
    const shown = expressions(result.query);
    assert.ok(shown.length > 0, text);
    for (const one of shown) assert.match(one, /^"[\p{L}\p{N} ]*"$/u, `${text} → ${one}`);
  }
});
