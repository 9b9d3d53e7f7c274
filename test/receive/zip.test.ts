import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { crc32, deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { corpora, sampleMessage, texts, walkAll, walkBytes } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

interface Content {
  readonly name: string;
  readonly content: string | Buffer;
  readonly compress?: boolean;
}

async function makeZip(entries: readonly Content[], forceZip64Format = false): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content, compress = true } of entries)
    zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end({ forceZip64Format, comment: '' });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What an entry is called and says of itself, byte by byte: for entries that no honest writer makes. */
interface Forged {
  readonly name: string | Buffer;
  readonly data: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly bytes?: number;
  readonly crc?: number;
  readonly mode?: number;
  /** Points at the data of this entry. */
  readonly sharedWith?: number;
}

function forgeZip(entries: readonly Forged[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let size = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(entry.method ?? 0, 4);
    common.writeUInt32LE(entry.crc ?? crc32(entry.data), 10);
    common.writeUInt32LE(entry.data.length, 14);
    common.writeUInt32LE(entry.bytes ?? entry.data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, entry.data]);
    offsets.push(size);
    if (entry.sharedWith === undefined) {
      parts.push(local);
      size += local.length;
    }
    const record = Buffer.alloc(46);
    record.write('PK\x01\x02', 'latin1');
    record.writeUInt16LE(3 << 8, 4);
    common.copy(record, 6);
    record.writeUInt16LE(((entry.mode ?? 0o100644) >>> 0) & 0xffff, 40);
    record.writeUInt32LE(offsets[entry.sharedWith ?? offsets.length - 1] ?? 0, 42);
    directory.push(record, name);
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(size, 16);
  return Buffer.concat([...parts, table, end]);
}

const good = { name: 'good.eml', data: Buffer.from(sampleMessage('good')) };

test('a zip gives messages, mailboxes and names of what is neither, zip64 or not', async (t) => {
  const entries = [
    { name: 'mail/1.eml', content: sampleMessage('one') },
    { name: 'mail/2.eml', content: sampleMessage('two'), compress: false },
    { name: 'mail/box.mbox', content: `${from}${sampleMessage('three')}` },
    { name: 'mail/box.gz', content: gzipSync(`${from}${sampleMessage('four')}`), compress: false },
    { name: 'note.txt', content: 'no mail' },
  ];
  for (const zip64 of [false, true]) {
    const { messages, events } = await walkBytes(t, await makeZip(entries, zip64));
    assert.deepEqual(
      texts(messages),
      ['one', 'two', 'three', 'four'].map((subject) => sampleMessage(subject)),
    );
    assert.deepEqual(
      messages.map(({ place, folder }) => [place.path, folder, place.direct !== undefined]),
      [
        ['mail/1.eml', 'mail', false],
        ['mail/2.eml', 'mail', true],
        ['', 'mail/box', false],
        ['', 'mail/box', false],
      ],
    );
    assert.equal(events.filter((event) => event.type === 'other').length, 1);
  }
});

test('large entries are streamed, stored ones with their place in the original', async (t) => {
  const box = `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(500))}\n`.repeat(60);
  const zip = await makeZip([
    { name: 'packed', content: box },
    { name: 'stored', content: box, compress: false },
  ]);
  const { messages, failures } = await walkBytes(t, zip);
  assert.deepEqual([messages.length, failures.length], [120, 0]);
  assert.deepEqual(
    [messages[0]?.place.direct !== undefined, messages[60]?.place.direct !== undefined],
    [false, true],
  );
});

test('a zip inside compression or another zip is spooled and read', async (t) => {
  const inner = await makeZip([{ name: 'x.eml', content: sampleMessage('deep') }]);
  for (const outer of [
    gzipSync(inner),
    await makeZip([{ name: 'in.zip', content: inner }]),
    zstdCompressSync(await makeZip([{ name: 'in.zip', content: inner }])),
  ]) {
    assert.deepEqual(texts((await walkBytes(t, outer)).messages), [sampleMessage('deep')]);
  }
});

