/**
 * Damaged signed mail and damaged keys: nothing is thrown, every signature field has a result with a reason, each in
 * bounded time; and whatever still verifies, mailauth verifies as well. IMPART_SLOW=1 runs more of it.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { parseMessage } from '../../src/message/parse.js';
import { canonicalJson } from '../../src/proof/canonical-json.js';
import { readAuthorKeyFile } from '../../src/store/author-keys.js';
import type { AuthorKeys } from '../../src/verify/author/author-signature.js';
import { evidenceRecord } from '../../src/verify/evidence.js';
import { type Examination, examineMessage } from '../../src/verify/examine.js';
import { readKeyRecord } from '../../src/verify/key-record.js';
import { readKeyFile } from '../../src/verify/keys/read.js';
import { labelNames, labelOf } from '../../src/verify/label.js';
import { readAsJudged } from '../../src/verify/repairs.js';
import { readSample } from '../examples/harbour-reader.js';
import { mutate } from '../message/fuzz/mutate.js';
import { type DnsAnswers, finderOf, readAnswers, resolverOf } from './keys-at-hand.js';

const slow = process.env.IMPART_SLOW === '1';
const inputs = slow ? 200_000 : 2_500;
const maxMilliseconds = 1_000;

const authors = readAuthorKeyFile(
  ['root.pem', 'keys.asc', 'revoked.asc']
    .map((name) => readFileSync(`test/verify/author/${name}`, 'latin1'))
    .join('\n'),
);
const authorKeys: AuthorKeys = {
  findPgpKeys: (issuer) =>
    issuer === ''
      ? []
      : (authors?.pgp ?? []).filter(({ parts }) =>
          parts.some(({ fingerprint }) => fingerprint.endsWith(issuer)),
        ),
  listCertificates: () => authors?.certificates ?? [],
};

const suite = '../shared/corpora/mailauth/fixtures/arc/arc-draft-validation-tests.json';

interface Scenario {
  readonly tests: Record<string, { readonly message: string }>;
  readonly 'txt-records': Record<string, string> | undefined;
}

/** Letters with signatures of every kind, and the keys to them. */
async function loadSeeds(): Promise<{ seeds: Buffer[]; answers: DnsAnswers }> {
  const sample = await readSample('examples/harbour/mail');
  const seeds = Array.from(sample, ([, raw]) => raw).filter((raw) => raw.includes('DKIM-Signature:'));
  seeds.push(
    ...globSync('test/verify/author/*.eml')
      .sort()
      .map((path) => readFileSync(path)),
  );
  let answers = readAnswers('examples/harbour/keys/dns.json');
  if (existsSync(suite)) {
    for (const scenario of JSON.parse(readFileSync(suite, 'utf8')) as Scenario[]) {
      seeds.push(...Object.values(scenario.tests).map(({ message }) => Buffer.from(message, 'utf8')));
      const records = Object.entries(scenario['txt-records'] ?? {});
      answers = {
        ...answers,
        ...Object.fromEntries(records.map(([name, txt]) => [name, { TXT: [[txt.replace(/\n/g, '')]] }])),
      };
    }
  }
  return { seeds, answers };
}

const results = ['verified', 'headers-only', 'failed', 'no-key', 'unsupported', 'malformed'];
const authorResults = ['verified', 'failed', 'unchecked', 'unsupported', 'malformed'];

function check(raw: Buffer, found: Examination): void {
  const fields = parseMessage(raw).fields.filter(({ name }) => name.toLowerCase() === 'dkim-signature');
  assert.equal(found.signatures.length, fields.length, 'a signature field without a result');
  for (const { result, reason } of found.signatures) {
    assert.ok(results.includes(result));
    assert.ok(result === 'verified' || reason !== '', `${result} without a reason`);
  }
  for (const { result, reason } of found.author) {
    assert.ok(authorResults.includes(result));
    assert.ok(result === 'verified' || reason !== '', `${result} without a reason`);
  }
  const { label, sentence } = labelOf(found);
  assert.ok(labelNames[label] !== undefined && sentence !== '');
  const judgement = {
    ...found,
    number: 1,
    sha256: '00',
    label,
    sentence,
    under: { at: 0, tools: {}, rules: {}, keys: [] },
  };
  canonicalJson(evidenceRecord({ judgement, raw, keys: [], hashOf: () => undefined }));
}

/** Every signature that verifies here verifies there, over the same bytes. */
async function ask(raw: Buffer, { signatures }: Examination, answers: DnsAnswers): Promise<number> {
  const verified = signatures.filter(({ result }) => result === 'verified');
  for (const { flags, selector, domain } of verified) {
    const { results: theirs } = await dkimVerify(readAsJudged(raw, flags).onTheWire(), {
      resolver: resolverOf(answers),
      curTime: new Date(0),
      minBitLength: 1,
    });
    const same = theirs.filter(
      (one) => one.selector?.toLowerCase() === selector && one.signingDomain?.toLowerCase() === domain,
    );
    assert.ok(
      same.some(({ status }) => status.result === 'pass'),
      `${selector} of ${domain} verifies here, and there: ${theirs.map(({ status }) => `${status.result} ${status.comment ?? ''}`).join('; ')}`,
    );
  }
  return verified.length;
}

test(`${inputs} damaged signed letters: a result for each signature, nothing thrown, and mailauth agrees on what verifies`, async (t) => {
  const { seeds, answers } = await loadSeeds();
  const context = { findKeys: finderOf(answers), now: 1_700_000_000 };
  let verified = 0;
  let slowest = 0;
  for (let seed = 0; seed < inputs; seed++) {
    const raw = mutate(seeds, seed);
    const started = performance.now();
    try {
      const found = examineMessage(raw, context, authorKeys);
      slowest = Math.max(slowest, performance.now() - started);
      check(raw, found);
      verified += await ask(raw, found, answers);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  t.diagnostic(`${verified} signatures still verify, slowest ${slowest.toFixed(0)} ms`);
  assert.ok(verified > inputs / 500, String(verified));
  assert.ok(slowest < maxMilliseconds, String(slowest));
});

test(`${inputs} damaged key files: what can be read is read, the rest is told, nothing is thrown`, async (t) => {
  const seeds = [
    ...['dns.json', 'dns-2015-06.json', 'observations.json'].map((name) => `examples/harbour/keys/${name}`),
    ...['root.pem', 'keys.asc', 'revoked.asc'].map((name) => `test/verify/author/${name}`),
  ].map((path) => readFileSync(path));
  seeds.push(Buffer.from('$ORIGIN _domainkey.x.example.\ns1 3600 IN TXT ( "v=DKIM1; p=" "AAAA" )\n'));
  let slowest = 0;
  for (let seed = 0; seed < inputs; seed++) {
    const text = mutate(seeds, seed).toString('latin1');
    const started = performance.now();
    try {
      const { records } = await readKeyFile(text, undefined);
      for (const { txt } of records) readKeyRecord(txt);
      readAuthorKeyFile(text);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  t.diagnostic(`slowest ${slowest.toFixed(0)} ms`);
  assert.ok(slowest < maxMilliseconds, String(slowest));
});
