/**
 * What somebody changed in a release afterwards is found: every bit of every file, and whole messages dropped, added,
 * exchanged or numbered anew, also by one who makes hashes and manifests agree again and lacks nothing but the key.
 */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkRelease } from '../../src/check/check.js';
import { formatManifest, isPayload, parseManifest } from '../../src/proof/manifest.js';
import { letter } from '../mail.js';
import { type Making, making } from '../release/making.js';

/** Numbers 0, 1 and 2, in the order of their dates; the one that is withheld comes after them. */
const letters = [
  letter({
    id: 'a@harbour.example',
    date: 'Mon, 7 Mar 2016 10:00:00 +0000',
    subject: 'Soundings',
    body: 'Fourteen metres.\n',
  }),
  letter({
    id: 'b@harbour.example',
    date: 'Mon, 7 Mar 2016 11:00:00 +0000',
    subject: 'Re: Soundings',
    references: '<a@harbour.example>',
    body: 'Ring 0155.\n',
  }),
  letter({
    id: 'c@harbour.example',
    date: 'Mon, 7 Mar 2016 12:00:00 +0000',
    subject: 'Invoice',
    body: 'Secret dredger.\n',
  }),
  letter({ id: 'd@harbour.example', subject: 'Leave', body: 'I am ill.\n' }),
];

const choice = { hide: '0155', withhold: 'I am ill' };

const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(dir, path)).isFile(),
  );

const faultsOf = (dir: string): string[] => checkRelease(dir).flatMap(({ faults }) => faults);

async function released(t: Parameters<typeof making>[0]): Promise<{ it: Making; dir: string }> {
  const it = await making(t, letters);
  it.choice = choice;
  await it.make('one');
  return { it, dir: join(it.dir, 'one') };
}

/** As one would who wants the change to pass: every hash is made right again. The key is not theirs. */
function hideTracks(dir: string): void {
  const old = parseManifest(readFileSync(join(dir, 'tagmanifest-sha256.txt'), 'utf8'));
  assert.ok(old !== undefined);
  const lineOf = (path: string) => ({ path, sha256: hash('sha256', readFileSync(join(dir, path)), 'hex') });
  writeFileSync(join(dir, 'manifest-sha256.txt'), formatManifest(filesOf(dir).filter(isPayload).map(lineOf)));
  const tags = filesOf(dir).filter((path) => !isPayload(path) && !path.startsWith('tagmanifest'));
  writeFileSync(join(dir, 'tagmanifest-sha256.txt'), formatManifest(tags.map(lineOf)));
}

describe('tampering', () => {
  test('a release that nobody touched holds', async (t) => {
    const { dir } = await released(t);
    assert.deepEqual(faultsOf(dir), []);
  });

  test('one flipped bit is found, wherever in whichever file', async (t) => {
    const { dir } = await released(t);
    const passed: string[] = [];
    let flips = 0;
    for (const path of filesOf(dir)) {
      const full = join(dir, path);
      const bytes = readFileSync(full);
      // All of them with IMPART_SLOW=1.
      const isPage = /\.(?:html|css|js|xml|svg)$/.test(path);
      const step = process.env.IMPART_SLOW === '1' ? 1 : isPage ? 997 : 7;
      for (let at = 0; at < bytes.length; at += step) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (flips % 8));
        writeFileSync(full, flipped);
        flips += 1;
        if (faultsOf(dir).length === 0) passed.push(`${path} byte ${at}`);
      }
      writeFileSync(full, bytes);
    }
    assert.deepEqual(passed, []);
    assert.ok(flips > 500, `${flips} bits flipped`);
    assert.deepEqual(faultsOf(dir), []);
  });

  const changes: Readonly<Record<string, (dir: string) => void>> = {
    'a message dropped': (dir) => {
      for (const path of ['data/messages/1.json', 'm/1']) rmSync(join(dir, path), { recursive: true });
    },
    'a message added': (dir) => {
      cpSync(join(dir, 'data/messages/0.json'), join(dir, 'data/messages/7.json'));
      cpSync(join(dir, 'm/0'), join(dir, 'm/7'), { recursive: true });
    },
    'two messages exchanged': (dir) => {
      for (const place of ['data/messages/%.json', 'data/messages/%.eml', 'm/%/%.tlog-proof']) {
        const [one, two] = ['0', '2'].map((number) => join(dir, place.replaceAll('%', number)));
        if (one === undefined || two === undefined) continue;
        renameSync(one, `${one}.x`);
        renameSync(two, one);
        renameSync(`${one}.x`, two);
      }
    },
    'a message numbered anew': (dir) => {
      renameSync(join(dir, 'data/messages/0.json'), join(dir, 'data/messages/9.json'));
      renameSync(join(dir, 'data/messages/0.eml'), join(dir, 'data/messages/9.eml'));
      renameSync(join(dir, 'm/0'), join(dir, 'm/9'));
    },
    'a word changed in a source': (dir) => {
      const path = join(dir, 'data/messages/0.eml');
      writeFileSync(path, readFileSync(path, 'utf8').replace('Fourteen', 'Thirteen'));
    },
    'a word changed in a page': (dir) => {
      const path = join(dir, 'm/0/index.html');
      writeFileSync(path, readFileSync(path, 'utf8').replace('Fourteen', 'Thirteen'));
    },
    'a reason for withholding changed': (dir) => {
      const path = readdirSync(join(dir, 'tile/entries'), { recursive: true, encoding: 'utf8' }).find(
        (name) => /p\/\d/.test(name),
      );
      const full = join(dir, 'tile/entries', path ?? '');
      writeFileSync(full, readFileSync(full, 'latin1').replace('private person', 'private persoN'), 'latin1');
    },
    'a file laid beside the others': (dir) => writeFileSync(join(dir, 'extra.html'), 'Hello'),
  };
  for (const [name, change] of Object.entries(changes)) {
    test(`${name} is found`, async (t) => {
      const { dir } = await released(t);
      change(dir);
      assert.notDeepEqual(faultsOf(dir), [], 'left as it is');
      hideTracks(dir);
      assert.notDeepEqual(faultsOf(dir), [], 'with every hash made right again');
    });
  }
});
