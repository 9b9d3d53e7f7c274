import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';

const pages = [...globSync('*.md'), ...globSync('docs/**/*.md')].sort();

describe('the documents', () => {
  test('are there', () => {
    for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/architecture.md'])
      assert.ok(existsSync(path), path);
  });

  test('link to files that exist', () => {
    const dead: string[] = [];
    for (const path of pages) {
      // What stands in code is no link.
      const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const [file = ''] = target.split('#');
        if (file !== '' && !/^[a-z]+:/.test(file) && !existsSync(join(dirname(path), file)))
          dead.push(`${path} → ${target}`);
      }
    }
    assert.deepEqual(dead, []);
  });

  test('name files of src/ and test/ that exist', () => {
    const gone: string[] = [];
    for (const path of pages) {
      for (const [name] of readFileSync(path, 'utf8').matchAll(
        /(?<![\w/.])(?:src|test)\/[\w/.-]+\.(?:tsx?|sql)\b/g,
      )) {
        if (!existsSync(name)) gone.push(`${path}: ${name}`);
      }
    }
    assert.deepEqual(gone, []);
  });

  test('list every decision', () => {
    const listed = Array.from(
      readFileSync('docs/decisions/README.md', 'utf8').matchAll(/\]\((\d{3}-[^)]+)\)/g),
      ([, file]) => file,
    );
    const files = readdirSync('docs/decisions').filter((file) => file !== 'README.md');
    assert.deepEqual(listed, files.sort());
  });

  test('begin with the two commands, which the package has', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.match(readme, /^# Impart\n\n```sh\nnpm ci && npm start .*\nnpm ci && npm test .*\n```/);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = pages.flatMap((path) =>
      Array.from(
        readFileSync(path, 'utf8').matchAll(/\bnpm (?:run )?(start|test|lint|docs|bench|build)\b/g),
        ([, script]) => script ?? '',
      ),
    );
    assert.deepEqual(
      [...new Set(named)].filter((script) => scripts[script] === undefined),
      [],
    );
  });
});
