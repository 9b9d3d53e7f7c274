/** The desk over HTTP: every form, its refusals, and what pages show afterwards. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { letter, manyLetters } from '../mail.js';
import { links, type Reading, read, reading, receive, shown, troveOf } from './reading.js';

const one = [letter({ id: 'a@x', subject: 'Pump', body: 'The invoice is paid twice.\n\nSo it is.\n' })];

async function sha256Of(it: Reading, number: number): Promise<string> {
  return /name="message" value="([0-9a-f]{64})"/.exec(await it.page(`/m/${number}`))?.[1] ?? '';
}

/** Sends a form that must be taken, and gives the page that it leads to. */
async function sent(it: Reading, path: string, fields: Record<string, string>): Promise<string> {
  const response = await it.send(path, fields);
  assert.equal(response.status, 303, await response.text());
  return (response.headers.get('Location') ?? '').replace(/#.*/, '');
}

describe('a form', () => {
  test('without the token of this run is refused, and writes nothing', async (t) => {
    const it = await read(t, one);
    const message = await sha256Of(it, 1);
    for (const token of ['', 'x', 'x'.repeat(43)]) {
      const response = await it.send('/desk/tags', { message, name: 'pump', token });
      assert.equal(response.status, 403);
      assert.match(await response.text(), /was refused/);
    }
    assert.match(shown(await it.page('/desk')), /No tags yet/);
  });

  test('from another site is refused even with the token', async (t) => {
    const it = await read(t, one);
    const fields = { message: await sha256Of(it, 1), name: 'pump' };
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { Origin: 'http://127.0.0.1:9' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Host: 'evil.example:8025' },
    ]) {
      const { status } = await it.send('/desk/tags', fields, headers);
      assert.ok(status === 403 || status === 421, JSON.stringify(headers));
    }
    assert.match(shown(await it.page('/desk')), /No tags yet/);
  });

  test('of every kind is refused without the token', async (t) => {
    const it = await read(t, one);
    for (const path of ['tags', 'marks', 'notes', 'searches', 'lists', 'undo', 'reader'])
      assert.equal((await it.send(`/desk/${path}`, { token: '' })).status, 403, path);
  });

  test('may be as large as the limit says, and not a byte larger', async (t) => {
    const it = await read(t, one);
    const bare = new URLSearchParams({ token: 'x'.repeat(43), name: 'Ida', pad: '' }).toString().length;
    const pad = (more: number): string => 'x'.repeat(limits.maxFormBytes - bare + more);
    // The field itself is not read: what is tested is the body.
    assert.equal((await it.send('/desk/reader', { name: 'Ida', pad: pad(0) })).status, 303);
    const response = await it.send('/desk/reader', { name: 'Ida', pad: pad(1) });
    assert.equal(response.status, 413);
  });

  test('may have so many fields, and not one more', async (t) => {
    const it = await read(t, one);
    const fields = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, '']));
    // With the token and the name.
    assert.equal(
      (await it.send('/desk/reader', { name: 'I', ...fields(limits.maxFormFields - 2) })).status,
      303,
    );
    assert.equal(
      (await it.send('/desk/reader', { name: 'I', ...fields(limits.maxFormFields - 1) })).status,
      413,
    );
  });

  test('leads back to pages of this server only', async (t) => {
    const it = await read(t, one);
    for (const back of [
      '//evil.example/',
      'https://evil.example/',
      '/\\evil.example',
      'javascript:1',
      '\t//x',
      '',
    ])
      assert.equal(await sent(it, '/desk/reader', { name: 'Ida', back }), '/desk', back);
    assert.equal(await sent(it, '/desk/reader', { name: 'Ida', back: '/m/1?q=a' }), '/m/1?q=a');
  });

  test('that is none is refused', async (t) => {
    const it = await read(t, one);
    assert.equal(
      (await it.send('/desk/reader', { name: 'x' }, { 'Content-Type': 'text/plain' })).status,
      400,
    );
    assert.equal(
      (await it.send('/desk/reader', { name: 'x' }, { 'Content-Type': 'multipart/form-data; boundary=b' }))
        .status,
      400,
    );
  });
});

