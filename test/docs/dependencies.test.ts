import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  compatible,
  compatibleForDevelopment,
  generatedPart,
  lockedPackages,
  manifest,
  marker,
  statedLicence,
} from './dependencies-page.js';

const page = readFileSync('docs/dependencies.md', 'utf8');
const { dependencies, devDependencies } = manifest();

/** Packages that the files import, without the path inside the package. */
function importedBy(pattern: string): Set<string> {
  const names = new Set<string>();
  for (const path of globSync(pattern)) {
    const found = readFileSync(path, 'utf8').matchAll(
      /^(?:import|export)\s[^'"]*?from\s*['"]([^.'"][^'"]*)['"]|\b(?:import|require\.resolve)\(\s*['"]([^.'"][^'"]*)['"]/gm,
    );
    for (const [, one, other] of found) {
      const specifier = one ?? other ?? '';
      if (specifier.startsWith('node:')) continue;
      names.add(
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    }
  }
  return names;
}

describe('docs/dependencies.md', () => {
  test('explains every package of package.json and no other', () => {
    const bullets = page
      .slice(0, page.indexOf(marker))
      .split('\n')
      .filter((line) => line.startsWith('- **'));
    const explained = bullets.flatMap((line) =>
      Array.from(line.matchAll(/\*\*([^*]+)\*\*/g), ([, name]) => name),
    );
    assert.deepEqual(
      explained.sort(),
      [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort(),
    );
  });

  test('has the tables that npm run docs makes now', () => {
    assert.equal(page.slice(page.indexOf(marker)), generatedPart(), 'out of date: run npm run docs');
  });

  test('every package, also those that come with others, has a licence that Apache-2.0 is compatible with', () => {
    const wrong = [...lockedPackages()].filter(
      ([, { license = '', dev }]) =>
        !(dev === true ? compatibleForDevelopment : compatible).includes(license),
    );
    assert.deepEqual(
      wrong.map(([place, { license }]) => `${place}: ${license ?? 'none'}`),
      [],
    );
  });

  test('the lock file names the licence that each installed package states', () => {
    for (const [place, { license }] of lockedPackages()) {
      const stated = statedLicence(place);
      if (stated !== undefined) assert.equal(license, stated, place);
    }
  });

  test('what src/ imports is a dependency, at run time and not only for development', () => {
    const missing = [...importedBy('src/**/*.{ts,tsx}')].filter((name) => dependencies[name] === undefined);
    assert.deepEqual(missing, []);
  });

  test('what tests, benchmarks and the sample import is a dependency', () => {
    const imported = [...importedBy('{test,bench,examples}/**/*.{ts,tsx}')];
    assert.deepEqual(
      imported.filter((name) => dependencies[name] === undefined && devDependencies[name] === undefined),
      [],
    );
  });
});
