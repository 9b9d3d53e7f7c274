/** Each page shows what it is for, and its links lead where they say. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { letter, manyLetters } from '../mail.js';
import { links, read, reading, receive, shown, troveOf } from './reading.js';

describe('the first page', () => {
  test('says what the trove is, and every one of its links works', async (t) => {
    const it = await read(t, [
      ...manyLetters(50),
      letter({ id: 'last@x', date: 'Fri, 6 Mar 2015 09:00:00 -0500' }),
    ]);
    const markup = await it.page('/');
    assert.match(shown(markup), /Harbour papers/);
    assert.match(
      shown(markup),
      /44 messages in \d+ threads by and to \d+ people, dated 2015-01 to 2015-03, from 1 source\./,
    );
    assert.match(markup, /<rect class="bar"/);
    for (const href of new Set(links(markup)))
      assert.equal((await it.ask(href.replace(/#.*/, ''))).status, 200, href);
  });

  test('a bar of the timeline finds as many messages as it says', async (t) => {
    const it = await read(t, [
      ...manyLetters(50),
      letter({ id: 'last@x', date: 'Fri, 6 Mar 2015 09:00:00 -0500' }),
    ]);
    const markup = await it.page('/');
    const bars = Array.from(
      markup.matchAll(/<a href="([^"]+)" aria-label="[A-Z][a-z]+ \d{4}: (\d+ messages?)"/g),
    );
    assert.equal(bars.length, 2);
    for (const [, href = '', count = ''] of bars)
      assert.match(shown(await it.page(href)), new RegExp(`\\b${count} `));
  });
});

describe('a search', () => {
  test('shows how it was understood, the exact count, and every hit over its pages', async (t) => {
    const it = await read(t, manyLetters(200));
    const seen: string[] = [];
    let path: string | undefined = '/search?q=harbour+-number12';
    const first = shown(await it.page(path));
    assert.match(first, /harbour × and NOT number12 ×/);
    const count = Number(/(\d+) messages/.exec(first)?.[1]);
    while (path !== undefined) {
      const markup: string = await it.page(path);
      seen.push(...Array.from(markup.matchAll(/<h3><a href="\/m\/(\d+)/g), ([, number = '']) => number));
      const next: RegExpExecArray | null = /<a rel="next" href="([^"]+)"/.exec(markup);
      path = next?.[1]?.replaceAll('&amp;', '&');
    }
    assert.ok(count > 25);
    assert.equal(seen.length, count);
    assert.equal(new Set(seen).size, count);
  });

  test('a facet adds its condition to the query and finds as many as it says', async (t) => {
    const it = await read(t, [
      letter({ id: 'a@x', from: '"O\'Brien (x) ""AND"" *" <o.brien+tag@x.example>' }),
      letter({ id: 'b@x', from: 'Anna <anna@x.example>' }),
      letter({ id: 'c@x', from: 'Anna <anna@x.example>', body: 'Something else.\n' }),
    ]);
    const markup = await it.page('/search?q=dredger');
    const facets = Array.from(
      markup.matchAll(
        /<li><a href="([^"]+)"(?: title="[^"]*")?><bdi>[^<]*<\/bdi><\/a><span class="count">(\d+)<\/span>/g,
      ),
    );
    assert.ok(facets.length >= 4);
    for (const [, href = '', count = ''] of facets) {
      const found = shown(await it.page(href.replaceAll('&amp;', '&')));
      assert.match(found, /dredger × and /);
      assert.match(found, new RegExp(` ${count} messages? `), href);
    }
  });

  test('by relevance keeps its order over facets and pages', async (t) => {
    const it = await read(t, manyLetters(60));
    const markup = await it.page('/search?q=harbour&sort=relevance');
    const onward = links(markup).filter(
      (href) => /^\/search\?q=harbour./.test(href) && !href.includes('sort=relevance'),
    );
    assert.deepEqual(
      onward,
      ['/search?q=harbour'].filter((href) => onward.includes(href)),
    );
    assert.match(markup, /<input type="hidden" name="sort" value="relevance"/);
  });

  test('the words that were looked for are marked in the list and in the message', async (t) => {
    const it = await read(t, [letter({ id: 'a@x', body: 'The DREDGER is late.\n' })]);
    const list = await it.page('/search?q=dredger');
    assert.match(list, /<mark>DREDGER<\/mark>/);
    assert.match(list, /href="\/m\/1\?q=dredger"/);
    assert.match(await it.page('/m/1?q=dredger'), /<mark>DREDGER<\/mark>/);
    assert.doesNotMatch(await it.page('/m/1'), /<mark>/);
  });

  test('for a word longer than a snippet ends, and finds it', async (t) => {
    const long = 'x'.repeat(300);
    const it = await read(t, [letter({ id: 'a@x', body: `before ${long} after\n` })]);
    assert.match(shown(await it.page(`/search?q=${long}`)), / 1 message /);
  });

  test('without hits offers a near spelling that has some', async (t) => {
    const it = await read(t, [letter({ id: 'a@x' })]);
    const markup = await it.page('/search?q=dregder+late');
    assert.match(shown(markup), /0 messages/);
    const href = /Did you mean\s*<a href="([^"]+)"/.exec(markup)?.[1] ?? '';
    assert.match(shown(await it.page(href)), / 1 message /);
  });

  test('that is malformed shows its place and what to write', async (t) => {
    const it = await read(t, [letter({ id: 'a@x' })]);
    const markup = await it.page('/search?q=dredger+form%3Aanna', 400);
    assert.match(markup, /dredger <mark>form:<\/mark>anna/);
    assert.match(shown(markup), /Did you mean from:\?/);
    assert.equal((await it.ask('/search?q=dredger&after=nonsense')).status, 400);
    assert.equal((await it.ask(`/search?q=${'a'.repeat(20_000)}`)).status, 400);
  });
});

