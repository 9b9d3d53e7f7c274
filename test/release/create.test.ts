import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkOneMessage, checkRelease } from '../../src/check/check.js';
import { type Finding, formatFindings } from '../../src/check/report.js';
import { manyLetters } from '../mail.js';
import { making } from './making.js';

const faults = (findings: readonly Finding[]): string =>
  findings.every(({ faultCount }) => faultCount === 0) ? '' : formatFindings(findings);

describe('a release', () => {
  test('of letters as they are holds in every part', async (t) => {
    const it = await making(t, manyLetters(30));
    const { statement } = await it.make('one');
    assert.deepEqual([statement.received, statement.messages, statement.published], [30, 26, 26]);
    assert.equal(faults(checkRelease(join(it.dir, 'one'))), '');
    assert.equal(faults(checkOneMessage(join(it.dir, 'one'), 7)), '');
  });
});
