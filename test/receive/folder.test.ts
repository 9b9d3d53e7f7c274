import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { walkTree } from '../../src/receive/folder-tree.js';
import { walkSource } from '../../src/receive/walk.js';
import { corpora, makeTemporary, sampleMessage, sorted, texts, walkAll } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

function makeFolder(t: TestContext, files: { readonly [path: string]: string | Buffer }): string {
  const root = join(makeTemporary(t), 'source');
  mkdirSync(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

interface Listed {
  readonly name: string;
  readonly type: string | null | undefined;
  readonly size: number | undefined;
  readonly link: string | null | undefined;
  readonly content: Buffer;
}

async function listTar(tar: Buffer): Promise<Listed[]> {
  const listed: Listed[] = [];
  for await (const entry of Readable.from([tar]).pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const { name, type, size, linkname } = entry.header;
    listed.push({ name, type, size, link: linkname, content: Buffer.concat(chunks) });
  }
  return listed;
}

const longName = `${'deep/'.repeat(30)}m.eml`;

const mixed = {
  'a.eml': sampleMessage('a'),
  'a/b': sampleMessage('b'),
  'a.b/c': sampleMessage('c'),
  'Grüße.eml': sampleMessage('d'),
  [longName]: sampleMessage('e'),
  'box.mbox': `${from}${sampleMessage('f')}\n${from}${sampleMessage('g')}`,
  'photo.png': Buffer.from('89504e470d0a1a0a00', 'hex'),
  empty: '',
};

test('a folder is walked in the order of the bytes of its paths', async (t) => {
  const root = makeFolder(t, mixed);
  const { messages, events } = await walkAll(t, root);
  // The two in the middle are those of box.mbox, which is a container of its own. Upper case comes first, '.' before '/'.
  const paths = ['Grüße.eml', 'a.b/c', 'a.eml', 'a/b', '', '', longName];
  assert.deepEqual(
    messages.map(({ place }) => place.path),
    paths,
  );
  const others = events.flatMap((event) => (event.type === 'other' ? [event.place.path, event.note] : []));
  assert.deepEqual(others, ['empty', 'empty file', 'photo.png', 'PNG image']);
});

test('the tar of a folder is the same for every walk, and lists the files with their contents', async (t) => {
  const first = makeFolder(t, mixed);
  const second = makeFolder(t, Object.fromEntries(Object.entries(mixed).toReversed()));
  utimesSync(join(second, 'a.eml'), 1, 1);
  chmodSync(join(second, 'a.eml'), 0o600);
  const tar = (await walkAll(t, first)).kept;
  assert.deepEqual((await walkAll(t, second)).kept, tar);
  const listed = (await listTar(tar)).filter(({ type }) => type === 'file');
  const sorted = listed.map(({ name }) => Buffer.from(name));
  assert.deepEqual(sorted, sorted.toSorted(Buffer.compare));
  const contents = Object.fromEntries(listed.map(({ name, content }) => [name, content.toString('latin1')]));
  assert.deepEqual(
    contents,
    Object.fromEntries(
      Object.entries(mixed).map(([name, content]) => [name, Buffer.from(content).toString('latin1')]),
    ),
  );
});

test('every message in a folder can be read back from its tar', async (t) => {
  const { messages } = await walkAll(t, makeFolder(t, mixed));
  assert.ok(messages.every(({ place }) => place.direct !== undefined));
});

test('names that are no UTF-8 are kept byte by byte', async (t) => {
  const root = makeFolder(t, { x: sampleMessage('x') });
  const name = Buffer.concat([Buffer.from(`${root}/b`), Buffer.from([0xe4]), Buffer.from('r.eml')]);
  writeFileSync(name, sampleMessage('latin1'));
  const { kept, messages } = await walkAll(t, root);
  assert.ok(kept.includes(Buffer.from('b\xe4r.eml\0', 'latin1')));
  assert.deepEqual(
    messages.map(({ place }) => place.path),
    ['b\xe4r.eml', 'x'],
  );
});

test('links, also to folders and to nowhere, are kept as links and not followed', async (t) => {
  const root = makeFolder(t, { 'a.eml': sampleMessage('a') });
  symlinkSync('/etc', join(root, 'folder'));
  symlinkSync('nowhere', join(root, 'broken'));
  symlinkSync('.', join(root, 'loop'));
  const { events, kept, messages } = await walkAll(t, root);
  assert.equal(messages.length, 1);
  assert.equal(events.filter((event) => event.type === 'other').length, 3);
  const links = (await listTar(kept)).filter(({ type }) => type === 'symlink');
  assert.deepEqual(
    links.map(({ name, link }) => [name, link]),
    [
      ['broken', 'nowhere'],
      ['folder', '/etc'],
      ['loop', '.'],
    ],
  );
});

test('names and links as long as the system takes them do not disturb the tar', async (t) => {
  const folder = Array.from({ length: 14 }, () => 'ü'.repeat(120)).join('/');
  const files = Object.fromEntries(
    Array.from({ length: 400 }, (_, number) => [
      `${folder}/${number}`,
      sampleMessage(`${number}`, `${'y'.repeat(4500)}\n`),
    ]),
  );
  const root = makeFolder(t, files);
  symlinkSync('x'.repeat(4000), join(root, folder, 'link'));
  const { kept, messages } = await walkAll(t, root);
  assert.equal(messages.length, 400);
  const listed = await listTar(kept);
  assert.equal(listed.filter(({ type }) => type === 'file').length, 400);
  for (const { name, type, content } of listed)
    if (type === 'file') assert.equal(content.toString(), files[name]);
  assert.equal(listed.find(({ type }) => type === 'symlink')?.link?.length, 4000);
});

test('a large file that changes while it is read says so, and the tar stays one', async (t) => {
  const box = `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(500))}\n`.repeat(100);
  for (const change of [
    (path: string) => appendFileSync(path, 'more'),
    (path: string) => truncateSync(path, 1_500_000),
  ]) {
    const root = makeFolder(t, { box, 'z.eml': sampleMessage('z') });
    const chunks: Buffer[] = [];
    const write = (bytes: Uint8Array) => {
      if (chunks.push(Buffer.from(bytes)) === 2) change(join(root, 'box'));
    };
    const events = [];
    for await (const batch of walkSource(root, { keeper: { path: '', write }, tmpDir: '' })) {
      for (const event of batch) events.push(event.type === 'failed' ? event.code : event.type);
    }
    assert.deepEqual(events.filter((type) => type === 'changed-while-read').length, 1);
    assert.equal(events.at(-2), 'message');
    const listed = await listTar(Buffer.concat(chunks));
    assert.deepEqual(
      listed.map(({ name, size }) => [name, size]),
      [
        ['box', box.length],
        ['z.eml', sampleMessage('z').length],
      ],
    );
  }
});

test('a FIFO is not waited for', async (t) => {
  const root = makeFolder(t, { 'a.eml': sampleMessage('a') });
  try {
    execFileSync('mkfifo', [join(root, 'pipe')]);
  } catch {
    t.skip('no mkfifo');
    return;
  }
  const { events } = await walkAll(t, root);
  assert.deepEqual(
    events.flatMap((event) => (event.type === 'other' ? [event.note] : [])),
    ['a device, socket or FIFO: not opened'],
  );
});

test('a file that may not be opened fails by itself', {
  skip: process.getuid?.() === 0 && 'root may open everything',
}, async (t) => {
  const root = makeFolder(t, { 'a.eml': sampleMessage('a'), 'b.eml': sampleMessage('b') });
  chmodSync(join(root, 'a.eml'), 0);
  const { failures, messages } = await walkAll(t, root);
  assert.deepEqual(
    failures.map(({ code, place }) => [code, place.path]),
    [['unreadable-file', 'a.eml']],
  );
  assert.equal(messages.length, 1);
});

test('the source may itself be a link', async (t) => {
  const root = makeFolder(t, { 'a.eml': sampleMessage('a') });
  symlinkSync(root, `${root}-link`);
  assert.equal((await walkAll(t, `${root}-link`)).messages.length, 1);
});

test('large files in a folder are streamed: mailboxes, messages and archives of megabytes', async (t) => {
  const big = sampleMessage('big', `${'y'.repeat(70)}\n`.repeat(20_000));
  const box = `${from}${sampleMessage('x', `${'y'.repeat(60)}\n`.repeat(500))}\n`.repeat(100);
  const root = makeFolder(t, {
    'big.eml': big,
    box,
    'box.gz': gzipSync(box),
    'z.eml': sampleMessage('z'),
    'data.bin': Buffer.alloc(1_000_001),
  });
  const { messages, kept, failures, progress } = await walkAll(t, root);
  assert.deepEqual([messages.length, failures.length], [202, 0]);
  assert.equal(texts(messages).filter((raw) => raw === big).length, 1);
  const listed = await listTar(kept);
  assert.deepEqual(
    listed.map(({ name, content }) => [name, content.length]),
    [
      ['big.eml', big.length],
      ['box', box.length],
      ['box.gz', gzipSync(box).length],
      ['data.bin', 1_000_001],
      ['z.eml', sampleMessage('z').length],
    ],
  );
  assert.equal(
    progress.at(-1),
    listed.reduce((sum, { content }) => sum + content.length, 0),
  );
});

test('more files than one block holds keep their order and bytes', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 2500 }, (_, number) => [
      `${number % 7}/${number}`,
      sampleMessage(`${number}`, `${'z'.repeat(number)}\n`),
    ]),
  );
  const { messages } = await walkAll(t, makeFolder(t, files));
  const paths = messages.map(({ place }) => place.path);
  assert.deepEqual(paths, sorted(Object.keys(files)));
  for (const { place, raw } of messages) assert.equal(raw.toString(), files[place.path]);
});

