import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { parseQuery } from '../../src/index/query/parse.js';
import type { Query } from '../../src/index/query/query.js';
import { receiveSources } from '../../src/pipeline.js';
import { Archive } from '../../src/read/archive.js';
import { catalogPath, openOrCreateTrove, originalsDir } from '../../src/store/trove.js';
import { tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

async function archiveOf(t: TestContext, messages: readonly string[]): Promise<Archive> {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd(messages));
  const trove = openOrCreateTrove(join(dir, 'x.trove'));
  await receiveSources(trove, [join(dir, 'box')], { inPlace: false }, { now: () => Date.now() });
  const archive = new Archive(trove);
  t.after(() => archive.close());
  return archive;
}

function query(text: string): Query {
  const parsed = parseQuery(text);
  assert.ok(parsed.ok, text);
  return parsed.query;
}

test('every hit is reachable by cursor, in both orders, and the count is exact', async (t) => {
  const archive = await archiveOf(t, manyLetters(700));
  const all = query('harbour OR silt OR storm');
  const count = archive.index.evaluate(all).count;
  assert.ok(count > 300);
  for (const sort of ['date', 'relevance'] as const) {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = archive.index.page(all, sort, 17, cursor);
      seen.push(...page.numbers);
      cursor = page.next;
    } while (cursor !== undefined);
    assert.equal(seen.length, count);
    assert.equal(new Set(seen).size, count);
  }
});

test('a page begins after the last hit shown, though mail arrives between two pages', async (t) => {
  const dir = tempDir(t);
  const mail = manyLetters(600);
  const trove = openOrCreateTrove(join(dir, 'x.trove'));
  const receive = async (name: string, messages: readonly string[]): Promise<void> => {
    writeFileSync(join(dir, name), mboxrd(messages));
    await receiveSources(trove, [join(dir, name)], { inPlace: false }, { now: () => Date.now() });
  };
  await receive('first', mail.slice(0, 300));
  const archive = new Archive(trove);
  t.after(() => archive.close());
  const wanted = query('harbour OR storm');
  const before = archive.index.evaluate(wanted).toArray();
  for (const sort of ['date', 'relevance'] as const) {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = archive.index.page(wanted, sort, 13, cursor);
      seen.push(...page.numbers);
      cursor = page.next;
      const more = seen.length / 13;
      if (sort === 'date' || more > 3) continue;
      await receive(`more ${more}`, mail.slice(300 + (more - 1) * 100, 300 + more * 100));
      assert.ok(archive.index.refresh());
    } while (cursor !== undefined);
    assert.equal(new Set(seen).size, seen.length, `${sort}: no hit comes twice`);
    const missed = before.filter((number) => !seen.includes(number));
    assert.deepEqual(missed, [], `${sort}: no hit is passed over`);
  }
});

test('hits by date are newest first, undated last', async (t) => {
  const archive = await archiveOf(t, [
    letter({ id: 'a@x', date: '1 Mar 2016 10:00:00 +0000' }),
    letter({ id: 'b@x', date: 'no date at all' }),
    letter({ id: 'c@x', date: '3 Mar 2016 10:00:00 +0000' }),
    letter({ id: 'd@x', date: '2 Mar 2016 10:00:00 +0000' }),
  ]);
  assert.deepEqual(archive.index.page(query(''), 'date', 10).numbers, [3, 4, 1, 2]);
});

