import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { texts, walkBytes } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

/** An mbox of `count` messages that do not compress to nothing. */
function makeMbox(count: number): string {
  let seed = 1;
  const word = () => {
    seed = (seed * 48271) % 0x7fffffff;
    return seed.toString(36);
  };
  return Array.from(
    { length: count },
    (_, number) => `${from}Subject: ${number}\n\n${Array.from({ length: 40 }, word).join(' ')}\n\n`,
  ).join('');
}

const mbox = Buffer.from(makeMbox(500));

/** The same two messages, packed by xz 5.4 and bzip2 1.0.8. */
const small = `${from}Subject: 1\n\none\n\n${from}Subject: 2\n\ntwo\n`;
const packedByTools = {
  xz: '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AB4AEZdACMcieb23/edOK6Id34mmSM6EEwiVFemZiEvi2KPPtjo84r+SwZxTxMEIlvtfP4vDZz/dB/JXzfnyL3Ilxava5VRDw9JXgAAAAB+5WnckQiKyQABYnmWdZReH7bzfQEAAAAABFla',
  bzip2:
    'QlpoOTFBWSZTWVS6GskAAB3fgAAQQAFwEEESCAA6F9bAIABwU0aANAAAVVPUaE2o000epsp6nGelJZIUYttUbJKvqaTNNDVkwiEYNGJymkQhd6fk3iqrF7dLPjcjCi91nPSzhdK6sn8XckU4UJBUuhrJ',
} as const;

test('an mbox inside gzip or zstd gives the same messages, and says how it was packed', async (t) => {
  const plain = texts((await walkBytes(t, mbox)).messages);
  assert.equal(plain.length, 500);
  for (const [name, packed] of [
    ['gzip', gzipSync(mbox)],
    ['zstd', zstdCompressSync(mbox)],
  ] as const) {
    const { messages, events, kept } = await walkBytes(t, packed);
    assert.deepEqual(texts(messages), plain);
    assert.ok(messages.every(({ place }) => place.direct === undefined));
    assert.deepEqual(kept, packed);
    const container = events.find((event) => event.type === 'container')?.container;
    assert.deepEqual([container?.kind, container?.compressions], ['mbox', [name]]);
    assert.equal(events.find((event) => event.type === 'end')?.bytes, mbox.length);
  }
});

test('what xz and bzip2 packed is unpacked, also several streams in a row', async (t) => {
  for (const [name, base64] of Object.entries(packedByTools)) {
    const packed = Buffer.from(base64, 'base64');
    assert.deepEqual(
      texts((await walkBytes(t, packed)).messages),
      ['Subject: 1\n\none\n', 'Subject: 2\n\ntwo\n'],
      name,
    );
    const { messages, failures } = await walkBytes(t, Buffer.concat([packed, packed, packed]));
    assert.deepEqual([messages.length, failures.length], [6, 0], name);
  }
});

test('members of gzip and frames of zstd that follow one another are one stream', async (t) => {
  const halves = [mbox.subarray(0, 33_333), mbox.subarray(33_333)] as const;
  const skippable = Buffer.from('5f2a4d180300000061626300'.slice(0, 22), 'hex');
  const zstd = halves.map((half) => zstdCompressSync(half));
  for (const packed of [
    Buffer.concat(halves.map((half) => gzipSync(half))),
    Buffer.concat([gzipSync(mbox), Buffer.alloc(512)]),
    Buffer.concat(zstd),
    Buffer.concat([skippable, ...zstd, skippable]),
  ]) {
    const { messages, failures } = await walkBytes(t, packed);
    assert.deepEqual([messages.length, failures.length], [500, 0]);
  }
});

test('a gzip header with every optional field is read past', async (t) => {
  const plain = gzipSync(small);
  const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3]);
  const extra = Buffer.concat([
    header,
    Buffer.from([3, 0, 1, 2, 3]),
    Buffer.from('name\0a comment\0'),
    Buffer.alloc(2),
  ]);
  assert.equal((await walkBytes(t, Buffer.concat([extra, plain.subarray(10)]))).messages.length, 2);
});

test('layers of compression are taken off one after the other', async (t) => {
  const packed = gzipSync(zstdCompressSync(Buffer.from(packedByTools.xz, 'base64')));
  const { messages, events } = await walkBytes(t, packed);
  assert.equal(messages.length, 2);
  assert.deepEqual(events.find((event) => event.type === 'container')?.container.compressions, [
    'gzip',
    'zstd',
    'xz',
  ]);
});