describe('a tag', () => {
  test('on a message is on its page, in lists, on the desk, and found by tag:', async (t) => {
    const it = await read(t, one);
    const message = await sha256Of(it, 1);
    assert.equal(await sent(it, '/desk/tags', { message, name: 'To "ask"', back: '/m/1' }), '/m/1');
    for (const path of ['/m/1', '/desk', '/search?q=tag%3A*', '/search?q=tag%3A%22to%20%22%22ask%22%22%22']) {
      const markup = await it.page(path);
      assert.match(shown(markup), /To "ask"/, path);
      const tagLink = links(markup).find((href) => /^\/search\?q=tag%3A.*ask/i.test(href));
      assert.match(shown(await it.page(tagLink ?? '')), /1 message .*tagged "to "ask""/i);
    }
    await sent(it, '/desk/tags', { message, name: 'to "ASK"', remove: '1' });
    assert.match(shown(await it.page('/search?q=tag%3A*')), /0 messages/);
  });

  test('on a whole result says on how many, and one press takes it back', async (t) => {
    const it = await read(t, manyLetters(50));
    const count = Number(/(\d+) messages/.exec(shown(await it.page('/search?q=harbour')))?.[1]);
    const act = await sent(it, '/desk/tags', { q: 'harbour', name: 'Harbour', back: '/search?q=harbour' });
    const page = await it.page(act);
    assert.match(shown(page), new RegExp(`${count} messages were tagged “Harbour”`));
    assert.match(shown(await it.page('/search?q=tag%3Aharbour')), new RegExp(` ${count} messages `));
    const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
    assert.equal(await sent(it, '/desk/undo', { what: 'act', id, back: act }), act);
    assert.match(shown(await it.page(act)), /All of it was taken back since/);
    assert.match(shown(await it.page('/search?q=tag%3Aharbour')), / 0 messages /);
    assert.equal((await it.send('/desk/undo', { what: 'act', id })).status, 404);
  });

  test('taken off a whole result can be put back', async (t) => {
    const it = await read(t, manyLetters(30));
    await sent(it, '/desk/tags', { q: '', name: 'All' });
    const taken = await sent(it, '/desk/tags', { q: 'from:"Clerk 3"', name: 'all', remove: '1' });
    const page = await it.page(taken);
    const count = Number(/“All” taken off (\d+) message/.exec(shown(page))?.[1]);
    assert.ok(count > 0 && count < 26);
    assert.match(shown(await it.page('/search?q=tag%3Aall')), new RegExp(` ${26 - count} messages `));
    const field = (name: string): string =>
      new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
    await sent(it, '/desk/undo', { what: 'taken', at: field('at'), by: field('by') });
    assert.match(shown(await it.page('/search?q=tag%3Aall')), / 26 messages /);
  });

  test('of hostile writing is text on every page', async (t) => {
    const it = await read(t, one);
    const message = await sha256Of(it, 1);
    const name = '"><script>alert(1)</script>\u202e';
    await sent(it, '/desk/tags', { message, name });
    await sent(it, '/desk/notes', { message, text: name });
    await sent(it, '/desk/searches', { q: 'pump', name });
    const list = await sent(it, '/desk/lists', { content: `${name}\n=1+1`, name });
    for (const path of ['/', '/m/1', '/desk', '/search?q=', list])
      assert.doesNotMatch(
        (await it.page(path)).replace(/<script src="[^"]+" defer=""><\/script>/, ''),
        /<script/,
        path,
      );
  });
});

