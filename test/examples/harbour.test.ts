/**
 * The sample trove is what its script builds, and holds what expected.json says. Oracles: mailauth for
 * signatures, Python's standard library for MIME and attachments, pdftotext where there is one.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { authenticate } from 'mailauth';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { listFiles, readSample } from './harbour-reader.js';

interface Signature {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string;
  readonly canonicalization: string;
  readonly key: string;
  readonly result: 'pass' | 'body-hash-differs';
  readonly flags: readonly string[];
}

interface Occurrence {
  readonly letter: string;
  readonly messageId: string;
  readonly sha256: string;
  readonly source: string;
  readonly path: string;
  readonly signatures: readonly Signature[];
}

interface Feature {
  readonly kind: string;
  readonly text?: string;
  readonly letter: string;
  readonly sha256: readonly string[];
  readonly alsoIn?: readonly string[];
}

interface Expected {
  readonly counts: { readonly occurrences: number; readonly distinctBytes: number; readonly letters: number };
  readonly sources: readonly { readonly path: string; readonly messages: number }[];
  readonly dkim: readonly Occurrence[];
  readonly features: Readonly<Record<string, readonly Feature[]>>;
  readonly threads: readonly {
    readonly subject: string;
    readonly messages: string[];
    readonly missing: string[];
    readonly branches: number;
  }[];
  readonly duplicates: {
    readonly sameBytes: readonly { readonly sha256: string; readonly paths: readonly string[] }[];
    readonly sameMessageId: readonly { readonly messageId: string; readonly sha256: readonly string[] }[];
  };
  readonly occurrences: readonly Occurrence[];
}

interface PythonView {
  readonly texts: readonly string[];
  readonly files: readonly string[];
  readonly types: readonly string[];
  readonly problems: readonly string[];
  readonly defects: readonly string[];
}

const sample = join('examples', 'harbour');
const expected = JSON.parse(readFileSync(join(sample, 'expected.json'), 'utf8')) as Expected;
let messages: Map<string, Buffer>;
let scratch: string;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'impart-harbour-'));
  messages = await readSample(join(sample, 'mail'));
});

after(() => rmSync(scratch, { recursive: true, force: true }));

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bytesAt(path: string): Buffer {
  const bytes = messages.get(path);
  assert.ok(bytes, `no message at ${path}`);
  return bytes;
}

function features(name: string): readonly Feature[] {
  return expected.features[name] ?? [];
}

/** Header section with folded lines joined. */
function headerOf(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/\r\n/g, '\n');
  return text.slice(0, text.indexOf('\n\n')).replace(/\n[ \t]+/g, ' ');
}

function hasPython(): boolean {
  return spawnSync('python3', ['--version']).status === 0;
}

test('building the sample again gives the committed bytes, no file more and no file less', () => {
  const target = join(scratch, 'again');
  execFileSync(process.execPath, [join(sample, 'build.ts'), target], {
    env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'tr_TR' },
  });
  assert.deepEqual(listFiles(join(target, 'mail')), listFiles(join(sample, 'mail')));
  for (const path of listFiles(target)) {
    assert.equal(sha256(readFileSync(join(target, path))), sha256(readFileSync(join(sample, path))), path);
  }
});

test('expected.json names every message of every container, by the SHA-256 of its bytes', () => {
  assert.equal(messages.size, expected.counts.occurrences);
  assert.deepEqual(
    new Set(messages.keys()),
    new Set(expected.occurrences.map((occurrence) => occurrence.path)),
  );
  for (const { path, sha256: hash } of expected.occurrences) assert.equal(sha256(bytesAt(path)), hash, path);
  const hashes = new Set([...messages.values()].map(sha256));
  assert.equal(hashes.size, expected.counts.distinctBytes);
});

test('each message carries the Message-ID that expected.json gives, or none', () => {
  for (const { path, messageId } of expected.occurrences) {
    const found = /^Message-ID: <(.*)>$/m.exec(headerOf(bytesAt(path)))?.[1] ?? '';
    assert.equal(found, messageId, path);
  }
});

test('the same bytes lie in two mailboxes, and one Message-ID covers different bytes', () => {
  const paths = Map.groupBy(messages, ([, bytes]) => sha256(bytes));
  const repeated = [...paths].filter(([, list]) => list.length > 1).map(([hash]) => hash);
  assert.deepEqual(new Set(repeated), new Set(expected.duplicates.sameBytes.map((entry) => entry.sha256)));
  assert.ok(repeated.length >= 5);
  const altered = expected.duplicates.sameMessageId.find((entry) =>
    entry.messageId.includes('northfen-labs'),
  );
  assert.equal(altered?.sha256.length, 2);
});

