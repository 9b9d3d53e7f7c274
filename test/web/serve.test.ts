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