describe('a reading mark', () => {
  test('is set on a message or a thread, found by is:, and taken back', async (t) => {
    const it = await read(t, [
      ...one,
      letter({ id: 'b@x', subject: 'Re: Pump', references: '<a@x>' }),
      letter({ id: 'c@x', subject: 'Other' }),
    ]);
    const message = await sha256Of(it, 3);
    assert.match(shown(await it.page('/search?q=is%3Aunread')), / 3 messages /);
    await sent(it, '/desk/marks', { message, as: 'read', back: '/m/3' });
    assert.match(shown(await it.page('/m/3')), /Read by /);
    await sent(it, '/desk/marks', { thread: '1', as: 'read' });
    assert.match(shown(await it.page('/search?q=is%3Aread')), / 3 messages /);
    await sent(it, '/desk/marks', { message, as: 'unread' });
    assert.match(shown(await it.page('/search?q=is%3Aunread+-is%3Aread')), / 1 message /);
  });
});

describe('a note', () => {
  test('on a passage marks it in the text, and says so where the passage is not there', async (t) => {
    const it = await read(t, one);
    const message = await sha256Of(it, 1);
    const back = await sent(it, '/desk/notes', {
      message,
      text: 'By whom?',
      passage: 'paid\ntwice',
      back: '/m/1',
    });
    assert.equal(back, '/m/1');
    const markup = await it.page('/m/1');
    assert.match(markup, /is <a class="noted" href="#note-[\w-]{22}"[^>]*>paid twice<\/a>\./);
    assert.match(shown(await it.page('/search?q=note%3Awhom')), / 1 message .*with whom in a note/);
    assert.match(shown(await it.page('/search?q=note%3Apump')), / 0 messages /);
    const refused = await it.send('/desk/notes', { message, text: 'x', passage: 'paid thrice' });
    assert.equal(refused.status, 400);
    assert.match(shown(await refused.text()), /not in the text of the message in these words/);
  });

  test('is written over and taken back, and stands on the desk with its message', async (t) => {
    const it = await read(t, one);
    const message = await sha256Of(it, 1);
    await sent(it, '/desk/reader', { name: 'Ida Moss' });
    await sent(it, '/desk/notes', { message, text: 'First thought' });
    const id = (markup: string): string => /name="note" value="([^"]+)"/.exec(markup)?.[1] ?? '';
    await sent(it, '/desk/notes', { note: id(await it.page('/m/1')), text: 'Second thought' });
    const desk = await it.page('/desk');
    assert.match(shown(desk), /1 note Second thought Ida Moss .*on Pump by Anna Berg/);
    assert.doesNotMatch(shown(desk), /First thought/);
    await sent(it, '/desk/undo', { what: 'note', id: id(await it.page('/m/1')) });
    assert.match(shown(await it.page('/desk')), /No notes yet/);
  });

  test('on a message that this trove does not have is shown as such', async (t) => {
    const [mine, other] = [await read(t, one), await read(t, [letter({ id: 'z@x' })])];
    await sent(mine, '/desk/notes', { message: await sha256Of(mine, 1), text: 'Kept' });
    assert.equal(
      (await other.send('/desk/notes', { message: await sha256Of(mine, 1), text: 'x' })).status,
      404,
    );
  });
});