describe('a message', () => {
  test('shows its fields, its date as sent, and links to who is named in it', async (t) => {
    const it = await read(t, [
      letter({ id: 'a@x', date: 'Mon, 7 Mar 2016 22:30:00 -0500' }),
      letter({ id: 'b@x', from: 'Bob Lund <bob@calder.example>' }),
    ]);
    const markup = await it.page('/m/1');
    const text = shown(markup);
    assert.match(text, /From ?Anna Berg anna@harbour\.example/);
    assert.match(text, /Monday, 7 March 2016, 22:30:00 −05:00 \(2016-03-08 03:30 UTC\)/);
    const search = links(markup).find((href) => href.includes('bob'));
    assert.match(shown(await it.page(search ?? '')), / 2 messages /);
  });

  test('has one address: a SHA-256 prefix leads to its number', async (t) => {
    const it = await read(t, [letter({ id: 'a@x' })]);
    const raw = Buffer.from(await (await it.ask('/m/1/raw')).arrayBuffer());
    const sha256 = createHash('sha256').update(raw).digest('hex');
    assert.match(await it.page('/m/1'), new RegExp(sha256));
    const response = await it.ask(`/m/${sha256.slice(0, 12)}?q=late`);
    assert.equal(response.status, 301);
    assert.equal(response.headers.get('Location'), '/m/1?q=late');
    assert.match(shown(await it.page('/m/99', 404)), /no message 99/);
    assert.equal((await it.ask('/m/zz')).status, 404);
  });

  test('tells own words from quoted ones, and folds what is long', async (t) => {
    const long = Array.from({ length: 30 }, (_, i) => `> line ${i} of the old letter`).join('\n');
    const it = await read(t, [
      letter({ id: 'a@x', body: `Agreed.\n\nOn Mon, 7 Mar 2016, Bob wrote:\n${long}\n` }),
    ]);
    const markup = await it.page('/m/1');
    assert.match(markup, /<div class="own" dir="auto">Agreed\.<\/div>/);
    assert.match(
      markup,
      /<details class="quotation"><summary><bdi>On Mon, 7 Mar 2016, Bob wrote:<\/bdi> <span class="facts">3\d lines quoted/,
    );
    assert.match(await it.page('/m/1?q=%22line+7%22'), /<details class="quotation" open=""/);
  });

  test('found in several places names each of them', async (t) => {
    const trove = await troveOf(t, [letter({ id: 'a@x' })]);
    await receive(trove, [letter({ id: 'a@x' }), letter({ id: 'b@x' })], 'second box');
    const text = shown(await reading(t, trove).page('/m/1'));
    assert.match(text, /Found in 2 places/);
    assert.match(text, /second box, folder second box/);
  });

  test('laid out for letters of one width is shown so, and the reader may choose', async (t) => {
    const table =
      'Item        Qty    Price\nAnchors       4   1,200\nChains        2     800\nBuoys        10     150\n';
    const it = await read(t, [letter({ id: 'a@x', body: table }), letter({ id: 'b@x' })]);
    assert.match(await it.page('/m/1'), /class="text fixed"/);
    assert.match(await it.page('/m/1?font=book'), /class="text"/);
    assert.match(await it.page('/m/2'), /class="text"/);
    assert.match(await it.page('/m/2?font=fixed'), /class="text fixed"/);
  });

  test('with a defect says what it means', async (t) => {
    const it = await read(t, [letter({ id: 'a@x', date: 'yesterday, about noon' })]);
    const text = shown(await it.page('/m/1'));
    assert.match(text, /no readable date/);
    assert.match(text, /The Date field cannot be read; the message counts as undated\. date-malformed/);
  });

  test('of a megabyte is cut on its page, and whole where asked for', async (t) => {
    const it = await read(t, [letter({ id: 'a@x', body: `${'tide and quay '.repeat(70_000)}END-OF-IT\n` })]);
    const cut = await it.page('/m/1');
    assert.ok(cut.length < 300_000);
    assert.match(shown(cut), /[\d,]+ characters more: show all of the text/);
    assert.match(await it.page('/m/1?full=1'), /END-OF-IT/);
  });

  test('whose original is gone says so, and what to do', async (t) => {
    const trove = await troveOf(t, [letter({ id: 'a@x' })]);
    const it = reading(t, trove);
    await it.page('/m/1');
    rmSync(join(trove.dir, 'originals'), { recursive: true, force: true });
    assert.match(shown(await it.page('/m/1', 503)), /The original is missing.*impart fsck/);
  });

  test('is downloaded byte for byte', async (t) => {
    const source = letter({ id: 'a@x', body: 'caf\xe9\r\nmixed\nends\r\n' });
    const it = await read(t, [source]);
    const response = await it.ask('/m/1/raw?download');
    assert.match(response.headers.get('Content-Disposition') ?? '', /^attachment; filename="1\.eml"/);
    assert.equal(
      Buffer.from(await response.arrayBuffer())
        .toString('latin1')
        .trimEnd(),
      source.trimEnd(),
    );
  });
});

