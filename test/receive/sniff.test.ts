import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Expectation, sniff, sniffBytes } from '../../src/receive/sniff.js';
import { corpora } from './collect.js';

function typeOf(bytes: Buffer | string, expectation: Expectation = 'file'): string {
  const format = sniff(Buffer.from(bytes), expectation);
  return format.type === 'compressed' ? format.compression : format.type;
}

/** Messages without any header section: nothing in their bytes says that they are mail. */
const withoutHeader = new Set([
  'python-email/msg_19.txt',
  'mime4j/testmsgs/malformedHeader-noheader.msg',
  'mime4j/testmsgs/malformedHeaderStartsBody-noheader.msg',
]);

test('every message of the corpora that has a header section is recognised as mail', {
  skip: !existsSync(corpora) && 'no corpora',
}, () => {
  const folders: [string, RegExp][] = [
    ['.', /\.eml$/],
    ['python-email', /msg_.*\.txt$/],
    ['mime4j', /\.msg$/],
    ['tika-mail', /testRFC822[^/]*$/],
  ];
  let seen = 0;
  for (const [folder, pattern] of folders) {
    for (const name of readdirSync(join(corpora, folder), { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (!pattern.test(name) || withoutHeader.has(path)) continue;
      const type = typeOf(readFileSync(join(corpora, path)).subarray(0, sniffBytes));
      assert.ok(type === 'message' || type === 'mbox', `${path} is ${type}`);
      seen += 1;
    }
  }
  assert.ok(seen > 400, `${seen} messages`);
});

test('pictures, documents and programs of the corpora are no mail', {
  skip: !existsSync(corpora) && 'no corpora',
}, () => {
  const folder = join(corpora, 'tika-attachments');
  for (const name of readdirSync(folder)) {
    if (!/\.(?:pdf|docx?|xlsx?|pptx?|jpg|png|gif|rtf|html?|ics|vcf|css|js|csv)$/.test(name)) continue;
    const type = typeOf(readFileSync(join(folder, name)).subarray(0, sniffBytes));
    assert.ok(type !== 'message' && type !== 'mbox', `${name} is ${type}`);
  }
});

test('damaged starts of messages are still starts of messages', () => {
  const field = 'Subject: x\r\nFrom: a@b\r\n\r\nHello';
  assert.equal(typeOf(`\r\n\r\n${field}`), 'message');
  assert.equal(typeOf(`>From a@b Mon Jan  1 00:00:00 2001\r\n${field}`), 'message');
  assert.equal(typeOf(`From somewhere\r\n${field}`), 'message');
  assert.equal(typeOf(`this line is no field\r\n${field}`), 'message');
  assert.equal(typeOf(`\ufeff${field}`), 'message');
  assert.equal(typeOf(Buffer.from(`\ufeff${field}`, 'utf16le')), 'message');
  assert.equal(typeOf(Buffer.from(`\ufeff${field}`, 'utf16le').swap16()), 'message');
  assert.equal(typeOf('sUBJECT : x\nfROM: a@b\n\n'), 'message');
});

test('text that only looks a little like mail is judged by where it lies', () => {
  const note = 'Date: tomorrow\n\nBuy bread.\n';
  assert.equal(typeOf(note, 'file'), 'other');
  assert.equal(typeOf(note, 'source'), 'message');
  assert.equal(typeOf('no header at all\n', 'source'), 'other');
  assert.equal(typeOf('no header at all\n', 'maildir'), 'message');
  assert.equal(typeOf('BEGIN:VCALENDAR\nVERSION:2.0\nSTATUS:x\nPRIORITY:1\n', 'source'), 'other');
  assert.equal(typeOf('HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\n', 'file'), 'other');
});

test('formats are told by their first bytes', () => {
  assert.equal(typeOf(''), 'empty');
  assert.equal(typeOf(Buffer.from('1f8b0800', 'hex')), 'gzip');
  assert.equal(typeOf(Buffer.from('28b52ffd', 'hex')), 'zstd');
  assert.equal(typeOf(Buffer.from('502a4d18040000000102030428b52ffd', 'hex')), 'zstd');
  assert.equal(typeOf(Buffer.from('fd377a585a00', 'hex')), 'xz');
  assert.equal(typeOf('BZh91AY&SY'), 'bzip2');
  assert.equal(typeOf('BZh is no archive'), 'other');
  assert.equal(typeOf('PK\x03\x04'), 'zip');
  assert.equal(typeOf('PK\x05\x06'), 'zip');
});

test('formats that hold mail and are not read yet are named', () => {
  const nameOf = (hex: string) => {
    const format = sniff(Buffer.from(hex, 'hex'), 'file');
    return format.type === 'unreadable' ? format.name : format.type;
  };
  assert.equal(nameOf('2142444e00000000534d'), 'Outlook data file (PST)');
  assert.equal(nameOf('2142444e00000000534f'), 'Outlook offline folders (OST)');
  assert.equal(nameOf('377abcaf271c'), '7-Zip archive');
  assert.equal(nameOf('526172211a0700'), 'RAR archive');
  assert.equal(nameOf('d0cf11e0a1b11ae1'), 'compound');
});

test('a piece of an mbox that starts inside a message is an mbox', () => {
  const piece = 'the end of a message\n\nFrom a@b Mon Jan  1 00:00:00 2001\nSubject: x\n\nHello\n';
  assert.equal(typeOf(piece), 'mbox');
  assert.equal(typeOf(piece.replace('Subject: x', 'no field')), 'other');
});
