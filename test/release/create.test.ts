import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkOneMessage, checkRelease } from '../../src/check/check.js';
import { type Finding, formatFindings } from '../../src/check/report.js';
import { OperatorError } from '../../src/errors.js';
import { formatVerifierKey } from '../../src/proof/signed-note.js';
import { releaseLogPath } from '../../src/store/release-log.js';
import { letter, manyLetters } from '../mail.js';
import { receive } from '../web/reading.js';
import { making, newKey } from './making.js';

const faults = (findings: readonly Finding[]): string =>
  findings.every(({ faultCount }) => faultCount === 0) ? '' : formatFindings(findings);

/** Two letters with words that stand nowhere else, numbered 0 and 1, and others. */
const papers = [
  letter({ id: 'z@a.example', date: 'Mon, 1 Dec 2014 10:00:00 +0000', body: 'Zanzibar calls.\n' }),
  letter({ id: 't@a.example', date: 'Mon, 1 Dec 2014 11:00:00 +0000', body: 'Timbuktu answers.\n' }),
  ...manyLetters(8),
];

const withCode = (code: string) => (error: unknown) => error instanceof OperatorError && error.code === code;

describe('a release', () => {
  test('of letters as they are holds in every part', async (t) => {
    const it = await making(t, manyLetters(30));
    const { statement } = await it.make('one');
    assert.deepEqual([statement.received, statement.messages, statement.published], [30, 26, 26]);
    assert.equal(faults(checkRelease(join(it.dir, 'one'))), '');
    assert.equal(faults(checkRelease(join(it.dir, 'one'), { key: formatVerifierKey(it.key) })), '');
    assert.notEqual(faults(checkRelease(join(it.dir, 'one'), { key: formatVerifierKey(newKey()) })), '');
    for (let number = 0; number < 26; number++)
      assert.equal(faults(checkOneMessage(join(it.dir, 'one'), number)), '');
  });

  test('numbers messages in the order of their dates, and withheld ones after them', async (t) => {
    const it = await making(t, [
      letter({ id: 'late@a.example', date: 'Mon, 7 Mar 2016 12:00:00 +0000', subject: 'late' }),
      letter({ id: 'early@a.example', date: 'Mon, 7 Mar 2016 10:00:00 +0000', subject: 'early' }),
      letter({ id: 'ill@a.example', date: 'Mon, 7 Mar 2016 11:00:00 +0000', subject: 'ill' }),
    ]);
    it.choice = { withhold: 'Subject: ill' };
    const { statement } = await it.make('one');
    assert.deepEqual(statement.withheld, { 'private person': 1 });
    const subjects = [0, 1].map((number) => {
      const path = join(it.dir, 'one', `data/messages/${number}.json`);
      return (JSON.parse(readFileSync(path, 'utf8')) as { subject: string }).subject;
    });
    assert.deepEqual(subjects, ['early', 'late']);
    assert.deepEqual(readdirSync(join(it.dir, 'one', 'm')).sort(), ['0', '1']);
  });

  test('says nothing of a withheld message but that there is one', async (t) => {
    const it = await making(t, [
      ...manyLetters(5),
      letter({ id: 'x@secret.example', body: 'Unspeakable.\n' }),
    ]);
    it.choice = { withhold: 'Unspeakable' };
    await it.make('one');
    for (const path of readdirSync(join(it.dir, 'one'), { recursive: true, encoding: 'utf8' })) {
      const full = join(it.dir, 'one', path);
      if (statSync(full).isFile())
        assert.doesNotMatch(readFileSync(full, 'latin1'), /Unspeakable|secret\.example/);
    }
  });

  test('with a redacted text in it is not published, and leaves nothing behind', async (t) => {
    const it = await making(t, papers);
    const secrets = () => [{ text: 'Zanzibar', form: 'words' as const }];
    await assert.rejects(it.make('one', { secrets }), withCode('redacted-text-left'));
    assert.deepEqual(readdirSync(it.dir), []);
    // The log was not told either: the next one is the first.
    assert.equal((await it.make('two')).release, 1);
  });

  test('is not written over anything', async (t) => {
    const it = await making(t, manyLetters(5));
    await it.make('one');
    const before = readFileSync(join(it.dir, 'one', 'checkpoint'));
    await assert.rejects(it.make('one'), withCode('release-folder-not-empty'));
    assert.deepEqual(readFileSync(join(it.dir, 'one', 'checkpoint')), before);
  });

  test('is not made with another key than the one before', async (t) => {
    const it = await making(t, manyLetters(5));
    await it.make('one');
    await assert.rejects(it.make('two', { key: newKey() }), withCode('key-of-another-log'));
    await assert.rejects(
      it.make('two', { key: newKey('other.example/log') }),
      withCode('key-of-another-log'),
    );
    assert.ok(!existsSync(join(it.dir, 'two')));
    assert.equal((await it.make('three')).release, 2);
  });

  test('stops before anything is signed where the trove has changed since', async (t) => {
    const it = await making(t, manyLetters(5));
    const beforeSigning = (): void => {
      throw new OperatorError('trove-changed', 'changed', 'again');
    };
    await assert.rejects(it.make('one', { beforeSigning }), withCode('trove-changed'));
    assert.deepEqual(readdirSync(it.dir), []);
  });
});