test('an encrypted entry, an unknown method and a symbolic link are said to be that; the rest is read', async (t) => {
  const zip = forgeZip([
    { name: 'secret', data: Buffer.from('x'), flags: 1 },
    { name: 'deflate64', data: Buffer.from('x'), method: 9 },
    { name: 'link', data: Buffer.from('/etc/passwd'), mode: 0o120777 },
    good,
  ]);
  const { messages, failures, events } = await walkBytes(t, zip);
  assert.equal(messages.length, 1);
  assert.deepEqual(
    failures.map(({ code, place }) => [code, place.path]),
    [
      ['encrypted', 'secret'],
      ['unsupported-format', 'deflate64'],
    ],
  );
  assert.match(failures[1]?.note ?? '', /Deflate64/);
  assert.equal(events.filter((event) => event.type === 'other').length, 1);
});

test('zstd inside a zip is read', async (t) => {
  const content = Buffer.from(sampleMessage('zstd'));
  const entry = {
    name: 'z.eml',
    data: zstdCompressSync(content),
    method: 93,
    bytes: content.length,
    crc: crc32(content),
  };
  assert.deepEqual(texts((await walkBytes(t, forgeZip([entry]))).messages), [content.toString()]);
});

test('an entry that is damaged, lies about its size or its checksum fails by itself', async (t) => {
  const content = Buffer.from(`${from}${sampleMessage('x')}`);
  const packed = deflateRawSync(content);
  const lies = [
    { name: 'crc', data: packed, method: 8, bytes: content.length, crc: 1 },
    { name: 'size', data: packed, method: 8, bytes: content.length - 5, crc: crc32(content) },
    { name: 'data', data: Buffer.alloc(40, 0xff), method: 8, bytes: 40, crc: 1 },
    { name: 'cut', data: packed.subarray(0, -4), method: 8, bytes: content.length, crc: crc32(content) },
  ];
  const { messages, failures } = await walkBytes(t, forgeZip([...lies, good]));
  assert.deepEqual(texts(messages), [sampleMessage('good')]);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['damaged', 'damaged', 'damaged', 'truncated'],
  );
});

test('names in a zip are data, in UTF-8 or code page 437', async (t) => {
  const names = ['../../../etc/passwd', '/abs', 'C:\\x', 'Grüße', Buffer.from('Gr\x81\xe1e', 'latin1')];
  const zip = forgeZip(names.map((name) => ({ ...good, name })));
  assert.deepEqual(
    (await walkBytes(t, zip)).messages.map(({ place }) => place.path),
    ['../../../etc/passwd', '/abs', 'C:\\x', 'Grüße', 'Grüße'],
  );
});

test('entries that share their packed bytes are refused once they are more than the file', async (t) => {
  const content = Buffer.alloc(5000, 'A');
  const entry = { data: content, method: 0 };
  const shared = Array.from({ length: 20 }, (_, number) => ({ ...entry, name: `${number}`, sharedWith: 0 }));
  const { failures } = await walkBytes(t, forgeZip([{ ...entry, name: 'first' }, ...shared]));
  assert.ok(failures.length > 15 && failures.every(({ code }) => code === 'expansion-limit'));
});

test('a bomb of zips in zips ends at the budget of the whole walk', async (t) => {
  let level = await makeZip([{ name: 'zeros', content: Buffer.alloc(3_000_000) }]);
  for (let depth = 0; depth < 3; depth += 1) {
    const inner = level;
    level = await makeZip(
      Array.from({ length: 16 }, (_, number) => ({ name: `${number}.zip`, content: inner })),
    );
  }
  const { failures, events } = await walkBytes(t, level, {
    minBytesBeforeRatio: 1_000_000,
    maxExpansionRatio: 10,
  });
  assert.ok(failures.length > 0 && failures.every(({ code }) => code === 'expansion-limit'));
  assert.ok(events.length < 200, `${events.length} events`);
});

test('entries up to the bound are read, one more ends the archive', async (t) => {
  const zip = forgeZip([good, good, good]);
  assert.deepEqual((await walkBytes(t, zip, { maxArchiveEntries: 3 })).failures, []);
  const { messages, failures } = await walkBytes(t, zip, { maxArchiveEntries: 2 });
  assert.deepEqual([messages.length, failures.map(({ code }) => code)], [2, ['entry-limit']]);
});

test('a zip after other bytes or before them is found', async (t) => {
  const zip = await makeZip([{ name: 'x.eml', content: sampleMessage('x') }]);
  assert.equal((await walkBytes(t, Buffer.concat([zip, Buffer.from('trailing bytes')]))).messages.length, 1);
  // What `cat sfx-stub.zip archive.zip` gives: offsets that count from the second file's start.
  const other = await makeZip([{ name: 'y.eml', content: sampleMessage('y') }]);
  assert.deepEqual(
    (await walkBytes(t, Buffer.concat([zip, other]))).messages.map(({ place }) => place.path),
    ['y.eml'],
  );
});

