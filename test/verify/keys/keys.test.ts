/** Key files: zone data, recorded answers, observations, signed statements; what is read, what is refused, and why. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import { limits } from '../../../src/limits.js';
import { formatAnswers, readAnswers } from '../../../src/verify/keys/answers.js';
import { readBurned } from '../../../src/verify/keys/burned.js';
import { readKeyFile } from '../../../src/verify/keys/read.js';
import { readStatement } from '../../../src/verify/keys/statement.js';
import { formatZone, readZone } from '../../../src/verify/keys/zone.js';

const namesIn = (text: string): string[] =>
  readZone(text).records.map(({ domain, selector, txt }) => `${selector} at ${domain}: ${txt}`);

describe('zone data', () => {
  test('has records on one line, in parentheses, with comments, and inherits its names', () => {
    const zone = `$TTL 3600
s1._domainkey.example.org. IN TXT "v=DKIM1; p=AA" "BB" ; a comment; with TXT
                           TXT "v=DKIM1; p=CC"
s2._domainkey.example.org. 300 TXT ( "v=DKIM1; "   ; first half
   "p=D\\"D" )
www.example.org. IN TXT "p=no key"
example.org. IN A 192.0.2.1
`;
    assert.deepEqual(namesIn(zone), [
      's1 at example.org: v=DKIM1; p=AABB',
      's1 at example.org: v=DKIM1; p=CC',
      's2 at example.org: v=DKIM1; p=D"D',
    ]);
  });

  test('takes relative names from $ORIGIN, and whole names from a policy zone', () => {
    assert.deepEqual(namesIn('$ORIGIN example.org.\ns1._domainkey TXT "p=A"\n'), ['s1 at example.org: p=A']);
    assert.deepEqual(namesIn('$ORIGIN rpz.local.\ns1._domainkey.example.org TXT "p=A"\n'), [
      's1 at example.org: p=A',
    ]);
    assert.deepEqual(namesIn('$ORIGIN rpz.local.\ns1._domainkey.example.org.rpz.local. TXT "p=A"\n'), [
      's1 at example.org: p=A',
    ]);
  });

  test('is read from the lines of unbound', () => {
    const lines = `server:
  local-data: 's1._domainkey.Example.org. 60 IN TXT "v=DKIM1; p=AA" "BB"'
  local-data: "s2._domainkey.example.org. IN TXT v=DKIM1\\;p=AA"
`;
    assert.equal(namesIn(lines)[0], 's1 at example.org: v=DKIM1; p=AABB');
  });

  test('that is broken is reported, and does not hide what follows', () => {
    const { records, problems } = readZone(
      's1._domainkey.a.example. TXT "p=A\ns2._domainkey.a.example. TXT "p=B"\n',
    );
    assert.match(problems[0]?.note ?? '', /without its end/);
    assert.ok(records.some(({ selector }) => selector === 's2'));
    assert.match(readZone('s1._domainkey.a.example. TXT ( "p=A"\n').problems[0]?.note ?? '', /parenthesis/);
  });

  test('with a record of 64 KiB is told, not stored', () => {
    const line = (size: number): string => `s._domainkey.a.example. TXT "${'x'.repeat(size)}"\n`;
    assert.equal(readZone(line(limits.maxKeyRecordCharacters)).records.length, 1);
    assert.equal(readZone(line(limits.maxKeyRecordCharacters + 1)).records.length, 0);
    assert.match(readZone(line(65_536)).problems[0]?.note ?? '', /65536/);
  });

  test('is written so that it is read as the same', () => {
    const records = [
      { domain: 'example.org', selector: 's1', txt: `v=DKIM1; p=${'A'.repeat(600)}` },
      { domain: 'example.org', selector: 's1', txt: 'v=DKIM1; n="quoted\\"; p=B' },
    ];
    const again = readZone(formatZone(records)).records;
    assert.deepEqual(
      again.map(({ domain, selector, txt }) => ({ domain, selector, txt })),
      records,
    );
  });
});

describe('JSON', () => {
  test('of recorded DNS answers joins the strings of each record', () => {
    const value = {
      's1._domainkey.example.org': { TXT: [['p=A', 'B'], ['p=C']] },
      'example.org': { TXT: [['x']] },
    };
    assert.deepEqual(
      readAnswers(value).records.map(({ txt }) => txt),
      ['p=AB', 'p=C'],
    );
  });

  test('is written so that it is read as the same', () => {
    const records = [{ domain: 'example.org', selector: 's1', txt: `p=${'A'.repeat(600)}` }];
    const again = readAnswers(JSON.parse(formatAnswers(records))).records;
    assert.equal(again[0]?.txt, records[0]?.txt);
  });

  test('of observations keeps the days, and does not believe what the file says it is worth', () => {
    const item = {
      domain: 'example.org',
      selector: 's1',
      txt: 'p=A',
      firstSeen: '2014-05-20',
      provenance: 'dnssec',
    };
    const [record] = readAnswers([item]).records;
    assert.equal(record?.firstSeen, Date.UTC(2014, 4, 20));
    assert.equal(record.provenance, undefined);
  });

  test('of any other shape is told', async () => {
    for (const text of [
      '{',
      '[1]',
      '[{"domain":"..","selector":"s","txt":"p"}]',
      '{"s._domainkey.a.example":{"TXT":[[7]]}}',
    ])
      assert.equal((await readKeyFile(text, undefined)).problems.length, 1, text);
    assert.deepEqual((await readKeyFile('{"s._domainkey.a.example":null}', undefined)).records, []);
  });
});

describe('a signed statement', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA', use: 'sig' }] };
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const record = {
    domain: 'example.com',
    selector: 'mail2016',
    value: 'v=DKIM1; p=AAAA',
    source: 'live_dns',
    first_seen_at: '2016-06-01T00:00:00Z',
    last_seen_at: '2017-07-15T08:00:00Z',
  };
  const statement = { v: 1, iss: 'archive.example', iat: 1_789_000_000, record };

  function jws(
    payload: unknown,
    header: object = { alg: 'EdDSA', kid: 'k1' },
    key: KeyObject = privateKey,
  ): string {
    const input = `${encode(header)}.${encode(payload)}`;
    return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
  }

  test('gives a record with its archive and its window', async () => {
    const found = await readStatement(jws(statement), jwks);
    assert.ok(typeof found !== 'string', String(found));
    assert.equal(found.provenance, 'attested-observation');
    assert.equal(found.observer, 'archive.example');
    assert.equal(found.firstSeen, Date.UTC(2016, 5, 1));
  });

  test('of a recovered key says that nobody saw it published', async () => {
    const found = await readStatement(
      jws({ ...statement, record: { ...record, source: 'gcd_recovered' } }),
      jwks,
    );
    assert.ok(typeof found !== 'string');
    assert.equal(found.provenance, 'recovered');
  });

  const stranger = generateKeyPairSync('ed25519').privateKey;
  const [head, , signature] = jws(statement).split('.');
  const refused: readonly [what: string, text: string, why: RegExp][] = [
    ['by another key', jws(statement, undefined, stranger), /does not verify/],
    ['under an unknown key identifier', jws(statement, { alg: 'EdDSA', kid: 'k9' }), /does not verify/],
    ['without a signature', `${encode({ alg: 'none', kid: 'k1' })}.${encode(statement)}.`, /does not verify/],
    ['by HMAC under the public key', jws(statement, { alg: 'HS256', kid: 'k1' }), /does not verify/],
    ['with another payload', `${head}.${encode({ ...statement, iat: 1 })}.${signature}`, /does not verify/],
    ['that is none', 'not-a-jws', /does not verify/],
    ['of another version', jws({ ...statement, v: 2 }), /version/],
    ['with a broken time of issue', jws({ ...statement, iat: 1.5 }), /iat/],
    ['without a record', jws({ ...statement, record: undefined }), /no record/],
    [
      'from a source that is made up',
      jws({ ...statement, record: { ...record, source: 'made_up' } }),
      /source/,
    ],
    ['without a selector', jws({ ...statement, record: { ...record, selector: undefined } }), /missing/],
    [
      'with a local time',
      jws({ ...statement, record: { ...record, last_seen_at: '2017-07-15 08:00:00' } }),
      /times/,
    ],
  ];
  for (const [what, text, why] of refused) {
    test(`${what} is refused`, async () => {
      const found = await readStatement(text, jwks);
      assert.match(typeof found === 'string' ? found : 'accepted', why);
    });
  }

  test('among others is refused alone', async () => {
    const file = await readKeyFile(`${jws(statement)}\n${jws(statement, undefined, stranger)}\n`, jwks);
    assert.equal(file.records.length, 1);
    assert.equal(file.problems[0]?.place, 'line 2');
  });

  test('needs the key set of its archive', async () => {
    assert.match((await readKeyFile(jws(statement), undefined)).problems[0]?.note ?? '', /key set/);
  });
});

describe('burned keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const spki = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');

  test('are told by the private key that was published, in either form, and by the public one', () => {
    const pem = ['pkcs1', 'pkcs8'] as const;
    const text = pem.map((type) => privateKey.export({ type, format: 'pem' })).join('as published\n');
    assert.deepEqual(readBurned(text), { fingerprints: [spki, spki], refused: 0 });
    const open = String(publicKey.export({ type: 'spki', format: 'pem' }));
    assert.deepEqual(readBurned(open), { fingerprints: [spki], refused: 0 });
  });

  test('are told by a list of fingerprints with remarks', () => {
    const list = `# Debian OpenSSL\n${spki.toUpperCase()} 2008\n\nnonsense\n`;
    assert.deepEqual(readBurned(list), { fingerprints: [spki], refused: 1 });
  });

  test('a block that holds none is counted as refused', () => {
    const block = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    assert.deepEqual(readBurned(block), { fingerprints: [], refused: 1 });
    assert.deepEqual(readBurned('-----BEGIN '.repeat(100_000)), { fingerprints: [], refused: 0 });
  });
});
