/**
 * Every attack of three collections, received by the program as a reader would receive it and opened in a real
 * browser, scripts allowed: nothing runs, nothing is requested, and the page still reads. No policy of the browser
 * has to step in for that: a violation on the console fails as well.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Download, Page } from 'playwright-core';
import { noBrowser } from '../browser.js';
import { dompurifyAttacks, h5scAttacks, httpleaksAttacks, missingAttacks } from '../hostile/attacks.js';
import { type HostileLetter, hostileLetter, lettersPerThread } from '../hostile/letters.js';
import { nothing, seenOnPage, type Watch, watch } from '../hostile/watch.js';
import { impart, startImpart } from '../impart.js';

/**
 * Every attack is shown as laid out, and as text in threads and lists of hits. Its own page, text as well, is opened
 * for each of them in the slow tier, for some of them otherwise.
 */
const ownPageEvery = process.env.IMPART_SLOW === '1' ? 1 : 4;
/** Pages opened side by side. */
const tabs = 4;

/** What pages ask this server for: themselves, the stylesheet, our script, the icon, the frame's document. */
const ownRequests =
  /^(?:m\/\d+(?:\/(?:html|body\.html|raw|attachment\/\d+))?|t\/\d+|search\?\S*|style\/\S+|script\/[0-9a-f]+\/impart\.js|icon\.svg|containers|)$/;

const missing = missingAttacks();
const letters: readonly HostileLetter[] =
  missing === undefined
    ? [...h5scAttacks(), ...dompurifyAttacks(), ...httpleaksAttacks()]
        .filter(({ html }) => html.trim() !== '')
        .map(hostileLetter)
    : [];

/** Gives each letter to one of the tabs. */
async function inTabs(
  { context }: Watch,
  visit: (page: Page, letter: HostileLetter, number: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: tabs }, async () => {
      const page = await context.newPage();
      for (let at = next++; at < letters.length; at = next++) {
        const letter = letters[at];
        if (letter !== undefined) await visit(page, letter, at + 1);
      }
    }),
  );
}

