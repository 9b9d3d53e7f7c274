/**
 * Our verifier beside mailauth's on every signed message of the corpora: the same body hash verdict, byte for byte
 * the same input to the header signature, the same result under the same keys. Where mailauth stays silent or differs
 * on purpose, the reason is listed.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { walkSource } from '../../src/receive/walk.js';
import { judgeDkim } from '../../src/verify/dkim.js';
import { readDkimSignature } from '../../src/verify/dkim-signature.js';
import { SignedMessage } from '../../src/verify/signed-message.js';
import { readSample } from '../examples/harbour-reader.js';
import { type DnsAnswers, finderOf, readAnswers, resolverOf } from './keys-at-hand.js';

type DkimVerifyResult = Awaited<ReturnType<typeof dkimVerify>>['results'][number];

const corpora = '../shared/corpora';
const epoch = new Date(0);

interface Comparison {
  signatures: number;
  bodiesIntact: number;
  verified: number;
  readonly differences: string[];
}

const newComparison = (): Comparison => ({ signatures: 0, bodiesIntact: 0, verified: 0, differences: [] });

/** Adds what both say of one message. `name` is for the list of differences. */
async function compare(into: Comparison, name: string, raw: Buffer, answers: DnsAnswers): Promise<void> {
  // mailauth reads bare LF as a line end wherever it stands; so does the local reading.
  const message = new SignedMessage(raw, 'local');
  const fields = message.named('dkim-signature');
  if (fields.length === 0) return;
  const ours = judgeDkim(message, { findKeys: finderOf(answers), now: 0 });
  const { results } = await dkimVerify(raw, {
    resolver: resolverOf(answers),
    curTime: epoch,
    minBitLength: 1,
  });
  const theirs = results.filter(({ status }) => status.comment !== 'message not signed');
  // mailauth leaves out signatures that it cannot process: they are matched by selector and value.
  let next = 0;
  for (const [index, field] of fields.entries()) {
    const signature = readDkimSignature(field.body);
    const judged = ours[index];
    const found = theirs[next];
    assert.ok(judged !== undefined);
    into.signatures += 1;
    if ('unreadable' in signature) {
      const isSame = found?.selector?.toLowerCase() === signature.selector && found.status.result !== 'pass';
      if (isSame) next += 1;
      else if (found?.status.result === 'pass')
        into.differences.push(`${name}: ${signature.reason}, mailauth passes`);
      continue;
    }
    next += 1;
    if (found === undefined) {
      into.differences.push(`${name}: mailauth does not see ${signature.selector}`);
      continue;
    }
    if (judged.body === 'intact') into.bodiesIntact += 1;
    if (judged.result === 'verified') into.verified += 1;
    const input = message.headerInput(signature.signedNames, signature.headerForm, field);
    into.differences.push(...differences(name, judged, input, found));
  }
}

function differences(
  name: string,
  ours: { readonly body: string; readonly result: string },
  input: Buffer,
  theirs: DkimVerifyResult,
): string[] {
  const found: string[] = [];
  const isIntact = theirs.bodyHash === theirs.bodyHashExpecting;
  if (isIntact !== (ours.body === 'intact')) found.push(`${name}: body ${ours.body}, mailauth ${isIntact}`);
  const theirInput = Buffer.from(theirs.signingHeaders?.canonicalizedHeader ?? '', 'base64');
  if (!input.equals(theirInput)) found.push(`${name}: another input to the header signature`);
  if ((theirs.status.result === 'pass') !== (ours.result === 'verified'))
    found.push(`${name}: ${ours.result}, mailauth ${theirs.status.result} ${theirs.status.comment ?? ''}`);
  return found;
}

test('on every signature of the sample trove, under both snapshots of its keys', async () => {
  const sample = await readSample('examples/harbour/mail');
  for (const [snapshot, verified] of [
    ['dns.json', 1],
    ['dns-2015-06.json', 1],
  ] as const) {
    const answers = readAnswers(`examples/harbour/keys/${snapshot}`);
    const comparison = newComparison();
    for (const [name, raw] of sample) await compare(comparison, name, raw, answers);
    assert.deepEqual(comparison.differences, []);
    assert.ok(comparison.signatures > 30 && comparison.verified > verified);
  }
});

const without = (path: string): false | string => (existsSync(path) ? false : `${path} is not there`);

test('on every signed message of the small corpora', { skip: without(corpora) }, async () => {
  const answers = readAnswers(join(corpora, 'mailauth/dkim/ec/fixtures/dns.json'));
  const comparison = newComparison();
  const files = globSync(
    `${corpora}/{mailauth,rspamd,postal-mime,ruby-mail,tika-mail,mail-parser,mime4j}/**/*`,
  )
    .filter((path) => statSync(path).isFile())
    .sort();
  for (const path of files) await compare(comparison, path, readFileSync(path), answers);
  assert.deepEqual(comparison.differences, []);
  assert.ok(comparison.signatures >= 40, String(comparison.signatures));
});

/** Signed messages taken from the mailing list; all of it runs in the slow tier. */
const signedMessages = process.env.IMPART_SLOW === '1' ? Number.POSITIVE_INFINITY : 300;
const list = `${corpora}/big/openbmc-10k.mbox.zst`;

test('on the signed messages of a mailing list, whose keys are absent', {
  skip: without(list),
}, async (t) => {
  const tmpDir = mkdtempSync(join(tmpdir(), 'impart-test-'));
  t.after(() => rmSync(tmpDir, { recursive: true, force: true }));
  const comparison = newComparison();
  for await (const events of walkSource(list, { keeper: { path: list, write() {} }, tmpDir })) {
    for (const event of events)
      if (event.type === 'message')
        await compare(comparison, `byte ${event.place.offset}`, Buffer.from(event.raw), {});
    if (comparison.signatures >= signedMessages) break;
  }
  t.diagnostic(`${comparison.signatures} signatures, ${comparison.bodiesIntact} bodies intact`);
  assert.deepEqual(comparison.differences, []);
  assert.ok(comparison.signatures >= Math.min(signedMessages, 300));
});
