/** The gallery of attachments and the page of one file: what they show, and what they never do. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { extractAttachments } from '../../src/attachments/pass.js';
import { withFiles } from '../attachments/letters.js';
import { zipOf } from '../extract/zip-of.js';
import { links, type Reading, reading, shown, troveOf } from './reading.js';

const list = {
  name: 'costs.csv',
  type: 'text/csv',
  bytes: Buffer.from('item,cost,by\ndredger,400,<b>Berg\nbuoy,20,Lund\n'),
};
const program = {
  name: 'invoice.pdf',
  type: 'application/pdf',
  bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
};
const pixel = {
  name: '"><script>alert(1)</script>.png',
  type: 'image/png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};
const drawing = {
  name: 'a.svg',
  type: 'image/svg+xml',
  bytes: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>Quay</text></svg>',
  ),
};
const archive = {
  name: 'annex.zip',
  type: 'application/zip',
  bytes: zipOf([{ name: 'note.txt', bytes: Buffer.from('The overrun was known.\n') }]),
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function archiveOf(t: TestContext): Promise<Reading> {
  const trove = await troveOf(t, [
    withFiles('a', [list, program]),
    withFiles('bb', [list, pixel, drawing]),
    withFiles('ccc', [archive]),
  ]);
  await extractAttachments(trove);
  return reading(t, trove);
}

describe('the gallery', () => {
  test('shows each distinct file once, narrows by kind and by search, and every link works', async (t) => {
    const it = await archiveOf(t);
    const markup = await it.page('/attachments');
    assert.match(shown(markup), /5 files/);
    assert.equal(shown(markup).split('costs.csv').length - 1, 1);
    assert.match(shown(markup), /costs\.csv CSV table\d+ bytes2 messages/);
    for (const href of new Set(links(markup)))
      assert.equal((await it.ask(href.replace(/#.*/, ''))).status, 200, href);
    assert.match(shown(await it.page('/attachments?kind=archive')), /1 file .*annex\.zip/);
    assert.match(shown(await it.page('/attachments?q=subject%3Accc')), /1 file .*annex\.zip/);
    assert.match(shown(await it.page('/attachments?q=form%3Aanna', 400)), /not a field/);
  });

  test('orders by size, date, name and number of places', async (t) => {
    const it = await archiveOf(t);
    const first = async (sort: string): Promise<string> =>
      /<h3><a[^>]*>(?:<bdi>)?([^<]*)/.exec(await it.page(`/attachments?sort=${sort}`))?.[1] ?? '';
    assert.equal(await first('places'), 'costs.csv');
    assert.equal(await first('newest'), 'annex.zip');
    assert.equal(await first('largest'), 'invoice.pdf');
    assert.equal(await first('smallest'), 'costs.csv');
  });

  test('says that nothing was listed before attachments were read', async (t) => {
    const it = reading(t, await troveOf(t, [withFiles('a', [list])]));
    assert.match(shown(await it.page('/attachments')), /have not been listed yet/);
  });
});

describe('the page of a file', () => {
  test('shows a table as a table, with names, hash and every message, and never as markup of its own', async (t) => {
    const it = await archiveOf(t);
    const markup = await it.page(`/a/${sha256(list.bytes)}`);
    assert.match(
      markup,
      /<td dir="auto">dredger<\/td><td dir="auto">400<\/td><td dir="auto">&lt;b&gt;Berg<\/td>/,
    );
    assert.match(shown(markup), /Attached to 2 messages .*Papers a .*Papers bb/);
    assert.ok(markup.includes(sha256(list.bytes)));
  });

  test('marks the words that were looked for, and a hit of a search leads to them', async (t) => {
    const it = await archiveOf(t);
    const search = await it.page('/search?q=attachment%3Aoverrun');
    assert.match(shown(search), /annex\.zip, note\.txt › line 1 The overrun was known/);
    const href = links(search).find((each) => each.startsWith('/a/')) ?? '';
    const markup = await it.page(href.replace(/#.*/, ''));
    assert.match(markup, /<mark>overrun<\/mark>/);
    assert.ok(markup.includes(`id="${href.split('#')[1] ?? '?'}"`));
  });

  test('warns of a program that calls itself a document', async (t) => {
    const it = await archiveOf(t);
    const text = shown(await it.page(`/a/${sha256(program.bytes)}`));
    assert.match(text, /This file can run code\./);
    assert.match(text, /named \.pdf, but it is a Windows program/);
  });

  test('gives the original only as a download, and pictures only where their bytes are pictures', async (t) => {
    const it = await archiveOf(t);
    for (const { bytes } of [list, program, pixel, drawing, archive]) {
      const file = await it.ask(`/a/${sha256(bytes)}/file`);
      assert.match(file.headers.get('Content-Disposition') ?? '', /^attachment; /);
      assert.match(file.headers.get('Content-Security-Policy') ?? '', /sandbox/);
      assert.deepEqual(Buffer.from(await file.arrayBuffer()), bytes);
    }
    assert.equal(
      (await it.ask(`/a/${sha256(pixel.bytes)}/picture`)).headers.get('Content-Type'),
      'image/png',
    );
    assert.equal((await it.ask(`/a/${sha256(drawing.bytes)}/picture`)).status, 404);
    const markup = await it.page(`/a/${sha256(pixel.bytes)}`);
    assert.ok(!markup.includes('<script'));
    assert.ok(!(await it.page(`/a/${sha256(drawing.bytes)}`)).includes('/picture'));
  });

  test('is not found for a hash that no attachment has', async (t) => {
    const it = await archiveOf(t);
    assert.equal((await it.ask(`/a/${'0'.repeat(64)}`)).status, 404);
    assert.equal((await it.ask('/a/xyz')).status, 404);
  });
});
