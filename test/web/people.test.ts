/** People and pictures over HTTP: every count leads to as many messages, every statement can be taken back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { letter, manyLetters } from '../mail.js';
import { links, type Reading, read, shown } from './reading.js';

const anna = 'Anna Berg <anna@harbour.example>';
const annaAtHome = '"Berg, Anna" <aberg@home.example>';
const bob = 'Bob Lund <bob@calder.example>';
const cara = 'Cara Moss <cara@calder.example>';

/** Four people with a gap, an undated message and a circular. */
const messages = [
  letter({ id: '1@x', from: anna, to: bob, date: 'Mon, 7 Mar 2016 10:00:00 +0000' }),
  letter({ id: '2@x', from: anna, to: `${bob}, ${cara}`, date: 'Tue, 8 Mar 2016 23:30:00 +0000' }),
  letter({
    id: '3@x',
    from: bob,
    to: anna,
    references: '<1@x> <gone@x>',
    date: 'Wed, 9 Mar 2016 10:00:00 +0000',
  }),
  letter({
    id: '4@x',
    from: annaAtHome,
    to: bob,
    inReplyTo: 'lost@x',
    date: 'Wed, 9 Mar 2016 10:59:00 +0000',
  }),
  letter({
    id: '5@x',
    from: cara,
    to: annaAtHome,
    date: 'none',
    extra: ['Cc: Bob Lund <BOB@calder.example>'],
  }),
  letter({
    id: '6@x',
    from: anna,
    to: Array.from({ length: 21 }, (_, i) => `p${i}@x.example`).join(', '),
    date: 'Sun, 15 May 2016 12:00:00 +0000',
  }),
];

/** Follows an address of the server. */
const countAt = async (it: Reading, href: string): Promise<number> =>
  Number(/<h1>([\d,]+) messages?<\/h1>/.exec(await it.page(href))?.[1]?.replaceAll(',', ''));