test('a Maildir is one container with many folders; what is beside the messages is named', async (t) => {
  const root = makeFolder(t, {
    'cur/1457000001.M1.host:2,S': sampleMessage('inbox'),
    'new/1457000002.M2.host': 'not even a header\n',
    'tmp/1457000003.M3.host': sampleMessage('tmp'),
    '.Sent.2016/cur/1457000004.M4.host:2,S': sampleMessage('sent'),
    '.Entw&APw-rfe/cur/1457000005.M5.host:2,D': gzipSync(sampleMessage('draft')),
    '.Sent.2016/dovecot-uidlist': '3 V1 N2\n1 :1457\n',
    'dovecot.index.log': Buffer.alloc(100),
    '.Sent.2016/maildirfolder': '',
  });
  mkdirSync(join(root, '.Sent.2016/new'));
  const { events, messages, failures } = await walkAll(t, root);
  assert.deepEqual(
    events
      .filter((event) => event.type === 'container')
      .map(({ container }) => [container.kind, container.folder]),
    [['maildir', 'source']],
  );
  assert.deepEqual(sorted(messages.map(({ folder }) => folder)), [
    'Entwürfe',
    'Sent/2016',
    'source',
    'source',
    'source',
  ]);
  assert.deepEqual(failures, []);
  assert.equal(events.filter((event) => event.type === 'other').length, 3);
});

