/**
 * HTML to text against what Chromium itself calls the visible text (`innerText`), on real HTML mail: the same words in
 * the same order. Known differences are taken out on both sides: list markers, alternative texts and quote marks, which
 * `innerText` leaves out, and characters without width.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { constants, zstdDecompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { htmlToText } from '../../../src/message/text/html-text.js';
import { launchBrowser, noBrowser } from '../../browser.js';

const list = '../shared/corpora/big/openbmc-10k.mbox.zst';
const folders = ['tika-mail', 'postal-mime', 'ruby-mail', 'python-email', 'mail-parser', 'rspamd'];
/** Every n-th body of the mailing list, so that the test takes seconds. */
const every = 20;

interface Body {
  readonly name: string;
  readonly html: string;
}

/** HTML parts found by their Content-Type line: a part starts after its header lines and ends at a delimiter line. */
function htmlBodies(mail: string, name: string): Body[] {
  const bodies: Body[] = [];
  const start = /^Content-Type:\s*text\/html[^\n]*\n(?:[^\n]+\n)*\n/gim;
  for (let found = start.exec(mail); found !== null; found = start.exec(mail)) {
    const header = mail.slice(mail.lastIndexOf('\n\n', found.index) + 1, start.lastIndex);
    const rest = mail.slice(start.lastIndex, start.lastIndex + 1_000_000);
    const end = rest.search(/^--[\w=.'+/-]{6,}|^From \S+ /m);
    const html = decode(header, end < 0 ? rest : rest.slice(0, end));
    if (/<\w/.test(html)) bodies.push({ name: `${name} at ${found.index}`, html });
  }
  return bodies;
}

/** Bytes (as latin1) to text; charsets other than UTF-8 are read as latin1, which is the same for both sides. */
function decode(header: string, body: string): string {
  let bytes = Buffer.from(body, 'latin1');
  if (/^Content-Transfer-Encoding:\s*base64/im.test(header)) bytes = Buffer.from(body, 'base64');
  else if (/^Content-Transfer-Encoding:\s*quoted-printable/im.test(header)) {
    const soft = body.replace(/=[ \t]*\r?\n/g, '');
    bytes = Buffer.from(
      soft.replace(/=([0-9a-f]{2})/gi, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      ),
      'latin1',
    );
  }
  return bytes.toString(/charset="?utf-8/i.test(header) ? 'utf8' : 'latin1').replaceAll('\0', '');
}

function words(text: string): string {
  const lines = text
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]|\u034f/g, '')
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((line) => line.replace(/^(?:[>\s•]|\d+\.(?:\s+|$))+/, ''));
  return (lines.join('\n').match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

async function visibleText(page: Page, html: string): Promise<string> {
  return page.evaluate(async (srcdoc) => {
    const frame = document.createElement('iframe');
    // Without allow-scripts: what the message would run must not change its text.
    frame.setAttribute('sandbox', 'allow-same-origin');
    frame.style.width = '900px';
    frame.srcdoc = srcdoc;
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
    });
    document.body.replaceChildren(frame);
    await loaded;
    // biome-ignore lint/performance/useDomNodeTextContent: textContent would also give what is hidden.
    return frame.contentDocument?.body?.innerText ?? '';
  }, html);
}

async function disagreements(page: Page, bodies: Body[]): Promise<string[]> {
  const different: string[] = [];
  for (const { name, html } of bodies) {
    const withoutAlternatives = html.replace(/\salt\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ' ');
    const seen = words(await visibleText(page, html));
    if (seen !== words(htmlToText(withoutAlternatives))) different.push(name);
  }
  return different;
}

async function compare(bodies: Body[]): Promise<string[] | undefined> {
  const browser = await launchBrowser();
  if (browser === undefined) return undefined;
  try {
    const context = await browser.newContext();
    await context.route('**/*', (route) => route.abort());
    const page = await context.newPage();
    await page.setContent('<!doctype html><title>frames</title>');
    return await disagreements(page, bodies);
  } finally {
    await browser.close();
  }
}

test('at least 99 of 100 HTML bodies of a mailing list have the words that Chromium shows', async (t) => {
  if (!existsSync(list)) return t.skip(`no ${list}`);
  const mail = zstdDecompressSync(readFileSync(list), {
    params: { [constants.ZSTD_d_windowLogMax]: 27 },
  }).toString('latin1');
  const bodies = htmlBodies(mail.replaceAll('\r\n', '\n'), 'openbmc').filter(
    (_, index) => index % every === 0,
  );
  assert.ok(bodies.length > 50);
  const different = await compare(bodies);
  if (different === undefined) return t.skip(noBrowser);
  t.diagnostic(`${bodies.length - different.length} of ${bodies.length} agree`);
  assert.ok(different.length <= bodies.length / 100, different.join('\n'));
});

test('nine of ten HTML bodies of odd and hostile samples have the words that Chromium shows', async (t) => {
  const bodies: Body[] = [];
  for (const folder of folders) {
    const root = `../shared/corpora/${folder}`;
    if (!existsSync(root)) continue;
    for (const path of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!path.isFile() || !/\.(eml|txt|msg|mbox)$|^test|^msg/i.test(path.name)) continue;
      const mail = readFileSync(`${path.parentPath}/${path.name}`, 'latin1').replaceAll('\r\n', '\n');
      if (mail.length < 2_000_000) bodies.push(...htmlBodies(mail, `${folder}/${path.name}`));
    }
  }
  if (bodies.length === 0) return t.skip('no ../shared/corpora');
  const different = await compare(bodies);
  if (different === undefined) return t.skip(noBrowser);
  t.diagnostic(
    `${bodies.length - different.length} of ${bodies.length} agree; different: ${different.join(', ')}`,
  );
  assert.ok(different.length <= bodies.length / 10, different.join('\n'));
});
