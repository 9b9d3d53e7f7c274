/** `impart verify` from outside, on the sample trove and on troves made for one question each. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyVersion } from '../../src/index/judgements.js';
import { labels } from '../../src/verify/label.js';
import { impart, jsonLines, type Run, startImpart, tempDir } from '../impart.js';
import { letter, manyLetters, mboxrd } from '../mail.js';
import { recordOf, rsaKey, signed } from '../verify/signing.js';

interface Line {
  readonly id: number;
  readonly sha256: string;
  readonly label: string;
  readonly signatures: readonly {
    readonly domain: string;
    readonly selector: string;
    readonly body: string;
    readonly header: string;
    readonly result: string;
    readonly flags: readonly string[];
    readonly key: string | null;
  }[];
  readonly findings: readonly { readonly code: string; readonly level: string; readonly facts: string[] }[];
}

const linesOf = (run: Run): Line[] => jsonLines(run) as unknown as Line[];

/** A trove of these messages, as one mbox. */
function troveOf(t: TestContext, messages: readonly string[]): string {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box.mbox'), mboxrd(messages));
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'box.mbox'), '--trove', trove).status, 0);
  return trove;
}

const verifyPath = (trove: string): string => join(trove, `verify-v${verifyVersion}.db`);

test('the sample: what was altered is a conflict, what was not is signed, each with its reason', (t) => {
  const trove = join(tempDir(t), 'harbour.trove');
  const sources = readdirSync('examples/harbour/mail').map((name) => `examples/harbour/mail/${name}`);
  assert.equal(impart('receive', ...sources, '--trove', trove).status, 0);
  const before = linesOf(impart('verify', '--json', '--trove', trove));
  assert.equal(before.length, 266);
  assert.ok(before.every(({ label }) => label !== 'domain-signed' && label !== 'key-unconfirmed'));
  assert.ok(
    before.some(({ signatures }) =>
      signatures.some(({ body, header }) => body === 'intact' && header === 'unchecked'),
    ),
  );

  const archive = ['keys', 'import', 'examples/harbour/keys/observations.json', '--observer', 'The Courier'];
  assert.equal(impart(...archive, '--provenance', 'single-archive', '--trove', trove).status, 0);
  const run = impart('verify', '--json', '--keys', 'examples/harbour/keys/dns.json', '--trove', trove);
  assert.equal(run.status, 3, 'there are conflicts');
  assert.match(run.stderr, /^1 new keys, 8 new observations\.\n/);
  // 59 messages with DKIM signatures, one with a seal.
  assert.match(run.stderr, /60 messages judged, 60 of them because other keys are known\./);
  const lines = linesOf(run);
  assert.deepEqual(
    lines.map(({ id }) => id),
    before.map(({ id }) => id),
  );

  assert.deepEqual(new Set(lines.map(({ label }) => label)), new Set(labels), 'every label is in the sample');

  const { occurrences } = JSON.parse(readFileSync('examples/harbour/expected.json', 'utf8')) as {
    occurrences: { letter: string; sha256: string }[];
  };
  const linesOfLetter = (name: string): Line[] => {
    const hashes = new Set(occurrences.filter(({ letter: key }) => key === name).map(({ sha256 }) => sha256));
    return lines.filter(({ sha256 }) => hashes.has(sha256));
  };
  // The laboratory's mail says 1.42 and verifies; one copy says 0.42.
  const copies = linesOfLetter('sed-02');
  assert.deepEqual(copies.map(({ label }) => label).sort(), ['conflict', 'domain-signed']);
  const altered = copies.find(({ label }) => label === 'conflict');
  assert.deepEqual(
    altered?.signatures.map(({ body, header }) => ({ body, header })),
    [{ body: 'differs', header: 'intact' }],
  );
  const finding = altered?.findings.find(({ code }) => code === 'copies-differ');
  assert.equal(finding?.level, 'conflict');
  assert.ok(finding?.facts.includes('here "0.42", there "1.42"'));
  // A declaration dated 2014 that was written on 19 May 2016.
  assert.deepEqual(
    linesOfLetter('press-12').map(({ label }) => label),
    ['conflict'],
  );
  assert.deepEqual(
    linesOfLetter('after-09').map(({ label }) => label),
    ['receiver-attested'],
  );
});

