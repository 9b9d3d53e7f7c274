import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { impart, jsonLines, tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
  readonly flags?: number;
}

/** A zip file as APPNOTE.TXT describes it, with whatever flags and names the test wants. */
function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, flags = 0 } of entries) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, rest, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** Receives `bytes` as one file and returns exit status, totals and failures. */
function received(
  t: TestContext,
  name: string,
  bytes: Buffer,
): { status: number | null; totals: Record<string, unknown>; stderr: string; trove: string; dir: string } {
  const dir = tempDir(t);
  mkdirSync(join(dir, 'in'));
  writeFileSync(join(dir, 'in', name), bytes);
  const trove = join(dir, 'x.trove');
  const run = impart('receive', join(dir, 'in', name), '--trove', trove);
  const [totals = {}] = jsonLines(impart('status', '--trove', trove, '--json'));
  assert.equal(totals.received, Number(totals.parsed) + Number(totals.duplicate) + Number(totals.failed));
  assert.doesNotMatch(run.stderr, /\n {4}at /, 'a stack trace is no message for a user');
  assert.deepEqual(readdirSync(dir).sort(), ['in', 'x.trove'], 'nothing is written outside the trove');
  return { status: run.status, totals, stderr: run.stderr, trove, dir };
}

test('an encrypted entry of a zip fails by name, the rest is received', (t) => {
  const { status, totals, stderr } = received(
    t,
    'mail.zip',
    zip([
      { name: 'a.eml', bytes: Buffer.from(letter({ id: 'a@x' })) },
      { name: 'secret.eml', bytes: Buffer.from(letter({ id: 'b@x' })), flags: 1 },
    ]),
  );
  assert.equal(status, 3);
  assert.deepEqual([totals.parsed, totals.failed], [1, 1]);
  assert.match(stderr, /secret\.eml.*encrypted/i);
});

test('a zip bomb costs one failure, not the disk or the memory', (t) => {
  const bomb = Buffer.concat([
    Buffer.from(mboxrd([letter({ id: 'a@x' })])),
    Buffer.alloc(400 * 1024 * 1024, 0x20),
  ]);
  const { status, totals, stderr } = received(
    t,
    'bomb.zip',
    zip([
      { name: 'a.eml', bytes: Buffer.from(letter({ id: 'b@x' })) },
      { name: 'bomb.mbox', bytes: bomb },
    ]),
  );
  assert.equal(status, 3);
  assert.ok(Number(totals.failed) >= 1 && Number(totals.parsed) >= 1, JSON.stringify(totals));
  assert.match(stderr, /bomb\.mbox/);
});

test('a tar with ../ and links is read as data: nothing is written by name, nothing followed', async (t) => {
  const tar = pack();
  tar.entry({ name: '../../escape.eml' }, letter({ id: 'a@x' }));
  tar.entry({ name: '/etc/absolute.eml' }, letter({ id: 'b@x' }));
  tar.entry({ name: 'link.eml', type: 'symlink', linkname: '/etc/passwd' });
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  const { totals, trove } = received(t, 'mail.tar', Buffer.concat(chunks));
  assert.equal(totals.parsed, 2);
  const [first] = jsonLines(impart('search', '', '--trove', trove, '--json'));
  assert.match(
    impart('show', String(first?.id), '--json', '--trove', trove).stdout,
    /escape\.eml|absolute\.eml/,
  );
});

test('a truncated gzip gives every message before the damage, and says where it ends', (t) => {
  const whole = gzipSync(mboxrd(manyLetters(2000)));
  const { status, totals, stderr } = received(t, 'box.gz', whole.subarray(0, Math.floor(whole.length / 2)));
  assert.equal(status, 3);
  assert.ok(Number(totals.parsed) > 200, JSON.stringify(totals));
  assert.match(stderr, /byte \d+/);
});

