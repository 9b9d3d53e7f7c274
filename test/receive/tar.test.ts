import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { formatTarHeader } from '../../src/receive/tar-header.js';
import { sampleMessage, texts, walkBytes } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

type Content = Partial<Header> & { readonly name: string; readonly content?: string | Buffer };

async function makeTar(entries: readonly Content[]): Promise<Buffer> {
  const packing = pack();
  for (const { content, ...header } of entries) packing.entry(header, content ?? '');
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

test('a tar gives its messages where they lie, mailboxes as containers, and names what is neither', async (t) => {
  const tar = await makeTar([
    { name: 'mail/', type: 'directory' },
    { name: 'mail/1.eml', content: sampleMessage('one') },
    { name: 'mail/box', content: `${from}${sampleMessage('two')}\n${from}${sampleMessage('three')}` },
    { name: 'mail/box.gz', content: gzipSync(`${from}${sampleMessage('four')}`) },
    { name: 'photo.jpg', content: Buffer.from('ffd8ffe0', 'hex') },
  ]);
  const { events, messages } = await walkBytes(t, tar);
  assert.deepEqual(
    texts(messages),
    ['one', 'two', 'three', 'four'].map((subject) => sampleMessage(subject)),
  );
  assert.deepEqual(
    messages.map(({ container, place, folder }) => [
      container,
      place.path,
      folder,
      place.direct !== undefined,
    ]),
    [
      [0, 'mail/1.eml', 'mail', true],
      [1, '', 'mail/box', true],
      [1, '', 'mail/box', true],
      [2, '', 'mail/box', false],
    ],
  );
  const others = events.filter((event) => event.type === 'other');
  assert.deepEqual(
    others.map(({ place, note }) => [place.path, note]),
    [['photo.jpg', 'JPEG image']],
  );
  assert.deepEqual(
    events.filter((event) => event.type === 'container').map(({ container }) => container.kind),
    ['tar', 'mbox', 'mbox'],
  );
});

test('names that climb out, absolute names and long names are data', async (t) => {
  const names = ['../../etc/cron.d/x', '/etc/passwd', `${'long/'.repeat(60)}x.eml`, 'Entwürfe/ü.eml'];
  const tar = await makeTar(names.map((name) => ({ name, content: sampleMessage(name.length.toString()) })));
  assert.deepEqual(
    (await walkBytes(t, tar)).messages.map(({ place }) => place.path),
    names,
  );
});

test('names that are not UTF-8 stay apart from one another', async (t) => {
  const names = [
    Buffer.from('b\xe4r.eml', 'latin1'),
    Buffer.from('b\xe5r.eml', 'latin1'),
    Buffer.from(`${'x'.repeat(200)}\xe4`, 'latin1'),
  ];
  const content = Buffer.from(sampleMessage('x'));
  const padding = Buffer.alloc(512 - content.length);
  const members = names.flatMap((name) => [
    formatTarHeader({ name, type: 'file', size: content.length }),
    content,
    padding,
  ]);
  const { messages } = await walkBytes(t, Buffer.concat([...members, Buffer.alloc(1024)]));
  assert.deepEqual(
    messages.map(({ place }) => place.path),
    names.map((name) => name.toString('latin1')),
  );
});

test('links and devices are named and never followed', async (t) => {
  const tar = await makeTar([
    { name: 'a', type: 'symlink', linkname: '/etc/passwd' },
    { name: 'b', type: 'link', linkname: 'c' },
    { name: 'd', type: 'character-device' },
    { name: 'e', type: 'fifo' },
    { name: 'f.eml', content: sampleMessage('after') },
  ]);
  const { events, messages } = await walkBytes(t, tar);
  assert.equal(messages.length, 1);
  const notes = events.flatMap((event) => (event.type === 'other' ? [event.note] : []));
  assert.deepEqual(notes, [
    'a symbolic link to /etc/passwd: not followed',
    'a hard link to c',
    'a device or FIFO',
    'a device or FIFO',
  ]);
});

test('a damaged header costs its entry and no other', async (t) => {
  const tar = await makeTar(
    ['one', 'two', 'three'].map((subject) => ({ name: `${subject}.eml`, content: sampleMessage(subject) })),
  );
  tar.fill(0xff, 1024, 1100);
  const { messages, failures } = await walkBytes(t, tar);
  assert.deepEqual(
    messages.map(({ place }) => place.path),
    ['one.eml', 'three.eml'],
  );
  assert.deepEqual(
    failures.map(({ code, place }) => [code, place.offset, place.length]),
    [['damaged', 1024, 1024]],
  );
});

test('a tar cut off anywhere says so, and gives what is whole', async (t) => {
  const tar = await makeTar(
    ['one', 'two', 'three'].map((subject) => ({ name: `${subject}.eml`, content: sampleMessage(subject) })),
  );
  for (let cut = 600; cut < tar.length - 1024; cut += 100) {
    const { messages, failures } = await walkBytes(t, tar.subarray(0, cut));
    assert.ok(failures.length > 0 && failures.every(({ code }) => code === 'truncated'), `cut at ${cut}`);
    const whole = [600, 1624, 2648].filter(
      (end) => cut >= end - 600 + 512 + sampleMessage('three').length,
    ).length;
    assert.ok(messages.length >= whole);
  }
});

test('a large entry is streamed: a mailbox of 3 MB, and what comes after it', async (t) => {
  const box = `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(500))}\n`.repeat(100);
  const tar = await makeTar([
    { name: 'box', content: box },
    { name: 'after.eml', content: sampleMessage('after') },
  ]);
  const { messages, failures } = await walkBytes(t, tar);
  assert.deepEqual([messages.length, failures.length], [101, 0]);
  assert.equal(messages.at(-1)?.place.path, 'after.eml');
  const cut = await walkBytes(t, tar.subarray(0, 2_000_000));
  assert.ok(cut.messages.length > 50);
  assert.ok(cut.failures.some(({ code, note }) => code === 'truncated' && note.includes('cut off')));
});

test('archives that were joined are read to the end', async (t) => {
  const one = await makeTar([{ name: '1.eml', content: sampleMessage('one') }]);
  const two = await makeTar([{ name: '2.eml', content: sampleMessage('two') }]);
  assert.equal((await walkBytes(t, Buffer.concat([one, two]))).messages.length, 2);
});

test('entries up to the bound are read, one more ends the archive', async (t) => {
  const tar = await makeTar(
    [1, 2, 3].map((number) => ({ name: `${number}`, content: sampleMessage(`${number}`) })),
  );
  assert.deepEqual((await walkBytes(t, tar, { maxArchiveEntries: 3 })).failures, []);
  const { messages, failures } = await walkBytes(t, tar, { maxArchiveEntries: 2 });
  assert.deepEqual([messages.length, failures.map(({ code }) => code)], [2, ['entry-limit']]);
});

test('a name up to the bound is read, a longer one fails by itself', async (t) => {
  const name = `${'n'.repeat(300)}.eml`;
  const tar = await makeTar([
    { name, content: sampleMessage('long') },
    { name: 'after', content: sampleMessage('after') },
  ]);
  const recordBytes = `313 path=${name}\n`.length;
  for (const [maxEntryNameBytes, expected] of [
    [recordBytes, []],
    [recordBytes - 1, ['too-large']],
  ] as const) {
    const { failures, messages } = await walkBytes(t, tar, { maxEntryNameBytes });
    assert.deepEqual(
      failures.map(({ code }) => code),
      expected,
    );
    assert.equal(messages.length, 2);
  }
});

test('archives in archives are read to the bound', async (t) => {
  let tar = await makeTar([{ name: 'x.eml', content: sampleMessage('deep') }]);
  for (let level = 1; level < 4; level += 1)
    tar = await makeTar([{ name: `level${level}.tar`, content: tar }]);
  assert.equal((await walkBytes(t, tar, { maxNestedContainers: 4 })).messages.length, 1);
  const { failures } = await walkBytes(t, tar, { maxNestedContainers: 3 });
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['nesting-limit'],
  );
});

test('a sparse file is named as one that is not read', async (t) => {
  const tar = await makeTar([
    { name: 'sparse', content: 'x', pax: { 'GNU.sparse.major': '1' } },
    { name: 'after', content: sampleMessage('after') },
  ]);
  const { failures, messages } = await walkBytes(t, tar);
  assert.deepEqual([failures.map(({ code }) => code), messages.length], [['unsupported-format'], 1]);
});
