/** What keeps other sites, and the mail itself, from doing harm. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { letter } from '../mail.js';
import { links, read, shown } from './reading.js';

const one = [letter({ id: 'a@x' })];
const everyPage = [
  '/',
  '/search?q=dredger',
  '/search?q=(',
  '/m/1',
  '/t/1',
  '/containers',
  '/progress',
  '/help',
  '/nowhere',
  '/m/9',
];

describe('who is answered', () => {
  test('a name that was made to point here (DNS rebinding) is refused', async (t) => {
    const it = await read(t, one);
    for (const host of [
      'evil.example:8025',
      'evil.example',
      '127.0.0.1',
      '127.0.0.1:80',
      '127.0.0.1:80258025',
      'localhost.evil.example:8025',
      '127.0.0.1:8025.evil.example',
      '',
    ]) {
      const response = await it.ask('/m/1', { Host: host });
      assert.equal(response.status, 421, host);
      assert.doesNotMatch(await response.text(), /dredger/);
    }
    for (const host of ['127.0.0.1:8025', 'localhost:8025', '[::1]:8025'])
      assert.equal((await it.ask('/m/1', { Host: host })).status, 200, host);
  });

  test('another site may link to a page, but not load, frame or measure it', async (t) => {
    const it = await read(t, one);
    const from = (site: string, mode: string, dest: string): Record<string, string> => ({
      'Sec-Fetch-Site': site,
      'Sec-Fetch-Mode': mode,
      'Sec-Fetch-Dest': dest,
    });
    for (const [site, mode, dest] of [
      ['cross-site', 'no-cors', 'image'],
      ['cross-site', 'navigate', 'iframe'],
      ['same-site', 'cors', 'empty'],
      ['cross-site', 'no-cors', 'script'],
    ] as const) {
      assert.equal(
        (await it.ask('/search?q=dredger', from(site, mode, dest))).status,
        403,
        `${site} ${mode} ${dest}`,
      );
    }
    for (const [site, mode, dest] of [
      ['cross-site', 'navigate', 'document'],
      ['same-origin', 'navigate', 'iframe'],
      ['none', 'navigate', 'document'],
    ] as const) {
      assert.equal(
        (await it.ask('/search?q=dredger', from(site, mode, dest))).status,
        200,
        `${site} ${mode} ${dest}`,
      );
    }
  });

  test('a request that changes things must come from a page of this server', async (t) => {
    const it = await read(t, one);
    assert.equal((await it.ask('/', {}, 'POST')).status, 403);
    assert.equal((await it.ask('/', { Origin: 'https://evil.example' }, 'POST')).status, 403);
    assert.equal((await it.ask('/', { Origin: 'null' }, 'POST')).status, 403);
    assert.equal(
      (await it.ask('/', { Origin: 'http://127.0.0.1:8025', 'Sec-Fetch-Site': 'cross-site' }, 'POST')).status,
      403,
    );
    assert.equal(
      (await it.ask('/', { Origin: 'http://127.0.0.1:8025', 'Sec-Fetch-Site': 'same-origin' }, 'POST'))
        .status,
      404,
    );
  });
});

describe('what every answer carries', () => {
  test('a policy under which nothing runs and nothing is fetched from elsewhere', async (t) => {
    const it = await read(t, one);
    for (const path of everyPage) {
      const { headers } = await it.ask(path);
      assert.equal(
        headers.get('Content-Security-Policy'),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        path,
      );
      assert.equal(headers.get('Referrer-Policy'), 'same-origin');
      assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
      assert.equal(headers.get('Cross-Origin-Opener-Policy'), 'same-origin');
      assert.equal(headers.get('Cross-Origin-Resource-Policy'), 'same-origin');
      assert.equal(headers.get('Cache-Control'), 'no-store');
      assert.equal(headers.get('Set-Cookie'), null);
    }
  });

  test('no script, no inline style, no address of another host', async (t) => {
    const it = await read(t, one);
    for (const path of everyPage) {
      const markup = await (await it.ask(path)).text();
      assert.doesNotMatch(markup, /<script|\sstyle=|\son\w+=|javascript:/i, path);
      for (const href of links(markup)) assert.match(href, /^(?:\/(?!\/)|#)/, `${path}: ${href}`);
    }
  });
});

const ownTag = /<\/?[a-z][a-z\d]*((?:\s[\w:-]+(?:="[^"<>]*")?)*)\s?\/?>/gi;

/** Every `<` begins a tag as our renderer writes them, of an element that our pages have, without a handler. */
function assertOurMarkup(markup: string, path: string): void {
  assert.doesNotMatch(markup.replace(/^<!doctype html>/, '').replace(ownTag, ''), /[<>]/, path);
  assert.doesNotMatch(markup, /<(?:script|img|b|object|embed|base|style)\b/i, path);
  for (const [, attributes = ''] of markup.matchAll(ownTag))
    assert.doesNotMatch(attributes.replace(/"[^"]*"/g, ''), /\son/i, path);
}

describe('hostile values in a message', () => {
  const tag = '"><script>alert(1)</script>';
  const hostile = letter({
    id: `'"><img src=x onerror=alert(2)>@x`,
    from: `=?utf-8?B?${Buffer.from(`${tag}\u202egnp.`).toString('base64')}?= <"><b>"@evil.example>`,
    to: `"<svg onload=alert(3)>" <to@x.example>`,
    subject: `=?utf-8?B?${Buffer.from(`${tag} \u202eelddim \u0007`).toString('base64')}?=`,
    extra: [
      'X-<b>Evil</b>: </td><script>alert(4)</script>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
    ],
    body: [
      '--b',
      'Content-Type: text/plain',
      '',
      '</div><script>alert(5)</script> &amp; <!-- \u0000',
      '--b',
      'Content-Type: text/html; name="</code><script>alert(6)</script>"',
      "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Finvoice%E2%80%AEfdp.exe",
      '',
      '<script>alert(7)</script>',
      '--b--',
      '',
    ].join('\n'),
  });
  const reply = letter({
    id: 'r@x',
    references: `<gone"><script>alert(8)</script>@x> <'"><img@x>`,
    body: 'Nothing bad.\n',
  });

  test('are shown as text on every page that shows them', async (t) => {
    const it = await read(t, [hostile, reply]);
    for (const path of [
      '/',
      '/search?q=',
      '/search?q=alert',
      '/m/1',
      '/m/1?q=alert',
      '/m/2',
      '/t/1',
      '/t/2',
      '/containers',
      `/search?q=${encodeURIComponent(tag)}`,
      `/search?q=${encodeURIComponent(`from:"${tag}`)}`,
      `/m/1?q=${encodeURIComponent(tag)}`,
    ]) {
      const markup = await (await it.ask(path)).text();
      assertOurMarkup(markup, path);
      assert.doesNotMatch(markup, /[\u0000-\u0008\u000b-\u001f]/, path);
    }
    assert.match(shown(await it.page('/m/1')), /"><script>alert\(1\)<\/script>/);
  });

  test('do not turn the direction of what stands beside them', async (t) => {
    const it = await read(t, [hostile]);
    const markup = await it.page('/m/1');
    assert.match(markup, /<h1><bdi>[^<]*\u202eelddim/);
    assert.doesNotMatch(markup.replace(/<bdi>[^<]*<\/bdi>/g, ''), /\u202e/);
    assert.match(markup, /<bdi>[^<]*\[U\+202E\]gnp\./);
  });

  test('an attachment is a file under a harmless name, and never a page', async (t) => {
    const it = await read(t, [hostile]);
    const href = links(await it.page('/m/1')).find((address) => address.includes('/attachment/'));
    assert.ok(href);
    const { headers, status } = await it.ask(href);
    assert.equal(status, 200);
    assert.equal(headers.get('Content-Type'), 'application/octet-stream');
    assert.match(headers.get('Content-Security-Policy') ?? '', /^default-src 'none'; sandbox/);
    const disposition = headers.get('Content-Disposition') ?? '';
    assert.match(disposition, /^attachment; filename="[\w. -]+"; filename\*=UTF-8''[\w.%-]+$/);
    assert.doesNotMatch(disposition, /202e|%E2%80%AE|\.\.|\//i);
  });

  test('the source is plain text, whatever it looks like', async (t) => {
    const it = await read(t, [hostile]);
    const { headers } = await it.ask('/m/1/raw');
    assert.equal(headers.get('Content-Type'), 'text/plain; charset=utf-8');
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff');
    assert.match(headers.get('Content-Security-Policy') ?? '', /sandbox/);
  });
});

describe('the HTML of a message', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(20)]).toString(
    'base64',
  );
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64');
  const message = letter({
    id: 'h@x',
    extra: ['MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=b'],
    body: [
      '--b',
      'Content-Type: text/html',
      '',
      '<p onclick="alert(1)">Hello<script>alert(2)</script><img src="https://track.example/p.gif"><img src="cid:pic@x"><img src="cid:svg@x">',
      '<a href="https://there.example/">there</a>',
      '--b',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: base64',
      'Content-ID: <pic@x>',
      '',
      png,
      '--b',
      'Content-Type: image/png',
      'Content-Transfer-Encoding: base64',
      'Content-ID: <svg@x>',
      '',
      svg,
      '--b--',
      '',
    ].join('\n'),
  });

  test('stands in a frame without rights, under a policy of its own', async (t) => {
    const it = await read(t, [message]);
    const page = await it.page('/m/1/html');
    const frame = /<iframe[^>]*>/.exec(page)?.[0] ?? '';
    assert.match(frame, / sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    assert.match(frame, / src="\/m\/1\/body.html"/);
    assert.match(shown(page), /1 thing from 1 other host/);
    assert.match(page, /track\.example/);
    const { headers } = await it.ask('/m/1/body.html');
    const policy = headers.get('Content-Security-Policy') ?? '';
    assert.match(policy, /default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'/);
    assert.match(policy, /frame-ancestors 'self'; sandbox allow-popups/);
    assert.doesNotMatch(policy, /allow-scripts|allow-same-origin/);
  });

  test('loads nothing; pictures that came inside are told by their bytes', async (t) => {
    const it = await read(t, [message]);
    const body = await it.page('/m/1/body.html');
    assert.doesNotMatch(body, /<script|onclick|track\.example|svg/);
    assert.match(body, new RegExp(`<img src="data:image/png;base64,${png.replace(/[+/=]/g, '\\$&')}"`));
    assert.match(
      body,
      /href="https:\/\/there\.example\/" rel="noreferrer noopener nofollow" target="_blank"/,
    );
  });

  test('a part is shown in place only where its bytes are a picture', async (t) => {
    const it = await read(t, [message]);
    const picture = await it.ask('/m/1/part/2');
    assert.equal(picture.headers.get('Content-Type'), 'image/png');
    assert.equal((await it.ask('/m/1/part/3')).status, 404);
    assert.equal((await it.ask('/m/1/part/99')).status, 404);
    assert.equal((await it.ask('/m/1/part/1')).status, 404);
  });
});
