/** Hostile signatures and keys: a result with a reason, in bounded time, with nothing else disturbed. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { readDkimSignature } from '../../src/verify/dkim-signature.js';
import type { SignatureJudgement } from '../../src/verify/judgement.js';
import { readKeyRecord } from '../../src/verify/key-record.js';
import { judgeMessage } from '../../src/verify/repairs.js';
import { parseTags } from '../../src/verify/tag-list.js';
import { finderFor, onTheWire, plainHeader, recordOf, rsaKey, signed } from './signing.js';

const key = rsaKey(1024);
const record = recordOf(key);
const letter = signed(key);

function judge(text: string, ...records: readonly string[]): SignatureJudgement[] {
  return judgeMessage(onTheWire(text), {
    findKeys: finderFor(...(records.length === 0 ? [record] : records)),
    now: 1_500_000_000,
  });
}

const fieldOf = (text: string): string => text.slice(0, text.indexOf('From:'));

describe('a signature that cannot be read is reported, never counted as absent', () => {
  const cases: readonly [what: string, change: (text: string) => string, result: string, reason: RegExp][] = [
    ['no tags at all', () => 'DKIM-Signature: what is this\n', 'malformed', /no "="/],
    ['an empty field', () => 'DKIM-Signature:\n', 'malformed', /no tags/],
    ['a tag twice', (text) => text.replace('v=1;', 'v=1; v=1;'), 'malformed', /twice/],
    ['no selector', (text) => text.replace('s=s1;', ''), 'malformed', /s= missing/],
    ['no version', (text) => text.replace('v=1;', ''), 'malformed', /v= missing/],
    ['another version', (text) => text.replace('v=1;', 'v=2;'), 'unsupported', /v=/],
    ['an unknown algorithm', (text) => text.replace('rsa-sha256', 'rsa-md5'), 'unsupported', /rsa-md5/],
    ['an unknown canonical form', (text) => text.replace('relaxed/', 'nowsp/'), 'unsupported', /nowsp/],
    ['no From in h=', (text) => text.replace('h=from:', 'h='), 'malformed', /From/],
    ['a hash that is no base64', (text) => text.replace('bh=', 'bh=*'), 'malformed', /bh=/],
    ['a domain that is a path', (text) => text.replace('d=harbour', 'd=../harbour'), 'malformed', /d=/],
    ['a length that is a word', (text) => text.replace('bh=', 'l=all; bh='), 'malformed', /l=/],
    ['a negative length', (text) => text.replace('bh=', 'l=-1; bh='), 'malformed', /l=/],
    ['an identity elsewhere', (text) => text.replace('bh=', 'i=@x.example; bh='), 'malformed', /i=/],
    ['an end before its beginning', (text) => text.replace('bh=', 'x=1; bh='), 'malformed', /x=/],
  ];
  for (const [what, change, result, reason] of cases) {
    test(what, () => {
      const field = fieldOf(letter);
      const [bad, good] = judge(change(field) + letter);
      assert.equal(bad?.result, result);
      assert.match(bad.reason, reason);
      assert.equal(good?.result, 'verified', 'the other signature is not disturbed');
    });
  }
});

describe('lengths', () => {
  test('an l= beyond the body is no pass', () => {
    const [signature] = judge(signed(key, { plan: { withLength: true } }).replace(/l=\d+/, 'l=99999'));
    assert.equal(signature?.body, 'differs');
    assert.match(signature.reason, /l= counts 99999 bytes/);
  });

  test('an l= of 76 digits is a length beyond the body, and one of 77 is malformed', () => {
    const withLength = signed(key, { plan: { withLength: true } });
    assert.match(judge(withLength.replace(/l=\d+/, `l=${'9'.repeat(76)}`))[0]?.reason ?? '', /l= counts/);
    assert.equal(judge(withLength.replace(/l=\d+/, `l=${'9'.repeat(77)}`))[0]?.result, 'malformed');
  });

  test('text after l= is counted and flagged', () => {
    const [signature] = judge(`${signed(key, { plan: { withLength: true } })}Added later.\n`);
    assert.equal(signature?.result, 'verified');
    assert.ok(signature.flags.includes('partial-body'));
    assert.equal(signature.unsignedBytes, 'Added later.\r\n'.length);
  });
});

describe('keys', () => {
  const spki = (p: string): string => `v=DKIM1; p=${p}`;

  test('of one bit, of no modulus, of nonsense: no usable key, with a reason', () => {
    // RSAPublicKey { n = 1, e = 65537 } and { n = 0, e = 0 }, DER.
    for (const hex of ['3008020101' + '0203010001', '3006020100' + '020100', 'deadbeef']) {
      const [signature] = judge(letter, spki(Buffer.from(hex, 'hex').toString('base64')));
      assert.ok(signature?.result === 'no-key' || signature?.result === 'failed', hex);
      assert.notEqual(signature.reason, '');
    }
  });

  test('of more bits than the limit are not tried', () => {
    const modulus = (bits: number): string => {
      // An odd number of exactly `bits` bits: its factors do not matter to somebody who only reads it.
      const n = Buffer.alloc(bits / 8, 0xff);
      const integer = Buffer.concat([Buffer.from([0x02, 0x82, 0, 0]), Buffer.from([0]), n]);
      integer.writeUInt16BE(n.length + 1, 2);
      const body = Buffer.concat([integer, Buffer.from('0203010001', 'hex')]);
      const der = Buffer.concat([Buffer.from([0x30, 0x82, 0, 0]), body]);
      der.writeUInt16BE(body.length, 2);
      return der.toString('base64');
    };
    assert.ok('publicKey' in readKeyRecord(spki(modulus(limits.maxKeyBits))));
    const over = readKeyRecord(spki(modulus(limits.maxKeyBits + 8)));
    assert.ok('unusable' in over && over.unusable === 'unsupported');
    assert.match(judge(letter, spki(modulus(16_384)))[0]?.reason ?? '', /16384 bits/);
  });

  test('of 512 and 768 bits verify, and say what that is worth', () => {
    for (const [bits, flags] of [
      [512, ['weak-key', 'burned-key']],
      [768, ['weak-key']],
    ] as const) {
      const weak = rsaKey(bits);
      const [signature] = judge(signed(weak), recordOf(weak));
      assert.equal(signature?.result, 'verified');
      assert.deepEqual(
        signature.flags.filter((flag) => flag.endsWith('-key')),
        flags,
      );
    }
  });

  test('of a record at the limit are read, one character more is not', () => {
    const padded = (size: number): string => `${record}; n=${'x'.repeat(size - record.length - 4)}`;
    assert.ok('publicKey' in readKeyRecord(padded(limits.maxKeyRecordCharacters)));
    const over = readKeyRecord(padded(limits.maxKeyRecordCharacters + 1));
    assert.ok('unusable' in over);
    assert.equal(judge(letter, padded(65_536))[0]?.result, 'no-key');
  });

  test('that were withdrawn leave the signature without a key', () => {
    const [signature] = judge(letter, 'v=DKIM1; p=');
    assert.equal(signature?.result, 'no-key');
    assert.match(signature.reason, /withdrawn/);
  });

  test('a good key is found among bad ones, however late', () => {
    const others = Array.from({ length: 20 }, () => 'v=DKIM1; p=AAAA');
    assert.equal(judge(letter, ...others, recordOf(rsaKey(1024)), record)[0]?.result, 'verified');
  });

  test('beyond the limit of keys are not tried', () => {
    const wrong = Array.from({ length: limits.maxCandidateKeys - 1 }, () => recordOf(other));
    assert.equal(judge(letter, ...wrong, record)[0]?.result, 'verified');
    assert.equal(judge(letter, ...wrong, recordOf(other), record)[0]?.result, 'failed');
  });
  const other = rsaKey(1024);
});

describe('numbers', () => {
  test('a thousand signatures cost what the limit allows, and each has a result', () => {
    const started = process.cpuUsage().user;
    const found = judge(fieldOf(letter).repeat(999) + letter);
    assert.equal(found.length, 1_000);
    assert.equal(found.filter(({ result }) => result === 'verified').length, limits.maxSignatures);
    assert.equal(found.filter(({ result }) => result === 'unsupported').length, 1_000 - limits.maxSignatures);
    assert.match(found.at(-1)?.reason ?? '', /more than 50 signatures/);
    assert.ok(process.cpuUsage().user - started < 3_000_000);
  });

  test('h= up to its limit is read, one name more is malformed', () => {
    const names = (count: number): string => `from${':x'.repeat(count - 1)}`;
    const body = (count: number): string =>
      `v=1; a=rsa-sha256; d=a.example; s=s; h=${names(count)}; bh=AAAA; b=AAAA`;
    assert.ok(!('unreadable' in readDkimSignature(body(limits.maxSignedNames))));
    assert.ok('unreadable' in readDkimSignature(body(limits.maxSignedNames + 1)));
  });

  test('tags up to their limit are read, one more breaks the list', () => {
    const list = (count: number): string => Array.from({ length: count }, (_, i) => `t${i}=1`).join(';');
    assert.equal(parseTags(list(limits.maxTags)).problem, undefined);
    assert.match(parseTags(list(limits.maxTags + 1)).problem ?? '', /more than 100 tags/);
  });

  test('domains up to 253 characters are read', () => {
    const label = 'a'.repeat(61);
    const domain = (last: number): string => `${label}.${label}.${label}.${'b'.repeat(last)}`;
    const body = (name: string): string => `v=1; a=rsa-sha256; d=${name}; s=s; h=from; bh=AAAA; b=AAAA`;
    assert.equal(domain(limits.maxDomainCharacters - 186).length, limits.maxDomainCharacters);
    assert.ok('unreadable' in readDkimSignature(body(domain(limits.maxDomainCharacters - 185))));
  });

  test('two megabytes of blanks and semicolons in a signature take no time to speak of', () => {
    const started = process.cpuUsage().user;
    for (const noise of [
      ';'.repeat(1_000_000),
      ' \t'.repeat(500_000),
      'b='.repeat(500_000),
      ': '.repeat(500_000),
    ])
      judge(`DKIM-Signature: v=1; ${noise}\n${plainHeader}\nx\n`);
    assert.ok(process.cpuUsage().user - started < 4_000_000);
  });
});
