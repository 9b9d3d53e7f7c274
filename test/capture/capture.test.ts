/** Capturing: what is refused, what is kept, what is said of pages that are not whole. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fetchPage, isPublic } from '../../src/capture/fetch.js';
import { readInProcess } from '../../src/capture/reader.js';

const hint = { url: '', contentType: '' };
const body = '<p>The ferry left at nine, and nobody had been told of it before the evening came.</p>'.repeat(
  12,
);
const page = (head: string, more = ''): Buffer =>
  Buffer.from(
    `<!doctype html><html><head>${head}</head><body><article>${body}</article>${more}</body></html>`,
  );

async function server(t: TestContext, location: string): Promise<string> {
  const running = createServer((request, response) => {
    if (request.url === '/page') response.writeHead(200, { 'Content-Type': 'text/html' }).end(body);
    else response.writeHead(302, { Location: location }).end();
  });
  running.listen(0, '127.0.0.1');
  await once(running, 'listening');
  t.after(() => running.close());
  return `http://127.0.0.1:${(running.address() as AddressInfo).port}`;
}

describe('fetching', () => {
  test('addresses of this machine and of inner networks are not public', () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      'localhost',
    ])
      assert.equal(isPublic(address), false, address);
    for (const address of ['93.184.216.34', '2606:2800:220:1::1'])
      assert.equal(isPublic(address), true, address);
  });

  test('this machine is refused, by address and by name', async (t) => {
    const origin = await server(t, '/page');
    await assert.rejects(fetchPage(`${origin}/page`), { code: 'address-refused' });
    await assert.rejects(fetchPage(`${origin.replace('127.0.0.1', 'localhost')}/page`), {
      code: 'address-refused',
    });
    await assert.rejects(fetchPage('file:///etc/passwd'), { code: 'address-refused' });
  });

  test('a redirect to a private address is refused, one to a page is followed', async (t) => {
    const mayReach = (address: string): boolean => address === '127.0.0.1';
    const away = await server(t, 'http://10.0.0.1/secret');
    await assert.rejects(fetchPage(`${away}/`, { mayReach }), { code: 'address-refused' });
    const home = await server(t, '/page');
    assert.equal((await fetchPage(`${home}/`, { mayReach })).bytes.toString(), body);
  });

  test('a page that is too large, and redirects without end, are given up', async (t) => {
    const mayReach = (): boolean => true;
    const origin = await server(t, '/again');
    await assert.rejects(fetchPage(`${origin}/page`, { mayReach, maxBytes: 10 }), { code: 'fetch-failed' });
    await assert.rejects(fetchPage(`${origin}/`, { mayReach }), { code: 'fetch-failed' });
  });
});

describe('reading a page', () => {
  const codes = (reading: { findings: readonly { code: string }[] }): string[] =>
    reading.findings.map(({ code }) => code);

  test('says outlet, dates and canonical address, and runs no script', async () => {
    const reading = await readInProcess(
      page(
        '<title>T</title><meta property="og:site_name" content="Courier"><meta property="article:published_time" content="2016-09-18T06:00:00Z"><link rel="canonical" href="/ferry"><script>document.title="x"; while (true);</script>',
      ),
      { url: 'https://courier.example/a?b', contentType: 'text/html' },
    );
    assert.deepEqual(
      [reading.title, reading.outlet, reading.publishedAt, reading.canonicalUrl],
      ['T', 'Courier', '2016-09-18T06:00:00Z', 'https://courier.example/ferry'],
    );
  });

  test('a correction outside of the article is kept, and said', async () => {
    const reading = await readInProcess(page('', '<aside><p>Correction: it left at ten.</p></aside>'), hint);
    assert.ok(reading.text.endsWith('Correction: it left at ten.'));
  });

  test('a page for subscribers is told', async () => {
    const reading = await readInProcess(
      page('<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'),
      hint,
    );
    assert.ok(codes(reading).includes('paywall'));
  });

  test('a charset that nobody knows is a finding, and the text is there', async () => {
    const reading = await readInProcess(
      Buffer.concat([
        Buffer.from('<html><meta charset="x-moon">'),
        Buffer.from('<p>caf\xe9 was open.</p>', 'latin1'),
      ]),
      hint,
    );
    assert.ok(codes(reading).includes('charset'));
    assert.ok(reading.text.includes('was open'));
  });

  test('a page that takes too long is killed, and its plain text is what there is', async () => {
    const reading = await readInProcess(page(''), hint, { maxMilliseconds: 1 });
    assert.deepEqual(codes(reading), ['timeout']);
    assert.ok(reading.text.includes('The ferry left'));
  });

  test('a WARC in gzip gives its first page', async () => {
    const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article>${body}</article></body></html>`;
    const record = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/w\r\nContent-Length: ${http.length}\r\n\r\n${http}\r\n\r\n`;
    const reading = await readInProcess(gzipSync(record), hint);
    assert.deepEqual([reading.format, reading.url], ['warc', 'https://courier.example/w']);
    assert.ok(reading.text.includes('The ferry left'));
  });
});
