/** What says the same is shown once, counted exactly, and stays reachable, in searches and in threads. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { Archive } from '../../src/read/archive.js';
import { containedIn } from '../../src/read/inclusive.js';
import { letter, manyLetters } from '../mail.js';
import { links, type Reading, read, shown, troveOf } from './reading.js';

const text =
  'The sounding of the Inner Bar shows four decimetres less than in October, and berth four is no better.\n';
const footer = '\n_______________________________________________\nharbour-users mailing list\n';
const head = '-----Original Message-----\nFrom: Anna Berg\nSent: Monday\nTo: Bob\nSubject: Sounding\n\n';

/** 1 and 2 copies, 3 with a footer, 4 sent on, 5 an answer that quotes 1, 6 a stranger. */
const six = [
  letter({ id: 'a@x', subject: 'Sounding', body: text }),
  letter({ id: 'a@x', subject: 'Sounding', body: text, extra: ['X-Folder: Inbox'] }),
  letter({ id: 'b@x', subject: '[users] Sounding', body: text + footer, references: '<a@x>' }),
  letter({
    id: 'c@x',
    subject: 'FW: Sounding',
    body: head + text,
    from: 'Bob <bob@x.example>',
    references: '<a@x>',
    date: '8 Mar 2016 10:00:00 +0000',
  }),
  letter({
    id: 'd@x',
    subject: 'Re: Sounding',
    body: `We were never told about any of this.\n\n> ${text}`,
    references: '<a@x>',
    from: 'Carl <carl@x.example>',
    date: '9 Mar 2016 10:00:00 +0000',
  }),
  letter({ id: 'e@x', subject: 'Lunch', body: 'Fish again, they say, and berth four is closed for it.\n' }),
];

const listed = (markup: string): number[] =>
  Array.from(markup.matchAll(/<h3><a href="\/m\/(\d+)/g), ([, number = '']) => Number(number));

/** Every hit of a query over its pages. */
async function all(it: Reading, start: string): Promise<{ numbers: number[]; behind: number }> {
  const numbers: number[] = [];
  let behind = 0;
  for (let path: string | undefined = start; path !== undefined; ) {
    const markup = await it.page(path);
    numbers.push(...listed(markup));
    for (const [, counts = ''] of markup.matchAll(/>and ([^<]+)<\/a>/g))
      for (const [count] of counts.matchAll(/\d+/g)) behind += Number(count);
    path = /<a rel="next" href="([^"]+)"/.exec(markup)?.[1]?.replaceAll('&amp;', '&');
  }
  return { numbers, behind };
}

describe('a search', () => {
  test('lists what says the same once, with its kinds counted, and each message where asked to', async (t) => {
    const it = await read(t, six);
    const markup = await it.page('/search?q=berth');
    assert.match(shown(markup), /6 messages/);
    assert.match(shown(markup), /Listed as 3 texts: 3 messages that say the same are counted beside them\./);
    assert.match(shown(markup), /and 1 copy, 1 with another ending, 1 sent on/);
    assert.deepEqual(listed(markup).sort(), [1, 5, 6]);
    const every = await it.page(links(markup).find((href) => href.includes('copies=all')) ?? '');
    assert.deepEqual(listed(every).sort(), [1, 2, 3, 4, 5, 6]);
    assert.match(shown(every), /Each is listed; 3 of them say the same as another\./);
  });

  test('counts beside a text only what it finds itself, and shows another of them where the first is no hit', async (t) => {
    const it = await read(t, six);
    assert.deepEqual(listed(await it.page('/search?q=mailing')), [3]);
    const markup = await it.page('/search?q=folder:Inbox+OR+from:bob');
    assert.deepEqual(listed(markup), [2]);
    assert.match(shown(markup), /and 1 sent on/);
  });

  test('shows and counts each hit exactly once over all its pages, in both orders', async (t) => {
    const copies = manyLetters(300).map((of, i) =>
      i % 3 === 0 ? of.replace(/\n\n/, `\nX-Copy: ${i}\n\n`) : of,
    );
    const it = await read(t, [...manyLetters(300), ...copies]);
    for (const sort of ['date', 'relevance']) {
      const path = `/search?q=harbour&sort=${sort}`;
      const once = await all(it, path);
      const each = await all(it, `${path}&copies=all`);
      assert.equal(new Set(once.numbers).size, once.numbers.length);
      assert.ok(once.behind > 50);
      assert.equal(once.numbers.length + once.behind, each.numbers.length);
      assert.equal(new Set(each.numbers).size, each.numbers.length);
      assert.match(shown(await it.page(path)), new RegExp(`${each.numbers.length} messages`));
    }
  });
});

