/** What lies where an interrupted receive left off may not be what it was: each run is killed, its source changed, and received again. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CatalogReader } from '../../src/store/catalog-reader.js';
import { indexVersion, openTrove } from '../../src/store/trove.js';
import { impart, jsonLines, startImpart, tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

const letters = manyLetters(20_000);
const mailbox = mboxrd(letters);

interface Interrupted {
  readonly box: string;
  readonly trove: string;
  /** SHA-256 of every message that was committed before the kill, hex. */
  readonly committed: readonly string[];
  readonly keptBytes: number;
}

/** Kills a receive of `mailbox` between its first commit and its end. */
async function interrupt(t: TestContext): Promise<Interrupted> {
  const dir = tempDir(t);
  const box = join(dir, 'box');
  const trove = join(dir, 'x.trove');
  writeFileSync(box, mailbox);
  const child = startImpart('receive', box, '--trove', trove);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  for (;;) {
    const state = committedState(trove);
    if (state !== undefined && state.committed.length > 0) break;
    assert.equal(child.exitCode, null, 'it ended before it could be killed');
    await sleep(5);
  }
  child.kill('SIGKILL');
  await ended;
  const state = committedState(trove);
  assert.ok(state !== undefined);
  assert.ok(state.committed.length < new Set(letters).size, 'all of it was received: nothing is tested');
  return { box, trove, ...state };
}

function committedState(dir: string): { committed: string[]; keptBytes: number } | undefined {
  if (!existsSync(join(dir, 'catalog.db'))) return undefined;
  try {
    const catalog = new CatalogReader(openTrove(dir));
    const committed = catalog.db.prepare('SELECT lower(hex(sha256)) sha FROM message').all();
    const kept = catalog.db.prepare('SELECT kept_bytes FROM accession').get();
    catalog.close();
    return { committed: committed.map(({ sha }) => String(sha)), keptBytes: Number(kept?.kept_bytes ?? 0) };
  } catch {
    // It has no tables yet.
    return undefined;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Nothing committed before is gone, everything in the source as it is now is there, and every byte of it is kept. */
function holdsBoth({ trove, committed }: Interrupted, now: readonly string[]): void {
  const held = new Set(
    jsonLines(impart('search', '', '--trove', trove, '--json')).map(({ sha256: hash }) => String(hash)),
  );
  for (const hash of committed) assert.ok(held.has(hash), 'a message committed before is gone');
  for (const text of now) assert.ok(held.has(sha256(text)), 'a message of the source is not there');
  assert.equal(held.size, new Set([...committed, ...now.map(sha256)]).size);
  const [totals] = jsonLines(impart('status', '--trove', trove, '--json'));
  assert.equal(totals?.received, Number(totals?.parsed) + Number(totals?.duplicate) + Number(totals?.failed));
  const fsck = impart('fsck', '--trove', trove);
  assert.equal(fsck.status, 0, fsck.stdout);
}

/** Writes over bytes of a file, and gives it back its time, so that only the bytes tell. */
function overwrite(path: string, offset: number, text: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, text, offset, 'latin1');
  closeSync(file);
  utimesSync(path, 1_457_000_000, 1_457_000_000);
}

test('unchanged: it goes on, and keeps one original', async (t) => {
  const run = await interrupt(t);
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, letters);
  assert.deepEqual(accessionStates(run.trove), ['complete']);
});

function accessionStates(trove: string): string[] {
  const catalog = new CatalogReader(openTrove(trove));
  const states = catalog.accessions().map(({ state }) => state);
  catalog.close();
  return states;
}

test('a byte that was received before is another: both are kept', async (t) => {
  const run = await interrupt(t);
  const at = mailbox.indexOf('Clerk', Math.floor(run.keptBytes / 3));
  overwrite(run.box, at, 'Klerk');
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  const changed = `${mailbox.slice(0, at)}Klerk${mailbox.slice(at + 5)}`;
  holdsBoth(run, lettersOf(changed));
  assert.deepEqual(accessionStates(run.trove), ['superseded', 'complete']);
});

/** What Python's mailbox would find: these messages have no line that begins with From. */
const lettersOf = (box: string): string[] =>
  box
    .split(/^From .*\n/m)
    .slice(1)
    .map((text) => text.replace(/\n$/, ''));

