/**
 * Power loss, simulated: a receive is killed, what was not on disk by then is taken back or spoilt (lose-power.ts),
 * and the same command goes on; again and again, until it gets through. The outcome is that of an uninterrupted run.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { impart, jsonLines, tempDir } from '../impart.js';
import { manyLetters, mboxrd } from '../mail.js';
import { losePower, type Pick, spooledEnd } from './lose-power.js';

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
const ledgerModule = join(import.meta.dirname, 'ledger.js');
const mailbox = mboxrd(manyLetters(12_000));
const seeds = process.env.IMPART_SLOW === '1' ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2];

/** mulberry32: the same losses in every run of the test. */
function pickFrom(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/**
 * Receives with every fsync written down; killed `milliseconds` after the trove, or its catalog, appeared. Returns
 * whether it got through before.
 */
async function receive(box: string, trove: string, ledger: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', ledgerModule, main, 'receive', box, '--trove', trove], {
    stdio: 'ignore',
    env: { ...process.env, IMPART_LEDGER: ledger },
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  while (child.exitCode === null && !existsSync(milliseconds < 100 ? trove : join(trove, 'catalog.db')))
    await sleep(2);
  await sleep(milliseconds);
  child.kill('SIGKILL');
  const status = await ended;
  assert.ok(status === null || status === 0, `receive ended with ${String(status)}`);
  return status === 0 || isComplete(trove);
}

/** It may have said so before it was killed. */
function isComplete(trove: string): boolean {
  if (!existsSync(join(trove, 'catalog.db'))) return false;
  const catalog = new DatabaseSync(join(trove, 'catalog.db'), { readOnly: true });
  try {
    return catalog.prepare("SELECT 1 FROM accession WHERE state = 'complete'").get() !== undefined;
  } finally {
    catalog.close();
  }
}

function outcome(trove: string): object {
  const [{ ...status } = {}] = jsonLines(impart('status', '--trove', trove, '--json'));
  const hits = ['', 'number77*', 'subject:storm', '"harbour storm"'].map((query) =>
    jsonLines(impart('search', query, '--trove', trove, '--json')).map(({ sha256, thread, subject }) => ({
      sha256,
      thread,
      subject,
    })),
  );
  return { status, hits };
}

for (const [what, bytes] of [
  ['an mbox', Buffer.from(mailbox)],
  ['an mbox in gzip, its messages spooled', gzipSync(mailbox)],
] as const) {
  test(`${what}: power lost again and again, then an outcome as if never`, {
    skip: !existsSync('/proc/self/fd'),
  }, async (t) => {
    const dir = tempDir(t);
    const box = join(dir, 'box');
    writeFileSync(box, bytes);
    const whole = join(dir, 'whole.trove');
    assert.equal(impart('receive', box, '--trove', whole).status, 0);
    const expected = outcome(whole);
    for (const seed of seeds) {
      const pick = pickFrom(seed);
      const trove = join(dir, `${seed}.trove`);
      const ledger = join(dir, `${seed}.ledger`);
      let losses = 0;
      while (!(await receive(box, trove, ledger, losses * 120 + pick(200)))) {
        losePower(trove, ledger, pick);
        losses += 1;
        for (const shard of shardsOf(trove))
          assert.ok(spooledEnd(`${shard}.db`) <= sizeOf(`${shard}.raw`), 'a row outlived its bytes');
      }
      assert.ok(losses > 1, 'it got through at once: nothing is tested');
      // What is said to be complete is on disk.
      losePower(trove, ledger, pick);
      assert.deepEqual(outcome(trove), expected);
      const fsck = impart('fsck', '--trove', trove);
      assert.equal(fsck.status, 0, fsck.stdout);
    }
  });
}

/** Paths without suffix of the shards that a loss left. */
function shardsOf(trove: string): string[] {
  const dir = readdirSync(trove).find((name) => name.startsWith('index-v'));
  return dir === undefined
    ? []
    : readdirSync(join(trove, dir))
        .filter((name) => /^w\d+-\d+\.db$/.test(name))
        .map((name) => join(trove, dir, name.slice(0, -'.db'.length)));
}

/** In bytes; a file whose name was lost has none. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
