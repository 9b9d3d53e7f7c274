import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { Catalog } from '../../src/store/catalog.js';
import { openTrove } from '../../src/store/trove.js';
import { impart, jsonLines, startImpart, tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

function totals(trove: string): Record<string, unknown> {
  const [first] = jsonLines(impart('status', '--trove', trove, '--json'));
  assert.ok(first !== undefined);
  return first;
}

test('a mailbox is received, counted, searched and shown', (t) => {
  const dir = tempDir(t);
  const messages = manyLetters(50);
  writeFileSync(join(dir, 'box'), mboxrd(messages));
  const trove = join(dir, 'x.trove');
  const run = impart('receive', join(dir, 'box'), '--trove', trove);
  assert.equal(run.status, 0, run.stderr);
  assert.equal(run.stdout, '');
  const {
    messages: count,
    occurrences,
    received,
    parsed,
    duplicate,
    failed,
    indexed,
    threads,
  } = totals(trove);
  assert.deepEqual(
    { count, occurrences, received, parsed, duplicate, failed, indexed, threads },
    {
      count: 43,
      occurrences: 50,
      received: 50,
      parsed: 43,
      duplicate: 7,
      failed: 0,
      indexed: 43,
      threads: 5,
    },
  );
  const [hit] = jsonLines(impart('search', 'number3', '--trove', trove, '--json'));
  assert.equal(hit?.sha256, sha256(messages[3] ?? ''));
  assert.match(String(hit?.snippet), /number3/);
  assert.equal(impart('show', String(hit?.id), '--raw', '--trove', trove).stdout, messages[3]);
});

test('the same source received again adds occurrences, not messages', (t) => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(20)));
  const trove = join(dir, 'x.trove');
  impart('receive', join(dir, 'box'), '--trove', trove);
  const before = totals(trove);
  assert.equal(impart('receive', join(dir, 'box'), '--trove', trove).status, 0);
  const after = totals(trove);
  assert.equal(after.messages, before.messages);
  assert.equal(after.received, 40);
  assert.equal(after.duplicate, 20 + Number(before.duplicate));
  assert.equal(
    readdirSync(join(trove, 'originals')).filter((name) => name !== 'incoming').length,
    1,
    'the same bytes are one original',
  );
});

test('two messages with one Message-ID and different bytes are two messages', (t) => {
  const dir = tempDir(t);
  writeFileSync(
    join(dir, 'box'),
    mboxrd([letter({ id: 'same@x', body: 'first\n' }), letter({ id: 'same@x', body: 'second\n' })]),
  );
  const trove = join(dir, 'x.trove');
  impart('receive', join(dir, 'box'), '--trove', trove);
  assert.equal(totals(trove).messages, 2);
  assert.equal(impart('search', 'msgid:same@x', '--count', '--trove', trove).stdout, '2\n');
});

test('originals are kept byte for byte, read-only, under their SHA-256', (t) => {
  const dir = tempDir(t);
  const bytes = zstdCompressSync(mboxrd(manyLetters(30)));
  writeFileSync(join(dir, 'box.zst'), bytes);
  const trove = join(dir, 'x.trove');
  impart('receive', join(dir, 'box.zst'), '--trove', trove);
  const name = sha256(bytes);
  assert.deepEqual(readFileSync(join(trove, 'originals', name.slice(0, 2), name)), bytes);
  assert.equal(impart('fsck', '--trove', trove).status, 0);
});

test('fsck names an original that was changed and messages that are gone from it', (t) => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(10)));
  const trove = join(dir, 'x.trove');
  impart('receive', join(dir, 'box'), '--trove', trove);
  const name = sha256(readFileSync(join(dir, 'box')));
  const original = join(trove, 'originals', name.slice(0, 2), name);
  chmodSync(original, 0o644);
  writeFileSync(original, readFileSync(original, 'utf8').replace('number3', 'number4'));
  const run = impart('fsck', '--trove', trove, '--json');
  assert.equal(run.status, 3);
  assert.deepEqual(
    jsonLines(run).map((finding) => finding.code),
    ['original-differs', 'message-missing'],
  );
});

test('in place: nothing is copied, everything can be shown', (t) => {
  const dir = tempDir(t);
  const messages = manyLetters(12);
  mkdirSync(join(dir, 'letters'));
  for (const [i, message] of messages.entries())
    writeFileSync(join(dir, 'letters', `${String(i).padStart(3, '0')}`), message);
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'letters'), '--in-place', '--trove', trove).status, 0);
  assert.deepEqual(
    readdirSync(join(trove, 'originals')).filter((name) => name !== 'incoming'),
    [],
  );
  assert.equal(
    impart('show', sha256(messages[3] ?? '').slice(0, 12), '--raw', '--trove', trove).stdout,
    messages[3],
  );
  assert.equal(impart('fsck', '--trove', trove).status, 0);
});

