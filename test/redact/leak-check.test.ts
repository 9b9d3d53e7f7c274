import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { limits } from '../../src/limits.js';
import { LeakCheck, type Secret } from '../../src/redact/leak-check.js';

const secrets: readonly Secret[] = [
  { text: 'trench57@postbox.example', form: 'address' },
  { text: '07700900345', form: 'digits' },
  { text: '14 Ropewalk Cottages, Eastmarch', form: 'words' },
  { text: 'Zoë Penhallow', form: 'words' },
  { text: 'p@$s:w0rd', form: 'exact' },
  { text: '陈海燕', form: 'words' },
];
const check = new LeakCheck(secrets);
const found = (bytes: Buffer | string): number[] =>
  [...new Set(check.find(Buffer.from(bytes as string)).map(({ secret }) => secret))].sort();
const written = secrets.map(({ text }) => text);

/** Each turns a text into bytes that hold it. */
const representations: Readonly<Record<string, (text: string) => Buffer>> = {
  'as it is': (text) => Buffer.from(`well, ${text}.`),
  'in capitals': (text) => Buffer.from(text.toUpperCase()),
  base64: (text) => Buffer.from(Buffer.from(text).toString('base64')),
  'base64, one byte in': (text) => Buffer.from(Buffer.from(`.${text} and so on`).toString('base64')),
  'base64, two bytes in': (text) => Buffer.from(Buffer.from(`, ${text} and so on`).toString('base64')),
  'base64 behind letters of a path': (text) => Buffer.from(`/x/abc/${Buffer.from(text).toString('base64')}`),
  'base64 in lines of 76 in an encoded message': (text) =>
    Buffer.from(
      Buffer.from(`${'The letter says: '.repeat(9)}${text}. ${'And so on. '.repeat(9)}`)
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    ),
  base64url: (text) => Buffer.from(Buffer.from(`~~~~${text}~~~~`).toString('base64url')),
  'quoted-printable, all of it': (text) =>
    Buffer.from(
      [...Buffer.from(text)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    ),
  'quoted-printable with a soft line break': (text) =>
    Buffer.from(`${text.slice(0, 4)}=\r\n${text.slice(4)}`),
  'decimal references': (text) =>
    Buffer.from(Array.from(text, (sign) => `&#${sign.codePointAt(0)};`).join('')),
  'hexadecimal references': (text) =>
    Buffer.from(Array.from(text, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join('')),
  percent: (text) => Buffer.from([...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('')),
  'as a component of an address': (text) => Buffer.from(`/search?q=${encodeURIComponent(text)}&x=1`),
  'UTF-16, little end first': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(text, 'utf16le').swap16(),
  'JSON escapes': (text) =>
    Buffer.from(
      Array.from(
        { length: text.length },
        (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
    ),
  JSON: (text) => Buffer.from(JSON.stringify({ text: `a "${text}"\n` })),
  gzip: (text) => gzipSync(text),
  'gzip within other bytes': (text) => Buffer.concat([Buffer.of(0, 1, 2), gzipSync(text), Buffer.of(3)]),
  zstd: (text) => zstdCompressSync(text),
  'a stream of a PDF': (text) =>
    Buffer.concat([Buffer.from('%PDF-1.4\nstream\n'), deflateSync(text), Buffer.from('\nendstream')]),
  'a member of a zip': (text) => zipOf('a.txt', Buffer.from(text)),
  'the name of a member of a zip': (text) => zipOf(`${text}.txt`, Buffer.from('x')),
  'base64 of a zip in JSON in gzip': (text) =>
    gzipSync(JSON.stringify({ file: zipOf('a.txt', Buffer.from(text)).toString('base64') })),
  'percent of references': (text) =>
    Buffer.from(encodeURIComponent(Array.from(text, (sign) => `&#${sign.codePointAt(0)};`).join(''))),
  'wrapped in a quotation': (text) => Buffer.from(`> ${text.replace(' ', '\n> ')}`),
};

/** Not ours: the zip writer of the sample stores, this one deflates. */
function zipOf(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\u0003\u0004', 'latin1');
  header.writeUInt16LE(8, 8);
  const nameBytes = Buffer.from(name);
  header.writeUInt16LE(nameBytes.length, 26);
  return Buffer.concat([header, nameBytes, deflateRawSync(content)]);
}

describe('the leak check', () => {
  for (const [name, represent] of Object.entries(representations)) {
    test(`finds a secret ${name}`, () => {
      for (const [secret, text] of written.entries())
        if (name !== 'in capitals' || secrets[secret]?.form !== 'exact')
          assert.deepEqual(found(represent(text)), [secret], `${name}: ${text}`);
    });
  }

  test('finds a number however it is grouped, and says nothing of other numbers', () => {
    for (const text of [
      '07700 900345',
      '(07700) 900-345',
      '07700.900.345',
      '0 7 7 0 0 9 0 0 3 4 5',
      '07700\n> 900345',
    ])
      assert.deepEqual(found(text), [1], text);
    for (const text of ['107700900345', '077009003456', 'x="0770.0 90.0345"', '07700,900,345'])
      assert.deepEqual(found(text), [], text);
  });

  test('tells a secret from a longer word that begins or ends with it', () => {
    assert.deepEqual(found('untrench57@postbox.example'), []);
    assert.deepEqual(found('trench57@postbox.examples'), []);
    assert.deepEqual(found('trench57 postbox example'), []);
    assert.deepEqual(found('<trench57@postbox.example>'), [0]);
    assert.deepEqual(found('p@$s w0rd'), []);
  });

  test('finds letters beyond ASCII in the charsets of mail', () => {
    assert.deepEqual(found(Buffer.from('Zoë Penhallow', 'latin1')), [3]);
    for (const charset of ['gb18030', 'big5'])
      assert.deepEqual(found(iconv.encode('陈海燕', charset)), charset === 'big5' ? [] : [5]);
    assert.deepEqual(found('Zoe\u0308 Penhallow'), [3]);
  });

  test('finds what markup stands in the midst of', () => {
    assert.deepEqual(found('14 <b>Rope</b>walk&nbsp;Cottages,<br>Eastmarch'), []);
    assert.deepEqual(found('14 Ropewalk&nbsp;Cottages,\r\n\tEastmarch'), [2]);
  });

  test('finds a secret far from the encodings of a long page only once in each reading', () => {
    const page = `${'<p>Fish &amp; chips, 100 %25, a=3D, \\n</p>'.repeat(2_000)}trench57@postbox.example`;
    const leaks = check.find(Buffer.from(page));
    assert.equal(leaks.filter(({ via }) => via.length === 0).length, 1);
    assert.ok(leaks.every(({ secret }) => secret === 0));
  });

  test('says that it did not read all where a stream unpacks without end', () => {
    const bomb = gzipSync(Buffer.alloc(limits.maxLeakViewBytes * 2));
    assert.ok(check.find(bomb).some(({ secret }) => secret === -1));
  });

  test('names the secrets that are too short to be looked for', () => {
    assert.deepEqual(
      new LeakCheck([
        { text: 'a!', form: 'exact' },
        { text: 'ab', form: 'words' },
      ]).tooShort,
      [0],
    );
  });

  test('takes time in proportion to hostile bytes', () => {
    for (const hostile of ['&', '%4', '=\n', '\\', 'QUJD', '\\u', '&#', 'x\u009c'])
      for (const size of [400_000]) {
        const begun = process.cpuUsage().user;
        check.find(Buffer.from(hostile.repeat(size / hostile.length), 'latin1'));
        assert.ok(process.cpuUsage().user - begun < 8_000_000, hostile);
      }
  });
});
