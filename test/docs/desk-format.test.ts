/** docs/desk-format.md is a contract: it must name what an export holds, and nothing else. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { deskFormat } from '../../src/store/desk/exchange.js';
import { kinds } from '../../src/store/desk/kinds.js';

const page = readFileSync('docs/desk-format.md', 'utf8');
const rows = new Map(
  Array.from(
    (page.split('## Kinds')[1] ?? '').matchAll(/^\| `([a-z_]+)` \| (.*) \|$/gm),
    ([, kind = '', text = '']) => [kind, text],
  ),
);

describe('docs/desk-format.md', () => {
  test('names every kind and no other', () => {
    assert.deepEqual([...rows.keys()].sort(), kinds.map(({ name }) => name).sort());
  });

  for (const { name, columns } of kinds) {
    test(`names every member of a ${name}`, () => {
      for (const column of Object.keys(columns)) assert.ok(rows.get(name)?.includes(`\`${column}\``), column);
    });
  }

  test('no column has the name of a member of every row', () => {
    const reserved = new Set(['kind', 'id', 'act', 'at', 'by', 'undone']);
    for (const { name, columns } of kinds)
      for (const column of Object.keys(columns)) assert.ok(!reserved.has(column), `${name}.${column}`);
  });

  test('begins as an export does', () => {
    assert.ok(page.includes(`\`\`\`jsonl\n${JSON.stringify(deskFormat)}\n`));
  });
});
