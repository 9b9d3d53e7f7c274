/** Releases from the command line that go wrong: killed, with a lost key, into the wrong folder. Nothing is half-published, and the log has one history. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { standingRedactions, undoRedaction } from '../../src/store/desk/redactions.js';
import { Desk } from '../../src/store/desk.js';
import { openTrove } from '../../src/store/trove.js';
import { impart, startImpart, tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

interface Newsroom {
  readonly dir: string;
  readonly trove: string;
  readonly key: string;
}

function newsroom(t: TestContext, letters: readonly string[]): Newsroom {
  const dir = tempDir(t);
  const [trove, key] = [join(dir, 'x.trove'), join(dir, 'release.key')];
  writeFileSync(join(dir, 'box'), mboxrd(letters));
  for (const args of [
    ['receive', join(dir, 'box'), '--trove', trove],
    ['redact', 'scan', '--trove', trove],
    ['redact', 'public', '@harbour.example', '--trove', trove],
    ['release', 'key', '--name', 'news.example/x', '--out', key],
  ])
    assert.equal(impart(...args).status, 0, args.join(' '));
  return { dir, trove, key };
}

const withSecret = [...manyLetters(5), letter({ id: 'z@x', body: 'Zanzibar calls.\n' })];

const create = ({ dir, trove, key }: Newsroom, name: string): string[] => [
  ...['release', 'create', '--trove', trove, '--key', key, '--out', join(dir, name)],
];

describe('a release from the command line', () => {
  test('that is killed at any point is not there, and the next one goes on with the same history', async (t) => {
    const room = newsroom(t, manyLetters(400));
    const kept: string[] = [];
    let killed = 0;
    for (let at = 0; at < 12; at++) {
      const name = `r${at}`;
      const child = startImpart(...create(room, name));
      const exited = once(child, 'exit');
      await Promise.race([exited, wait(700 + at * 450)]);
      child.kill('SIGKILL');
      await exited;
      const dir = join(room.dir, name);
      if (!existsSync(dir)) {
        killed += 1;
        continue;
      }
      const args = kept.length === 0 ? [] : ['--kept', kept.at(-1) ?? ''];
      const check = impart('check', dir, ...args);
      assert.equal(check.status, 0, check.stdout);
      kept.push(join(dir, 'checkpoint'));
      if (kept.length > 1) break;
    }
    const last = impart(...create(room, 'last'));
    assert.equal(last.status, 0, last.stderr);
    for (const checkpoint of kept) {
      const check = impart('check', join(room.dir, 'last'), '--kept', checkpoint);
      assert.equal(check.status, 0, check.stdout);
    }
    assert.ok(killed > 0, 'nothing was killed in time');
    // What was half written lies under a name that no release has.
    for (const name of readdirSync(room.dir).filter((name) => name.endsWith('.partial')))
      assert.match(name, /^\./);
  });

  test('asks for a key that is lost, and takes no other', (t) => {
    const room = newsroom(t, manyLetters(5));
    assert.equal(impart(...create(room, 'one')).status, 0);
    const key = readFileSync(room.key);
    assert.equal(statSync(room.key).mode & 0o777, 0o600);
    rmSync(room.key);
    assert.match(
      impart(...create(room, 'two')).stderr,
      /release\.key cannot be read[\s\S]*Restore it from your copy/,
    );
    assert.equal(impart('release', 'key', '--name', 'news.example/x', '--out', room.key).status, 0);
    assert.match(impart(...create(room, 'two')).stderr, /are signed with[\s\S]*not with/);
    writeFileSync(room.key, key.toString().replace('PRIVATE', 'PR'));
    assert.match(impart(...create(room, 'two')).stderr, /is not a release key, or is damaged/);
    assert.ok(!existsSync(join(room.dir, 'two')));
    writeFileSync(room.key, key);
    assert.equal(impart(...create(room, 'two')).status, 0);
  });

  test('stops where what an earlier one hid by hand was taken back since, unless that is said', (t) => {
    const room = newsroom(t, withSecret);
    assert.equal(impart('redact', 'mark', 'Zanzibar', '--kind', 'name', '--trove', room.trove).status, 0);
    assert.equal(impart(...create(room, 'one')).status, 0);
    const desk = new Desk(openTrove(room.trove), { now: () => Date.now(), as: 'Ida Moss' });
    t.after(() => desk.close());
    const marked = desk.read(standingRedactions, []);
    assert.equal(marked.length, 1);
    desk.write((db, act) => undoRedaction(db, act, marked[0]?.id ?? ''));
    const refused = impart(...create(room, 'two'));
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /1 redaction of an earlier release was taken back since/);
    assert.ok(!existsSync(join(room.dir, 'two')));
    assert.match(
      impart(...create(room, 'two'), '--dry-run').stdout,
      /1 {2}redacted before and taken back, stops/,
    );
    const said = impart(...create(room, 'two'), '--accept', 'taken-back');
    assert.equal(said.status, 0, said.stderr);
    // Released as shown: the next one has nothing more to ask.
    assert.equal(impart(...create(room, 'three')).status, 0);
  });

  test('does not stop where it was redacted again', (t) => {
    const room = newsroom(t, withSecret);
    const mark = ['redact', 'mark', 'Zanzibar', '--kind', 'name', '--trove', room.trove];
    assert.equal(impart(...mark).status, 0);
    assert.equal(impart(...create(room, 'one')).status, 0);
    assert.equal(impart(...mark).status, 0);
    assert.equal(impart(...create(room, 'two')).status, 0);
  });

  test('keeps keys out of troves, and writes over none', (t) => {
    const room = newsroom(t, manyLetters(5));
    const inside = impart('release', 'key', '--name', 'a.example', '--out', join(room.trove, 'key'));
    assert.match(inside.stderr, /is inside a trove/);
    assert.match(
      impart('release', 'key', '--name', 'a.example', '--out', room.key).stderr,
      /is there already/,
    );
    assert.match(
      impart('release', 'key', '--name', 'a b', '--out', join(room.dir, 'k')).stderr,
      /cannot name a key/,
    );
  });

  test('is not made into a folder that has something in it, nor where nothing can be written', (t) => {
    const room = newsroom(t, manyLetters(5));
    mkdirSync(join(room.dir, 'full'));
    writeFileSync(join(room.dir, 'full', 'mine'), 'mine');
    assert.match(impart(...create(room, 'full')).stderr, /is not an empty folder/);
    assert.equal(readFileSync(join(room.dir, 'full', 'mine'), 'utf8'), 'mine');
    assert.match(impart(...create(room, 'box/below')).stderr, /cannot write to/);
  });
});
