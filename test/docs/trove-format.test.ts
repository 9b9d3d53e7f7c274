import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { indexVersion, troveFormat } from '../../src/store/trove.js';

const page = readFileSync('docs/trove-format.md', 'utf8');

/** Names in the first cell of the table below `**table**:`. */
function documentedColumns(table: string): string[] {
  const section = page.split(`\n**${table}**:`)[1]?.split(/\n\*\*|\n##/)[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) =>
    Array.from((row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g), ([, name]) => name ?? ''),
  );
}

/** Tables and their columns as the SQL files make them. */
function tablesOf(pattern: string): Map<string, string[]> {
  const db = new DatabaseSync(':memory:');
  for (const path of globSync(pattern).sort()) db.exec(readFileSync(path, 'utf8'));
  const made = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'text\\_%' ESCAPE '\\'")
    .all();
  const names = made.map((row) => String(row.name));
  const columns = (table: string): string[] =>
    db
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map((row) => String(row.name));
  return new Map(names.map((name) => [name, columns(name)]));
}

describe('docs/trove-format.md', () => {
  for (const [what, pattern] of [
    ['the catalog', 'src/store/migrations/catalog/*.sql'],
    ['a shard', 'src/index/schema.sql'],
  ] as const) {
    for (const [table, columns] of tablesOf(pattern)) {
      test(`names every column of ${table} in ${what}, and no other`, () => {
        assert.deepEqual(documentedColumns(table).sort(), [...columns].sort());
      });
    }
  }

  test('explains every failure code', () => {
    const union =
      /export type FailureCode =([^;]+);/.exec(readFileSync('src/receive/source.ts', 'utf8'))?.[1] ?? '';
    const codes = Array.from(union.matchAll(/'([a-z-]+)'/g), ([, code]) => code);
    assert.ok(codes.length > 8);
    const rows = page.split('### Failure codes')[1]?.split('\n## ')[0] ?? '';
    assert.deepEqual(Array.from(rows.matchAll(/^\| `([a-z-]+)`/gm), ([, code]) => code).sort(), codes.sort());
  });

  test('is about the versions that the program writes', () => {
    assert.ok(
      page.includes(`describes format ${troveFormat}`) && page.includes(`## index-v${indexVersion}/`),
    );
    assert.ok(
      page.includes(`\`PRAGMA user_version\` = ${globSync('src/store/migrations/catalog/*.sql').length}`),
    );
  });

  test('has the limits that the program has', () => {
    assert.ok(page.includes(`larger than ${limits.maxMessageBytes / 1024 ** 2} MiB`));
    assert.ok(page.includes(`larger than ${limits.maxEntryNameBytes / 1024} KiB`));
    assert.ok(page.includes(`${limits.maxArchiveEntries.toLocaleString('en')} entries`));
  });
});
