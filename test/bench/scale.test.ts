import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Base, coprimeStride, readBase, writeScaled } from '../../bench/scale.js';
import { parseMessage } from '../../src/message/parse.js';
import { walkSource } from '../../src/receive/walk.js';
import { tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';

const bigMail = join('..', 'shared', 'corpora', 'big', 'openbmc-10k.mbox.zst');

/** Thirty letters in two mboxes. */
async function smallBase(t: TestContext): Promise<Base & { dir: string }> {
  const dir = tempDir(t);
  const letters = manyLetters(30);
  writeFileSync(join(dir, 'a.mbox'), mboxrd(letters.slice(0, 20)));
  writeFileSync(join(dir, 'b.mbox'), mboxrd(letters.slice(20)));
  return { ...(await readBase([join(dir, 'a.mbox'), join(dir, 'b.mbox')])), dir };
}

async function messagesOf(path: string): Promise<Buffer[]> {
  const messages: Buffer[] = [];
  for await (const events of walkSource(path, { keeper: { write() {}, path }, tmpDir: `${path}.tmp` })) {
    for (const event of events) {
      assert.notEqual(event.type, 'failed');
      if (event.type === 'message') messages.push(Buffer.from(event.raw));
    }
  }
  return messages;
}

const inOrder = (texts: readonly string[]): string[] => texts.toSorted((a, b) => (a < b ? -1 : 1));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

test('the same sources and number of messages give the same bytes', async (t) => {
  const base = await smallBase(t);
  const first = writeScaled(base, 95, join(base.dir, 'first'));
  const second = writeScaled(await readBase(base.sources), 95, join(base.dir, 'second'));
  assert.deepEqual(first, second);
  const bytes = readFileSync(join(base.dir, 'first'));
  assert.equal(first.sha256, sha256(bytes));
  assert.equal(first.bytes, bytes.length);
});

test('the bytes are those of scale version 1', async (t) => {
  const base = await smallBase(t);
  const { sha256 } = writeScaled(base, 95, join(base.dir, 'scaled'));
  assert.equal(
    sha256,
    '858f3a6fced8c0ac114657dc5e78753ed706c210b95a6b1c7173ad2f4118ec43',
    'other bytes are made of the same mail: raise scaleVersion',
  );
});

test('a scaled mbox holds exactly as many messages as were asked for', async (t) => {
  const base = await smallBase(t);
  for (const count of [1, 29, 30, 31, 200]) {
    const path = join(base.dir, `scaled-${count}`);
    assert.equal(writeScaled(base, count, path).messages, count);
    assert.equal((await messagesOf(path)).length, count);
  }
});

test("Python's mailbox module counts the same messages", async (t) => {
  const base = await smallBase(t);
  const path = join(base.dir, 'scaled');
  writeScaled(base, 200, path);
  const python = spawnSync(
    'python3',
    ['-c', 'import mailbox, sys; print(len(mailbox.mbox(sys.argv[1])))', path],
    { encoding: 'utf8' },
  );
  if (python.error !== undefined) return t.skip('python3 is not installed');
  assert.equal(python.stdout.trim(), '200', python.stderr);
});

test('each message of the sources appears once per copy', async (t) => {
  const base = await smallBase(t);
  const path = join(base.dir, 'scaled');
  writeScaled(base, 60, path);
  const ids = (await messagesOf(path)).map((raw) => parseMessage(raw).messageId);
  const originals = (await Promise.all(base.sources.map(messagesOf)))
    .flat()
    .map((raw) => parseMessage(raw).messageId);
  assert.deepEqual(inOrder(ids.slice(0, 30)), inOrder(originals));
  assert.deepEqual(inOrder(ids.slice(30)), inOrder(originals.map((id) => `c1.${id}`)));
});

test('no two copies share bytes', async (t) => {
  const base = await smallBase(t);
  const distinct = (messages: readonly Buffer[]): number => new Set(messages.map(sha256)).size;
  const path = join(base.dir, 'scaled');
  writeScaled(base, 120, path);
  const originals = (await Promise.all(base.sources.map(messagesOf))).flat();
  assert.equal(distinct(await messagesOf(path)), 4 * distinct(originals));
});

test('replies in a copy refer to what they referred to, in the same copy', async (t) => {
  const base = await smallBase(t);
  const path = join(base.dir, 'scaled');
  writeScaled(base, 90, path);
  const messages = (await messagesOf(path)).map((raw) => parseMessage(raw));
  const links = (from: number): string[] =>
    messages
      .slice(from, from + 30)
      .flatMap(({ messageId, references }) => references.map((reference) => `${messageId} → ${reference}`));
  assert.ok(links(0).length > 10);
  assert.deepEqual(
    links(60),
    links(0).map((link) => link.replace(/^(.*) → (.*)$/, 'c2.$1 → c2.$2')),
  );
});

test('a copy has a date, a subject, addresses and words of its own, in a message of the same length of text', async (t) => {
  const dir = tempDir(t);
  const body = `${'they discuss harbour dredging before breakfast and after supper with pilots from three ports when '.repeat(5)}\n`;
  const path = join(dir, 'one.mbox');
  writeFileSync(
    path,
    mboxrd([
      letter({
        id: 'one@calder.example',
        subject: 'Re: the budget for quays',
        date: 'Mon, 29 Oct 2001 14:03:58 -0800',
        to: 'anna@a.example, bob@b.example, carla@c.example, dora@d.example, erik@e.example',
        body,
      }),
    ]),
  );
  writeScaled(await readBase([path]), 3, join(dir, 'scaled'));
  const [original, first, second] = (await messagesOf(join(dir, 'scaled'))).map((raw) => parseMessage(raw));
  assert.ok(original !== undefined && first !== undefined && second !== undefined);
  const text = (message: typeof original): string => message.entities[0]?.body.toString() ?? '';
  assert.equal(text(original).trim(), body.trim());
  assert.equal(text(first).length, text(original).length);
  const newIn = (message: typeof original, before: typeof original): string[] =>
    text(message)
      .split(/\s+/)
      .filter((word) => !text(before).includes(word));
  assert.ok(newIn(first, original).length > 0, 'no word of the first copy is new');
  assert.ok(newIn(second, first).length > 0, 'no word of the second copy is new');
  // 37 days later by date(1): date -ud '2001-10-29 + 37 days'.
  assert.equal(first.date?.time, Date.parse('2001-12-05T14:03:58-08:00'));
  assert.equal(first.date?.zoneMinutes, -480);
  assert.ok(
    first.subject.startsWith('Re: ') && new Set([original.subject, first.subject, second.subject]).size === 3,
  );
  const changed = first.to.filter(({ addrSpec }, i) => addrSpec !== original.to[i]?.addrSpec);
  assert.ok(changed.length > 0 && changed.length < 5, `${changed.length} of 5 addresses changed`);
  assert.deepEqual(first.defects, []);
});

test('a file that does not end in an empty line, or has lines ending in CR LF, still gives whole messages', async (t) => {
  const dir = tempDir(t);
  const bare = join(dir, 'bare.mbox');
  const dos = join(dir, 'dos.mbox');
  writeFileSync(bare, mboxrd([letter({ id: 'a@x.example' })]).trimEnd());
  writeFileSync(
    dos,
    mboxrd([letter({ id: 'b@x.example' }), letter({ id: 'c@x.example' })]).replaceAll('\n', '\r\n'),
  );
  const scaled = join(dir, 'scaled');
  writeScaled(await readBase([bare, dos]), 9, scaled);
  const messages = (await messagesOf(scaled)).map((raw) => parseMessage(raw));
  assert.equal(new Set(messages.map(({ messageId }) => messageId)).size, 9);
  assert.deepEqual(
    messages.flatMap(({ defects }) => defects),
    [],
  );
});

test('what fails leaves no file', async (t) => {
  const dir = tempDir(t);
  assert.throws(() => writeScaled({ sources: [], messages: [] }, 1, join(dir, 'scaled')), RangeError);
  assert.equal(existsSync(join(dir, 'scaled')), false);
});

test('a stride is coprime to the size, so that every message comes up', () => {
  for (const size of [1, 2, 3, 30, 97, 1000]) {
    const stride = coprimeStride(size);
    assert.equal(new Set(Array.from({ length: size }, (_, i) => (i * stride) % size)).size, size);
  }
});

test('copies of list mail have the structure and the defects of the messages they are made of', {
  skip: existsSync(bigMail) ? false : 'the corpora are not here',
}, async (t) => {
  const dir = tempDir(t);
  const some: Buffer[] = [];
  for await (const events of walkSource(bigMail, {
    keeper: { write() {}, path: bigMail },
    tmpDir: join(dir, 'tmp'),
  })) {
    for (const event of events) if (event.type === 'message') some.push(Buffer.from(event.raw));
    if (some.length >= 500) break;
  }
  const path = join(dir, 'list.mbox');
  writeFileSync(path, mboxrd(some.map((raw) => raw.toString('latin1'))), 'latin1');
  const base = await readBase([path]);
  writeScaled(base, 2 * base.messages.length, join(dir, 'scaled'));
  const shapes = (await messagesOf(join(dir, 'scaled')))
    .map((raw) => parseMessage(raw))
    .map(({ messageId, entities, defects, date }) => ({
      messageId: messageId.replace(/^c1\./, ''),
      entities: entities.map((entity) => [
        entity.section,
        entity.mediaType,
        entity.filename,
        entity.body.length,
      ]),
      defects: defects.map(({ code }) => code),
      isDated: date !== undefined,
    }));
  assert.equal(shapes.length, 2 * some.length);
  assert.deepEqual(shapes.slice(some.length), shapes.slice(0, some.length));
});