test('killed at any moment, the next run ends in the state of an uninterrupted one', {
  timeout: 300_000,
}, async (t) => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box.gz'), gzipSync(mboxrd(manyLetters(12_000))));
  const whole = join(dir, 'whole.trove');
  assert.equal(impart('receive', join(dir, 'box.gz'), '--trove', whole).status, 0);
  const torn = join(dir, 'torn.trove');
  let kills = 0;
  for (let wait = 250; ; wait += 150) {
    const outcome = await killAfter(wait, 'receive', join(dir, 'box.gz'), '--trove', torn);
    // Killed after its last commit, it had ended: another run would be another accession of the same bytes.
    if (outcome === 0 || hasEnded(torn)) break;
    kills += 1;
    assert.ok(kills < 100, 'the receive never gets to its end');
  }
  assert.ok(kills > 2, `only ${kills} runs were killed: nothing was tested`);
  const [tornState, wholeState] = [stateOf(torn), stateOf(whole)];
  assert.deepEqual(tornState.status, wholeState.status);
  assert.deepEqual(tornState, wholeState);
  assert.equal(impart('fsck', '--trove', torn).status, 0);
});

async function killAfter(milliseconds: number, ...args: string[]): Promise<number | null> {
  const child = startImpart(...args);
  let stderr = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  clearTimeout(timer);
  assert.ok(code === null || code === 0, stderr);
  return code;
}

function stateOf(trove: string): Record<string, unknown> {
  const hits = (query: string): unknown => jsonLines(impart('search', query, '--trove', trove, '--json'));
  return {
    status: jsonLines(impart('status', '--trove', trove, '--json')),
    storm: hits('storm silt'),
    thread: hits('thread:1'),
    all: sha256(impart('search', '', '--trove', trove, '--json').stdout),
  };
}

test('a source that changed after an interruption is received anew, and nothing received before is lost', async (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  const box = join(dir, 'box');
  writeFileSync(box, mboxrd(manyLetters(12_000)));
  const received = (): number =>
    Number(jsonLines(impart('status', '--trove', trove, '--json'))[0]?.messages ?? 0);
  for (let wait = 400; received() === 0; wait += 100) {
    await killAfter(wait, 'receive', box, '--trove', trove);
  }
  const before = Number(totals(trove).messages);
  writeFileSync(box, mboxrd(manyLetters(12_000).reverse()));
  assert.equal(impart('receive', box, '--trove', trove).status, 0);
  const after = totals(trove);
  assert.ok(Number(after.messages) >= before);
  assert.equal(after.received, Number(after.parsed) + Number(after.duplicate) + Number(after.failed));
  assert.equal(impart('search', 'number1', '--count', '--trove', trove).stdout, '1\n');
});

test('a mailbox that grew since it was received: what is new is added', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  const box = join(dir, 'box');
  writeFileSync(box, mboxrd([letter({ id: 'a@x', body: 'one\n' })]));
  impart('receive', box, '--trove', trove);
  appendFileSync(box, mboxrd([letter({ id: 'b@x', body: 'two\n' })]));
  impart('receive', box, '--trove', trove);
  const { messages, duplicate } = totals(trove);
  assert.deepEqual({ messages, duplicate }, { messages: 2, duplicate: 1 });
});

function refused(t: TestContext, name: string, run: ReturnType<typeof impart>, message: RegExp): void {
  t.diagnostic(`${name}: ${run.stderr.trim()}`);
  assert.equal(run.status, 1, run.stderr);
  assert.match(run.stderr, message);
  assert.doesNotMatch(run.stderr, /\n {4}at /, 'a stack trace is no message for a user');
}

test('wrong input gets a clear error with a hint', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  refused(t, 'missing', impart('receive', join(dir, 'nowhere'), '--trove', trove), /there is no .*nowhere/);
  mkdirSync(join(dir, 'empty'));
  refused(t, 'empty folder', impart('receive', join(dir, 'empty'), '--trove', trove), /no mail/i);
  refused(t, 'no trove', impart('search', 'x', '--trove', join(dir, 'none.trove')), /not a trove/);
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(3)));
  impart('receive', join(dir, 'box'), '--trove', trove);
  refused(t, 'malformed query', impart('search', '"open', '--trove', trove), /\^/);
  refused(t, 'no such message', impart('show', '99', '--trove', trove), /no message 99/);
  const settings = JSON.parse(readFileSync(join(trove, 'trove.json'), 'utf8')) as object;
  writeFileSync(join(trove, 'trove.json'), JSON.stringify({ ...settings, format: 99 }));
  refused(t, 'newer trove', impart('status', '--trove', trove), /format 99/);
  assert.equal(impart('search', '--trove').status, 2);
  assert.equal(impart('frobnicate').status, 2);
});