describe('hostile mail in a real browser', () => {
  let site: Awaited<ReturnType<typeof serving>> | undefined;
  let watched: Watch | undefined;
  const dir = mkdtempSync(join(tmpdir(), 'impart-hostile-'));
  before(async () => {
    if (missing !== undefined) return;
    site = await serving(receiveLetters(dir));
    watched = await watch(site.url, ownRequests);
  });
  after(async () => {
    await watched?.close();
    await site?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  async function watching(
    t: TestContext,
    act: (watched: Watch, url: string) => Promise<void>,
  ): Promise<void> {
    if (watched === undefined || site === undefined) return t.skip(missing ?? noBrowser);
    await act(watched, site.url);
    assert.deepEqual(watched.take(), nothing());
  }

  test('runs nothing and requests nothing from its own page and as laid out, and both read', async (t) => {
    await watching(t, (watched, url) =>
      inTabs(watched, async (page, letter, number) => {
        const own = number % ownPageEvery === 0 ? [`m/${number}`] : [];
        for (const path of [...own, `m/${number}/html`]) {
          await page.goto(url + path);
          assertReads(await readPage(page), letter, path);
          assert.equal(page.url(), url + path, `${letter.attack.name} leads away`);
        }
      }),
    );
  });

  test('does nothing in lists of hits, where every message is still found', async (t) => {
    await watching(t, async ({ context }, url) => {
      const page = await context.newPage();
      const subjects: string[] = [];
      let next: string | null = `${url}search?q=`;
      while (next !== null) {
        await page.goto(next);
        const { foreign } = await page.evaluate(seenOnPage);
        assert.deepEqual(foreign, [], next);
        subjects.push(...(await page.locator('.hit h3').allInnerTexts()));
        const link = page.locator('a[rel=next]');
        next = (await link.count()) === 0 ? null : new URL((await link.getAttribute('href')) ?? '', url).href;
      }
      const wanted = letters.map(({ before, after }) => `${before} … ${after}`);
      const shown = subjects.map((subject) => subject.replace(/^(\S+)\s.*\s(\S+)$/s, '$1 … $2'));
      assert.deepEqual(shown.sort(), wanted.sort());
    });
  });

  test('does nothing in threads, where every message is still read', async (t) => {
    await watching(t, async ({ context }, url) => {
      const page = await context.newPage();
      for (let first = 0; first < letters.length; first += lettersPerThread) {
        await page.goto(`${url}t/${first + 1}`);
        const { foreign, text } = await page.evaluate(seenOnPage);
        assert.deepEqual(foreign, [], page.url());
        for (const { before } of letters.slice(first, first + lettersPerThread))
          assert.ok(text.includes(before), before);
      }
    });
  });

  test('is text as source and a download as attachment, whatever a browser would make of it', async (t) => {
    await watching(t, async ({ context }, url) => {
      const page = await context.newPage();
      for (const [at, { attack, before }] of letters.entries()) {
        if (at % 12 !== 0) continue;
        await page.goto(`${url}m/${at + 1}/raw`);
        assert.ok((await page.innerText('body')).includes(before), attack.name);
        assert.equal(await page.locator('body > *').count(), 1, attack.name);
        for (const entity of [3, 4]) {
          const download = page.waitForEvent('download');
          await assert.rejects(page.goto(`${url}m/${at + 1}/attachment/${entity}`), /Download is starting/);
          const { failure, name } = await nameOf(await download);
          assert.equal(failure, null);
          assert.doesNotMatch(name, /[<>"/\\]/, attack.name);
        }
      }
    });
  });

  test('works in a page without our walls, so that the tests above can fail', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const server = createServer((request, response) => {
      const letter = letters[Number(request.url?.slice(1))];
      response.writeHead(letter === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(letter?.attack.html);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
    const watched = await watch(url, /^\d+$/);
    if (watched === undefined) return t.skip(noBrowser);
    try {
      await inTabs(watched, async (page, _letter, number) => {
        if (number % 2 !== 0) return;
        await page.goto(`${url}${number - 1}`, { timeout: 5_000 }).catch(() => undefined);
      });
      const { ran, requests, connections } = watched.take();
      assert.ok(ran.length > 15, `${ran.length} ran`);
      assert.ok(requests.length > 100, `${requests.length} requests`);
      assert.ok(connections.length > 20, `${connections.length} connections`);
    } finally {
      await watched.close();
      server.closeAllConnections();
      server.close();
    }
  });
});

async function nameOf(download: Download): Promise<{ name: string; failure: string | null }> {
  return { name: download.suggestedFilename(), failure: await download.failure() };
}

/** A trove that the program itself received the letters into. */
function receiveLetters(dir: string): string {
  const folder = join(dir, 'hostile');
  mkdirSync(folder);
  for (const [index, { eml }] of letters.entries())
    writeFileSync(join(folder, `${String(index).padStart(4, '0')}.eml`), eml);
  const trove = join(dir, 'hostile.trove');
  const run = impart('receive', folder, '--trove', trove);
  assert.equal(run.status, 0, run.stderr);
  return trove;
}

async function serving(trove: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = startImpart('serve', '--trove', trove, '--port', '0');
  const exited = once(child, 'exit');
  assert.ok(child.stdout);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: line.toString().trim(),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

interface PageText {
  readonly heading: string;
  readonly text: string;
  readonly frame: string | undefined;
  readonly foreign: readonly string[];
}

async function readPage(page: Page): Promise<PageText> {
  const [own, frame] = await Promise.all(page.frames().map((each) => each.evaluate(seenOnPage)));
  return {
    heading: own?.heading ?? '',
    text: own?.text ?? '',
    frame: frame?.text,
    foreign: [...(own?.foreign ?? []), ...(frame?.foreign ?? [])],
  };
}

function assertReads(seen: PageText, { attack, before, after }: HostileLetter, path: string): void {
  const where = `${path}: ${attack.name}: ${attack.html}`;
  assert.deepEqual(seen.foreign, [], where);
  assert.ok(seen.heading.startsWith(before) && seen.heading.endsWith(after), `${seen.heading} in ${where}`);
  if (path.endsWith('html')) assert.match(seen.frame ?? '', new RegExp(before), where);
  else assert.match(seen.text, new RegExp(`${before}.*${after}`, 's'), where);
}