describe('a list', () => {
  test('counts what each line finds; a bad line is told, and the rest runs', async (t) => {
    const it = await read(t, manyLetters(40));
    const path = await sent(it, '/desk/lists', {
      name: 'Clerks',
      content: 'who,why\n"Clerk 3",late\n???,unclear\nnobody at all,\n\n"Clerk 5",\n',
      heading: '1',
    });
    const markup = await it.page(path);
    assert.match(shown(markup), /4 lines, each searched as words in a row\. 1 line could not be understood/);
    const rows = Array.from(markup.matchAll(/<tr><td class="number">(\d+)<\/td>(.*?)<\/tr>/g));
    assert.deepEqual(
      rows.map(([, line]) => line),
      ['2', '3', '4', '6'],
    );
    for (const [, , row = ''] of rows) {
      const [href] = links(row);
      if (href === undefined) continue;
      const count = /class="number[^"]*">(\d+)</.exec(row)?.[1] ?? '';
      assert.match(shown(await it.page(href)), new RegExp(` ${count} messages? `));
    }
    const csv = (await (await it.ask(`${path}/counts.csv`)).text()).split('\r\n');
    assert.equal(csv[0], 'line,who,why,messages,query,address,problem');
    assert.match(csv[1] ?? '', /^2,Clerk 3,late,\d+,"""Clerk 3""",\/search\?q=%22Clerk\+3%22,$/);
    assert.match(csv[2] ?? '', /^3,\?\?\?,unclear,,,,There are no letters or digits/);
  });

  test('of queries runs each as a query, commas and all, and one that is not clear harms no other', async (t) => {
    const it = await read(t, manyLetters(40));
    const path = await sent(it, '/desk/lists', {
      content: 'from:"Clerk 3"\n"never closed\nharbour, silt\nform:anna\n',
      reading: 'queries',
    });
    const page = shown(await it.page(path));
    assert.match(page, /2 lines could not be understood/);
    assert.match(page, /never closed/);
    assert.match(page, /Did you mean from:/);
  });

  test('has at most a thousand lines that are searched', async (t) => {
    const it = await read(t, one);
    const lines = (count: number): string => Array.from({ length: count }, (_, at) => `pump${at}`).join('\n');
    const full = await sent(it, '/desk/lists', { content: lines(limits.maxListLines) });
    assert.doesNotMatch(shown(await it.page(full)), /beyond what one list may hold/);
    const over = await sent(it, '/desk/lists', { content: lines(limits.maxListLines + 1) });
    assert.match(shown(await it.page(over)), /1 line at the end are? ?.*beyond what one list may hold/);
    assert.match(shown(await it.page(`${full}?from=900`)), /901 to 1,000 of 1,000/);
  });
});

test('a saved search is on the desk, leads to its hits, and can be taken back', async (t) => {
  const it = await read(t, one);
  await sent(it, '/desk/searches', { q: 'from:anna   pump', sort: 'relevance', name: 'Anna on pumps' });
  const desk = await it.page('/desk');
  assert.ok(links(desk).includes('/search?q=from%3Aanna+pump&sort=relevance'));
  const id =
    /name="what" value="search"\/><input type="hidden" name="id" value="([^"]+)"/.exec(desk)?.[1] ?? '';
  await sent(it, '/desk/undo', { what: 'search', id });
  assert.doesNotMatch(await it.page('/desk'), /Anna on pumps/);
});

test('what people wrote stays with its messages when more mail comes and numbers are others elsewhere', async (t) => {
  const trove = await troveOf(t, one);
  const it = reading(t, trove);
  await sent(it, '/desk/tags', { message: await sha256Of(it, 1), name: 'Keep' });
  await receive(trove, manyLetters(20), 'more');
  it.now += 2_000;
  assert.match(shown(await it.page('/search?q=tag%3Akeep')), / 1 message .*Pump/);
});

test('an export from a search is a file with a safe name', async (t) => {
  const it = await read(t, one);
  for (const [format, type] of [
    ['csv', /^text\/csv/],
    ['jsonl', /ndjson/],
    ['mbox', /mbox/],
    ['eml-zip', /zip/],
  ] as const) {
    const { headers, status } = await it.ask(
      `/export?q=${encodeURIComponent('subject:"../pump"')}&format=${format}`,
    );
    assert.equal(status, 200);
    assert.match(headers.get('Content-Type') ?? '', type);
    assert.match(headers.get('Content-Disposition') ?? '', /^attachment; filename="[\w .-]+"/);
    assert.doesNotMatch(headers.get('Content-Disposition') ?? '', /\.\.\/|\//);
    assert.match(headers.get('Content-Security-Policy') ?? '', /sandbox/);
  }
  assert.equal((await it.ask('/export?format=exe')).status, 400);
  assert.equal((await it.ask('/export?format=csv&q=(')).status, 400);
});