function resolverFor(snapshot: string): (name: string) => Promise<string[][]> {
  const records = new Map(
    Object.entries(
      JSON.parse(readFileSync(join(sample, 'keys', snapshot), 'utf8')) as Record<string, { TXT: string[][] }>,
    ),
  );
  return (name) => {
    const found = records.get(name);
    return found
      ? Promise.resolve(found.TXT)
      : Promise.reject(Object.assign(new Error('no record'), { code: 'ENOTFOUND' }));
  };
}

async function verify(
  bytes: Buffer,
  snapshot: string,
): Promise<readonly { result: string; comment: string; selector: string; underSized: number }[]> {
  const resolver = resolverFor(snapshot);
  const { results } = await dkimVerify(bytes, { resolver, curTime: new Date('2019-02-11T00:00:00Z') });
  return results.map(({ status, selector }) => ({
    result: status.result,
    comment: status.comment === undefined ? '' : String(status.comment),
    selector: selector ?? '',
    underSized: (status as { underSized?: number }).underSized ?? 0,
  }));
}

test('mailauth finds of each signature what expected.json says', async () => {
  for (const { path, signatures } of expected.dkim) {
    const isOldKey = signatures.some((signature) => signature.key === 'calder-mail-2013');
    const found = await verify(bytesAt(path), isOldKey ? 'dns-2015-06.json' : 'dns.json');
    assert.deepEqual(
      found.map((result) => result.selector),
      signatures.map((signature) => signature.selector),
      path,
    );
    for (const [index, signature] of signatures.entries()) {
      const { result, comment, underSized } = found[index] ?? { result: '', comment: '', underSized: 0 };
      if (signature.result === 'body-hash-differs') assert.match(comment, /body hash did not verify/, path);
      else if (signature.flags.includes('expired'))
        assert.equal(`${result} ${comment}`, 'neutral expired', path);
      else assert.equal(result, 'pass', path);
      assert.equal(underSized > 0, signature.flags.includes('partial-body'), path);
    }
  }
});

test('a selector that was used again verifies old mail only with the old record', async () => {
  const old = expected.dkim.find((occurrence) => occurrence.signatures[0]?.key === 'calder-mail-2013');
  const recent = expected.dkim.find((occurrence) => occurrence.signatures[0]?.key === 'calder-mail-2015');
  assert.ok(old && recent);
  assert.equal((await verify(bytesAt(old.path), 'dns.json'))[0]?.result, 'fail');
  assert.equal((await verify(bytesAt(recent.path), 'dns.json'))[0]?.result, 'pass');
  assert.equal((await verify(bytesAt(recent.path), 'dns-2015-06.json'))[0]?.result, 'fail');
});

test('the signatures cover every case that the verify stage must tell apart', () => {
  const all = expected.dkim.flatMap((occurrence) => occurrence.signatures);
  const has = (predicate: (signature: Signature) => boolean) =>
    assert.ok(all.some(predicate), String(predicate));
  has((signature) => signature.canonicalization === 'simple/simple');
  has((signature) => signature.canonicalization === 'relaxed/relaxed');
  has((signature) => signature.algorithm === 'ed25519-sha256');
  has((signature) => signature.selector === 'gw2014');
  has((signature) => signature.selector === 'gw2016');
  has((signature) => signature.flags.includes('altered-copy'));
  has((signature) => signature.flags.includes('list-copy'));
  assert.ok(expected.dkim.some((occurrence) => occurrence.signatures.length === 2));
  assert.ok(features('dkim-case').some((feature) => feature.kind === 'extra-from'));
});

test('mailauth finds that the seal of the receiver holds', async () => {
  const sealed = expected.occurrences.find(({ letter }) => letter === 'after-09');
  assert.ok(sealed);
  const { arc } = await authenticate(bytesAt(sealed.path), {
    resolver: resolverFor('dns.json'),
    disableBimi: true,
    disableDmarc: true,
    trustReceived: false,
    ip: '192.0.2.1',
    helo: 'mail.example',
    mta: 'mx.example',
    sender: 'a@mail.example',
  });
  assert.equal(arc === false ? undefined : arc.status.result, 'pass');
});

