import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { comparedSets } from './conformance/all.js';
import { corpusMissing } from './conformance/comparison.js';
import { explanations } from './conformance/differences.js';
import { formatReport } from './conformance-report.js';

const explained = new Set(explanations.flatMap(({ facts }) => facts));

describe('what other parsers found in the same mail', () => {
  for (const { set, folder, compare } of comparedSets) {
    test(`${set}: every difference is explained, every explanation needed`, {
      skip: corpusMissing(folder),
    }, () => {
      const { facts, differences } = compare();
      assert.ok(facts > 0, 'nothing was compared');
      const unexplained = differences.filter(({ id }) => !explained.has(`${set}: ${id}`));
      assert.deepEqual(unexplained, []);
      const found = new Set(differences.map(({ id }) => `${set}: ${id}`));
      const needless = [...explained].filter((fact) => fact.startsWith(`${set}: `) && !found.has(fact));
      assert.deepEqual(needless, []);
    });
  }

  test('no explanation names a set that is not compared', () => {
    const sets = new Set(comparedSets.map(({ set }) => set));
    assert.deepEqual(
      [...explained].filter((fact) => !sets.has(fact.slice(0, fact.indexOf(': ')))),
      [],
    );
  });

  const missing =
    comparedSets.map(({ folder }) => corpusMissing(folder)).find((reason) => reason !== false) ?? false;
  test('docs/parser-conformance.md says what the comparison says', { skip: missing }, () => {
    assert.equal(readFileSync('docs/parser-conformance.md', 'utf8'), formatReport());
  });
});