test('a zip that is cut off gives the entries before the cut, and the messages of the one that is cut', async (t) => {
  const box = Array.from(
    { length: 300 },
    (_, number) => `${from}${sampleMessage(`${number}`, `${crc32(`${number}`)}\n`)}\n`,
  ).join('');
  const stored = { name: 'box', content: box, compress: false };
  for (const entries of [[stored], [{ ...stored, compress: true }]]) {
    const zip = await makeZip([
      { name: '1.eml', content: sampleMessage('one') },
      ...entries,
      { name: '2.eml', content: sampleMessage('two') },
    ]);
    const start = zip.indexOf('box');
    const cut = Math.floor((start + zip.indexOf('2.eml')) / 2);
    const { messages, failures } = await walkBytes(t, zip.subarray(0, cut));
    assert.ok(messages.length > 50 && messages.length < 300, `${messages.length} messages`);
    assert.equal(messages[0]?.place.path, '1.eml');
    assert.deepEqual(
      failures.map(({ code }) => code),
      ['truncated', 'truncated'],
    );
    const whole = await walkBytes(t, zip.subarray(0, -60));
    assert.deepEqual([whole.messages.length, whole.failures.length], [302, 1]);
  }
});

test('sizes that a writer put after the data are found without a table of contents', async (t) => {
  const zip = new ZipFile();
  for (const subject of ['one', 'two'])
    zip.addReadStream(Readable.from([sampleMessage(subject)]), `${subject}.eml`);
  zip.end({ forceZip64Format: false, comment: '' });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  assert.equal((await walkBytes(t, bytes)).messages.length, 2);
  const { messages, failures } = await walkBytes(
    t,
    bytes.subarray(0, bytes.indexOf('PK\x01\x02', 0, 'latin1')),
  );
  assert.deepEqual(texts(messages), [sampleMessage('one'), sampleMessage('two')]);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['truncated'],
  );
});

test('a damaged table of contents costs no entry', async (t) => {
  const zip = forgeZip([good, good, good]);
  const second = zip.indexOf('PK\x01\x02', zip.indexOf('PK\x01\x02') + 4, 'latin1');
  zip.fill(0, second, second + 4);
  const { messages, failures } = await walkBytes(t, zip);
  assert.deepEqual([messages.length, failures.map(({ code }) => code)], [3, ['damaged']]);
});

test('office documents and Outlook for Mac archives are not opened as zips of files', async (t) => {
  const docx = await makeZip([
    { name: '[Content_Types].xml', content: '<x/>' },
    { name: 'word/document.xml', content: '<x/>' },
  ]);
  await assert.rejects(walkBytes(t, docx), { code: 'no-mail-found' });
  const olm = await makeZip([
    { name: 'Accounts/a@b/com.microsoft.__Messages/Inbox/message_00001.xml', content: '<x/>' },
  ]);
  const { events, failures } = await walkBytes(t, olm);
  assert.equal(events[0]?.type === 'container' && events[0].container.kind, 'unreadable');
  assert.match(failures[0]?.note ?? '', /OLM/);
});

test('the hostile and odd zips of the corpora are survived', {
  skip: !existsSync(corpora) && 'no corpora',
}, async (t) => {
  const codes = async (name: string) => {
    const { failures } = await walkAll(t, join(corpora, 'tika-attachments', name));
    return failures.map(({ code }) => code);
  };
  assert.deepEqual(await codes('droste.zip'), ['nesting-limit']);
  assert.deepEqual(await codes('testZipEncrypted.zip'), ['encrypted']);
  assert.deepEqual(await codes('testZIP_corrupted_oom.zip'), ['expansion-limit']);
  // Python's zipfile reads one of its five entries as well: the others point into the middle of data.
  assert.deepEqual(await codes('testZip_with_DataDescriptor.zip'), [
    'damaged',
    'damaged',
    'damaged',
    'damaged',
  ]);
  assert.ok(readFileSync(join(corpora, 'tika-attachments/quine.gz')).length > 0);
  assert.deepEqual(await codes('quine.gz'), ['nesting-limit']);
});