test('a page lists each message that says the same, compared, with what differs and a way to it', async (t) => {
  const it = await read(t, six);
  assert.match(shown(await it.page('/m/1')), /The same text 1 copy, 1 with another ending, 1 sent on/);
  const markup = await it.page('/m/3/copies?q=mailing');
  const seen = shown(markup);
  assert.match(seen, /4 messages say the same\. 1 of them is among the hits for mailing\./);
  assert.match(seen, /Message 2 Anna Berg ?2016-03-07 10:00 UTC Copy, other in X-Folder/);
  assert.match(seen, /Message 3 ?the one you came from.*With another ending.*harbour-users mailing list/);
  assert.match(seen, /Message 4 .*Sends it on without a word added/);
  for (const number of [1, 2, 3, 4]) assert.equal((await it.ask(`/m/${number}`)).status, 200);
  assert.match(
    shown(await it.page('/m/6/copies')),
    /No other message of this trove is known to say the same\./,
  );
  await it.page('/m/99/copies', 404);
});

describe('a thread', () => {
  test('shows each text once with the others named below it, and every message where asked to', async (t) => {
    const it = await read(t, six);
    const markup = await it.page('/t/1');
    const posts = Array.from(markup.matchAll(/<article id="m(\d+)"/g), ([, number]) => Number(number));
    assert.deepEqual(posts, [1, 5]);
    assert.match(shown(markup), /A thread of 5 messages/);
    assert.match(shown(markup), /3 messages say the same as another and are named below it\./);
    for (const number of [2, 3, 4]) {
      assert.match(markup, new RegExp(`id="m${number}" href="/m/${number}"`));
      // Links to a message in its thread lead to a page that has it.
      assert.match(await it.page(`/t/1?at=${number}`), new RegExp(`id="m${number}"`));
    }
    const every = await it.page('/t/1?show=every');
    assert.equal(Array.from(every.matchAll(/<article id="m(\d+)"/g)).length, 5);
  });

  test('is read in the fewest messages that hold all of it, the others named where they stand', async (t) => {
    const it = await read(t, six);
    const markup = await it.page('/t/1?show=inclusive');
    const posts = Array.from(markup.matchAll(/<article id="m(\d+)"/g), ([, number]) => Number(number));
    assert.deepEqual(posts, [5]);
    assert.match(shown(markup), /1 of 5 messages holds all of the text\. 4 others stand in it word for word/);
    assert.match(shown(markup), /Holds 4 messages that are not shown:/);
    for (const number of [1, 2, 3, 4])
      assert.match(markup, new RegExp(`<li id="m${number}"><a href="/m/${number}"`));
    assert.match(markup, /<details class="quotation" open/);
  });

  test('of more messages than are compared says so and shows each text', async (t) => {
    const trove = await troveOf(t, six);
    const archive = new Archive(trove);
    t.after(() => archive.close());
    const [first] = archive.thread(1) ?? [];
    assert.ok(first !== undefined);
    const times = (count: number) => Array.from({ length: count }, () => first);
    assert.ok((await containedIn(archive, times(limits.maxInclusiveMessages))) !== undefined);
    assert.equal(await containedIn(archive, times(limits.maxInclusiveMessages + 1)), undefined);
  });
});