test('a line has the keys that the page names, and hostile mail costs its own result', (t) => {
  const trove = troveOf(t, [
    letter({ id: 'plain@x.example' }),
    letter({ id: 'odd@x.example', extra: ['DKIM-Signature: v=1; a=; b=;;; =\u0001', 'ARC-Seal: i=x'] }),
    `DKIM-Signature: v=2\n${letter({ id: 'other@x.example' })}`,
    '\n\n\u0000\u0000 no header section\n',
    `${Array.from({ length: 1_000 }, (_, i) => `DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s${i}; h=from; bh=AAAA; b=AAAA\n`).join('')}${letter({ id: 'many@x.example' })}`,
  ]);
  const lines = linesOf(impart('verify', '--json', '--trove', trove));
  assert.equal(lines.length, 5);
  const [plain, odd, other, , many] = lines;
  assert.deepEqual(Object.keys(plain ?? {}), ['id', 'sha256', 'label', 'signatures', 'findings']);
  assert.equal(plain?.label, 'no-conflict');
  assert.deepEqual(
    odd?.signatures.map(({ result }) => result),
    ['malformed'],
  );
  assert.equal(odd?.label, 'inconclusive', 'a malformed signature is never reported as not signed');
  assert.notEqual(other?.label, 'no-conflict');
  assert.equal(many?.signatures.length, 1_000);
  assert.deepEqual(Object.keys(many?.signatures[0] ?? {}), [
    'domain',
    'selector',
    'algorithm',
    'body',
    'header',
    'result',
    'flags',
    'key',
  ]);
});

test('a key judges again what names its selector, and nothing else', (t) => {
  const key = rsaKey(1024);
  const weak = rsaKey(512);
  const trove = troveOf(t, [
    signed(key),
    signed(key, { plan: { selector: 's2' } }),
    signed(weak, { plan: { selector: 'short' } }),
    letter({ id: 'plain@x.example' }),
  ]);
  assert.match(impart('verify', '--trove', trove).stderr, /^4 messages judged\.\n/);
  assert.match(impart('verify', '--trove', trove).stderr, /^0 messages judged\.\n/);

  const record = `s1._domainkey.harbour.example=${recordOf(key)}`;
  assert.equal(impart('keys', 'import', '--record', record, '--trove', trove).status, 0);
  const again = impart('verify', '--json', '--trove', trove);
  assert.match(again.stderr, /^1 message judged, 1 of them because other keys are known\.\n/);
  const [first, second] = linesOf(again);
  assert.equal(first?.label, 'key-unconfirmed');
  assert.equal(first?.signatures[0]?.key?.length, 64);
  assert.equal(second?.label, 'inconclusive');

  const observed = [
    { domain: 'harbour.example', selector: 's1', txt: recordOf(key), observer: 'An archive' },
    { domain: 'harbour.example', selector: 'short', txt: recordOf(weak), observer: 'An archive' },
  ];
  const file = join(trove, '..', 'observed.json');
  writeFileSync(file, JSON.stringify(observed));
  assert.equal(impart('keys', 'import', file, '--provenance', 'single-archive', '--trove', trove).status, 0);
  const confirmed = linesOf(impart('verify', '--json', '--trove', trove));
  assert.equal(confirmed[0]?.label, 'domain-signed');
  assert.deepEqual(confirmed[2]?.signatures[0]?.flags, ['weak-key', 'burned-key', 'repaired:line-endings']);
  assert.equal(confirmed[2]?.label, 'inconclusive', 'anybody could have signed with 512 bits');

  writeFileSync(join(trove, '..', 'burned.txt'), `${first?.signatures[0]?.key}\n`);
  const burn = ['keys', 'import', join(trove, '..', 'burned.txt'), '--burned', 'published by its owner'];
  assert.equal(impart(...burn, '--trove', trove).status, 0);
  const burned = linesOf(impart('verify', '--json', '--trove', trove));
  assert.ok(burned[0]?.signatures[0]?.flags.includes('burned-key'));
  assert.equal(burned[0]?.label, 'inconclusive');
});

