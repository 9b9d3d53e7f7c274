import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fieldNames } from '../../../src/index/query/fields.js';
import { describeQuery } from '../../../src/index/query/format.js';
import { parseQuery } from '../../../src/index/query/parse.js';
import { queryTokens } from '../../../src/index/query/tokens.js';
import { limits } from '../../../src/limits.js';

const page = readFileSync('docs/query-language.md', 'utf8');

/** Lines of all fenced blocks of a language. */
function examples(language: string): string[] {
  const blocks = page.matchAll(/^```(\S+)\n(.*?)^```$/gms);
  return Array.from(blocks).flatMap(([, name, body]) =>
    name === language ? (body ?? '').trimEnd().split('\n') : [],
  );
}

/** A line at the margin and the indented one below it. */
function pairs(language: string): (readonly [query: string, answer: string])[] {
  const lines = examples(language);
  return lines.flatMap((line, index) =>
    line.startsWith(' ') ? [[lines[index - 1] ?? '', line.trim()] as const] : [],
  );
}

describe('docs/query-language.md', () => {
  test('has examples of every sort', () => {
    assert.ok(pairs('query').length > 25 && pairs('query-error').length > 3 && examples('tokens').length > 4);
  });

  for (const [query, description] of pairs('query')) {
    test(`${query} is understood as the page says`, () => {
      const result = parseQuery(query);
      assert.ok(result.ok);
      assert.equal(describeQuery(result.query), description);
    });
  }

  for (const [query, answer] of pairs('query-error')) {
    test(`${query} is refused as the page says`, () => {
      const result = parseQuery(query);
      assert.ok(!result.ok);
      assert.equal(`${result.error.message} ${result.error.hint}`, answer);
    });
  }

  for (const line of examples('tokens')) {
    test(line, () => {
      const [text, tokens] = line.split(' → ');
      assert.equal(queryTokens(text ?? '').join(' '), tokens);
    });
  }

  test('every query in a table is understood', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const queries = rows.flatMap((row) =>
      Array.from((row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g), (m) => m[1]),
    );
    for (const query of queries) {
      if (query === undefined || /^[a-z-]+:$/.test(query)) continue;
      assert.ok(parseQuery(query).ok, query);
    }
    assert.ok(queries.length > 20);
  });

  test('names every field and the limits', () => {
    for (const name of fieldNames) {
      assert.match(page, new RegExp(`^\\| \`${name}:`, 'm'));
      assert.ok(examples('ebnf').join('\n').includes(`"${name}"`), name);
    }
    const { maxQueryCharacters, maxQueryDepth, maxNearDistance } = limits;
    for (const limit of [maxQueryCharacters, maxQueryDepth, maxNearDistance]) {
      assert.ok(page.includes(limit.toLocaleString('en')), String(limit));
    }
  });
});