describe('the next release', () => {
  test('goes on from the one before, and links what did not change', async (t) => {
    const it = await making(t, manyLetters(30));
    const one = await it.make('one');
    await receive(
      it.trove,
      [letter({ id: 'new@a.example', subject: 'News', date: 'Mon, 6 Jun 2016 12:00:00 +0000' })],
      'more',
    );
    const two = await it.make('two');
    assert.equal(two.release, 2);
    assert.equal(two.size, one.size + 2);
    assert.equal(faults(checkRelease(join(it.dir, 'two'))), '');
    const inode = (release: string, path: string): number => statSync(join(it.dir, release, path)).ino;
    for (const path of ['data/messages/3.json', 'data/messages/3.eml', 'm/3/index.html', 'm/3/3.tlog-proof'])
      assert.equal(inode('one', path), inode('two', path), path);
    // Its number is the index of its entry.
    assert.match(readFileSync(join(it.dir, 'two', `m/${one.size}/index.html`), 'utf8'), /News/);
    const kept = readFileSync(join(it.dir, 'one', 'checkpoint'), 'utf8');
    assert.equal(faults(checkRelease(join(it.dir, 'two'), { kept })), '');
  });

  test('comes out the same where the folder of the one before is gone', async (t) => {
    const it = await making(t, manyLetters(10));
    await it.make('one');
    const path = join(it.dir, 'one', 'm/3/index.html');
    const page = readFileSync(path);
    rmSync(join(it.dir, 'one'), { recursive: true });
    const two = await it.make('two');
    assert.equal(faults(checkRelease(join(it.dir, 'two'))), '');
    assert.equal(two.size, 11);
    assert.deepEqual(readFileSync(join(it.dir, 'two', 'm/3/index.html')), page);
  });

  test('takes nothing from a folder that somebody changed the manifest of', async (t) => {
    const it = await making(t, manyLetters(10));
    await it.make('one');
    writeFileSync(join(it.dir, 'one', 'm/3/index.html'), 'slipped in');
    const path = join(it.dir, 'one', 'tagmanifest-sha256.txt');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^[0-9a-f]{8}/, '00000000'));
    await it.make('two');
    assert.doesNotMatch(readFileSync(join(it.dir, 'two', 'm/3/index.html'), 'utf8'), /slipped in/);
    assert.equal(faults(checkRelease(join(it.dir, 'two'))), '');
  });

  test('corrects, withdraws and publishes again, and the history tells', async (t) => {
    const it = await making(t, papers);
    await it.make('one');
    it.choice = { hide: 'Zanzibar' };
    const two = await it.make('two');
    assert.equal(two.statement.redacted, 1);
    assert.equal(faults(checkRelease(join(it.dir, 'two'))), '');
    it.choice = { withhold: 'Zanzibar' };
    const three = await it.make('three');
    assert.equal(three.statement.withdrawn, 1);
    assert.equal(faults(checkRelease(join(it.dir, 'three'))), '');
    assert.match(readFileSync(join(it.dir, 'three', 'm/0/index.html'), 'utf8'), /was withdrawn/);
    assert.ok(!existsSync(join(it.dir, 'three', 'data/messages/0.json')));
    it.choice = {};
    await it.make('four');
    assert.equal(faults(checkRelease(join(it.dir, 'four'))), '');
    const history = readFileSync(join(it.dir, 'four', 'm/0/index.html'), 'utf8').match(
      /(?:Published|Corrected|Withdrawn) in release \d/g,
    );
    assert.deepEqual(history, [
      'Published in release 1',
      'Corrected in release 2',
      'Withdrawn in release 3',
      'Corrected in release 4',
    ]);
  });

  test('reads linked files again for what was redacted since', async (t) => {
    const it = await making(t, papers);
    await it.make('one');
    const secrets = () => [{ text: 'Zanzibar', form: 'words' as const }];
    await assert.rejects(it.make('two', { secrets }), withCode('redacted-text-left'));
  });
});

describe('a kept checkpoint', () => {
  test('finds a log that was turned back', async (t) => {
    const it = await making(t, papers);
    await it.make('one');
    it.choice = { hide: 'Zanzibar' };
    await it.make('two');
    const kept = readFileSync(join(it.dir, 'two', 'checkpoint'), 'utf8');
    assert.match(faults(checkRelease(join(it.dir, 'one'), { kept })), /turned back/);
  });

  test('finds a second history of the same log', async (t) => {
    const it = await making(t, papers);
    await it.make('one');
    copyFileSync(releaseLogPath(it.trove), join(it.dir, 'log'));
    it.choice = { hide: 'Zanzibar' };
    await it.make('two');
    const kept = readFileSync(join(it.dir, 'two', 'checkpoint'), 'utf8');
    copyFileSync(join(it.dir, 'log'), releaseLogPath(it.trove));
    it.choice = { hide: 'Timbuktu' };
    await it.make('other');
    assert.equal(faults(checkRelease(join(it.dir, 'other'))), '', 'alone, nothing is wrong with it');
    assert.match(faults(checkRelease(join(it.dir, 'other'), { kept })), /another history/);
  });
});
