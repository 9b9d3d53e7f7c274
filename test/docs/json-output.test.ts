import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { impart, jsonLines, tempDir } from '../impart.js';

const page = readFileSync('docs/json-output.md', 'utf8');

function documentedKeys(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const table = section.split('| key | |')[1]?.split('\n\n')[0] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows
    .flatMap((row) =>
      Array.from((row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g), ([, name]) => name ?? ''),
    )
    .sort();
}

/** The table of verify also names the keys of signatures, in the same cells' text; these are of the line itself. */
const verifyKeys = ['findings', 'id', 'label', 'sha256', 'signatures'];

const keysOf = (value: object | undefined): string[] => Object.keys(value ?? {}).sort();

describe('docs/json-output.md names the keys', () => {
  test('of status, search, show and fsck', (t) => {
    const trove = join(tempDir(t), 'harbour.trove');
    assert.equal(impart('receive', 'examples/harbour/mail/courier.zip', '--trove', trove).status, 0);

    const [totals, container] = jsonLines(impart('status', '--trove', trove, '--json'));
    assert.deepEqual(keysOf(totals), documentedKeys('status, first line'));
    assert.deepEqual(keysOf(container), documentedKeys('status, following lines'));

    const [hit] = jsonLines(impart('search', '--trove', trove, '--json', '--limit', '1'));
    assert.deepEqual(keysOf(hit), documentedKeys('search'));

    const [message] = jsonLines(impart('show', '1', '--trove', trove, '--json'));
    assert.deepEqual(keysOf(message), documentedKeys('show'));

    const [judged] = jsonLines(impart('verify', '--trove', trove, '--json'));
    const always = documentedKeys('verify').filter((key) => verifyKeys.includes(key));
    assert.deepEqual(keysOf(judged), always);

    for (const file of readdirSync(trove))
      if (file.startsWith('index-')) rmSync(join(trove, file), { recursive: true });
    const fsck = impart('fsck', '--trove', trove, '--json');
    assert.equal(fsck.status, 3);
    assert.deepEqual(keysOf(jsonLines(fsck)[0]), documentedKeys('fsck'));
  });

  test('and every code of fsck', () => {
    const union = /readonly code:\s*([^;]+);/.exec(readFileSync('src/fsck.ts', 'utf8'))?.[1] ?? '';
    const codes = Array.from(union.matchAll(/'([a-z-]+)'/g), ([, code]) => code);
    assert.ok(codes.length > 5);
    const documented = page.split('| code | what it means |')[1] ?? '';
    assert.deepEqual(
      Array.from(documented.matchAll(/^\| `([a-z-]+)`/gm), ([, code]) => code).sort(),
      codes.sort(),
    );
  });
});
