/** axe-core over every page of the reading room, in light and dark, on phone and desktop; none is wider than its screen. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { receiveSources } from '../../src/pipeline.js';
import { Archive } from '../../src/read/archive.js';
import { emptyLedger, readLedger } from '../../src/store/desk/claims/ledger.js';
import { addList } from '../../src/store/desk/lists.js';
import { Desk } from '../../src/store/desk.js';
import { openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { serve } from '../../src/web/serve.js';
import { obstacles } from '../accessible.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { impart, tempDir } from '../impart.js';

const sample = 'examples/harbour/mail';

async function sampleTrove(t: TestContext): Promise<{ trove: Trove; written: string[] }> {
  const trove = openOrCreateTrove(join(tempDir(t), 'x.trove'), 'Harbour papers');
  await receiveSources(trove, [sample], { inPlace: false }, { now: () => Date.now() });
  const at = ['--trove', trove.dir];
  // What waits for a key, a decision or a review is not all well: 0 or 3.
  for (const args of [
    ['verify', '--keys', 'examples/harbour/keys/dns.json'],
    ['extract'],
    ['redact', 'scan'],
    ['claims', 'capture', 'test/claims/gold/courier-bar.html'],
  ])
    assert.match(String(impart(...args, ...at).status), /^[03]$/, args.join(' '));
  const desk = new Desk(trove, { now: () => Date.now(), as: 'Ida Moss' });
  const text = { name: 'Names', content: 'name,note\nWrona,of the laboratory\n', hasHeading: true } as const;
  const [act, list] = desk.write((db, by) => [by.id, addList(db, by, { ...text, reading: 'words' })]);
  const ledger = desk.read(readLedger, emptyLedger);
  desk.close();
  const capture = ledger.captures[0]?.id ?? '';
  return { trove, written: [`desk/lists/${list}`, `desk/act/${act}`, `claims/c/${capture}`, 'claims/next'] };
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
    ...['verification', 'findings/copies-differ', 'findings/message-id-time-differs'],
    ...['redact', 'redact/r/phone', 'redact/r/address', 'redact/people', `redact/m/${copied}`],
    ...[`redact/a/${attachments[0]?.sha256 ?? ''}`, 'claims', 'claims/propositions'],
  ];
}

test('axe-core finds nothing on any page of the reading room, and none is wider than the screen', async (t) => {
  const browser = await launchBrowser();
  if (browser === undefined) {
    t.skip(noBrowser);
    return;
  }
  const { trove, written } = await sampleTrove(t);
  const paths = [...(await pagesOf(trove)), ...written];
  const server = await serve(trove, 0);
  const found: string[] = [];
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
          for (const what of await obstacles(page)) found.push(`${colorScheme} ${width} /${path} ${what}`);
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  assert.deepEqual(found, []);
});