test('OpenSSL finds that the author’s signature holds, and does not once a word is changed', {
  skip: spawnSync('openssl', ['version']).status === 0 ? false : 'there is no openssl',
}, () => {
  const signed = expected.occurrences.find(({ letter }) => letter === 'press-08');
  assert.ok(signed);
  const pem = readFileSync(join(sample, 'keys', 'kerr-smime.pem'), 'utf8');
  const certificate = join(scratch, 'kerr.pem');
  writeFileSync(certificate, pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
  const verified = (bytes: Buffer): number | null => {
    writeFileSync(join(scratch, 'kerr.eml'), bytes);
    const args = [
      'cms',
      '-verify',
      '-in',
      join(scratch, 'kerr.eml'),
      '-CAfile',
      certificate,
      '-no_check_time',
    ];
    return spawnSync('openssl', args).status;
  };
  const bytes = bytesAt(signed.path);
  assert.equal(verified(bytes), 0);
  assert.notEqual(verified(Buffer.from(bytes.toString('latin1').replace('changed', 'chanted'), 'latin1')), 0);
});

test('the altered copy differs from the signed one in the number and in its certificate', () => {
  const [one, other] = expected.occurrences
    .filter((occurrence) => occurrence.letter === 'sed-02')
    .map((occurrence) => bytesAt(occurrence.path).toString('latin1'));
  assert.ok(one && other);
  const texts = [one, other].map((text) => /S7 gives tributyltin (\d\.\d\d)/.exec(text)?.[1]);
  assert.deepEqual(new Set(texts), new Set(['0.42', '1.42']));
});

test('the forged declaration is dated years before its Received line and its Message-ID', () => {
  const [feature] = features('forged-date');
  const occurrence = expected.occurrences.find((candidate) => candidate.letter === feature?.letter);
  assert.ok(occurrence);
  const header = headerOf(bytesAt(occurrence.path));
  const date = Date.parse(/^Date: (.*)$/m.exec(header)?.[1] ?? '');
  const received = Date.parse(/^Received: .*; (.*)$/m.exec(header)?.[1] ?? '');
  assert.ok(received - date > 365 * 86_400_000);
  assert.match(occurrence.messageId, /^20160519/);
});

test('a referenced message that no mailbox holds is listed as missing, and no other is', () => {
  const known = new Set(expected.occurrences.map((occurrence) => occurrence.messageId));
  const missing = new Set<string>();
  for (const bytes of messages.values()) {
    for (const [, list] of headerOf(bytes).matchAll(/^(?:References|In-Reply-To): (.*)$/gm)) {
      for (const [, id] of (list ?? '').matchAll(/<([^<>]+)>/g))
        if (id !== undefined && !known.has(id)) missing.add(id);
    }
  }
  assert.deepEqual(missing, new Set(expected.threads.flatMap((thread) => thread.missing)));
  assert.equal(missing.size, 1);
});

test('one thread has more than 25 messages and branches', () => {
  assert.ok(expected.threads.some((thread) => thread.messages.length > 25 && thread.branches > 2));
});

test('a Thread-Index begins with the moment of its thread', () => {
  for (const bytes of messages.values()) {
    const header = headerOf(bytes);
    const index = Buffer.from(/^Thread-Index: (.*)$/m.exec(header)?.[1] ?? '', 'base64');
    if (index.length !== 22) continue;
    const ticks = BigInt(`0x${index.subarray(0, 6).toString('hex')}0000`);
    const time = Number((ticks - 116_444_736_000_000_000n) / 10_000n);
    const date = Date.parse(/^Date: (.*)$/m.exec(header)?.[1] ?? '');
    assert.ok(Math.abs(time - date) < 10_000, header);
  }
});

test('bank and card numbers have valid check digits', () => {
  const iban = features('private').find((feature) => feature.kind === 'iban')?.text ?? '';
  const digits = [...(iban.slice(4) + iban.slice(0, 4))]
    .map((character) => Number.parseInt(character, 36))
    .join('');
  assert.equal(BigInt(digits) % 97n, 1n);
  const card = (features('private').find((feature) => feature.kind === 'card-number')?.text ?? '').replace(
    / /g,
    '',
  );
  const sum = [...card].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  assert.equal(sum % 10, 0);
});

test('every address is in a .example domain and every telephone number in a range kept for fiction', () => {
  for (const [path, bytes] of messages) {
    const text = bytes.toString('latin1');
    for (const [, domain] of headerOf(bytes).matchAll(/[\w.+-]@([\w-]+(?:\.[\w-]+)+)/g)) {
      assert.ok(domain?.endsWith('.example') || /^01D0/.test(domain ?? ''), `${path}: ${domain}`);
    }
    for (const [number] of text.matchAll(/(?:\+44 |\b0)(?:1\d{3}|7\d{3}) \d{6}\b/g)) {
      assert.match(number, /1632 960\d{3}|7700 900\d{3}/, path);
    }
  }
});

/** What is read with other eyes: Python's view by path. */
function pythonViews(): Map<string, PythonView> {
  const files = [...messages].map(([path, bytes], index) => {
    const file = join(scratch, `${index}.eml`);
    writeFileSync(file, bytes);
    return { path, file };
  });
  const script = join('test', 'examples', 'harbour.py');
  const env = { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' };
  const input = `${files.map(({ file }) => file).join('\n')}\n`;
  const out = execFileSync('python3', [script], {
    input,
    env,
    maxBuffer: 64 * 1024 * 1024,
    encoding: 'utf8',
  });
  const views = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PythonView);
  return new Map(files.flatMap(({ path }, index) => (views[index] ? [[path, views[index]] as const] : [])));
}

/** Quote marks and line breaks do not count. */
function smooth(text: string): string {
  return text.replace(/^(?:> ?)+/gm, '').replace(/\s+/g, ' ');
}

/** Marks whose text is not what Python shows: damaged bytes, which it decodes in its own way. */
const notDecoded = new Set([
  'undeclared',
  'charset-wrong',
  'eight-bit-header',
  'duplicate-field',
  'transfer-encoding-unknown',
]);

test("Python's email package finds each marked text and file, and each attachment opens", {
  skip: hasPython() ? false : 'no python3',
}, () => {
  const views = pythonViews();
  const damagedFiles = features('broken').filter((feature) => feature.kind === 'base64-malformed');
  const mayFail = new Set(damagedFiles.map((feature) => feature.letter));
  for (const { path, letter } of expected.occurrences) {
    if (!mayFail.has(letter)) assert.deepEqual(views.get(path)?.problems, [], path);
  }
  for (const [name, list] of Object.entries(expected.features)) {
    for (const feature of list) {
      const paths = expected.occurrences
        .filter((occurrence) => occurrence.letter === feature.letter)
        .map(({ path }) => path);
      if (feature.text === undefined || paths.length === 0 || notDecoded.has(feature.kind)) continue;
      const wanted = smooth(feature.text);
      const isFound = paths.some((path) =>
        [...(views.get(path)?.texts ?? []), ...(views.get(path)?.files ?? [])].some((text) =>
          smooth(text).includes(wanted),
        ),
      );
      assert.ok(isFound, `${name} ${feature.kind} ${feature.text} in ${feature.letter}`);
    }
  }
});

test("Python's email package finds no damage but where the sample means it", {
  skip: hasPython() ? false : 'no python3',
}, () => {
  const broken = new Set(features('broken').flatMap((feature) => feature.sha256));
  const damaged = [...pythonViews()].filter(([, view]) => view.defects.length > 0).map(([path]) => path);
  assert.ok(damaged.length >= 2);
  for (const path of damaged) assert.ok(broken.has(sha256(bytesAt(path))), path);
});

test('pdftotext reads 1.42 in revision A and 0.42 in revision B', {
  skip: spawnSync('pdftotext', ['-v']).status === 0 ? false : 'no pdftotext',
}, () => {
  const pdfOf = (letter: string): string => {
    const occurrence = expected.occurrences.find(
      (candidate) => candidate.letter === letter && candidate.source !== 'office',
    );
    const coded =
      /filename="NF-15-0412[^\n]*\n[^\n]*base64\n\n([A-Za-z0-9+/=\n]+)/.exec(
        bytesAt(occurrence?.path ?? '').toString('latin1'),
      )?.[1] ?? '';
    const file = join(scratch, `${letter}.pdf`);
    writeFileSync(file, Buffer.from(coded, 'base64'));
    return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  };
  assert.match(pdfOf('sed-13'), /S7\s+131\s+0\.41\s+1\.42/);
  assert.match(pdfOf('sed-07'), /S7\s+131\s+0\.41\s+0\.42/);
});