test('Maildirs inside a folder are containers of their own', async (t) => {
  const root = makeFolder(t, {
    'ann/Maildir/cur/1457000001.M1': sampleMessage('ann'),
    'ann/Maildir/new/1457000002.M2': `${from}${sampleMessage('with a From_ line')}`,
    'ann/Maildir/.Sent/cur/1457000003.M3': sampleMessage('ann sent'),
    'ann/Maildir/.Sent/new/1457000004.M4': sampleMessage('ann sent new'),
    'bob/new/1457000001.M1': sampleMessage('bob'),
    'bob/cur/1457000001.M2': sampleMessage('bob'),
    'notes/1': sampleMessage('note'),
  });
  const { events, messages } = await walkAll(t, root);
  const containers = events
    .filter((event) => event.type === 'container')
    .map(({ container }) => [container.kind, container.path, container.parent]);
  assert.deepEqual(containers, [
    ['folder', 'source', -1],
    ['maildir', 'ann/Maildir', 0],
    ['maildir', 'bob', 0],
  ]);
  assert.deepEqual(
    messages.map(({ container, place, folder }) => [container, place.path, folder]),
    [
      [1, '.Sent/cur/1457000003.M3', 'ann/Sent'],
      [1, '.Sent/new/1457000004.M4', 'ann/Sent'],
      [1, 'cur/1457000001.M1', 'ann'],
      [1, 'new/1457000002.M2', 'ann'],
      [2, 'cur/1457000001.M2', 'bob'],
      [2, 'new/1457000001.M1', 'bob'],
      [0, 'notes/1', 'notes'],
    ],
  );
});