describe('a thread', () => {
  test('is a tree in reading order, with its gaps and how each place was found', async (t) => {
    const it = await read(t, [
      letter({ id: 'a@x', subject: 'Berth four', body: 'First words.\n' }),
      letter({
        id: 'c@x',
        subject: 'Re: Berth four',
        references: '<a@x> <gone@x>',
        date: 'Mon, 7 Mar 2016 12:00:00 +0000',
        body: 'Third words.\n',
      }),
      letter({
        id: 'd@x',
        subject: 'Re: Berth four',
        date: 'Tue, 8 Mar 2016 12:00:00 +0000',
        from: 'Bob Lund <bob@calder.example>',
        to: 'anna@harbour.example',
        body: 'No reference.\n',
      }),
    ]);
    const markup = await it.page('/t/1');
    const text = shown(markup);
    assert.match(text, /A thread of 3 messages by 2 people/);
    assert.match(text, /First words\..*Not in this trove: gone@x.*Third words\..*placed here by its subject/);
    assert.match(markup, /<li class="d2">/);
    assert.match(shown(await it.page('/m/2')), /Message 2 of 3/);
    assert.equal((await it.ask('/t/3')).status, 302);
    assert.equal((await it.ask('/t/77')).status, 404);
  });

  test('of any length and depth is read in pages, each message once', async (t) => {
    const ids = Array.from({ length: 130 }, (_, i) => `m${i}@x`);
    const it = await read(
      t,
      ids.map((id, i) =>
        letter({
          id,
          date: new Date(Date.UTC(2016, 0, 1 + i)).toUTCString(),
          ...(i === 0 ? {} : { references: `<${ids[i - 1]}>` }),
          body: `Words number ${i}.\n`,
        }),
      ),
    );
    const seen: string[] = [];
    let path: string | undefined = '/t/1';
    let pages = 0;
    while (path !== undefined) {
      const markup: string = await it.page(path);
      seen.push(...Array.from(markup.matchAll(/id="m(\d+)"/g), ([, number = '']) => number));
      path = /<a rel="next" href="([^"]+)"/.exec(markup)?.[1];
      pages += 1;
    }
    assert.equal(pages, 6);
    assert.deepEqual(
      seen,
      ids.map((_, i) => String(i + 1)),
    );
    assert.match(await it.page('/t/1?at=100'), /id="m100"/);
  });
});