test('formats that cannot be read yet are kept, counted as failed and named', {
  skip: !hasCorpora() && '../shared/corpora is not here',
}, (t) => {
  for (const [file, format] of [
    ['java-libpst/dist-list.pst', /PST/],
    ['email-outlook-message/charset.msg', /MSG|Outlook/],
  ] as const) {
    const { status, totals, stderr, trove } = received(
      t,
      'thing',
      readFileSync(join('..', 'shared', 'corpora', file)),
    );
    assert.equal(status, 3);
    assert.deepEqual([totals.received, totals.failed], [1, 1]);
    assert.match(stderr, format);
    assert.equal(impart('fsck', '--trove', trove).status, 0, 'its bytes are kept');
  }
});

function hasCorpora(): boolean {
  try {
    return readdirSync(join('..', 'shared', 'corpora')).length > 0;
  } catch {
    return false;
  }
}

test('a full disk stops with a hint, and the next run goes on when there is space', (t) => {
  const dir = tempDir(t);
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk]).status !== 0) {
    t.skip('needs the right to mount a small tmpfs');
    return;
  }
  try {
    const letters = manyLetters(10_000);
    writeFileSync(join(dir, 'box'), mboxrd(letters));
    const run = impart('receive', join(dir, 'box'), '--trove', join(disk, 'x.trove'));
    assert.equal(run.status, 1);
    assert.match(run.stderr, /no space/);
    assert.match(run.stderr, /Free space/);
    spawnSync('mount', ['-o', 'remount,size=200m', disk]);
    assert.equal(impart('receive', join(dir, 'box'), '--trove', join(disk, 'x.trove')).status, 0);
    assert.equal(
      jsonLines(impart('status', '--trove', join(disk, 'x.trove'), '--json'))[0]?.messages,
      new Set(letters).size,
    );
    assert.equal(impart('fsck', '--trove', join(disk, 'x.trove')).status, 0);
  } finally {
    spawnSync('umount', [disk]);
  }
});

test('a trove that may not be written: an error with a hint', (t) => {
  if (process.getuid?.() !== 0) {
    t.skip('needs root, to become someone without permission');
    return;
  }
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(3)));
  const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
  const run = spawnSync(
    process.execPath,
    [main, 'receive', join(dir, 'box'), '--trove', join(dir, 'x.trove')],
    { uid: 65534, gid: 65534 },
  );
  const stderr = run.stderr.toString();
  // The program itself may lie where nobody can read it: then nothing is tested.
  if (/Cannot find module|EACCES.*main\.js/.test(stderr)) {
    t.skip('the checkout cannot be read by another user');
    return;
  }
  assert.equal(run.status, 1, stderr);
  assert.match(stderr, /permission|cannot/i);
});

test('on a read-only medium a trove is read as it is; one that a killed run left unfinished is not shown as less than it is', (t) => {
  const dir = tempDir(t);
  const disk = join(dir, 'disk');
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk]).status !== 0) {
    t.skip('needs the right to mount a small tmpfs');
    return;
  }
  try {
    writeFileSync(join(dir, 'box'), mboxrd(manyLetters(50)));
    const trove = join(disk, 'x.trove');
    impart('receive', join(dir, 'box'), '--trove', trove);
    const whole = impart('search', '', '--trove', trove, '--json').stdout;
    const unfinished = join(disk, 'unfinished.trove');
    const db = new DatabaseSync(join(trove, 'catalog.db'));
    db.exec("UPDATE accession SET source = source || '!'");
    cpSync(trove, unfinished, { recursive: true });
    db.close();
    rmSync(join(unfinished, 'catalog.db-shm'));
    spawnSync('mount', ['-o', 'remount,ro', disk]);
    assert.equal(impart('search', '', '--trove', trove, '--json').stdout, whole);
    assert.equal(impart('fsck', '--trove', trove).status, 0);
    assert.match(impart('show', '5', '--trove', trove).stdout, /Message: 5/);
    for (const command of ['receive', 'reindex']) {
      const run = impart(command, ...(command === 'receive' ? [join(dir, 'box')] : []), '--trove', trove);
      assert.equal(run.status, 1);
      assert.match(run.stderr, /cannot be written/);
    }
    const run = impart('status', '--trove', unfinished);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /left in the middle of writing[\s\S]*Copy the trove/);
  } finally {
    spawnSync('umount', [disk]);
  }
});
