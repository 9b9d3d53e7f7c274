/** People and pictures in a real browser: with and without JavaScript, by keyboard, on phone and desktop, light and dark. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../../src/web/serve.js';
import { obstacles } from '../accessible.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { letter, manyLetters } from '../mail.js';
import { troveOf } from './reading.js';

const long = 'x'.repeat(120);
const messages = [
  ...manyLetters(150),
  letter({ id: 'a@x', from: 'Anna Berg <anna@harbour.example>', references: '<gone@x>' }),
  letter({ id: 'b@x', from: '"Berg, Anna" <aberg@home.example>', to: 'Anna Berg <anna@harbour.example>' }),
  letter({ id: 'c@x', from: `"${long}" <${long}@x.example>`, subject: long, references: '<a@x>' }),
  letter({ id: 'd@x', from: 'Bob Lund <bob@calder.example>', references: '<c@x>' }),
];

const pages = [
  '',
  'search?q=harbour',
  'pictures?q=',
  'pictures?q=&show=hours',
  'pictures?q=&show=hours&zone=America/Chicago',
  'pictures?q=&show=ties',
  'pictures?q=&show=gaps',
  'people',
  'people?name=clerk&sort=sent',
  'people/suggestions',
  'p/anna%40harbour.example',
  'p/clerk3%40harbour.example',
  `p/${long}%40x.example`,
  't/130/tree',
];

test('axe-core finds nothing on the first page, people and pictures, in light and dark, on phone and desktop', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const server = await serve(await troveOf(t, messages), 0);
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        // Our policy lets no script run: for axe, and for nothing else here, it is set aside.
        const context = await browser.newContext({
          viewport: { width, height: 800 },
          colorScheme,
          bypassCSP: true,
        });
        const page = await context.newPage();
        for (const path of pages) {
          await page.goto(server.url + path);
          assert.deepEqual(await obstacles(page), [], `${colorScheme} ${width} /${path}`);
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
});

for (const javaScriptEnabled of [false, true])
  test(`a reporter finds out who is who, by keyboard, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const browser = await launchBrowser();
    if (browser === undefined) {
      t.skip(noBrowser);
      return;
    }
    const server = await serve(await troveOf(t, messages), 0);
    try {
      const context = await browser.newContext({ javaScriptEnabled });
      const foreign: string[] = [];
      context.on('request', (request) => {
        if (!request.url().startsWith(server.url)) foreign.push(request.url());
      });
      const page = await context.newPage();
      const press = async (name: string): Promise<void> => {
        await page.getByRole('button', { name }).first().focus();
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      };
      const follow = async (name: string): Promise<void> => {
        await page.getByRole('link', { name, exact: true }).first().focus();
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      };
      await page.goto(server.url);
      await follow('People');
      await page.getByLabel('Name or address').fill('berg');
      await press('Find');
      assert.match((await page.textContent('main')) ?? '', /2 people found/);
      await follow('1 pair of addresses may be one person’s');
      await press('anna@harbour.example and aberg@home.example are the same person');
      assert.match((await page.textContent('main')) ?? '', /Stated so far: 1/);
      await follow('anna@harbour.example');
      assert.match((await page.textContent('main')) ?? '', /Sent 2 messages, got 1/);
      await press('Take back');
      assert.match((await page.textContent('main')) ?? '', /Sent 1 message, got 1/);

      await follow('Who with whom');
      assert.match((await page.textContent('h1')) ?? '', /Who writes to whom/);
      await page.goto(`${server.url}pictures?q=clerk`);
      await follow('Hours of the week');
      await page.getByLabel('Clock of').selectOption('Europe/Berlin');
      await press('Show');
      assert.match((await page.textContent('figcaption')) ?? '', /Hours of Europe\/Berlin/);
      assert.match(page.url(), /q=clerk/);
      const cell = page.locator('.heat-map a').first();
      const count = /: (\d+ messages?)$/.exec((await cell.locator('title').textContent()) ?? '')?.[1];
      await cell.focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      assert.equal(await page.textContent('h1'), count);
      assert.deepEqual(foreign, []);
    } finally {
      await browser.close();
      await server.close();
    }
  });