test('a pass that is killed goes on, and ends as one that was not', async (t) => {
  const trove = troveOf(t, manyLetters(12_000));
  const child = startImpart('verify', '--trove', trove);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  while (judgedIn(trove) === 0) {
    assert.equal(child.exitCode, null, 'it ended before it could be killed');
    await sleep(5);
  }
  child.kill('SIGKILL');
  await ended;
  const judged = judgedIn(trove);
  const resumed = impart('verify', '--json', '--trove', trove);
  assert.equal(resumed.status, 0);
  const messages = linesOf(resumed).length;
  assert.ok(judged > 0 && judged < messages, `${judged} of ${messages} were judged: nothing is tested`);
  assert.match(
    resumed.stderr,
    new RegExp(`^${(messages - judged).toLocaleString('en')} messages judged`, 'm'),
  );
  rmSync(verifyPath(trove));
  assert.equal(impart('verify', '--json', '--trove', trove).stdout, resumed.stdout);
});

function judgedIn(trove: string): number {
  if (!existsSync(verifyPath(trove))) return 0;
  const db = new DatabaseSync(verifyPath(trove), { readOnly: true });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM judgement').get()?.n);
  } finally {
    db.close();
  }
}

test('what was found is searched, and a further receive is judged by the next pass', (t) => {
  const key = rsaKey(1024);
  const trove = troveOf(t, [signed(key), letter({ id: 'a@x.example' })]);
  const keys = join(trove, '..', 'keys.json');
  writeFileSync(keys, JSON.stringify({ 's1._domainkey.harbour.example': { TXT: [[recordOf(key)]] } }));
  const idsOf = (query: string): unknown[] =>
    jsonLines(impart('search', query, '--json', '--trove', trove)).map(({ id }) => id);
  assert.deepEqual(idsOf('label:*'), []);
  assert.equal(impart('verify', '--keys', keys, '--trove', trove).status, 0);
  assert.deepEqual(idsOf('label:key-unconfirmed'), [1]);
  assert.deepEqual(idsOf('label:"No signature, no conflict found"'), [2]);
  assert.deepEqual(idsOf('signed-by:harbour.example'), [1]);
  assert.deepEqual(idsOf('signed-by:example'), [1], 'a domain stands for those below it');
  assert.deepEqual(idsOf('signed-by:other.example'), []);
  assert.deepEqual(idsOf('selector:s1'), [1]);
  assert.deepEqual(idsOf('selector:s1._domainkey.harbour.example'), [1]);
  assert.deepEqual(idsOf('finding:*'), []);

  const later = join(trove, '..', 'later.mbox');
  writeFileSync(
    later,
    mboxrd([letter({ id: 'b@x.example', inReplyTo: 'a@x.example', date: 'Sat, 5 Mar 2016 10:00:00 +0000' })]),
  );
  assert.equal(impart('receive', later, '--trove', trove).status, 0);
  assert.deepEqual(idsOf('subject:dredging -label:*'), [3]);
  assert.match(impart('verify', '--trove', trove).stderr, /^1 message judged\.\n/);
  assert.deepEqual(idsOf('finding:parent-after-child'), [3]);
  assert.deepEqual(idsOf('finding:notice'), [3]);
});

test('a message whose bytes are gone is named, and the others are judged', (t) => {
  const trove = troveOf(t, [
    letter({ id: 'a@x.example' }),
    letter({ id: 'b@x.example', subject: 'Another' }),
  ]);
  for (const dir of readdirSync(join(trove, 'originals'))) {
    for (const name of dir === 'incoming' ? [] : readdirSync(join(trove, 'originals', dir))) {
      const path = join(trove, 'originals', dir, name);
      const bytes = readFileSync(path);
      rmSync(path);
      writeFileSync(path, bytes.toString('latin1').replace('Another', 'Anothex'), 'latin1');
    }
  }
  const run = impart('verify', '--json', '--trove', trove);
  assert.equal(run.status, 3);
  assert.match(run.stderr, /message 2: the bytes of message 2 are not where they were received/);
  assert.deepEqual(
    linesOf(run).map(({ id }) => id),
    [1],
  );
});