test('fields, filters and their combinations select what they say', async (t) => {
  const pdf = [
    '--b',
    'Content-Type: text/plain',
    '',
    'see attached',
    '--b',
    'Content-Type: application/pdf; name="budget plan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0xLjQK',
    '--b--',
    '',
  ].join('\n');
  const archive = await archiveOf(t, [
    letter({
      id: 'a@x',
      from: 'Zoë Lund <zoe@x.example>',
      subject: 'Budget',
      body: 'own words\n\n> quoted silt\n',
      date: '1 Mar 2016 10:00:00 +0000',
    }),
    letter({
      id: 'b@x',
      to: 'Zoë Lund <zoe@x.example>',
      body: '会議は東京都で行われます\n',
      date: '1 Apr 2016 10:00:00 +0000',
    }),
    letter({
      id: 'c@x',
      extra: ['Cc: carol@x.example', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      body: pdf,
      date: '1 May 2016 10:00:00 +0000',
    }),
  ]);
  const found = (text: string): number[] => archive.index.evaluate(query(text)).toArray();
  assert.deepEqual(found('from:zoe'), [1], 'accents are folded');
  assert.deepEqual(found('to:zoe'), [2]);
  assert.deepEqual(found('any:zoe@x.example'), [1, 2]);
  assert.deepEqual(found('cc:carol'), [3]);
  assert.deepEqual(found('own:silt'), []);
  assert.deepEqual(found('quoted:silt'), [1]);
  assert.deepEqual(found('body:silt subject:budget'), [1]);
  assert.deepEqual(found('東京'), [2]);
  assert.deepEqual(found('京東'), [], 'characters in another order are another word');
  assert.deepEqual(found('has:attachment'), [3]);
  assert.deepEqual(found('type:pdf'), [3]);
  assert.deepEqual(found('filename:budget'), [3]);
  assert.deepEqual(found('date:2016-04'), [2]);
  assert.deepEqual(found('date:2016-04..'), [2, 3]);
  assert.deepEqual(found('NOT from:zoe -has:attachment'), [2]);
  assert.deepEqual(found('(silt OR 東京) date:..2016-03'), [1]);
  assert.deepEqual(found('msgid:<b@x>'), [2]);
  assert.deepEqual(found('folder:box'), [1, 2, 3]);
  assert.deepEqual(found('container:1'), [1, 2, 3]);
  assert.deepEqual(found('size:>100k'), []);
  assert.deepEqual(found('thread:2'), [2]);
});

test('a snippet comes from the text that the reader sees and marks the words found', async (t) => {
  const archive = await archiveOf(t, [
    letter({ id: 'a@x', body: `${'filler words here. '.repeat(200)}The Überraschung came late.\n` }),
  ]);
  const [hit] = await archive.hits([1], query('uberraschung'));
  assert.deepEqual(
    hit?.snippet.filter((part) => part.isHit).map((part) => part.text),
    ['Überraschung'],
  );
  assert.match(hit?.snippet.map((part) => part.text).join('') ?? '', /came late/);
});

test('facets count what the query selects', async (t) => {
  const archive = await archiveOf(t, manyLetters(300));
  const all = query('storm');
  const facets = archive.index.facets(all);
  const count = archive.index.evaluate(all).count;
  const sum = (list: readonly { count: number }[]): number =>
    list.reduce((total, { count: n }) => total + n, 0);
  assert.equal(sum(facets.months), count);
  assert.equal(sum(facets.folder), count);
  for (const facet of facets.from)
    assert.equal(archive.index.evaluate(query(`storm from:"${facet.value}"`)).count, facet.count);
});

test('folders are where a message was found and what its own header names, in queries and facets', async (t) => {
  const archive = await archiveOf(t, [
    letter({ id: 'a@x', extra: ['X-Gmail-Labels: Inbox,Hafen/2016'] }),
    letter({ id: 'b@x', extra: ['X-Gmail-Labels: Hafen,Inbox'] }),
    letter({ id: 'c@x', extra: ['X-Folder: \\Berg, Anna\\Box'] }),
    letter({ id: 'd@x' }),
  ]);
  const found = (text: string): number[] => archive.index.evaluate(query(text)).toArray();
  assert.deepEqual(found('folder:inbox'), [1, 2]);
  assert.deepEqual(found('folder:Hafen'), [1, 2]);
  assert.deepEqual(found('folder:hafen/2016'), [1]);
  assert.deepEqual(found('folder:"Berg, Anna"'), [3]);
  // The mailbox file is called box.
  assert.deepEqual(found('folder:box'), [1, 2, 3, 4]);
  assert.deepEqual(
    archive.index.facets(query('')).folder.map(({ value, count }) => [value, count]),
    [
      ['box', 4],
      ['Inbox', 2],
      ['Hafen/2016', 1],
      ['Hafen', 1],
      ['Berg, Anna/Box', 1],
    ],
  );
  for (const { value, count } of archive.index.facets(query('')).folder)
    assert.ok(archive.index.evaluate(query(`folder:"${value}"`)).count >= count, value);
});

test('a near spelling is offered when nothing is found', async (t) => {
  const archive = await archiveOf(t, manyLetters(100));
  assert.equal(archive.index.evaluate(query('habrour')).count, 0);
  assert.deepEqual(archive.suggest(query('habrour')), { word: 'habrour', instead: 'harbour' });
});

test('a thread is read in order with its gaps', async (t) => {
  const archive = await archiveOf(t, [
    letter({ id: 'a@x', date: '1 Mar 2016 10:00:00 +0000' }),
    letter({ id: 'c@x', references: '<a@x> <gone@x>', date: '2 Mar 2016 10:00:00 +0000' }),
  ]);
  const thread = archive.thread(1) ?? [];
  assert.deepEqual(
    await Promise.all(
      thread.map(async (entry) => [entry.number, entry.depth, await archive.messageIdOf(entry)]),
    ),
    [
      [1, 0, 'a@x'],
      [undefined, 1, 'gone@x'],
      [2, 2, 'c@x'],
    ],
  );
});

test('a thread of thousands is put in order without reading one message of it', async (t) => {
  const length = 2_000;
  const archive = await archiveOf(
    t,
    Array.from({ length }, (_, i) =>
      letter({
        id: `m${i}@x`,
        ...(i === 0 ? {} : { references: `<m${i - 1}@x>` }),
        date: new Date(Date.UTC(2016, 0, 1) + i * 60_000).toUTCString(),
      }),
    ),
  );
  // The originals are moved away: nothing could be read.
  renameSync(originalsDir(archive.trove), `${archive.trove.dir}-elsewhere`);
  const thread = archive.thread(1) ?? [];
  assert.deepEqual(
    thread.map(({ number, depth, row }) => [number, depth, row?.messageId]),
    Array.from({ length }, (_, i) => [i + 1, i, `m${i}@x`]),
  );
});

test('a message is read while its original has its final name and the catalog does not say so yet', async (t) => {
  const archive = await archiveOf(t, manyLetters(3));
  const catalog = new DatabaseSync(catalogPath(archive.trove));
  t.after(() => catalog.close());
  const original = String(catalog.prepare('SELECT original FROM accession').get()?.original);
  const say = (state: string, sha256: string | null): unknown =>
    catalog.prepare('UPDATE accession SET state = ?, original = ?').run(state, sha256);
  say('receiving', null);
  setTimeout(() => say('complete', original), 250);
  assert.equal((await archive.read(archive.resolve('1'))).number, 1);
  assert.equal(String(catalog.prepare('SELECT state FROM accession').get()?.state), 'complete');
});