test('two processes that write to one trove: the second is told so', async (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(30_000)));
  writeFileSync(join(dir, 'other'), mboxrd(manyLetters(3)));
  const first = startImpart('receive', join(dir, 'box'), '--trove', trove);
  const firstEnd = new Promise<number | null>((resolve) => first.on('exit', resolve));
  while (!existsSync(join(trove, 'catalog.db'))) await new Promise((resolve) => setTimeout(resolve, 10));
  refused(t, 'locked', impart('receive', join(dir, 'other'), '--trove', trove), /another process is writing/);
  assert.equal(await firstEnd, 0);
  assert.equal(impart('receive', join(dir, 'other'), '--trove', trove).status, 0);
});

test('a link in a folder is not followed, and nothing is written outside the trove', (t) => {
  const dir = tempDir(t);
  mkdirSync(join(dir, 'letters'));
  writeFileSync(join(dir, 'letters', 'one'), letter({ id: 'one@x' }));
  writeFileSync(join(dir, 'secret'), letter({ id: 'secret@x', body: 'confidential\n' }));
  symlinkSync('../secret', join(dir, 'letters', 'two'));
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'letters'), '--trove', trove).status, 0);
  const { messages, other } = totals(trove);
  assert.deepEqual({ messages, other }, { messages: 1, other: 1 });
  assert.deepEqual(readdirSync(dir).sort(), ['letters', 'secret', 'x.trove']);
});

test('reindex makes the same index from the originals alone', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  writeFileSync(join(dir, 'box.gz'), gzipSync(mboxrd(manyLetters(500))));
  impart('receive', join(dir, 'box.gz'), '--trove', trove);
  const before = stateOf(trove);
  assert.equal(impart('reindex', '--trove', trove).status, 0);
  assert.deepEqual(stateOf(trove), before);
});

test('reindex goes on after an original that it cannot read, names it, and exits 3', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  const messages = manyLetters(60);
  writeFileSync(join(dir, 'first'), mboxrd(messages.slice(0, 20)));
  writeFileSync(join(dir, 'second'), mboxrd(messages.slice(20, 40)));
  writeFileSync(join(dir, 'third'), mboxrd(messages.slice(40)));
  for (const name of ['first', 'second', 'third'])
    impart('receive', join(dir, name), '--in-place', '--trove', trove);
  const all = Number(totals(trove).indexed);
  rmSync(join(dir, 'first'));
  // Neither file nor folder: opening it fails, whoever runs this.
  rmSync(join(dir, 'second'));
  spawnSync('mkfifo', [join(dir, 'second')]);
  const run = impart('reindex', '--trove', trove);
  assert.equal(run.status, 3, run.stderr);
  assert.match(run.stderr, /not read: .*first.*nothing at/);
  assert.match(run.stderr, /not read: .*second.*neither a file nor a folder/);
  const { indexed } = totals(trove);
  assert.ok(Number(indexed) > 0 && Number(indexed) < all, String(indexed));
  assert.match(impart('search', 'number50', '--trove', trove).stdout, /bollard 50/);
});

test('a message that the parser broke on once is parsed again by reindex, and the accounts say so', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(30)));
  impart('receive', join(dir, 'box'), '--trove', trove);
  const before = stateOf(trove);
  const catalog = new Catalog(openTrove(trove));
  catalog.markParserError(5, 'what a former version said');
  catalog.commit();
  catalog.close();
  assert.deepEqual([totals(trove).parsed, totals(trove).failed], [25, 1]);
  assert.equal(impart('reindex', '--trove', trove).status, 0);
  assert.deepEqual(stateOf(trove), before);
  assert.equal(impart('fsck', '--trove', trove).status, 0);
});

test('fsck counts the outcomes one by one', (t) => {
  const dir = tempDir(t);
  const trove = join(dir, 'x.trove');
  writeFileSync(join(dir, 'box'), mboxrd(manyLetters(30)));
  impart('receive', join(dir, 'box'), '--trove', trove);
  const db = new DatabaseSync(join(trove, 'catalog.db'));
  db.exec("UPDATE occurrence SET outcome = 'duplicate' WHERE message = 5 AND outcome = 'parsed'");
  db.close();
  const run = impart('fsck', '--trove', trove);
  assert.equal(run.status, 3);
  assert.match(run.stdout, /account-differs: container 1 .*26 parsed \+ 4 duplicate.* are 25, 5 and 0/);
});

function hasEnded(trove: string): boolean {
  const path = join(trove, 'catalog.db');
  if (!existsSync(path)) return false;
  // Read-only: closing a writer would tidy up what the kill left for the next run.
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare("SELECT 1 FROM accession WHERE state = 'complete'").get() !== undefined;
  } finally {
    db.close();
  }
}