test('a file cut off at any place gives whole messages up to there, and says that and where it is cut', async (t) => {
  const packed = { gzip: gzipSync(mbox), zstd: zstdCompressSync(mbox), ...fromTools() };
  for (const [name, bytes] of Object.entries(packed)) {
    for (let cut = 12; cut < bytes.length; cut += Math.ceil(bytes.length / 40)) {
      const { messages, failures } = await walkBytes(t, bytes.subarray(0, cut));
      assert.deepEqual(
        failures.map(({ code }) => code),
        ['truncated'],
        `${name} cut at ${cut}`,
      );
      assert.match(failures[0]?.note ?? '', new RegExp(`byte ${cut}`));
      const all = name === 'gzip' || name === 'zstd' ? mbox : Buffer.from(small);
      for (const { raw } of messages) assert.ok(all.includes(raw));
    }
  }
  const { messages } = await walkBytes(t, gzipSync(mbox).subarray(0, -12));
  assert.ok(messages.length > 490, `${messages.length} of 500`);
});

test('a wrong checksum loses only the message that cannot be told from a broken one', async (t) => {
  const gzip = gzipSync(mbox);
  gzip.writeUInt32LE(0, gzip.length - 8);
  const { messages, failures } = await walkBytes(t, gzip);
  assert.deepEqual([messages.length, failures.map(({ code }) => code)], [499, ['damaged']]);
});

test('bytes after the compressed data are reported and cost no message', async (t) => {
  const rubbish = Buffer.from('this is no archive');
  for (const packed of [gzipSync(mbox), zstdCompressSync(mbox)]) {
    const { messages, failures } = await walkBytes(t, Buffer.concat([packed, rubbish]));
    assert.deepEqual([messages.length, failures.map(({ code }) => code)], [500, ['damaged']]);
    assert.match(failures[0]?.note ?? '', new RegExp(`${packed.length}`));
  }
  const bzip2 = Buffer.concat([Buffer.from(packedByTools.bzip2, 'base64'), rubbish]);
  assert.deepEqual((await walkBytes(t, bzip2)).messages.length, 2);
});

test('data that is damaged in the middle gives what came before, and never stops the walk', async (t) => {
  for (const [name, bytes] of Object.entries({
    gzip: gzipSync(mbox),
    zstd: zstdCompressSync(mbox),
    ...fromTools(),
  })) {
    for (let at = 12; at < bytes.length; at += Math.ceil(bytes.length / 25)) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const { failures, events } = await walkBytes(t, damaged);
      assert.equal(events.at(-1)?.type, 'end', `${name} damaged at ${at}`);
      assert.ok(failures.length <= 1);
    }
  }
});

test('expansion beyond the ratio ends a layer, at the ratio it does not', async (t) => {
  const body = 'A'.repeat(100_000);
  const bomb = gzipSync(`${from}Subject: 1\n\n${body}\n`);
  const bytes = body.length + from.length + 'Subject: 1\n\n\n'.length;
  const ratio = bytes / bomb.length;
  for (const [maxExpansionRatio, expected] of [
    [ratio + 1, []],
    [ratio - 1, ['expansion-limit']],
  ] as const) {
    const { failures } = await walkBytes(t, bomb, { maxExpansionRatio, minBytesBeforeRatio: 1000 });
    assert.deepEqual(
      failures.map(({ code }) => code),
      expected,
    );
  }
  assert.deepEqual(
    (await walkBytes(t, bomb, { maxExpansionRatio: 2, minBytesBeforeRatio: bytes })).failures,
    [],
  );
  assert.equal(
    (await walkBytes(t, bomb, { maxExpansionRatio: 2, minBytesBeforeRatio: bytes - 1 })).failures.length,
    1,
  );
});

test('compression nested to the bound is read, one layer more is not', async (t) => {
  for (const [layers, expected] of [
    [3, []],
    [4, ['nesting-limit']],
  ] as const) {
    let packed = Buffer.from(small);
    for (let layer = 0; layer < layers; layer += 1) packed = gzipSync(packed);
    const { failures } = await walkBytes(t, packed, { maxNestedContainers: 4 });
    assert.deepEqual(
      failures.map(({ code }) => code),
      expected,
      `${layers} layers and an mbox`,
    );
  }
});

test('a single message may be packed as well', async (t) => {
  const { messages, events } = await walkBytes(t, gzipSync('Subject: 1\nFrom: a@b\n\none\n'));
  assert.deepEqual(texts(messages), ['Subject: 1\nFrom: a@b\n\none\n']);
  assert.equal(events[0]?.type === 'container' && events[0].container.kind, 'message');
});

test('zstd with a window of 128 MB and more is read', async (t) => {
  const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_enableLongDistanceMatching]: 1 };
  assert.equal((await walkBytes(t, zstdCompressSync(mbox, { params }))).messages.length, 500);
});

test('raw deflate is no container: nothing says what it is', async (t) => {
  await assert.rejects(walkBytes(t, deflateRawSync(mbox)), { code: 'no-mail-found' });
});

function fromTools(): { [name: string]: Buffer } {
  return { xz: Buffer.from(packedByTools.xz, 'base64'), bzip2: Buffer.from(packedByTools.bzip2, 'base64') };
}