test('a Maildir that lost its empty folders is still one', async (t) => {
  const root = makeFolder(t, {
    'read/cur/1457000001.M1.host:2,S': sampleMessage('read'),
    'read/cur/1457000002.M1.host:2,': sampleMessage('seen by nobody'),
    'unread/new/1457000003.M2.host,S=100': 'not even a header\n',
    'windows/cur/1457000004.M1.host;2,RS': sampleMessage('unpacked where : is not allowed'),
    // Its own inbox is empty: only the folders inside it are left.
    'subfolders/.Sent.2016/cur/1457000005.M1.host:2,S': sampleMessage('sent'),
    // No Maildirs: other things lie in these.
    'cursors/cur/arrow.cur': 'x',
    'cursors/cur/1457000006.M1.host:2,S': sampleMessage('beside'),
    'news/new/1.eml': sampleMessage('new'),
  });
  const { events, messages } = await walkAll(t, root);
  const containers = events
    .filter((event) => event.type === 'container')
    .map(({ container }) => [container.kind, container.path, container.folder]);
  assert.deepEqual(containers, [
    ['folder', 'source', 'source'],
    ['maildir', 'read', 'read'],
    ['maildir', 'subfolders/.Sent.2016', 'subfolders/Sent/2016'],
    ['maildir', 'unread', 'unread'],
    ['maildir', 'windows', 'windows'],
  ]);
  assert.equal(messages.length, 7);
  assert.ok(messages.some(({ folder }) => folder === 'subfolders/Sent/2016'));
});

test('the Maildir of the corpora', { skip: !existsSync(corpora) && 'no corpora' }, async (t) => {
  const { messages } = await walkAll(t, join(corpora, 'mail-parser/maildir'));
  const counts = Map.groupBy(messages, ({ folder }) => folder);
  assert.deepEqual(
    [...counts].map(([folder, list]) => [folder, list.length]),
    [
      ['My Folder/Nested Folder', 2],
      ['My Folder', 2],
      ['INBOX', 2],
    ],
  );
});

test('a folder without mail is refused, with what was looked for', async (t) => {
  await assert.rejects(
    walkAll(t, makeFolder(t, { 'a.txt': 'text', 'b.png': Buffer.from('89504e470d0a1a0a', 'hex') })),
    { code: 'no-mail-found' },
  );
  await assert.rejects(walkAll(t, makeFolder(t, {})), { code: 'no-mail-found' });
});

test('a deep tree is walked without recursion', (t) => {
  const root = makeFolder(t, {});
  mkdirSync(join(root, 'd/'.repeat(1500)), { recursive: true });
  assert.equal([...walkTree(root)].filter(({ step }) => step === 'enter').length, 1501);
});
