/** `impart verify --dns` against a DNS server of our own on the loopback, which answers, lies, is silent, or goes round in circles. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { impart, startImpart, tempDir } from '../impart.js';
import { mboxrd } from '../mail.js';
import { recordOf, rsaKey, signed } from '../verify/signing.js';

/** The answers to a question, as the bytes of resource records; undefined is silence. */
type Answering = (name: string) => readonly Buffer[] | undefined;

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);

const nameOf = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function record(name: string, type: number, data: Buffer): Buffer {
  return Buffer.concat([nameOf(name), u16(type), u16(1), Buffer.from([0, 0, 0, 60]), u16(data.length), data]);
}

function txt(name: string, text: string): Buffer {
  const strings = text.match(/[\s\S]{1,255}/g) ?? [''];
  const data = strings.map((part) => Buffer.from([part.length, ...Buffer.from(part, 'latin1')]));
  return record(name, 16, Buffer.concat(data));
}

const cname = (name: string, to: string): Buffer => record(name, 5, nameOf(to));

/** A message that answers `query` (RFC 1035 4.1); `truncated` asks the client to come again over TCP. */
function reply(query: Buffer, answering: Answering, truncated: boolean): Buffer | undefined {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const answers = answering(labels.join('.').toLowerCase());
  if (answers === undefined) return undefined;
  const code = answers.length === 0 ? 3 : 0;
  const header = [
    query.subarray(0, 2),
    Buffer.from([truncated ? 0x86 : 0x84, code]),
    u16(1),
    u16(truncated ? 0 : answers.length),
    u16(0),
    u16(0),
  ];
  return Buffer.concat([...header, query.subarray(12, at + 5), ...(truncated ? [] : answers)]);
}

/** Serves over UDP, and over TCP what does not fit. Returns address and port, and the names that were asked. */
async function serve(t: TestContext, answering: Answering): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const answer: Answering = (name) => {
    asked.push(name);
    return answering(name);
  };
  const tcp = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const response = reply(bytes.subarray(2), answer, false);
      if (response !== undefined && response.length <= 65_535)
        socket.write(Buffer.concat([u16(response.length), response]));
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const place = tcp.address();
  assert.ok(place !== null && typeof place === 'object');
  const udp = createSocket('udp4');
  udp.on('message', (query, from) => {
    const whole = reply(query, answer, false);
    const response = whole !== undefined && whole.length > 1_200 ? reply(query, answering, true) : whole;
    if (response !== undefined) udp.send(response, from.port, from.address);
  });
  await new Promise<void>((resolve) => udp.bind(place.port, '127.0.0.1', resolve));
  t.after(() => {
    udp.close();
    tcp.close();
  });
  return { address: `127.0.0.1:${place.port}`, asked };
}

/** Runs beside the server, which lives in this process. */
async function run(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = startImpart(...args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (bytes) => (stdout += String(bytes)));
  child.stderr?.on('data', (bytes) => (stderr += String(bytes)));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stdout, stderr };
}

test('what live DNS says is an observation with its time, and judges again; what it lies about is a result', async (t) => {
  const key = rsaKey(2048);
  const other = rsaKey(1024);
  const selectors = ['good', 'absent', 'silent', 'circle', 'huge', 'wrong', 'spf'];
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd(selectors.map((selector) => signed(key, { plan: { selector } }))));
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'box'), '--trove', trove).status, 0);

  const { address, asked } = await serve(t, (name) => {
    if (name.startsWith('good.')) return [txt(name, 'v=spf1 -all'), txt(name, recordOf(key))];
    if (name.startsWith('silent.')) return undefined;
    if (name.startsWith('circle.') || name.startsWith('round.'))
      return [cname(name, 'round.harbour.example'), cname('round.harbour.example', name)];
    if (name.startsWith('huge.')) return [txt(name, `v=DKIM1; p=${'A'.repeat(62_000)}`)];
    if (name.startsWith('wrong.')) return Array.from({ length: 30 }, () => txt(name, recordOf(other)));
    if (name.startsWith('spf.')) return [txt(name, 'v=spf1 -all')];
    return [];
  });
  const began = Date.now();
  const { stdout, stderr } = await run(
    'verify',
    '--json',
    '--dns',
    '--dns-server',
    address,
    '--trove',
    trove,
  );
  assert.ok(Date.now() - began < 60_000);
  assert.match(stderr, /DNS was asked for 7 selectors: 2 new keys\./);
  assert.deepEqual(
    new Set(asked.filter((name) => name.includes('_domainkey')).map((name) => name.split('.')[0])),
    new Set(selectors),
  );

  const results = new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => {
        const { label, signatures } = JSON.parse(line) as {
          label: string;
          signatures: { selector: string; result: string }[];
        };
        return [signatures[0]?.selector, `${label} ${signatures[0]?.result}`];
      }),
  );
  assert.deepEqual(Object.fromEntries(results), {
    good: 'domain-signed verified',
    absent: 'inconclusive no-key',
    silent: 'inconclusive no-key',
    circle: 'inconclusive no-key',
    huge: 'inconclusive no-key',
    wrong: 'inconclusive failed',
    spf: 'inconclusive no-key',
  });

  const db = new DatabaseSync(join(trove, 'keys.db'), { readOnly: true });
  t.after(() => db.close());
  const observed = db
    .prepare("SELECT * FROM observation JOIN key ON key.id = key WHERE selector = 'good'")
    .all();
  assert.equal(observed.length, 1);
  assert.equal(observed[0]?.source, 'dns');
  assert.equal(observed[0]?.observer, `DNS via ${address}`);
  assert.ok(Number(observed[0]?.first_seen) >= began && Number(observed[0]?.first_seen) <= Date.now());
  const unanswered = db.prepare('SELECT selector, outcome FROM unanswered ORDER BY selector').all();
  assert.deepEqual(
    unanswered.map(({ selector }) => selector),
    ['absent', 'circle', 'huge', 'silent', 'spf'],
  );
  assert.equal(unanswered[0]?.outcome, 'ENOTFOUND');
  assert.equal(unanswered[4]?.outcome, 'no key record');
});

test('without --dns nobody is asked', async (t) => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd([signed(rsaKey(1024))]));
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'box'), '--trove', trove).status, 0);
  const { address, asked } = await serve(t, () => []);
  await run('verify', '--dns-server', address, '--trove', trove);
  assert.deepEqual(asked, []);
});

test('an address that is none is refused before anything is asked', (t) => {
  const dir = tempDir(t);
  writeFileSync(join(dir, 'box'), mboxrd([signed(rsaKey(1024))]));
  const trove = join(dir, 'x.trove');
  assert.equal(impart('receive', join(dir, 'box'), '--trove', trove).status, 0);
  const refused = impart('verify', '--dns', '--dns-server', 'nonsense', '--trove', trove);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /nonsense is no list of DNS servers/);
});
