/** axe-core over every page of the reading room, in light and dark, on phone and desktop; none is wider than its screen. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { receiveSources } from '../../src/pipeline.js';
import { Archive } from '../../src/read/archive.js';
import { openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { serve } from '../../src/web/serve.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { tempDir } from '../impart.js';

const sample = 'examples/harbour/mail';

async function sampleTrove(t: TestContext): Promise<Trove> {
  const trove = openOrCreateTrove(join(tempDir(t), 'x.trove'), 'Harbour papers');
  await receiveSources(trove, [sample], { inPlace: false }, { now: () => Date.now() });
  return trove;
}

/** Addresses whose numbers depend on the order of receiving, found as a reader would find them. */
async function pagesOf(trove: Trove): Promise<string[]> {
  const archive = new Archive(trove);
  const { index } = archive;
  const numbers = index.evaluate({ kind: 'all' }).toArray();
  const copied = numbers.find((number) => index.nearCopies.members(number).length > 2) ?? 1;
  const withFile = numbers.find((number) => (index.findRow(number)?.attachments ?? 0) > 0) ?? 1;
  const { attachments } = await archive.read(archive.resolve(String(withFile)));
  const sizes = new Map<number, number>();
  for (const number of numbers)
    sizes.set(index.threadOf(number), (sizes.get(index.threadOf(number)) ?? 0) + 1);
  const [longest] = [...sizes].sort((a, b) => b[1] - a[1])[0] ?? [1];
  archive.close();
  return [
    ...['', 'search?q=berth', 'search?q=berth&copies=all&sort=relevance', 'search?q=%22', 'search?q=zzzz'],
    ...[`m/${copied}`, `m/${copied}/copies?q=berth`, `m/${withFile}`],
    ...[`t/${longest}`, `t/${longest}?show=every`, `t/${longest}?show=inclusive`, `t/${longest}/tree`],
    ...['attachments', `a/${attachments[0]?.sha256 ?? ''}`, 'pictures?q=', 'people', 'people/suggestions'],
    ...['desk', 'keys', 'containers', 'progress', 'help', 'nothing'],
  ];
}

const axe = createRequire(import.meta.url).resolve('axe-core');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function findings(page: Page): Promise<string[]> {
  const violations = (await page.evaluate('axe.run().then((results) => results.violations)')) as Violation[];
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 200) ?? ''}`);
}

test('axe-core finds nothing on any page of the reading room, and none is wider than the screen', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const trove = await sampleTrove(t);
  const paths = await pagesOf(trove);
  const server = await serve(trove, 0);
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
        for (const path of paths) {
          await page.goto(server.url + path);
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })");
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          await page.addScriptTag({ path: axe });
          assert.deepEqual([wide, await findings(page)], [width, []], `${colorScheme} ${width} /${path}`);
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
});
