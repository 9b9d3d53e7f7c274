/**
 * The sample trove, received, decided on and released from the command line with its private data in it: none of it comes
 * out; and what a reader then does with the release, in a browser, from a server and from a disk, with scripts and without.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { obstacles } from '../accessible.js';
import { launchBrowser, noBrowser } from '../browser.js';
import { impart } from '../impart.js';
import { planted } from '../redact/planted.js';
import { type StaticServer, serveFolder } from './static-server.js';

const dir = mkdtempSync(join(tmpdir(), 'impart-stories-'));
const trove = ['--trove', join(dir, 'harbour.trove')];
const release = join(dir, 'release');
const key = join(dir, 'harbour.key');
const waiting = ['identity-number', 'card', 'iban', 'birth-date', 'health', 'home', 'password'];

function run(...args: string[]): string {
  const { status, stdout, stderr } = impart(...args);
  assert.equal(status, 0, `impart ${args.join(' ')}: ${stderr}`);
  return stdout;
}

before(() => {
  run('receive', ...globSync('examples/harbour/mail/*').sort(), ...trove);
  // One of the sample's attachments is damaged on purpose.
  assert.equal(impart('extract', ...trove).status, 3);
  run('redact', 'scan', '--regions', 'GB', ...trove);
  run('release', 'key', '--name', 'news.example/harbour', '--out', key);
});
after(() => rmSync(dir, { recursive: true, force: true }));

/** Letters and digits of every way in which this test can read the bytes: simple, and shared with no code of the program. */
function plainly(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const readings = [bytes.toString('utf8')];
  readings.push(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  for (const [run64] of text.matchAll(/(?:[A-Za-z0-9+/]{16,}={0,2}(?:\\r\\n|\r?\n)?)+/g))
    readings.push(Buffer.from(run64.replaceAll('\\r\\n', ''), 'base64').toString('utf8'));
  return readings.map((each) => each.toLowerCase().replace(/[^a-z0-9\u0080-\uffff]/g, '')).join('|');
}

describe('the sample', () => {
  test('is not released while candidates wait', () => {
    const { status, stderr } = impart('release', 'create', '--out', release, '--key', key, ...trove);
    assert.equal(status, 1);
    assert.match(stderr, /nobody decided on/);
    for (const rule of waiting) assert.match(stderr, new RegExp(`--accept ${rule}`));
    assert.ok(!readdirSync(dir).includes('release'));
  });

  test('is released once they are decided on, as planned', () => {
    for (const rule of waiting) run('redact', 'accept', rule, '--all', ...trove);
    run('redact', 'public', '@eastmarch-harbour.example', ...trove);
    const plan = run('release', 'create', '--dry-run', ...trove);
    assert.match(plan, /266 {2}would be published/);
    const id = /plan ([0-9a-f]+)/.exec(plan)?.[1] ?? '';
    run(
      'release',
      'create',
      '--plan',
      id,
      '--out',
      release,
      '--key',
      key,
      '--title',
      'Harbour papers',
      ...trove,
    );
    assert.doesNotMatch(run('check', release), /DOES NOT HOLD/);
  });

  test('publishes none of its private data', () => {
    const found: string[] = [];
    assert.ok(planted.length > 10);
    for (const path of readdirSync(release, { recursive: true, encoding: 'utf8' })) {
      if (!statSync(join(release, path)).isFile()) continue;
      const plain = `${plainly(readFileSync(join(release, path)))}|${plainly(Buffer.from(path))}`;
      for (const { text } of planted)
        if (plain.includes(text.toLowerCase().replace(/[^a-z0-9]/g, ''))) found.push(`${text} in ${path}`);
    }
    assert.deepEqual(found, []);
  });

  test('is checked by a program that imports nothing but modules of Node and the pure formats', () => {
    const { status, stdout } = spawnSync(process.execPath, ['dist/src/check/main.js', release], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
    for (const path of globSync('src/{check,proof}/*.ts'))
      for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(/from '([^']+)'/g))
        assert.match(from, /^(?:node:[a-z_]+|\.\/[a-z0-9-]+\.js|\.\.\/proof\/[a-z0-9-]+\.js)$/, path);
  });

  test('is not made when the plan no longer holds', () => {
    const { status, stderr } = impart(
      ...[
        'release',
        'create',
        '--plan',
        '0123456789abcdef',
        '--out',
        join(dir, 'again'),
        '--key',
        key,
        ...trove,
      ],
    );
    assert.equal(status, 1);
    assert.match(stderr, /no longer what was planned/);
  });
});

/** A message of a thread with a quotation and hidden things: found by its subject. */
const subject = 'RE: EH/2015/07 VO2, VO3';

describe('a reader', () => {
  let browser: Browser | undefined;
  let server: StaticServer;
  before(async () => {
    browser = await launchBrowser();
    server = await serveFolder(release);
  });
  after(async () => {
    await browser?.close();
    server.close();
  });

  const disk = `${pathToFileURL(release).href}/`;

  /** Any error of a page, and any request beyond the release, fails the story. */
  async function story(
    t: { skip(reason: string): void },
    base: () => string,
    options: BrowserContextOptions,
    tell: (page: Page, at: string) => Promise<void>,
  ): Promise<void> {
    if (browser === undefined) {
      t.skip(noBrowser);
      return;
    }
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(base())) troubles.push(`asked for ${request.url()}`);
    });
    try {
      await tell(page, base());
      assert.deepEqual(troubles, []);
    } finally {
      await context.close();
    }
  }

  async function findBySearch(page: Page, at: string): Promise<void> {
    await page.goto(`${at}index.html`);
    await page.fill('#q', 'VO2 VO3 pay');
    await page.press('#q', 'Enter');
    await page.click(`#hits a:text-is("${subject}")`);
    assert.equal(await page.textContent('h1'), subject);
  }

  async function cites(page: Page): Promise<void> {
    const citation = (await page.textContent('#citation')) ?? '';
    const number = /\/m\/(\d+)\/index\.html/.exec(page.url())?.[1] ?? '';
    const [, , root] = readFileSync(join(release, 'checkpoints/1'), 'utf8').split('\n');
    assert.ok(citation.includes(`message ${number}.`));
    assert.ok(citation.includes(`https://news.example/harbour/m/${number}/`));
    assert.ok(citation.includes(root ?? 'no root'));
  }

  async function followsThread(page: Page): Promise<void> {
    await page.click('nav[aria-label="In this thread"] a:text-is("Before in the thread")');
    await page.click('nav[aria-label="In this thread"] a:text-is("Whole thread")');
    assert.match((await page.textContent('h1')) ?? '', /EH\/2015\/07/);
    assert.ok((await page.locator('.post').count()) > 2);
  }

  test('finds, opens, checks, cites and follows a message on a server', (t) =>
    story(
      t,
      () => server.url,
      {},
      async (page, at) => {
        await findBySearch(page, at);
        await cites(page);
        await page.click('text="Check this message"');
        await page.waitForSelector('#findings li:nth-child(2)');
        assert.equal(
          await page.locator('#findings .holds').count(),
          2,
          (await page.textContent('#findings')) ?? '',
        );
        await page.goBack();
        await followsThread(page);
      },
    ));

  test('does so from a disk, choosing the files to check', (t) =>
    story(
      t,
      () => disk,
      {},
      async (page, at) => {
        await findBySearch(page, at);
        await cites(page);
        const number = /\/m\/(\d+)\//.exec(page.url())?.[1] ?? '';
        await page.click('text="Check this message"');
        await page.setInputFiles('#files', [
          join(release, `data/messages/${number}.json`),
          join(release, `m/${number}/${number}.tlog-proof`),
        ]);
        await page.waitForSelector('#findings li:nth-child(2)');
        assert.equal(
          await page.locator('#findings .holds').count(),
          2,
          (await page.textContent('#findings')) ?? '',
        );
        await page.goBack();
        await followsThread(page);
      },
    ));

  test('is told when a record is not what was signed', (t) =>
    story(
      t,
      () => disk,
      {},
      async (page, at) => {
        await page.goto(`${at}check/index.html`);
        const record = readFileSync(join(release, 'data/messages/90.json'), 'utf8');
        await page.setInputFiles('#files', [
          {
            name: '90.json',
            mimeType: 'application/json',
            buffer: Buffer.from(record.replace('Pay it', 'Keep it')),
          },
          {
            name: '90.tlog-proof',
            mimeType: 'text/plain',
            buffer: readFileSync(join(release, 'm/90/90.tlog-proof')),
          },
        ]);
        await page.waitForSelector('#findings li');
        assert.equal(await page.locator('#findings .fails').count(), 1);
      },
    ));

  for (const [where, base] of [
    ['on a server', () => server.url],
    ['from a disk', () => disk],
  ] as const) {
    test(`without scripts finds it by date ${where}`, (t) =>
      story(t, base, { javaScriptEnabled: false }, async (page, at) => {
        await page.goto(`${at}search/index.html`);
        assert.match((await page.textContent('main')) ?? '', /needs its scripts/);
        await page.click('noscript >> text="by date"');
        await page.click('text="May 2015"');
        await page.click(`.hit a:has-text("${subject}")`);
        await cites(page);
        await followsThread(page);
        await page.click('nav[aria-label="Site"] >> text="People"');
        await page.click('.people a >> nth=0');
        assert.ok((await page.locator('.hit').count()) > 0);
      }));
  }

  test('meets nothing that axe-core finds, in light and dark, on phone and desktop', async (t) => {
    const pages = [
      'index',
      'm/90/index',
      't/86/index',
      'd/index',
      'd/2015-05/index',
      'p/index',
      'about/index',
      'search/index',
      'check/index',
    ];
    const found: string[] = [];
    for (const [width, colorScheme] of [
      [360, 'dark'],
      [1280, 'light'],
    ] as const)
      await story(
        t,
        () => server.url,
        { viewport: { width, height: 900 }, colorScheme, bypassCSP: true },
        async (page, at) => {
          for (const path of pages) {
            await page.goto(`${at}${path}.html`);
            found.push(...(await obstacles(page)).map((what) => `${path} at ${width}: ${what}`));
          }
        },
      );
    assert.deepEqual(found, []);
  });
});