test('a byte that was not received yet is another: the receive goes on with it', async (t) => {
  const run = await interrupt(t);
  const at = mailbox.lastIndexOf('Clerk');
  overwrite(run.box, at, 'Klerk');
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, lettersOf(`${mailbox.slice(0, at)}Klerk${mailbox.slice(at + 5)}`));
});

test('cut off below what was kept: what was received stays, the rest is what there is', async (t) => {
  const run = await interrupt(t);
  const length = mailbox.lastIndexOf('\nFrom ', Math.floor(run.keptBytes / 2)) + 1;
  truncateSync(run.box, length);
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, lettersOf(mailbox.slice(0, length)));
  assert.deepEqual(accessionStates(run.trove), ['superseded', 'complete']);
});

test('grown: it goes on to the new end', async (t) => {
  const run = await interrupt(t);
  const more = [letter({ id: 'more@x', body: 'one more\n' })];
  appendFileSync(run.box, mboxrd(more));
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, [...letters, ...more]);
  assert.deepEqual(accessionStates(run.trove), ['complete']);
});

test('a folder stands in its place', async (t) => {
  const run = await interrupt(t);
  rmSync(run.box);
  mkdirSync(run.box);
  const other = [letter({ id: 'other@x', body: 'another\n' })];
  writeFileSync(join(run.box, '1.eml'), other[0] ?? '');
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, other);
  assert.deepEqual(accessionStates(run.trove), ['superseded', 'complete']);
});

test('nothing stands in its place: said, nothing lost, and taken up once it is back', async (t) => {
  const run = await interrupt(t);
  rmSync(run.box);
  const refused = impart('receive', run.box, '--trove', run.trove);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /there is no/);
  writeFileSync(run.box, mailbox);
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, letters);
});

test('what is no mail stands in its place: refused by name, and nothing lost', async (t) => {
  const run = await interrupt(t);
  writeFileSync(run.box, 'no mail at all\n');
  const refused = impart('receive', run.box, '--trove', run.trove);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /no mail/);
  holdsBoth(run, []);
});

test('an empty file stands in its place: refused, and what was kept stays', async (t) => {
  const run = await interrupt(t);
  truncateSync(run.box, 0);
  const refused = impart('receive', run.box, '--trove', run.trove);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /is empty/);
  holdsBoth(run, []);
});

test('bytes kept in the trove are another: they stay for inspection, and the source is received anew', async (t) => {
  const run = await interrupt(t);
  const incoming = join(run.trove, 'originals', 'incoming');
  const [kept] = readdirSync(incoming);
  overwrite(join(incoming, kept ?? ''), Math.floor(run.keptBytes / 2), '\0\0\0\0');
  assert.equal(impart('receive', run.box, '--trove', run.trove).status, 0);
  holdsBoth(run, letters);
  assert.deepEqual(accessionStates(run.trove), ['superseded', 'complete']);
});

test('killed while its databases are being made: readers say that nothing is there yet, and the next run makes them', async (t) => {
  const dir = tempDir(t);
  const box = join(dir, 'box');
  const trove = join(dir, 'x.trove');
  writeFileSync(box, mailbox);
  for (let round = 0; round < 8; round++) {
    rmSync(trove, { recursive: true, force: true });
    const child = startImpart('receive', box, '--trove', trove);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    // Every other time as soon as the catalog appears, else as soon as a shard does, under whatever name.
    while (
      !(round % 2 === 0
        ? isThere(trove, /^catalog\.db/)
        : isThere(join(trove, `index-v${indexVersion}`), /^w\d/))
    )
      await sleep(1);
    await sleep(round / 2);
    child.kill('SIGKILL');
    await ended;
    const status = impart('status', '--trove', trove, '--json');
    assert.ok(status.status === 0 || /nothing was received/.test(status.stderr), status.stderr);
    const search = impart('search', 'storm', '--trove', trove);
    assert.ok(search.status === 0 || /nothing was received/.test(search.stderr), search.stderr);
  }
  assert.equal(impart('receive', box, '--trove', trove).status, 0);
  assert.equal(impart('fsck', '--trove', trove).status, 0);
});

const isThere = (dir: string, name: RegExp): boolean =>
  existsSync(dir) && readdirSync(dir).some((file) => name.test(file));
