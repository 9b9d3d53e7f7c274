/**
 * Safe HTML in a real browser, against collections of attacks that others made: nothing runs, nothing is requested,
 * with and without the frame's own content security policy.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { safeHtml } from '../../src/read/safe-html.js';
import { launchBrowser, noBrowser } from '../browser.js';
import {
  type Attack,
  dompurifyAttacks,
  dompurifyFolder,
  h5scAttacks,
  h5scFolder,
  httpleaksFile,
} from '../hostile/attacks.js';

const policy = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'";

interface Seen {
  ran: string[];
  /** Elements and attributes that no safe fragment has, as the browser's own parser sees them. */
  foreign: string[];
}

let browser: Browser | undefined;
let context: BrowserContext;
let page: Page;
const requests: string[] = [];

before(async () => {
  browser = await launchBrowser();
  if (browser === undefined) return;
  context = await browser.newContext();
  await context.route('**/*', async (route) => {
    requests.push(route.request().url());
    await route.abort();
  });
  await context.addInitScript(() => {
    const ran: string[] = [];
    Object.assign(globalThis, { ran });
    for (const name of ['alert', 'confirm', 'prompt', 'print']) {
      Object.assign(globalThis, { [name]: (...given: unknown[]) => ran.push(`${name} ${given.join()}`) });
    }
  });
  page = await context.newPage();
});

after(async () => {
  await browser?.close();
});

/** Shows a fragment as a page of its own, and what came of it. */
async function show(body: string, head = ''): Promise<Seen> {
  // A page of its own each time: what one payload does must not be laid to the next.
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`, {
    waitUntil: 'commit',
    timeout: 5_000,
  });
  await page.waitForTimeout(50);
  return page.evaluate(inspect);
}

function inspect(): Seen {
  const foreign: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    if (/^(script|link|meta|base|iframe|object|embed|form|input|svg|math|video|audio|template)$/.test(name))
      foreign.push(name);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith('on')) foreign.push(`${name} ${attribute}`);
      if (
        /^(href|src)$/.test(attribute) &&
        !/^(https?:|mailto:|data:image\/(png|jpe?g|gif|webp);|\/blob\/)/.test(value)
      ) {
        foreign.push(`${name} ${attribute}=${value}`);
      }
    }
  }
  const { ran } = globalThis as unknown as { ran: string[] };
  return { ran: [...ran], foreign };
}

const safe = (html: string) => safeHtml(html, { cidUrl: () => '/blob/1' }).html;

/** Runs the attacks through `safeHtml`, many in one page; where one works, each alone, to name it. */
async function withstand(attacks: Attack[]): Promise<void> {
  const together = 20;
  for (let i = 0; i < attacks.length; i += together) {
    const some = attacks.slice(i, i + together);
    if (isClean(await show(some.map((attack) => safe(attack.html)).join('\n')))) continue;
    requests.length = 0;
    for (const attack of some) {
      const seen = await show(safe(attack.html));
      assert.deepEqual(
        [seen, requests.splice(0)],
        [{ ran: [], foreign: [] }, []],
        `${attack.name}: ${attack.html}`,
      );
    }
    assert.fail(`works only together: ${some.map((attack) => attack.name).join(', ')}`);
  }
}

function isClean(seen: Seen): boolean {
  return seen.ran.length === 0 && seen.foreign.length === 0 && requests.length === 0;
}

for (const [name, folder, attacks] of [
  ['the HTML5 security cheatsheet', h5scFolder, h5scAttacks],
  ['the tests of DOMPurify', dompurifyFolder, dompurifyAttacks],
] as const) {
  test(`nothing of ${name} runs or is requested`, async (t) => {
    if (browser === undefined) return t.skip(noBrowser);
    if (!existsSync(folder)) return t.skip(`no ${folder}`);
    await withstand(attacks());
  });
}

test('the same attacks unchanged do run here, so that the tests above can fail', async (t) => {
  if (browser === undefined) return t.skip(noBrowser);
  if (!existsSync(dompurifyFolder)) return t.skip(`no ${dompurifyFolder}`);
  let ran = 0;
  for (const attack of dompurifyAttacks().slice(0, 60))
    ran += (await show(attack.html).catch(() => undefined))?.ran.length ?? 0;
  assert.ok(ran > 3, `only ${ran} ran`);
  requests.length = 0;
});

describe('HTTPLeaks, every known way to make a request', () => {
  const file = httpleaksFile;

  test('unchanged it makes many requests, so that the tests below can fail', async (t) => {
    if (browser === undefined) return t.skip(noBrowser);
    if (!existsSync(file)) return t.skip(`no ${file}`);
    await show(readFileSync(file, 'utf8')).catch(() => undefined);
    await page.waitForTimeout(500);
    assert.ok(requests.splice(0).length > 30);
  });

  for (const [name, head] of [
    ['without a content security policy', ''],
    [
      "with the frame's content security policy",
      `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    ],
  ] as const) {
    test(`safe HTML makes none ${name}`, async (t) => {
      if (browser === undefined) return t.skip(noBrowser);
      if (!existsSync(file)) return t.skip(`no ${file}`);
      requests.length = 0;
      await show(safe(readFileSync(file, 'utf8')), head);
      await page.waitForTimeout(1_000);
      assert.deepEqual(requests.splice(0), []);
    });
  }

  test('what it would have requested is counted', (t) => {
    if (!existsSync(file)) return t.skip(`no ${file}`);
    const { remote } = safeHtml(readFileSync(file, 'utf8'), { cidUrl: () => undefined });
    const kinds = remote.filter((item) => item.host === 'leaking.via').map((item) => item.kind);
    assert.deepEqual(kinds, ['font', 'form', 'frame', 'image', 'link', 'media', 'redirect', 'style']);
  });
});

test('in the sandboxed frame of the reader a message shows its own pictures and runs nothing', async (t) => {
  if (browser === undefined) return t.skip(noBrowser);
  requests.length = 0;
  const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
  const content = safe(`<p style="color:red">shown</p><img src="${pixel}"><img src=https://t.example/p.gif>`);
  const framed = `<meta http-equiv="Content-Security-Policy" content="${policy}">${content}`;
  await page.setContent('<!doctype html><title>x</title>');
  await page.evaluate((srcdoc) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', '');
    frame.srcdoc = srcdoc;
    document.body.append(frame);
  }, framed);
  await page.frameLocator('iframe').getByText('shown').waitFor({ timeout: 5_000 });
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('about:') && !url.startsWith('data:')),
    [],
  );
});