describe('a picture', () => {
  test('of a tie leads to as many messages as it counts, for any search', async (t) => {
    const it = await read(t, [...messages, ...manyLetters(80)]);
    for (const q of ['', 'date:2016', 'from:anna']) {
      const markup = await it.page(`/pictures?show=ties&q=${encodeURIComponent(q)}`);
      const ties = Array.from(
        markup.matchAll(/<a href="([^"]+)" class="tie"><title>[^<]*: (\d+); back: (\d+)<\/title>/g),
      );
      assert.ok(ties.length > 1, q);
      for (const [, href = '', there, back] of ties)
        assert.equal(await countAt(it, href.replaceAll('&amp;', '&')), Number(there) + Number(back), href);
    }
  });

  test('of who with whom leaves circulars out, and says so', async (t) => {
    const it = await read(t, messages);
    const markup = await it.page('/pictures?show=ties');
    assert.doesNotMatch(markup, /p0@x\.example/);
    const circulars = links(markup).find((href) => href.includes('recipients%3A21..')) ?? assert.fail();
    assert.equal(await countAt(it, circulars), 1);
    assert.match(shown(markup), /A message to more than 20 people ties nobody; left out: 1 message/);
  });

  test('of who with whom is the same every time', async (t) => {
    const it = await read(t, [...messages, ...manyLetters(80)]);
    const first = await it.page('/pictures?show=ties');
    const again = await read(t, [...messages, ...manyLetters(80)]);
    assert.equal(await again.page('/pictures?show=ties'), first);
  });

  test('of hours leads to as many messages as it counts, in any zone', async (t) => {
    const it = await read(t, [...messages, ...manyLetters(60)]);
    for (const zone of ['UTC', 'America/Chicago', 'Asia/Kolkata']) {
      const markup = await it.page(`/pictures?show=hours&zone=${encodeURIComponent(zone)}`);
      const cells = Array.from(
        markup.matchAll(
          /<a href="([^"]+)"><title>([A-Z][a-z]+), (\d+):00 to \d+:59: (\d+) messages?<\/title>/g,
        ),
      );
      assert.equal(
        cells.reduce((sum, [, , , , count]) => sum + Number(count), 0),
        await countAt(it, '/search?q=date:1970..2100'),
        zone,
      );
      for (const [, href = '', , , count] of cells.slice(0, 12))
        assert.equal(await countAt(it, href.replaceAll('&amp;', '&')), Number(count), href);
    }
    const chicago = await it.page('/pictures?show=hours&zone=America/Chicago&q=from:anna');
    assert.match(chicago, /Tuesday, 17:00 to 17:59: 1 message/);
    assert.match(shown(chicago), /Hours of America\/Chicago/);
  });

  test('of times goes from years to months to days to messages', async (t) => {
    const it = await read(t, messages);
    const months = await it.page('/pictures?q=');
    assert.match(months, /March 2016: 4 messages/);
    const march = links(months).find((href) => href.includes('date%3A2016-03')) ?? assert.fail();
    const days = await it.page(march);
    assert.match(days, /9 March 2016: 2 messages/);
    const ninth = links(days).find((href) => href.includes('date%3A2016-03-09')) ?? assert.fail();
    assert.equal(await countAt(it, ninth), 2);
    assert.match(await it.page('/pictures?q=&by=year'), /All dated messages are of 2016/);
  });

  test('of what is missing names each message that others refer to', async (t) => {
    const it = await read(t, messages);
    const markup = await it.page('/pictures?show=gaps');
    assert.match(shown(markup), /2 messages refer to 2 messages that are not in this trove/);
    assert.match(shown(markup), /gone@x/);
    assert.match(shown(markup), /lost@x/);
    assert.equal(await countAt(it, '/search?q=has:gap'), 2);
    assert.equal(await countAt(it, '/search?q=has:gap+from:bob'), 1);
    assert.match(
      shown(await it.page('/pictures?show=gaps&q=from:bob')),
      /1 message refers to 1 message that is not in this trove/,
    );
  });

  test('of a silence measures it by the habit of that person alone', async (t) => {
    const day = (n: number) =>
      new Date(Date.UTC(2015, 0, 1) + n * 86_400_000).toUTCString().replace('GMT', '+0000');
    const daily = (from: string, days: readonly number[]) =>
      days.map((n) =>
        letter({
          id: `${from}${n}@x`,
          from: `${from} <${from}@x.example>`,
          date: day(n),
          body: `${from} ${n}\n`,
        }),
      );
    const range = (from: number, to: number, step = 1) =>
      Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);
    const it = await read(t, [
      // Writes daily, is silent for 40 days, writes daily.
      ...daily('daily', [...range(0, 40), ...range(80, 100)]),
      // Writes every 20 days, and so is never silent in this sense.
      ...daily('rare', range(0, 800, 20)),
      // One wrong clock, decades away, is no silence.
      ...daily('clock', [...range(0, 40), 9_000]),
    ]);
    const text = shown(await it.page('/pictures?show=gaps'));
    assert.match(text, /daily: 40 days of silence between 9 February 2015 and 22 March 2015/);
    assert.doesNotMatch(text, /(?:rare|clock): \d+ days of silence/);
  });

  test('of a thread has a mark for each message and each gap', async (t) => {
    const it = await read(t, messages);
    const markup = await it.page('/t/1/tree');
    assert.equal(markup.match(/<circle class="message"/g)?.length, 2);
    assert.equal(markup.match(/<circle class="missing"/g)?.length, 1);
    assert.match(markup, /Not in this trove: gone@x/);
    assert.equal((await it.ask('/t/999/tree')).status, 404);
  });

  test('of nothing, and of a query that is not clear, is a page', async (t) => {
    const it = await read(t, messages);
    for (const show of ['when', 'hours', 'ties', 'gaps', 'nonsense']) {
      assert.match(shown(await it.page(`/pictures?show=${show}&q=nosuchword`)), /nothing to draw/);
      await it.page(`/pictures?show=${show}&q=%22`, 400);
      await it.page(`/pictures?show=${show}&zone=../../etc&by=century&both=2`);
    }
  });
});

