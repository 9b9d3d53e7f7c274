import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Plan, plan } from '../../../src/index/query/fts.js';
import { parseQuery } from '../../../src/index/query/parse.js';

/** A plan in one line: MATCH expressions as they are, conditions by their kind. */
function show(planned: Plan): string {
  switch (planned.kind) {
    case 'fts':
      return planned.match;
    case 'and':
    case 'or':
      return `${planned.kind}[ ${planned.items.map(show).join(' ; ')} ]`;
    case 'not':
      return `not[ ${show(planned.item)} ]`;
    default:
      return planned.kind;
  }
}

const cases: readonly (readonly [query: string, plan: string])[] = [
  ['', 'all'],
  ['-*', 'not[ all ]'],
  ['Invoice', '"invoice"'],
  ['bob@enron.com', '"bob enron com"'],
  ['会議*', '"会 議" *'],
  ['own:budget*', '{own} : "budget" *'],
  ['body:NEAR(a b*, 3)', '{own quoted} : NEAR("a" "b" *, 3)'],
  ['a b -c -d', '(("a" AND "b") NOT ("c" OR "d"))'],
  ['-a', 'not[ "a" ]'],
  ['-a -b', 'not[ ("a" OR "b") ]'],
  ['a OR -b', 'not[ ("b" NOT "a") ]'],
  ['-a OR -b', 'not[ ("a" AND "b") ]'],
  ['a date:2016 b', 'and[ ("a" AND "b") ; date ]'],
  ['size:>1 a OR date:2016 OR b', 'or[ and[ size ; "a" ] ; date ; "b" ]'],
  ['has:attachment -a -b', 'and[ has-attachment ; not[ ("a" OR "b") ] ]'],
  ['-(a has:attachment)', 'not[ and[ "a" ; has-attachment ] ]'],
];

describe('a plan has as few and as large full-text parts as can be', () => {
  for (const [text, wanted] of cases) {
    test(text === '' ? 'nothing' : text, () => {
      const result = parseQuery(text);
      assert.ok(result.ok);
      assert.equal(show(plan(result.query)), wanted);
    });
  }
});

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
    const shown = show(plan(result.query));
    assert.match(shown.replace(/"[\p{L}\p{N} ]*"/gu, 't'), /^\(?t( AND t)*\)?$/, `${text} → ${shown}`);
  }
});
