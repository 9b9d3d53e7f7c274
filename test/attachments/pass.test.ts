/** From mail to a hit in an attachment, by the program itself. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { attachmentsVersion } from '../../src/index/attachment-text.js';
import { zipOf } from '../extract/zip-of.js';
import { impart, jsonLines, tempDir } from '../impart.js';
import { mboxrd } from '../mail.js';
import { withFiles } from './letters.js';

const list = {
  name: 'costs.csv',
  type: 'text/csv',
  bytes: Buffer.from('item,cost,by\ndredger,400,Berg\nbuoy,20,Lund\n'),
};
const packed = {
  name: 'annex.zip',
  type: 'application/zip',
  bytes: zipOf([{ name: 'note.txt', bytes: Buffer.from('The overrun was known in March.\n') }]),
};

describe('impart extract', () => {
  test('finds words in attachments, says which and where, and knows the same file in two messages as one', (t) => {
    const dir = tempDir(t);
    const trove = join(dir, 'x.trove');
    writeFileSync(join(dir, 'box'), mboxrd([withFiles('a', [list, packed]), withFiles('bb', [list])]));
    impart('receive', join(dir, 'box'), '--trove', trove);
    const before = impart('search', 'attachment:dredger', '--trove', trove);
    assert.match(before.stderr, /No attachment has been read yet: run impart extract/);

    assert.match(impart('extract', '--trove', trove).stderr, /^2 attachments read/m);
    const hits = jsonLines(impart('search', 'attachment:dredger', '--trove', trove, '--json'));
    assert.equal(hits.length, 2);
    assert.deepEqual(
      (hits[0] as { attachmentHits: { name: string; where: string }[] }).attachmentHits.map(
        ({ name, where }) => [name, where],
      ),
      [['costs.csv', 'rows 1–3']],
    );
    const count = (query: string): string =>
      impart('search', query, '--trove', trove, '--count').stdout.trim();
    assert.equal(count('attachment:"known in March"'), '1');
    assert.equal(count('attachment:(dredger overrun)'), '1');
    assert.equal(count('attachment:dredger -attachment:overrun'), '1');
    assert.equal(count('attachment:over*'), '1');
    assert.equal(count('overrun'), '0', 'a plain word is for the mail');
  });

  test('does nothing the second time, goes on after an interruption, and outlives a reindex', (t) => {
    const dir = tempDir(t);
    const trove = join(dir, 'x.trove');
    writeFileSync(join(dir, 'box'), mboxrd([withFiles('a', [list])]));
    impart('receive', join(dir, 'box'), '--trove', trove);
    assert.match(impart('extract', '--trove', trove).stderr, /^1 attachments read/m);
    assert.match(impart('extract', '--trove', trove).stderr, /^0 attachments read/m);
    writeFileSync(join(dir, 'more'), mboxrd([withFiles('bb', [packed, list])]));
    impart('receive', join(dir, 'more'), '--trove', trove);
    assert.match(impart('extract', '--trove', trove).stderr, /^1 attachments read/m);
    impart('reindex', '--trove', trove);
    assert.match(impart('extract', '--trove', trove).stderr, /^0 attachments read/m);
    assert.equal(impart('search', 'attachment:dredger', '--trove', trove, '--count').stdout.trim(), '2');
    rmSync(join(trove, `attachments-v${attachmentsVersion}.db`));
    assert.match(impart('extract', '--trove', trove).stderr, /^2 attachments read/m);
  });

  test('a file that cannot be read is told of, and tried again when asked', (t) => {
    const dir = tempDir(t);
    const trove = join(dir, 'x.trove');
    const broken = {
      name: 'a.pdf',
      type: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4\nnothing of the kind'),
    };
    writeFileSync(join(dir, 'box'), mboxrd([withFiles('a', [broken])]));
    impart('receive', join(dir, 'box'), '--trove', trove);
    const first = impart('extract', '--trove', trove);
    assert.equal(first.status, 3);
    assert.match(first.stderr, /failed: [0-9a-f]{64}: failed, PDF: /);
    assert.equal(impart('extract', '--trove', trove).status, 0);
    assert.equal(impart('extract', '--retry', '--trove', trove).status, 3);
  });
});
