/** The examples printed in the standards: RFC 6376 A.2 and RFC 8463 A.3, and what becomes of them when changed. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { judgeMessage } from '../../src/verify/repairs.js';
import { type DnsAnswers, finderOf, noKeys, readAnswers } from './keys-at-hand.js';

/** RFC 6376 A.2, as printed. */
const dinner = `DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
        4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
        4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game. Are you hungry yet?

Joe.
`;

/** The key of appendix A, from appendix C. */
const answers: DnsAnswers = {
  'brisbane._domainkey.example.com': {
    TXT: [
      [
        'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkM',
        'oGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/R',
        'tdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToI',
        'MmPSPDdQPNUYckcQ2QIDAQAB',
      ],
    ],
  },
};

const onTheWire = (text: string): Buffer => Buffer.from(text.replace(/\n/g, '\r\n'), 'latin1');
const judge = (raw: Buffer, keys = finderOf(answers)) =>
  judgeMessage(raw, { findKeys: keys, now: 1_500_000_000 });

test('RFC 6376 A.2 verifies as printed, with line ends of the wire', () => {
  const [signature] = judge(onTheWire(dinner));
  assert.equal(signature?.result, 'verified');
  assert.equal(signature.domain, 'example.com');
  assert.equal(signature.selector, 'brisbane');
  assert.deepEqual(signature.flags, []);
  assert.match(signature.key ?? '', /^[0-9a-f]{64}$/);
});

test('with the line ends of a mailbox file it verifies after a repair, and says so', () => {
  const [signature] = judge(Buffer.from(dinner, 'latin1'));
  assert.equal(signature?.result, 'verified');
  assert.deepEqual(signature.flags, ['repaired:line-endings']);
});

test('with another body the headers are still intact', () => {
  const [signature] = judge(onTheWire(dinner.replace('lost', 'won')));
  assert.equal(signature?.result, 'headers-only');
  assert.equal(signature.body, 'differs');
  assert.equal(signature.header, 'intact');
});

test('with another subject the body is still intact', () => {
  const [signature] = judge(onTheWire(dinner.replace('dinner', 'lunch')));
  assert.equal(signature?.result, 'failed');
  assert.equal(signature.body, 'intact');
});

test('without a key the body is judged all the same', () => {
  const [signature] = judge(onTheWire(dinner), noKeys);
  assert.equal(signature?.result, 'no-key');
  assert.equal(signature.body, 'intact');
});

test('a second From on top is flagged, although the signature verifies', () => {
  const [signature] = judge(onTheWire(`From: Mallory <mallory@example.org>\n${dinner}`));
  assert.equal(signature?.result, 'verified');
  assert.ok(signature.flags.includes('duplicate-header'));
  assert.ok(signature.flags.includes('unsigned:from'));
});

const rfc8463 = '../shared/corpora/mailauth/dkim/ec/fixtures';

test('RFC 8463 A.3 verifies under its Ed25519 key and under its RSA key', {
  skip: existsSync(rfc8463) ? false : `${rfc8463} is not there`,
}, () => {
  const keys = finderOf(readAnswers(`${rfc8463}/dns.json`));
  const found = judge(readFileSync(`${rfc8463}/signed.eml`), keys);
  assert.deepEqual(
    found.map(({ algorithm, result }) => `${algorithm} ${result}`),
    ['ed25519-sha256 verified', 'rsa-sha256 verified'],
  );
});
