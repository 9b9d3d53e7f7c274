/** Listening: on this machine only, on a port that is free, with a clear word where it is not. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { OperatorError } from '../../src/errors.js';
import { serve } from '../../src/web/serve.js';
import { letter } from '../mail.js';
import { troveOf } from './reading.js';

/** Node's fetch sets Host itself; here it is chosen. */
async function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('a server answers to its own address and to no other name', async (t) => {
  const server = await serve(await troveOf(t, [letter({ id: 'a@x' })]), 0);
  t.after(() => server.close());
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  const port = new URL(server.url).port;
  assert.equal(await statusFor(server.url, `127.0.0.1:${port}`), 200);
  assert.equal(await statusFor(server.url, `localhost:${port}`), 200);
  assert.equal(await statusFor(server.url, `rebound.example:${port}`), 421);
  assert.equal(await statusFor(server.url, '127.0.0.1:1'), 421);
});

test('HEAD is answered as GET, without a body', async (t) => {
  const server = await serve(await troveOf(t, [letter({ id: 'a@x' })]), 0);
  t.after(() => server.close());
  const response = await fetch(`${server.url}m/1`, { method: 'HEAD' });
  assert.equal(response.status, 200);
  assert.equal(await response.text(), '');
});

test('a long page goes out compressed to those who take it, and is the same page', async (t) => {
  const body = Array.from({ length: 4_000 }, (_, i) => `Line ${i} of a long letter.`).join('\n');
  const server = await serve(await troveOf(t, [letter({ id: 'a@x', body })]), 0);
  t.after(() => server.close());
  const path = `${server.url}m/1?full=1`;
  const packed = await fetch(path, { headers: { 'Accept-Encoding': 'gzip' } });
  assert.equal(packed.headers.get('Content-Encoding'), 'gzip');
  const plain = await fetch(path, { headers: { 'Accept-Encoding': 'gzip;q=0' } });
  assert.equal(plain.headers.get('Content-Encoding'), null);
  const bytes = Number(packed.headers.get('Content-Length'));
  assert.ok(bytes < Number(plain.headers.get('Content-Length')) / 4, String(bytes));
  // Forms carry a token of the server, the same on both.
  assert.equal(await packed.text(), await plain.text());
  assert.equal(packed.headers.get('Content-Type'), plain.headers.get('Content-Type'));
  assert.equal(packed.headers.get('Content-Security-Policy'), plain.headers.get('Content-Security-Policy'));
});

test('a port that is taken is an error that says what to do', async (t) => {
  const trove = await troveOf(t, []);
  const first = await serve(trove, 0);
  t.after(() => first.close());
  const port = Number(new URL(first.url).port);
  await assert.rejects(serve(trove, port), (error) => {
    assert.ok(error instanceof OperatorError);
    assert.equal(error.code, 'port-taken');
    assert.match(error.message, new RegExp(String(port)));
    assert.match(error.hint, /--port/);
    return true;
  });
});

test('without a port, the next free one is taken', async (t) => {
  const trove = await troveOf(t, []);
  const first = await serve(trove);
  t.after(() => first.close());
  const second = await serve(trove);
  t.after(() => second.close());
  assert.notEqual(first.url, second.url);
});

test('a server that is closed frees its port at once', async (t) => {
  const trove = await troveOf(t, []);
  const first = await serve(trove, 0);
  await fetch(first.url);
  await first.close();
  const second = await serve(trove, Number(new URL(first.url).port));
  await second.close();
});
