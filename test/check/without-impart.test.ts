/** docs/check-without-impart.md, command by command, with the tools that it names. */
import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { impart } from '../impart.js';
import { letter } from '../mail.js';
import { making } from '../release/making.js';

const page = readFileSync('docs/check-without-impart.md', 'utf8');
const commands = Array.from(page.matchAll(/^```sh\n([\s\S]*?)^```$/gm), ([, block = '']) =>
  block.trim().split('\n'),
).flat();
const python = /^```python\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

const hasTool = (tool: string): boolean => spawnSync('which', [tool]).status === 0;

const sh = (command: string, cwd: string): SpawnSyncReturns<string> =>
  spawnSync('sh', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${resolve('node_modules/.bin')}:${process.env.PATH ?? ''}` },
  });

/** The command of the page that begins so; a page without it is a page that changed. */
function commandsOf(start: string): readonly string[] {
  const found = commands.filter((command) => command.startsWith(start));
  assert.notEqual(found.length, 0, `no command ${start} on the page`);
  return found;
}

/** A release of one letter of the sample that DKIM passes, and of one with something hidden. */
async function released(t: TestContext): Promise<string> {
  const signed = globSync('examples/harbour/mail/directors-office/Inbox/*.eml')
    .sort()
    .map((path) => readFileSync(path, 'latin1').replaceAll('\r\n', '\n'))
    .filter((text) => /^DKIM-Signature:[\s\S]*?d=eastmarchcourier/m.test(text));
  const it = await making(t, [
    ...signed.slice(0, 1),
    letter({ id: 'x@a.example', date: 'Mon, 7 Mar 2036 10:00:00 +0000', body: 'Zanzibar calls.\nTwice.\n' }),
  ]);
  it.choice = { hide: 'Zanzibar' };
  await it.make('one');
  return join(it.dir, 'one');
}

/** Each command finds the release as it is, and not one with `path` changed. */
function finds(dir: string, command: string, path: string, change: (bytes: Buffer) => void): void {
  const before = sh(command, dir);
  assert.equal(before.status, 0, `${command}\n${before.stdout}${before.stderr}`);
  const bytes = readFileSync(join(dir, path));
  const changed = Buffer.from(bytes);
  change(changed);
  writeFileSync(join(dir, path), changed);
  assert.notEqual(sh(command, dir).status, 0, `${command} finds nothing wrong with ${path}`);
  writeFileSync(join(dir, path), bytes);
}

const flip = (bytes: Buffer): void => {
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 4;
};

describe('without Impart', () => {
  test('sha256sum finds every file as it was', async (t) => {
    const dir = await released(t);
    for (const command of commandsOf('sha256sum'))
      for (const path of ['data/messages/0.json', 'm/0/index.html', 'checkpoint'])
        finds(dir, command, path, flip);
  });

  for (const tool of ['ssh-keygen', 'minisign'])
    test(`${tool} finds who signed`, async (t) => {
      if (!hasTool(tool)) return t.skip(`${tool} is not on this machine`);
      const dir = await released(t);
      const [checkpoint = '', manifest = ''] = commandsOf(tool);
      finds(dir, checkpoint, 'checkpoint', flip);
      finds(dir, manifest, 'tagmanifest-sha256.txt', flip);
    });

  test('openssl finds when, in the answer of an authority to the request that is in the release', async (t) => {
    if (!hasTool('openssl')) return t.skip('openssl is not on this machine');
    const dir = await released(t);
    const authority = makeAuthority(dir);
    const answer = join(authority, 'answer.tsr');
    const reply = sh(
      `openssl ts -reply -config tsa.cnf -queryfile ${join(dir, 'checkpoint.tsq')} -out answer.tsr`,
      authority,
    );
    assert.equal(reply.status, 0, reply.stderr);
    assert.equal(impart('release', 'timestamp', dir, answer).status, 0);
    copyFileSync(join(authority, 'ca.pem'), join(dir, '..', 'tsa-ca.pem'));
    const [command = ''] = commandsOf('openssl ts');
    const elsewhere = command.replace('tsa-ca.pem', '../tsa-ca.pem');
    finds(dir, elsewhere, 'checkpoint', flip);
    finds(dir, elsewhere, 'checkpoint.tsr', flip);
    assert.equal(impart('check', dir).status, 0);
    assert.match(
      impart('release', 'timestamp', dir, join(dir, 'checkpoint')).stderr,
      /is not a time stamp of the checkpoint/,
    );
  });

  test('forty lines of Python find one message as it was logged, whole or redacted', async (t) => {
    if (!hasTool('python3')) return t.skip('python3 is not on this machine');
    const dir = await released(t);
    writeFileSync(join(dir, '..', 'one.py'), python);
    for (const number of [0, 1]) {
      const command = `python3 ../one.py ${number}`;
      finds(dir, command, `data/messages/${number}.json`, flip);
      finds(dir, command, `m/${number}/${number}.tlog-proof`, (bytes) =>
        bytes.write('9', bytes.indexOf('index ') + 6),
      );
    }
    finds(dir, 'python3 ../one.py 0', 'data/messages/0.eml', flip);
  });

  test('mailauth finds the DKIM signature of a message that is published whole', async (t) => {
    const dir = await released(t);
    const [command = ''] = commandsOf('mailauth');
    const report = sh(command.replace('dns.json', resolve('examples/harbour/keys/dns.json')), dir);
    assert.equal(report.status, 0, report.stderr);
    const { dkim } = JSON.parse(report.stdout) as { dkim: { results: { status: { result: string } }[] } };
    assert.equal(dkim.results[0]?.status.result, 'pass', report.stdout);
  });
});

/** A time stamping authority of its own, in a folder beside the release. */
function makeAuthority(dir: string): string {
  const place = join(dir, '..', 'authority');
  const config = `[tsa]
default_tsa = one
[one]
serial = ./serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[stamps]
extendedKeyUsage = critical,timeStamping
[ca]
basicConstraints = critical,CA:true
`;
  const steps = [
    `mkdir -p ${place}`,
    `cd ${place} && cat > tsa.cnf && echo 01 > serial`,
    'openssl req -x509 -newkey ed25519 -nodes -subj /CN=Authority -days 30 -keyout ca.key -out ca.pem -config tsa.cnf -extensions ca',
    'openssl req -newkey rsa:2048 -nodes -subj /CN=Stamps -keyout tsa.key -out tsa.csr -config tsa.cnf',
    'openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile tsa.cnf -extensions stamps -out tsa.pem',
  ];
  const made = spawnSync('sh', ['-ec', steps.join('\n')], { input: config, encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return place;
}
