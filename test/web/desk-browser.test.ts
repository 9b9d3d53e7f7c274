/** Work at the desk in a real browser: without JavaScript, by keys, and while another site tries to write. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type RunningServer, serve } from '../../src/web/serve.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { letter } from '../mail.js';
import { troveOf } from './reading.js';

const messages = [
  letter({
    id: 'a@x',
    subject: 'Pump',
    body: 'The invoice is paid twice, as you know.\n\nIt is paid twice.\n',
  }),
  letter({
    id: 'b@x',
    subject: 'Re: Pump',
    references: '<a@x>',
    from: 'Bob Lund <bob@calder.example>',
    date: 'Tue, 8 Mar 2016 09:00:00 +0000',
    body: 'By whom?\n',
  }),
];

async function inBrowser(
  t: TestContext,
  story: (browser: Browser, server: RunningServer) => Promise<void>,
): Promise<void> {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const server = await serve(await troveOf(t, messages), 0, 'Ida Moss');
  try {
    await story(browser, server);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Presses and waits for the page that follows. */
async function go(page: Page, press: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForNavigation(), press()]);
}

const main = async (page: Page): Promise<string> => (await page.textContent('main')) ?? '';

test('a reader without JavaScript tags a result and takes it back, then tags, notes and marks a message', async (t) => {
  await inBrowser(t, async (browser, server) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${server.url}search?q=paid`);
    await page.click('.result-desk summary');
    await page.fill('#result-tag', 'Payments');
    await go(page, () => page.click('text="Add tag"'));
    assert.match(await main(page), /1 message was tagged “Payments”.*Ida Moss/);
    await go(page, () => page.click('text=Undo: take back 1 change'));
    assert.match(await main(page), /All of it was taken back since/);
    await go(page, () => page.click('text=Back to where you were'));

    await go(page, () => page.click('.hit h3 a'));
    await page.fill('#tag', 'to ask');
    await go(page, () => page.click('text="Add tag"'));
    await go(page, () => page.click('text="Mark as read"'));
    await page.click('text="Write a note"');
    await page.fill('#note-text', 'Ask the bank.');
    await page.fill('#note-passage', 'paid twice, as');
    await go(page, () => page.click('text="Save the note"'));
    assert.match(page.url(), /\/m\/1\?q=paid#note-/);
    assert.equal((await page.locator('.noted').allTextContents()).join(''), 'paid twice, as');
    assert.match(await main(page), /Read by Ida Moss/);

    await page.goto(`${server.url}desk`);
    assert.match(await main(page), /Ask the bank\..*on Pump by Anna Berg/);
    await go(page, () => page.click('.tally .tag'));
    assert.match(await main(page), /1 message ?tagged "to ask"/);
    // The form was answered with a redirect: going back and reloading writes nothing again.
    await page.reload();
    await page.goto(`${server.url}desk`);
    assert.equal(await page.locator('.note-list li').count(), 1);
  });
});

test('a reader with keys goes through hits, opens, notes a selected passage, tags, and is never stopped while typing', async (t) => {
  await inBrowser(t, async (browser, server) => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    const key = (name: string): Promise<void> => page.keyboard.press(name);
    await page.goto(server.url);

    await key('g');
    await go(page, () => key('s'));
    assert.match(page.url(), /\/search$/);
    await key('j');
    await key('j');
    assert.equal(await page.textContent(':focus'), 'Pump');
    await key('k');
    assert.equal(await page.textContent(':focus'), 'Re: Pump');
    await key('j');
    await go(page, () => key('o'));
    assert.match(page.url(), /\/m\/1\?|\/m\/1$/);

    await page.evaluate(() => {
      const own = document.querySelector('.text .own')?.firstChild;
      const range = document.createRange();
      const start = own?.textContent?.lastIndexOf('paid twice') ?? 0;
      if (own) {
        range.setStart(own, start);
        range.setEnd(own, start + 'paid twice'.length);
      }
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    });
    await key('n');
    await page.keyboard.type('json? r t g d / n #');
    assert.equal(await page.inputValue('#note-text'), 'json? r t g d / n #');
    assert.equal(await page.inputValue('#note-passage'), 'paid twice');
    await go(page, () => page.click('text="Save the note"'));
    // The second of the two places: where it was selected.
    assert.match((await page.textContent('.text')) ?? '', /paid twice, as you know/);
    assert.equal(
      await page.evaluate(() => document.querySelector('.noted')?.previousSibling?.textContent?.trim()),
      'The invoice is paid twice, as you know.\n\nIt is',
    );

    await key('#');
    await page.keyboard.type('pump');
    await go(page, () => key('Enter'));
    assert.equal((await page.textContent('.tags .tag'))?.trim(), 'pump');
    await go(page, () => key('m'));
    assert.match(await main(page), /Read by Ida Moss/);
    await go(page, () => key('j'));
    assert.match(page.url(), /\/m\/2/);
    await go(page, () => key('t'));
    assert.match(page.url(), /\/t\/1/);
    await key('j');
    await go(page, () => key('r'));
    assert.match(page.url(), /\/m\/1\/raw$/);

    await page.goto(server.url);
    await key('/');
    await page.keyboard.type('j');
    assert.equal(await page.inputValue('#q'), 'j');
    await key('Escape');
    await go(page, () => key('?'));
    assert.match(await main(page), /Keys/);
    await page.keyboard.press('Control+j');
    assert.deepEqual(problems, []);
  });
});

/** Another site: a page that writes to ours in every way that a browser knows. */
async function otherSite(t: TestContext, target: string, token: string): Promise<string> {
  const fields = `<input name=token value="${token}"><input name=name value=evil><input name=q value="*">`;
  const other: Server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      request.url === '/form'
        ? `<form method=post action="${target}desk/tags">${fields}</form><script>document.forms[0].submit()</script>`
        : `<iframe src="${target}desk"></iframe><p>waiting</p><script>
const body = new URLSearchParams({ token: '${token}', name: 'evil', q: '*' });
Promise.allSettled([
  fetch('${target}desk/tags', { method: 'POST', mode: 'no-cors', body }),
  fetch('${target}desk/tags', { method: 'POST', body }),
  fetch('${target}desk/tags', { method: 'POST', mode: 'no-cors', body: body.toString(), headers: { 'Content-Type': 'text/plain' } }),
  fetch('${target}desk').then((page) => page.text()),
]).then((all) => {
  navigator.sendBeacon('${target}desk/tags', body);
  document.querySelector('p').textContent = all.map(({ status, value }) => status + ' ' + (value?.type ?? String(value ?? ''))).join(', ');
});</script>`,
    );
  });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  t.after(() => {
    other.closeAllConnections();
    other.close();
  });
  const address = other.address();
  return typeof address === 'object' && address !== null ? String(address.port) : '';
}

test('a second tab on another site cannot write, even where it knows the token, nor read the token', async (t) => {
  await inBrowser(t, async (browser, server) => {
    const context = await browser.newContext();
    const ours = await context.newPage();
    await ours.goto(`${server.url}search?q=`);
    const token = (await ours.getAttribute('input[name="token"]', 'value')) ?? '';
    assert.match(token, /^[\w-]{43}$/);
    const port = await otherSite(t, server.url, token);
    // 127.0.0.1 is of the same site as ours, localhost of another one: neither is of the same origin.
    for (const host of ['127.0.0.1', 'localhost']) {
      const tab = await context.newPage();
      await tab.goto(`http://${host}:${port}/`);
      await tab.waitForFunction(() => document.querySelector('p')?.textContent !== 'waiting');
      assert.doesNotMatch((await tab.textContent('p')) ?? '', /token|Desk/);
      await tab.goto(`http://${host}:${port}/form`);
      await tab.waitForURL(`${server.url}desk/tags`);
      assert.match((await tab.textContent('body')) ?? '', /did not come from a page of this server/);
    }
    await ours.goto(`${server.url}desk`);
    assert.match(await main(ours), /No tags yet/);
    // The same form, sent by our page, is taken: what was refused was not refused for another reason.
    await ours.goto(`${server.url}search?q=`);
    await ours.click('.result-desk summary');
    await ours.fill('#result-tag', 'ours');
    await go(ours, () => ours.click('text="Add tag"'));
    assert.match(await main(ours), /2 messages were tagged “ours”/);
  });
});
