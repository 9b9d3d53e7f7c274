/**
 * Signatures of the author: letters that OpenSSL and GnuPG signed (make.sh), as they are and changed, under their keys
 * and without; what of the corpora is signed; what is broken.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { limits } from '../../../src/limits.js';
import type { AuthorKeys, AuthorSignature } from '../../../src/verify/author/author-signature.js';
import { noAuthorKeys } from '../../../src/verify/author/author-signature.js';
import { readPem } from '../../../src/verify/author/certificate.js';
import { judgeAuthorSignatures } from '../../../src/verify/author/judge.js';
import { type PgpKey, readPgpKeys, splitKeyBlocks } from '../../../src/verify/author/pgp-key.js';
import { SignedMessage } from '../../../src/verify/signed-message.js';

const here = 'test/verify/author';
const letter = (name: string): Buffer => readFileSync(join(here, `${name}.eml`));
const text = (name: string): string => readFileSync(join(here, name), 'latin1');
const now = Date.UTC(2026, 11, 1);

const root = readPem(text('root.pem'));
const pgpKeys = (name: string): PgpKey[] =>
  splitKeyBlocks(text(name)).flatMap((block) => readPgpKeys(Buffer.from(block, 'latin1')));

const keysOf = (keys: readonly PgpKey[], certificates = root): AuthorKeys => ({
  listCertificates: () => certificates,
  findPgpKeys: (issuer) =>
    issuer === ''
      ? []
      : keys.filter(({ parts }) => parts.some(({ fingerprint }) => fingerprint.endsWith(issuer))),
});
const everyKey = keysOf([...pgpKeys('keys.asc'), ...pgpKeys('revoked.asc')]);

const judge = (raw: Buffer, keys: AuthorKeys = everyKey): AuthorSignature[] =>
  judgeAuthorSignatures(raw, new SignedMessage(raw, 'network'), keys, now);

function only(raw: Buffer, keys?: AuthorKeys): AuthorSignature {
  const found = judge(raw, keys);
  assert.equal(found.length, 1);
  const [one] = found;
  assert.ok(one !== undefined);
  return one;
}

const changed = (raw: Buffer, from: string, to: string): Buffer => {
  const before = raw.toString('latin1');
  assert.ok(before.includes(from));
  return Buffer.from(before.replace(from, to), 'latin1');
};

describe('an S/MIME signature', () => {
  for (const name of ['detached', 'opaque', 'stream', 'ec', 'pss', 'noattr', 'keyid'])
    test(`made by OpenSSL (${name}) verifies, and its chain ends at the imported root`, () => {
      const found = only(letter(`smime-${name}`));
      assert.equal(found.result, 'verified', found.reason);
      assert.equal(found.signer, 'Anna Weaver (anna@calder.example)');
      assert.match(found.trust, /ends at the imported certificate Calder Test Root/);
      assert.deepEqual(found.flags, []);
    });

  test('under SHA-1, or a key of 1,024 bits, says so', () => {
    assert.deepEqual(only(letter('smime-sha1')).flags, ['sha1']);
    assert.deepEqual(only(letter('smime-small')).flags, ['weak-key']);
  });

  test('whose root nobody imported verifies, and says that no root was asked', () => {
    const found = only(letter('smime-ec'), noAuthorKeys);
    assert.equal(found.result, 'verified');
    assert.match(
      found.trust,
      /issued by an issuer whose certificate is not at hand; .*not checked against any root/,
    );
    assert.match(only(letter('smime-lone'), noAuthorKeys).trust, /vouches for itself/);
  });

  test('of a certificate for another address is not aligned with From', () => {
    const found = only(letter('smime-other'));
    assert.equal(found.result, 'verified');
    assert.deepEqual(found.flags, ['unaligned']);
  });

  test('without its certificate is present and unchecked, until the certificate is imported', () => {
    assert.equal(only(letter('smime-nocert'), noAuthorKeys).result, 'unchecked');
    const found = only(letter('smime-nocert'), keysOf([], readPem(text('signer.pem'))));
    assert.equal(found.result, 'verified');
    assert.match(found.trust, /ends at the imported certificate Anna Weaver/);
  });

  test('of two signers is two signatures', () => {
    assert.deepEqual(
      judge(letter('smime-two')).map(({ result }) => result),
      ['verified', 'verified'],
    );
  });

  test('over other content fails, with the reason', () => {
    const found = only(changed(letter('smime-detached'), 'paid for', 'not paid for'));
    assert.equal(found.result, 'failed');
    assert.match(found.reason, /content is not the one that was signed/);
    assert.equal(only(changed(letter('smime-noattr'), 'paid for', 'not paid for')).result, 'failed');
  });

  test('with line ends of a mailbox file verifies after that repair', () => {
    const raw = Buffer.from(letter('smime-detached').toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    assert.deepEqual(only(raw).flags, ['repaired:line-endings']);
    const quoted = Buffer.from(raw.toString('latin1').replace('\nFrom here', '\n>From here'), 'latin1');
    assert.deepEqual(only(quoted).flags, ['repaired:line-endings', 'repaired:mboxo-unquoting']);
  });

  test('that is no CMS, cut short, or of a part too few is malformed and not absent', () => {
    const raw = letter('smime-detached').toString('latin1');
    const at = raw.indexOf('MIIJ');
    for (const broken of [
      `${raw.slice(0, at)}AAAA${raw.slice(at)}`,
      `${raw.slice(0, at + 400)}\r\n${raw.slice(raw.lastIndexOf('\r\n------'))}`,
      raw.replace(/\r\n------\w+\r\nContent-Type: application\/pkcs7-signature[\s\S]*$/, '\r\n'),
    ]) {
      const [found] = judge(Buffer.from(broken, 'latin1'));
      assert.equal(found?.result, 'malformed');
      assert.notEqual(found.reason, '');
    }
  });

  test('with any one byte of it changed never verifies as somebody else, and never throws', () => {
    const raw = letter('smime-ec').toString('latin1');
    const start = raw.indexOf('MII');
    const der = Buffer.from(raw.slice(start, raw.indexOf('\r\n\r\n', start)), 'base64');
    const verified: number[] = [];
    for (let at = 0; at < der.length; at += 3) {
      const bad = Buffer.from(der);
      bad[at] = (bad[at] ?? 0) ^ 0x21;
      const [found] = judge(
        Buffer.from(
          raw.slice(0, start) + bad.toString('base64') + raw.slice(raw.indexOf('\r\n\r\n', start)),
          'latin1',
        ),
      );
      if (found?.result === 'verified' && /ends at the imported/.test(found.trust)) verified.push(at);
    }
    // Versions and unsigned parts of the envelope may be anything; nothing that is signed may.
    assert.ok(verified.length < 12, String(verified));
  });
});

describe('a PGP/MIME signature', () => {
  for (const [name, signer] of [
    ['rsa', 'Anna Weaver <anna@calder.example>'],
    ['text', 'Anna Weaver <anna@calder.example>'],
    ['ed25519', 'Ed Weaver <ed@calder.example>'],
    ['dsa', 'Dsa Weaver <dsa@calder.example>'],
    ['nistp256', 'Nist Weaver <nist@calder.example>'],
    ['subkey', 'Sub Weaver <sub@calder.example>'],
  ] as const)
    test(`made by GnuPG (${name}) verifies under its key`, () => {
      const found = only(letter(`pgp-${name}`));
      assert.equal(found.result, 'verified', found.reason);
      assert.equal(found.signer, signer);
      assert.deepEqual(found.flags, signer.includes('anna@') ? [] : ['unaligned']);
      assert.match(found.trust, /imported key [0-9a-f]{40} says itself/);
    });

  test('without the key is present and unchecked, and names the key to look for', () => {
    const found = only(letter('pgp-rsa'), noAuthorKeys);
    assert.equal(found.result, 'unchecked');
    assert.match(found.issuer, /^[0-9a-f]{40}$/);
    assert.match(found.reason, /is not at hand/);
  });

  test('over other content fails', () => {
    assert.equal(only(changed(letter('pgp-ed25519'), 'paid for', 'not paid for')).result, 'failed');
  });

  test('under SHA-1, of 1,024 bits, or by a key that was withdrawn, says so', () => {
    assert.deepEqual(only(letter('pgp-sha1')).flags, ['sha1']);
    assert.deepEqual(only(letter('pgp-old')).flags, ['weak-key', 'unaligned']);
    const revoked = only(letter('pgp-revoked'));
    assert.equal(revoked.result, 'verified');
    assert.deepEqual(revoked.flags, ['revoked-key', 'unaligned']);
    assert.match(revoked.trust, /withdrawn/);
  });

  test('by a subkey that the primary key did not bind is not verified', () => {
    const donor = pgpKeys('keys.asc').find(({ userIds }) => userIds[0]?.startsWith('Sub'));
    assert.ok(donor !== undefined && donor.parts.length === 2);
    // The signature that binds is broken in its last byte.
    const bytes = Buffer.from(donor.bytes);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    const [alone] = readPgpKeys(bytes);
    assert.equal(alone?.parts.length, 1);
  });

  test('within the text is present and unchecked; a quotation of one is not', () => {
    const found = only(letter('pgp-inline'));
    assert.equal(found.kind, 'PGP inline');
    assert.equal(found.result, 'unchecked');
    const quoted = letter('pgp-inline').toString('latin1').replaceAll('-----', '> -----');
    assert.deepEqual(judge(Buffer.from(quoted, 'latin1')), []);
  });

  test('with any byte of it changed is never verified, and never throws', () => {
    const raw = letter('pgp-ed25519').toString('latin1');
    const start = raw.indexOf('\r\n\r\n', raw.indexOf('BEGIN PGP SIGNATURE')) + 4;
    const end = raw.indexOf('\r\n=', start);
    const der = Buffer.from(raw.slice(start, end), 'base64');
    // Only the key id in the unsigned area and the two check bytes before the signature are nobody's.
    const unsigned: number[] = [];
    for (let at = 0; at < der.length; at++) {
      const bad = Buffer.from(der);
      bad[at] = (bad[at] ?? 0) ^ 0x40;
      const [found] = judge(
        Buffer.from(raw.slice(0, start) + bad.toString('base64') + raw.slice(end), 'latin1'),
      );
      if (found?.result === 'verified') unsigned.push(at);
    }
    assert.ok(unsigned.length <= 12, String(unsigned));
  });
});

describe('a message', () => {
  test('that carries a signed message inside is not itself signed', () => {
    const inner = letter('smime-detached').toString('latin1');
    const outer = `From: eve@x.example\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--o--\r\n`;
    assert.deepEqual(judge(Buffer.from(outer, 'latin1')), []);
  });

  test('that a list wrapped with a footer is signed in part', () => {
    const inner = letter('pgp-rsa').toString('latin1');
    const at = inner.indexOf('Content-Type: multipart/signed');
    const outer = `${inner.slice(0, at)}Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n${inner.slice(at)}\r\n--o\r\n\r\n_____\r\nfooter\r\n--o--\r\n`;
    const found = only(Buffer.from(outer, 'latin1'));
    assert.equal(found.result, 'verified');
    assert.equal(found.section, '1');
    assert.deepEqual(found.flags, ['partial-body']);
  });

  test('of thousands of signed parts has as many results as the limit allows, in little time', () => {
    const part = `--o\r\nContent-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n`;
    const raw = Buffer.from(
      `Content-Type: multipart/mixed; boundary=o\r\n\r\n${part.repeat(2_000)}--o--\r\n`,
      'latin1',
    );
    const started = process.cpuUsage().user;
    assert.equal(judge(raw).length, limits.maxSignatures);
    assert.ok(process.cpuUsage().user - started < 2_000_000);
  });

  test('of nested ASN.1, or of a million elements, is malformed in little time', () => {
    const nested = Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.from('3080', 'hex')));
    const wide = Buffer.concat([Buffer.from('30830fffff', 'hex'), Buffer.alloc(0x0f_ff_ff, 5)]);
    for (const bytes of [nested, wide]) {
      const raw = `Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`;
      const started = process.cpuUsage().user;
      assert.equal(only(Buffer.from(raw, 'latin1')).result, 'malformed');
      assert.ok(process.cpuUsage().user - started < 2_000_000);
    }
  });
});

const corpora = '../shared/corpora';
test('signed letters of the corpora are reported, whatever state they are in', {
  skip: existsSync(corpora) ? false : `${corpora} is not there`,
}, () => {
  const found = [
    'python-email/msg_45.txt',
    'mail-parser/eml/thirdparty/006.eml',
    'ruby-mail/emails/mime_emails/raw_email2.eml',
    'ruby-mail/emails/mime_emails/sig_only_email.eml',
    'email-outlook-message/gpg_signed.eml',
  ].map((path) => {
    const [one] = judge(readFileSync(join(corpora, path)), noAuthorKeys);
    return `${path}: ${one?.kind} ${one?.result}`;
  });
  assert.deepEqual(found, [
    'python-email/msg_45.txt: PGP/MIME unchecked',
    // protocol="signature/plain", made with pen and paper.
    'mail-parser/eml/thirdparty/006.eml: multipart/signed unsupported',
    'ruby-mail/emails/mime_emails/raw_email2.eml: S/MIME unchecked',
    'ruby-mail/emails/mime_emails/sig_only_email.eml: PGP/MIME malformed',
    'email-outlook-message/gpg_signed.eml: PGP/MIME unchecked',
  ]);
});
