/** Redaction over HTTP: the queue, decisions and their undoing, the register, a message as it would be published. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scanCandidates } from '../../src/review/scan.js';
import { letter } from '../mail.js';
import { type Reading, reading, shown, troveOf } from './reading.js';

const letters = [
  letter({
    id: 'a@x.example',
    subject: 'Trot 14',
    body: 'Ring 07700 900345, any hour. I am at 14 Ropewalk Cottages, Eastmarch EM2 3QQ.\nThe card is 4000 0000 0000 9607.\n',
  }),
  letter({
    id: 'b@x.example',
    subject: 'Re: Trot 14',
    body: 'Come round.\n\n> Ring 07700 900345, any hour. I am at 14 Ropewalk\n> Cottages, Eastmarch EM2 3QQ.\n',
  }),
];

async function scanned(t: Parameters<typeof troveOf>[0]): Promise<Reading> {
  const trove = await troveOf(t, letters);
  const { found, done } = await scanCandidates(trove, { regions: ['GB'] });
  assert.equal(done, letters.length);
  assert.ok(found > 4);
  return reading(t, trove);
}

async function sent(it: Reading, path: string, fields: Record<string, string>): Promise<string> {
  const response = await it.send(path, fields);
  assert.equal(response.status, 303, await response.text());
  return response.headers.get('Location') ?? '';
}

const idOf = (page: string): string => /name="id" value="(\d+)"/.exec(page)?.[1] ?? '';

describe('the redaction pages', () => {
  test('decide nothing by themselves, and mask addresses and numbers until somebody is public', async (t) => {
    const it = await scanned(t);
    const preview = shown(await it.page('/redact/m/1'));
    assert.match(preview, /\[phone 1\]/);
    assert.match(preview, /14 Ropewalk Cottages/);
    assert.match(preview, /4000 0000 0000 9607/);
    assert.doesNotMatch(preview, /07700/);
  });

  test('redact a value everywhere by one button, and take it back by another', async (t) => {
    const it = await scanned(t);
    const id = idOf(await it.page('/redact/r/home'));
    const address = await sent(it, '/redact/decide', {
      rule: 'home',
      do: `redact ${id}`,
      back: '/redact/r/home',
    });
    for (const number of [1, 2]) assert.match(shown(await it.page(`/redact/m/${number}`)), /\[home 1\]/);
    assert.doesNotMatch(shown(await it.page('/redact/m/2')), /Ropewalk|Cottages/);
    assert.match(shown(await it.page('/redact/r/home')), /Nothing is left to decide/);
    const act = /name="id" value="([\w-]{22})"/.exec(await it.page(address))?.[1] ?? '';
    await sent(it, '/desk/undo', { what: 'act', id: act });
    assert.match(shown(await it.page('/redact/m/1')), /Ropewalk/);
  });

  test('redact all that are open at once', async (t) => {
    const it = await scanned(t);
    await sent(it, '/redact/decide', { rule: 'card', do: 'redact-all' });
    assert.match(shown(await it.page('/redact/m/1')), /The card is \[card 1\]/);
    assert.match(await it.page('/redact/r/card?state=redacted'), /4000 0000 0000 9607/);
  });

  test('show a number that somebody decided to show', async (t) => {
    const it = await scanned(t);
    const id = idOf(await it.page('/redact/r/phone'));
    await sent(it, '/redact/decide', { rule: 'phone', do: `show ${id}` });
    assert.match(shown(await it.page('/redact/m/2')), /07700 900345/);
  });

  test('mark words that no rule found, hide a field, withhold a message', async (t) => {
    const it = await scanned(t);
    const message = /name="message" value="([0-9a-f]{64})"/.exec(await it.page('/redact/m/1'))?.[1] ?? '';
    await sent(it, '/redact/mark', {
      message,
      target: 'passage',
      words: 'any HOUR',
      thing: 'passage',
      where: 'everywhere',
    });
    assert.match(shown(await it.page('/redact/m/2')), /\[passage 1\]/);
    await sent(it, '/redact/mark', { message, target: 'field', words: 'Subject', reason: 'source' });
    assert.doesNotMatch(await it.page('/redact/m/1'), /<dt>Subject<\/dt>/);
    await sent(it, '/redact/mark', { message, target: 'message', reason: 'legal' });
    assert.match(shown(await it.page('/redact/m/1')), /Withheld \(legal\)/);
    const queue = await it.page('/redact');
    assert.match(shown(queue), /Header field subject/);
    const row = /action="\/redact\/undo">.*?name="id" value="([\w-]{22})"/s.exec(queue)?.[1] ?? '';
    await sent(it, '/redact/undo', { id: row });
    assert.notEqual(await it.page('/redact'), queue);
  });

  test('show the address of who is public, and not the private one in the same house', async (t) => {
    const it = await scanned(t);
    const address = /name="subject" value="([^"@]+@[^"]+)"/.exec(await it.page('/redact/people'))?.[1] ?? '';
    const domain = address.slice(address.indexOf('@'));
    await sent(it, '/redact/state', { subject: domain, verdict: 'public' });
    assert.match(shown(await it.page('/redact/m/1')), new RegExp(address.replaceAll('.', '\\.')));
    await sent(it, '/redact/state', { subject: address, verdict: 'private' });
    assert.doesNotMatch(shown(await it.page('/redact/m/1')), new RegExp(address.replaceAll('.', '\\.')));
  });

  test('refuse forms without the token, words that are in everything, and subjects that are none', async (t) => {
    const it = await scanned(t);
    for (const path of ['decide', 'mark', 'state', 'undo', 'clear'])
      assert.equal((await it.send(`/redact/${path}`, { token: '' })).status, 403, path);
    assert.equal(
      (await it.send('/redact/mark', { message: '1', target: 'passage', words: '!' })).status,
      400,
    );
    assert.equal((await it.send('/redact/state', { subject: 'nobody', verdict: 'public' })).status, 400);
    assert.equal((await it.send('/redact/decide', { rule: 'none', do: 'redact-all' })).status, 404);
  });

  test('say what to do where nothing was looked for yet', async (t) => {
    const it = reading(t, await troveOf(t, letters));
    assert.match(shown(await it.page('/redact')), /Nothing was looked for yet/);
    await it.page('/redact/r/phone', 404);
  });
});
