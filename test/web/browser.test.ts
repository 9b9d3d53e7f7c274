/** A reader without JavaScript and without a mouse, in a real browser, on mail that means harm. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { serve } from '../../src/web/serve.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { letter } from '../mail.js';
import { troveOf } from './reading.js';

const messages = [
  letter({ id: 'a@x', subject: 'Berth four', body: 'The dredger is late.\n' }),
  letter({
    id: 'b@x',
    subject: 'Re: Berth four',
    references: '<a@x>',
    from: 'Bob Lund <bob@calder.example>',
    date: 'Tue, 8 Mar 2016 09:00:00 +0000',
    body: 'Again, the dredger.\n\n> The dredger is late.\n',
  }),
  letter({
    id: `"><script>document.title='run'</script>@x`,
    subject: `</title><script>document.title='run'</script><img src=https://track.example/s.gif>`,
    from: `"<img src=https://track.example/f.gif onerror=document.title='run'>" <eve@evil.example>`,
    extra: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
    body: `<body background="https://track.example/b.gif"><style>@import "https://track.example/i.css"; p { background: url(https://track.example/c.gif) }</style>
<script>top.document.title='run'</script><p onmouseover="top.document.title='run'" style="background:url(//track.example/d.gif)">Pretty words<img src="https://track.example/p.gif"><iframe src="https://track.example/"></iframe>
<link rel="prefetch" href="https://track.example/l"><meta http-equiv="refresh" content="0;url=https://track.example/m"><form action="https://track.example/post"><input name=q autofocus></form></body>\n`,
  }),
];

/** Presses Tab until the wanted link has the focus, as someone would who has no mouse. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const text =
      (await focused.getAttribute('aria-label')) ?? (await focused.textContent().catch(() => '')) ?? '';
    if (!name.test(text)) continue;
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    assert.notEqual(outline, 'none', `the focus on "${text}" is seen`);
    return;
  }
  assert.fail(`no way by keyboard to ${String(name)} on ${page.url()}`);
}

async function follow(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

test('a reader walks from search to message to thread to source by keyboard, without JavaScript, and nothing calls home', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const server = await serve(await troveOf(t, messages), 0);
  try {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const foreign: string[] = [];
    const violations: string[] = [];
    context.on('request', (request) => {
      if (!request.url().startsWith(server.url)) foreign.push(request.url());
    });
    const page = await context.newPage();
    page.on('console', (message) => violations.push(message.text()));

    await page.goto(server.url);
    await tabTo(page, /^Skip to the content$/);
    await page.locator('#q').focus();
    await page.keyboard.type('dredger');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    assert.match((await page.textContent('h1')) ?? '', /^2 messages$/);

    await follow(page, /^Berth four$/);
    assert.equal(await page.textContent('h1'), 'Berth four');
    assert.equal(await page.textContent('mark'), 'dredger');

    await follow(page, /^Read the thread$/);
    assert.match((await page.textContent('main')) ?? '', /A thread of 2 messages by 2 people/);

    await follow(page, /^Bob Lund$/);
    await follow(page, /^Source$/);
    assert.match((await page.textContent('body')) ?? '', /^Message-ID: <b@x>/);

    for (const path of ['m/3', 'm/3?q=pretty', 't/3', 'search?q=', 'm/3/html', 'containers']) {
      await page.goto(server.url + path);
      assert.equal(await page.locator('main script, main img').count(), 0, path);
    }
    await page.goto(`${server.url}m/3/html`);
    assert.match((await page.frameLocator('iframe').locator('body').textContent()) ?? '', /Pretty words/);
    assert.match((await page.textContent('summary')) ?? '', /Not loaded: \d+ things from 1 other host/);

    assert.deepEqual(foreign, []);
    assert.deepEqual(violations, []);
  } finally {
    await browser.close();
    await server.close();
  }
});

test('with JavaScript on, the mail still runs nothing', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const server = await serve(await troveOf(t, messages), 0);
  try {
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) foreign.push(request.url());
    });
    for (const path of ['', 'search?q=', 'm/3', 't/3', 'm/3/html', 'm/3/body.html', 'm/3/raw']) {
      await page.goto(server.url + path);
      await page.mouse.move(300, 300);
      assert.notEqual(await page.title(), 'run', path);
    }
    assert.deepEqual(foreign, []);
  } finally {
    await browser.close();
    await server.close();
  }
});

test('no page is wider than a phone', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const long = 'x'.repeat(300);
  const server = await serve(
    await troveOf(t, [
      ...messages,
      letter({
        id: `${long}@x`,
        subject: long,
        from: `${long} <${long}@x.example>`,
        body: `${long}\n\nItem        Qty    Price\nAnchors ${long}       4   1,200\nChains        2     800\nBuoys        10     150\n`,
      }),
    ]),
    0,
  );
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    for (const path of [
      '',
      'search?q=',
      `search?q=${long}`,
      'm/1',
      'm/3/html',
      'm/4',
      't/4',
      't/1',
      'containers',
      'progress',
      'help',
      'keys',
      'desk',
      'nowhere',
    ]) {
      await page.goto(server.url + path);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
