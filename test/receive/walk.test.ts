import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OperatorError } from '../../src/errors.js';
import { sourceSize, walkSource } from '../../src/receive/walk.js';
import { corpora, makeTemporary, sampleMessage, texts, walkAll, walkBytes } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

async function codeOf(walk: Promise<unknown>): Promise<string> {
  try {
    await walk;
  } catch (error) {
    assert.ok(error instanceof OperatorError);
    assert.ok(error.hint.length > 10);
    return error.code;
  }
  return 'no error';
}

test('what cannot be a source is refused with a hint', async (t) => {
  const folder = makeTemporary(t);
  assert.equal(await codeOf(walkAll(t, join(folder, 'nothing'))), 'source-missing');
  assert.equal(await codeOf(walkBytes(t, '')), 'no-mail-found');
  assert.equal(await codeOf(walkBytes(t, 'Just text.\n')), 'no-mail-found');
  assert.equal(await codeOf(walkBytes(t, Buffer.from('%PDF-1.4\n'))), 'no-mail-found');
  assert.equal(await codeOf(walkAll(t, '/dev/null')), 'source-unreadable');
});

test('a single message is a source, with its bytes as they are', async (t) => {
  const { messages, events, kept } = await walkBytes(t, sampleMessage('one'));
  assert.deepEqual(texts(messages), [sampleMessage('one')]);
  assert.deepEqual(messages[0]?.place, {
    path: '',
    offset: 0,
    length: kept.length,
    direct: { offset: 0, length: kept.length },
  });
  assert.deepEqual(
    events.map(({ type }) => type),
    ['container', 'message', 'end'],
  );
});

test("Apple Mail's emlx holds a message between its length and its own data", async (t) => {
  const message = sampleMessage('emlx');
  const { messages } = await walkBytes(t, `${message.length}\n${message}<?xml version="1.0"?><plist/>`);
  assert.deepEqual(texts(messages), [message]);
  assert.equal(messages[0]?.place.direct?.offset, `${message.length}\n`.length);
  const { failures } = await walkBytes(t, `${message.length + 1}\n${message}`);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['truncated'],
  );
});

test('a single message at the bound is read, one byte more is too large', async (t) => {
  const message = sampleMessage('x', 'y'.repeat(3_000_000));
  assert.equal((await walkBytes(t, message, { maxMessageBytes: message.length })).messages.length, 1);
  const { failures } = await walkBytes(t, message, { maxMessageBytes: message.length - 1 });
  assert.deepEqual(
    failures.map(({ code, place }) => [code, place.length]),
    [['too-large', message.length]],
  );
});

test('formats that are not read are kept, counted and named', {
  skip: !existsSync(corpora) && 'no corpora',
}, async (t) => {
  const formats = [
    ['java-libpst/dist-list.pst', /PST/],
    ['tika-mail/testMSG.msg', /MSG/],
    ['tika-mail/testMSG_att_msg.msg', /MSG/],
  ] as const;
  for (const [name, note] of formats) {
    const { events, failures, kept } = await walkAll(t, join(corpora, name));
    assert.equal(events[0]?.type === 'container' && events[0].container.kind, 'unreadable');
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['unsupported-format'],
    );
    assert.match(failures[0]?.note ?? '', note);
    assert.equal(kept.length, await sourceSize(join(corpora, name)));
  }
});

test('everything is kept byte for byte, also what no parser asked for', async (t) => {
  const bytes = Buffer.concat([Buffer.from('2142444e', 'hex'), Buffer.alloc(5_000_000, 7)]);
  const { kept, progress } = await walkBytes(t, bytes);
  assert.ok(kept.equals(bytes));
  assert.deepEqual(
    progress.toSorted((one, two) => one - two),
    progress,
  );
  assert.equal(progress.at(-1), bytes.length);
});

test('a file that grows while it is read is received as it was, and says so', async (t) => {
  const path = join(makeTemporary(t), 'growing');
  const mbox = `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(1000))}\n`.repeat(60);
  writeFileSync(path, mbox);
  let written = 0;
  const write = (bytes: Uint8Array) => {
    if (written === 0) appendFileSync(path, `${from}${sampleMessage('late')}`);
    written += bytes.length;
  };
  const events = [];
  for await (const batch of walkSource(path, { keeper: { path: '', write }, tmpDir: '' }))
    events.push(...batch);
  assert.equal(written, mbox.length);
  assert.equal(events.filter(({ type }) => type === 'message').length, 60);
  assert.deepEqual(
    events.flatMap((event) => (event.type === 'failed' ? [event.code] : [])),
    ['changed-while-read'],
  );
});

test('a file that shrinks while it is read says so', async (t) => {
  const path = join(makeTemporary(t), 'shrinking');
  writeFileSync(path, `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(1000))}\n`.repeat(60));
  const write = () => truncateSync(path, 2_000_000);
  const codes = [];
  for await (const batch of walkSource(path, { keeper: { path: '', write }, tmpDir: '' })) {
    for (const event of batch) if (event.type === 'failed') codes.push(event.code);
  }
  assert.deepEqual(codes, ['changed-while-read']);
});

test('a walk that is left early closes what it opened, and another gives the same events', async (t) => {
  const path = join(makeTemporary(t), 'x');
  writeFileSync(path, `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(1000))}\n`.repeat(100));
  const options = { keeper: { path: '', write: () => undefined }, tmpDir: '' };
  for await (const batch of walkSource(path, options))
    if (batch.some(({ type }) => type === 'message')) break;
  assert.deepEqual((await walkAll(t, path)).events, (await walkAll(t, path)).events);
});

test('the size of a source is that of its files', async (t) => {
  const folder = makeTemporary(t);
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'a/b/c'), 'x'.repeat(1000));
  writeFileSync(join(folder, 'd'), 'x'.repeat(234));
  assert.equal(await sourceSize(folder), 1234);
  assert.equal(await sourceSize(join(folder, 'd')), 234);
});

const big = join(corpora, 'big');

/**
 * SHA-256 over one line "offset sha256" for each message, in the order of the offsets, as Python 3.11's mailbox
 * module splits the unpacked files, with one level of quoting taken off by re.sub(rb'(?m)^>(>*From )', rb'\1', …).
 */
const pythonSaw = {
  'enron-43k.mbox.zst': ['ae2317616d134fd1473277e9db57426d23d1f8d8b2c334cbd066c925ab6a4957', 43_608],
  'openbmc-10k.mbox.zst': ['21d710cd06fd77e3fd80d6d6168ab691ed7ad1f47c50e912cf4bf6fa2c54c066', 10_000],
} as const;

for (const [name, [digest, count]] of Object.entries(pythonSaw)) {
  test(`${name} gives the same ${count} messages as Python's mailbox module`, {
    skip: !existsSync(big) && 'no corpora',
  }, async () => {
    const lines: [number, string][] = [];
    for await (const batch of walkSource(join(big, name), {
      keeper: { path: '', write: () => undefined },
      tmpDir: '',
    })) {
      for (const event of batch) {
        assert.notEqual(event.type, 'failed');
        if (event.type === 'end') assert.equal(event.variant, 'mboxrd');
        if (event.type === 'message')
          lines.push([event.place.offset, createHash('sha256').update(event.raw).digest('hex')]);
      }
    }
    assert.equal(lines.length, count);
    const list = lines.toSorted(([one], [two]) => one - two).map(([offset, hash]) => `${offset} ${hash}\n`);
    assert.equal(createHash('sha256').update(list.join('')).digest('hex'), digest);
  });
}