describe('a person', () => {
  test('is one address, in any letter case, until someone states otherwise', async (t) => {
    const it = await read(t, messages);
    const text = shown(await it.page('/p/bob%40calder.example'));
    assert.match(text, /Sent 1 message, got 4, on|Sent 1 message, got 4, between/);
    assert.equal(await countAt(it, '/search?q=person:BOB@calder.example'), 5);
    assert.equal(await countAt(it, '/search?q=writer:"anna+berg"'), 3);
    assert.equal((await it.ask('/p/nobody%40x.example')).status, 404);
  });

  test('is joined by a statement, and parted when it is taken back', async (t) => {
    const it = await read(t, messages);
    assert.equal(await countAt(it, '/search?q=person:anna@harbour.example'), 4);
    const suggestions = await it.page('/people/suggestions');
    assert.match(shown(suggestions), /1 pair of addresses may be one person/);
    const stated = await it.send('/people/state', {
      address: 'anna@harbour.example',
      other: 'ABERG@home.example',
      verdict: 'same',
      reason: 'She signs as both.',
      back: '/people/suggestions',
    });
    assert.equal(stated.status, 303);
    assert.equal(stated.headers.get('Location'), '/people/suggestions');
    assert.equal(await countAt(it, '/search?q=person:anna@harbour.example'), 6);
    assert.equal(await countAt(it, '/search?q=person:aberg@home.example'), 6);
    const redirect = await it.ask('/p/aberg%40home.example');
    assert.equal(redirect.headers.get('Location'), '/p/anna%40harbour.example');
    const page = await it.page('/p/anna%40harbour.example');
    assert.match(
      shown(page),
      /aberg@home\.example is the same person|anna@harbour\.example is the same person as/,
    );
    assert.match(shown(page), /She signs as both\./);
    assert.doesNotMatch(shown(await it.page('/people/suggestions')), /may be one person’s/);

    const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? assert.fail();
    await it.send('/people/undo', { id });
    assert.equal(await countAt(it, '/search?q=person:anna@harbour.example'), 4);
    assert.equal((await it.ask('/p/aberg%40home.example')).status, 200);
  });

  test('that was stated to be another is not suggested again', async (t) => {
    const it = await read(t, messages);
    await it.send('/people/state', {
      address: 'anna@harbour.example',
      other: 'aberg@home.example',
      verdict: 'different',
      reason: '',
    });
    const text = shown(await it.page('/people/suggestions'));
    assert.match(text, /No two addresses look like one person/);
    assert.match(text, /is not the same person as/);
    assert.equal(await countAt(it, '/search?q=person:anna@harbour.example'), 4);
  });

  test('is not stated without the token, nor of addresses that are not there', async (t) => {
    const it = await read(t, messages);
    const pair = { address: 'anna@harbour.example', other: 'bob@calder.example', verdict: 'same' };
    assert.equal((await it.send('/people/state', { ...pair, token: '' })).status, 403);
    assert.equal((await it.send('/people/state', { ...pair, other: 'x@y.example' })).status, 404);
    assert.equal((await it.send('/people/state', { ...pair, other: pair.address })).status, 400);
    assert.equal(await countAt(it, '/search?q=person:anna@harbour.example'), 4);
  });

  test('shows numbers that their links agree with', async (t) => {
    const it = await read(t, [...messages, ...manyLetters(120)]);
    for (const path of ['/p/anna%40harbour.example', '/p/clerk3%40harbour.example']) {
      const markup = await it.page(path);
      const counted = Array.from(markup.matchAll(/<a href="(\/search[^"]+)">(\d+)(?: messages?)?<\/a>/g));
      assert.ok(counted.length > 2, path);
      for (const [, href = '', count] of counted)
        assert.equal(await countAt(it, href.replaceAll('&amp;', '&')), Number(count), href);
      for (const href of new Set(links(markup).filter((one) => one.startsWith('/'))))
        assert.equal((await it.ask(href.replace(/#.*/, ''))).status, 200, href);
    }
  });

  test('of a hostile name and address is text on the page', async (t) => {
    const it = await read(t, [
      letter({ id: 'h@x', from: `"<script>alert(1)</script>" <"><img src=x>"@evil.example>` }),
    ]);
    for (const path of ['/people', '/pictures?show=ties', '/']) {
      const markup = await it.page(path);
      assert.doesNotMatch(markup, /<script>alert|<img/);
      for (const href of links(markup).filter((one) => one.startsWith('/p/')))
        assert.equal((await it.ask(href)).status, 200, href);
    }
  });
});

describe('the list of people', () => {
  test('is searched, sorted and paged by its address', async (t) => {
    const it = await read(
      t,
      Array.from({ length: 120 }, (_, i) =>
        letter({
          id: `${i}@x`,
          from: `Clerk ${i} <c${i}@x.example>`,
          to: 'Boss <boss@x.example>',
          body: `${i}\n`,
        }),
      ),
    );
    const seen = new Set<string>();
    let path: string | undefined = '/people?sort=name';
    while (path !== undefined) {
      const markup: string = await it.page(path);
      for (const [, address = ''] of markup.matchAll(/href="\/p\/([^"]+)"/g)) {
        assert.ok(!seen.has(address), address);
        seen.add(address);
      }
      const next: RegExpExecArray | null = /<a rel="next" href="([^"]+)"/.exec(markup);
      path = next?.[1]?.replaceAll('&amp;', '&');
    }
    assert.equal(seen.size, 121);
    const found = await it.page('/people?name=CLERK+7');
    assert.match(shown(found), /11 people found/);
    const first = /href="\/p\/([^"]+)"/.exec(await it.page('/people?sort=received'));
    assert.equal(first?.[1], 'boss%40x.example');
    assert.match(shown(await it.page('/people?name=nosuch')), /Nobody here has that name/);
  });
});

describe('the first page', () => {
  test('has the busiest correspondents and what is missing, with counts that their links agree with', async (t) => {
    const it = await read(t, [...messages, ...manyLetters(60)]);
    const markup = await it.page('/');
    const counted = Array.from(
      markup.matchAll(/<a href="(\/search[^"]*)">([\d,]+)(?: messages?)?<\/a>/g),
    ).filter(([, href]) => !href?.includes('attachment'));
    assert.ok(counted.length > 8);
    for (const [, href = '', count] of counted)
      assert.equal(
        await countAt(it, href.replaceAll('&amp;', '&')),
        Number(count?.replaceAll(',', '')),
        href,
      );
    assert.match(shown(markup), /10 messages refer to 3 messages that are not here/);
  });
});