describe('the accounts', () => {
  test('add up: received = parsed + duplicate + failed, in each row and in all', async (t) => {
    const it = await read(t, manyLetters(50));
    const markup = await it.page('/containers');
    assert.match(shown(markup), /50 received = 43 parsed \+ 7 duplicate \+ 0 failed/);
    const rows = Array.from(markup.matchAll(/<tr[^>]*>(?:(?!<\/tr>).)*<\/tr>/gs), ([row]) =>
      Array.from(row.matchAll(/<td class="number[^"]*">([\d,]+)<\/td>/g), ([, value = '']) =>
        Number(value.replace(/,/g, '')),
      ),
    ).filter((row) => row.length === 5);
    assert.equal(rows.length, 2);
    for (const [received = 0, parsed = 0, duplicate = 0, failed = 0] of rows)
      assert.equal(received, parsed + duplicate + failed);
    assert.match(shown(markup), /received completely/);
    assert.match(markup, /<code class="whole"><bdi>[0-9a-f]{64}<\/bdi>/);
  });
});

describe('a trove without mail', () => {
  test('answers every page, looks again by itself, and shows the first mail when it came', async (t) => {
    const trove = await troveOf(t, []);
    const it = reading(t, trove);
    for (const path of ['/', '/search?q=a', '/containers', '/progress']) {
      const response = await it.ask(path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get('Refresh'), '2', path);
      assert.match(shown(await response.text()), /Nothing received yet/, path);
    }
    assert.equal((await it.ask('/help')).headers.get('Refresh'), null);
    assert.equal((await it.ask('/m/1')).status, 404);
    await receive(trove, [letter({ id: 'a@x' })], 'box');
    it.now += 2_000;
    assert.match(shown(await it.page('/')), / 1 message in 1 thread/);
    const done = await it.ask('/progress');
    assert.equal(done.headers.get('Refresh'), null);
    assert.match(shown(await done.text()), /Everything is received/);
  });

  test('looks for news at most once a second', async (t) => {
    const trove = await troveOf(t, [letter({ id: 'a@x' })]);
    const it = reading(t, trove);
    await it.page('/');
    await receive(trove, [letter({ id: 'b@x' })], 'more');
    it.now += 999;
    assert.match(shown(await it.page('/search?q=')), / 1 message /);
    it.now += 1;
    assert.match(shown(await it.page('/search?q=')), / 2 messages /);
  });
});

describe('the stylesheet', () => {
  test('is kept by browsers for good under the address that holds its hash', async (t) => {
    const it = await read(t, []);
    const href = links(await it.page('/help')).find((address) => address.startsWith('/style/')) ?? '';
    const { headers } = await it.ask(href);
    assert.match(headers.get('Cache-Control') ?? '', /immutable/);
    assert.equal((await it.ask(href, { 'If-None-Match': headers.get('ETag') ?? '' })).status, 304);
    assert.equal((await it.ask('/style/0123/impart.css')).headers.get('Cache-Control'), 'no-cache');
  });
});

test('every example on the help page is a query that is understood', async (t) => {
  const it = await read(t, [letter({ id: 'a@x' })]);
  const examples = links(await it.page('/help')).filter((href) => href.startsWith('/search?q='));
  assert.ok(examples.length > 20);
  for (const href of examples) assert.equal((await it.ask(href)).status, 200, href);
});
