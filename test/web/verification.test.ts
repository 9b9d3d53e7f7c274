/**
 * What was verified, on pages: the label and the facts behind it, the evidence record, the commands by which other
 * programs check the same, the pages of findings and of the trove. Over the sample trove and the signed letters.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { Judgements } from '../../src/index/judgements.js';
import { judgeTrove } from '../../src/judging/pass.js';
import { receiveSources } from '../../src/pipeline.js';
import { canonicalJson, type Json } from '../../src/proof/canonical-json.js';
import { addAuthorKeys, readAuthorKeyFile } from '../../src/store/author-keys.js';
import { KeyStore } from '../../src/store/keys.js';
import { openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { findingCodes } from '../../src/verify/finding.js';
import { readAnswers } from '../../src/verify/keys/answers.js';
import { labels } from '../../src/verify/label.js';
import type { MessageJudgement } from '../../src/verify/message-judgement.js';
import { otherTools } from '../../src/verify/other-tools.js';
import { type Reading, reading } from './reading.js';

const sources = ['examples/harbour/mail', 'test/verify/author'];
const letters = 'test/verify/author';

let trove: Trove;
let all: readonly MessageJudgement[];
let dir: string;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'impart-test-'));
  trove = openOrCreateTrove(join(dir, 'x.trove'), 'Harbour papers');
  await receiveSources(trove, sources, { inPlace: false }, { now: () => Date.now() });
  const terms = { observer: 'the submitter', method: 'a test', now: 0 } as const;
  const keys = new KeyStore(trove);
  const answers: unknown = JSON.parse(readFileSync('examples/harbour/keys/dns.json', 'utf8'));
  keys.add(readAnswers(answers).records, { ...terms, provenance: 'single-archive' });
  keys.close();
  for (const name of ['root.pem', 'keys.asc'])
    addAuthorKeys(
      trove,
      readAuthorKeyFile(readFileSync(join(letters, name), 'utf8')) ?? { pgp: [], certificates: [] },
      terms,
    );
  await judgeTrove(trove, { tools: { impart: 'test' }, now: () => Date.UTC(2026, 0, 1) });
  const judgements = new Judgements(trove);
  judgements.refresh();
  all = [...judgements.all()];
  judgements.close();
});

after(() => rmSync(dir, { recursive: true, force: true }));

function numberOf(fits: (judgement: MessageJudgement) => boolean): number {
  const found = all.find(fits);
  assert.ok(found !== undefined);
  return found.number;
}

const verified = (judgement: MessageJudgement): boolean =>
  judgement.signatures.length > 0 && judgement.signatures.every(({ result }) => result === 'verified');

const shown = (markup: string): string =>
  markup
    .replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/&#39;|&rsquo;/g, '’')
    .replace(/&quot;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');

/** Under the names that the commands use. */
async function download(it: Reading, number: number, into: string): Promise<void> {
  for (const file of ['message.eml', 'keys.json', 'content.txt', 'signature.asc'] as const) {
    const response = await it.ask(`/m/${number}/evidence/${file}`);
    if (response.status !== 200) continue;
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    assert.ok(name !== undefined);
    writeFileSync(join(into, name), Buffer.from(await response.arrayBuffer()));
  }
}

const commandOf = (number: number, tool: string): string => {
  const judgement = all.find((one) => one.number === number);
  assert.ok(judgement !== undefined);
  return otherTools(judgement).find((one) => one.tool === tool)?.command ?? '';
};

const has = (...command: string[]): boolean => spawnSync(command[0] ?? '', command.slice(1)).status === 0;

