import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { limits } from '../../src/limits.js';
import { addDefect } from '../../src/message/defect.js';
import type { Defect } from '../../src/message/message.js';

test('each defect code has a line in docs/defects.md, and each line a code', () => {
  const source = readFileSync('src/message/message.ts', 'utf8');
  const declared = source.slice(source.indexOf('export type DefectCode')).matchAll(/["']([a-z0-9-]+)["']/g);
  const documented = readFileSync('docs/defects.md', 'utf8').matchAll(/^\| `([a-z0-9-]+)` \|/gm);
  const names = (matches: Iterable<RegExpExecArray>) => Array.from(matches, ([, name]) => name ?? '');
  assert.deepEqual(names(documented), names(declared));
});

test('defects are kept up to their limit and dropped beyond it', () => {
  const defects: Defect[] = [];
  for (let count = 0; count <= limits.maxDefects; count++) addDefect(defects, 'bare-cr', count, '');
  assert.equal(defects.length, limits.maxDefects);
});