describe('a message', () => {
  test('shows its label, its sentence, and every signature with result, headers, body and key', async (t) => {
    const it = reading(t, trove);
    const number = numberOf((one) => verified(one) && one.label === 'domain-signed');
    const markup = await it.page(`/m/${number}`);
    const text = shown(markup);
    assert.match(text, /Verification Domain-signed/);
    const judgement = all.find((one) => one.number === number);
    assert.ok(text.includes(judgement?.sentence ?? '?'), text.slice(0, 2_000));
    assert.match(text, /selector \S+ verified intact intact rsa-sha256/);
    assert.match(text, /single-archive/);
    assert.match(markup, /href="\/search\?q=selector%3A/);
    assert.match(text, /does not show who typed, received or meant it/);
  });

  test('quotes Authentication-Results as testimony', async (t) => {
    const it = reading(t, trove);
    const text = shown(await it.page(`/m/${numberOf(({ signatures }) => signatures.length === 2)}`));
    assert.match(text, /What receivers wrote .*counts for nothing above\. gw\.postbox\.example; dkim=pass/);
  });

  test('that nobody verified says so', async (t) => {
    const fresh = openOrCreateTrove(join(dir, 'fresh.trove'), 'Fresh');
    await receiveSources(
      fresh,
      [join(letters, 'pgp-rsa.eml')],
      { inPlace: false },
      { now: () => Date.now() },
    );
    const it = reading(t, fresh);
    assert.match(shown(await it.page('/m/1')), /Not verified yet/);
    assert.match(shown(await it.page('/verification')), /Nothing of this trove was verified yet/);
    assert.equal((await it.ask('/m/1/evidence/record.json')).status, 404);
  });

  test('never is called by words that say more than was shown', async (t) => {
    const it = reading(t, trove);
    const seen = new Set<string>();
    for (const judgement of all) {
      if (seen.has(judgement.label)) continue;
      seen.add(judgement.label);
      const panel =
        /<section class="label-note">[\s\S]*?<\/section>|<section id="checked"[\s\S]*?<\/section>/g;
      const text = ((await it.page(`/m/${judgement.number}`)).match(panel) ?? []).map(shown).join(' ');
      assert.doesNotMatch(text, /\b(?:authentic|fake|tampered|proven|genuine)\b/i);
    }
    assert.ok(seen.size >= 5, [...seen].join());
  });
});

describe('the evidence record', () => {
  test('is canonical JSON, the same every time', async (t) => {
    const it = reading(t, trove);
    const path = `/m/${numberOf(verified)}/evidence/record.json`;
    const text = await it.page(path);
    assert.equal(canonicalJson(JSON.parse(text) as Json), text);
    assert.equal(await it.page(path), text);
  });

  test('names the digests that mailauth computes from the same bytes', async (t) => {
    const it = reading(t, trove);
    let compared = 0;
    for (const { number, signatures } of all.filter(verified)) {
      const record = JSON.parse(await it.page(`/m/${number}/evidence/record.json`)) as {
        signatures: {
          body: { digest: string };
          header: { sha256: string };
          key: { txt: string; name: string };
        }[];
      };
      const raw = Buffer.from(await (await it.ask(`/m/${number}/evidence/message.eml`)).arrayBuffer());
      const txt = new Map(record.signatures.map(({ key }) => [key.name, key.txt]));
      const { results } = await dkimVerify(raw, {
        resolver: (name) => Promise.resolve([[txt.get(name) ?? '']]),
        curTime: new Date(0),
        minBitLength: 1,
      });
      assert.equal(results.length, signatures.length);
      for (const [index, theirs] of results.entries()) {
        const ours = record.signatures[index];
        const input = Buffer.from(theirs.signingHeaders?.canonicalizedHeader ?? '', 'base64');
        assert.equal(ours?.header.sha256, createHash('sha256').update(input).digest('hex'));
        assert.equal(ours.body.digest, Buffer.from(theirs.bodyHash ?? '', 'base64').toString('hex'));
        assert.equal(theirs.status.result, 'pass');
        compared += 1;
      }
    }
    assert.ok(compared >= 15, String(compared));
  });

  test('says of a message without a signature that there is none', async (t) => {
    const it = reading(t, trove);
    const number = numberOf(({ label }) => label === 'no-conflict');
    const record = JSON.parse(await it.page(`/m/${number}/evidence/record.json`)) as {
      signatures: unknown[];
    };
    assert.deepEqual(record.signatures, []);
    assert.equal((await it.ask(`/m/${number}/evidence/content.txt`)).status, 404);
    assert.equal((await it.ask(`/m/${number}/evidence/other.txt`)).status, 404);
  });
});

describe('the command for another program gives the same result', () => {
  test('mailauth', async (t) => {
    const it = reading(t, trove);
    const number = numberOf((one) => verified(one) && one.signatures.length === 2);
    await download(it, number, dir);
    const command = commandOf(number, 'mailauth').replace(
      'npx mailauth',
      `"${process.execPath}" "${join(process.cwd(), 'node_modules/mailauth/bin/mailauth.js')}"`,
    );
    const run = spawnSync('sh', ['-c', command], { cwd: dir, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
    const { dkim } = JSON.parse(run.stdout) as { dkim: { results: { status: { result: string } }[] } };
    assert.deepEqual(
      dkim.results.map(({ status }) => status.result),
      ['pass', 'pass'],
    );
  });

  test('dkimpy', async (t) => {
    if (!has('python3', '-c', 'import dkim, nacl')) {
      t.skip('dkimpy is not installed');
      return;
    }
    const it = reading(t, trove);
    const number = numberOf((one) => verified(one) && one.signatures.length === 2);
    await download(it, number, dir);
    const run = spawnSync('sh', ['-c', commandOf(number, 'dkimpy')], { cwd: dir, encoding: 'utf8' });
    assert.equal(run.stdout, 'True\nTrue\n', run.stderr);
  });

  test('OpenSSL', async (t) => {
    if (!has('openssl', 'version')) {
      t.skip('openssl is not installed');
      return;
    }
    const it = reading(t, trove);
    for (const one of all.filter(({ author }) => author[0]?.kind === 'S/MIME')) {
      await download(it, one.number, dir);
      const run = spawnSync('sh', ['-c', commandOf(one.number, 'OpenSSL')], { cwd: dir, encoding: 'utf8' });
      assert.equal(run.status === 0, one.author[0]?.result === 'verified', `${one.number}: ${run.stderr}`);
    }
  });

  test('GnuPG', async (t) => {
    if (!has('gpg', '--version')) {
      t.skip('gpg is not installed');
      return;
    }
    const it = reading(t, trove);
    const home = join(dir, 'gnupg');
    const environment = { ...process.env, GNUPGHOME: home };
    spawnSync('mkdir', ['-m', '700', home]);
    spawnSync('gpg', ['--batch', '--import', join(process.cwd(), letters, 'keys.asc')], { env: environment });
    let compared = 0;
    for (const one of all.filter(
      ({ author }) => author[0]?.kind === 'PGP/MIME' && author[0].result === 'verified',
    )) {
      await download(it, one.number, dir);
      const run = spawnSync('sh', ['-c', commandOf(one.number, 'GnuPG')], {
        cwd: dir,
        encoding: 'utf8',
        env: environment,
      });
      // GnuPG refuses the expired key and SHA-1 outright, where an archive wants the fact and a flag.
      if (/expired|SHA1|revoked/i.test(run.stderr) && run.status !== 0) continue;
      assert.equal(run.status, 0, run.stderr);
      compared += 1;
    }
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    assert.ok(compared >= 5, String(compared));
  });
});

describe('the page of the trove', () => {
  test('counts the labels, each mark a link to a search that finds as many', async (t) => {
    const it = reading(t, trove);
    const markup = await it.page('/verification');
    for (const label of labels) {
      const count = all.filter((one) => one.label === label).length;
      if (count === 0) continue;
      assert.ok(markup.includes(`/search?q=label%3A${label}"`), label);
      const hits = shown(await it.page(`/search?q=label%3A${label}`));
      assert.match(hits, new RegExp(`\\b${count} messages?\\b`), label);
    }
    const marks = Array.from(
      markup.matchAll(/<a href="(\/search\?q=label[^"]+date[^"]+)" aria-label="[^"]*: (\d+) message/g),
    );
    assert.ok(marks.length > 20, String(marks.length));
    for (const [, href = '', count = ''] of marks.slice(0, 12))
      assert.match(
        shown(await it.page(href.replaceAll('&amp;', '&'))),
        new RegExp(`\\b${count} messages?\\b`),
        href,
      );
  });

  test('lists missing keys, the most useful first, and how to import one', async (t) => {
    const it = reading(t, trove);
    const text = shown(await it.page('/verification'));
    assert.match(text, /1?\s*mail\._domainkey\.caldermarine\.example 20 messages 20 with intact body/);
    assert.match(
      text,
      /impart keys import --record 'mail\._domainkey\.caldermarine\.example=|impart keys import --record ’mail\._domainkey/,
    );
    assert.match(text, /OpenPGP keys that are named and not at hand/);
  });

  test('leads to the page of each finding', async (t) => {
    const it = reading(t, trove);
    const markup = await it.page('/verification');
    const links = new Set(
      Array.from(markup.matchAll(/href="(\/findings\/[a-z-]+)"/g), ([, href]) => href ?? ''),
    );
    assert.ok(links.size >= 3);
    for (const href of links)
      assert.match(shown(await it.page(href)), /Innocent causes .* What it does not mean/);
  });

  test('every kind of finding has its page, and nothing else has', async (t) => {
    const it = reading(t, trove);
    for (const code of findingCodes) await it.page(`/findings/${code}`);
    await it.page('/findings/no-such-thing', 404);
  });
});
