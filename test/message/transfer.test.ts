import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { readCleanBase64 } from '../../src/message/base64.js';
import { decodeText } from '../../src/message/charset.js';
import { decodeTransfer } from '../../src/message/transfer.js';

describe('transfer encodings', () => {
  const examples: [encoding: string, body: string, decoded: string, damaged: boolean][] = [
    // RFC 4648 section 10.
    ['base64', 'Zg==', 'f', false],
    ['base64', 'Zm9v\r\nYmFy\r\n', 'foobar', false],
    ['base64', 'Zm9vYg', 'foob', true],
    ['base64', 'Zm9v!YmFyZm9vYmFyZm9vYmFyZm9vYmFy', 'foobarfoobarfoobarfoobar', true],
    ['base64', 'Zg==\nZm8=\n', 'ffo', true],
    ['base64', 'Zm8=\n_______\nlist footer\n', 'fo', true],
    ['base64', 'this is not base64, is it?', 'this is not base64, is it?', true],
    ['base64', '', '', false],
    // RFC 2045 section 6.7.
    [
      'quoted-printable',
      "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
      "Now's the time for all folk to come to the aid of their country.",
      false,
    ],
    ['quoted-printable', 'a=3Db =3db \t\r\nc=  \r\nd', 'a=b =b\r\ncd', false],
    ['quoted-printable', 'a=ZZ = b =', 'a=ZZ = b ', true],
    ['quoted-printable', 'trailing  \nblanks\t', 'trailing\nblanks', false],
    ['7bit', 'a=41 ', 'a=41 ', false],
    ['x-unknown', 'Zg==', 'Zg==', false],
    ['x-uuencode', 'begin 644 a\n#0V%T\n`\nend\n', 'Cat', false],
    ['x-uuencode', 'begin 644 a\r\n#0V%T\r\n', 'Cat', true],
  ];
  for (const [encoding, body, decoded, damaged] of examples) {
    test(`${encoding} ${JSON.stringify(body)} gives ${JSON.stringify(decoded)}${damaged ? ', damaged' : ''}`, () => {
      const result = decodeTransfer(Buffer.from(body, 'latin1'), encoding);
      assert.equal(result.bytes.toString('latin1'), decoded);
      assert.equal(result.defect !== undefined, damaged);
    });
  }

  test('a long base64 body is the same bytes at every length and wherever its lines break', () => {
    const bytes = Buffer.from(Array.from({ length: 110_000 }, (_, at) => (at * 7919) >> 3));
    for (const width of [4, 61, 76, 1_000, 48 * 1024, 48 * 1024 + 1, 200_000]) {
      for (const cut of [0, 1, 2, 3]) {
        const wanted = bytes.subarray(cut);
        const body = Buffer.from(
          wanted
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g'))
            ?.join('\r\n') ?? '',
        );
        const whole = decodeTransfer(body, 'base64');
        assert.ok(whole.bytes.equals(wanted));
        assert.equal(whole.defect, undefined);
        const digest = createHash('sha256');
        assert.equal(
          readCleanBase64(body, (piece) => digest.update(piece)),
          wanted.length,
        );
        assert.equal(digest.digest('hex'), createHash('sha256').update(wanted).digest('hex'));
        body[body.length >> 1] = 0x21;
        assert.equal(
          readCleanBase64(body, () => undefined),
          undefined,
        );
      }
    }
  });

  test('every byte survives every encoding of it', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_unused, byte) => byte));
    const quoted = [...all].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('=\r\n');
    assert.deepEqual(decodeTransfer(Buffer.from(all.toString('base64')), 'base64').bytes, all);
    assert.deepEqual(decodeTransfer(Buffer.from(quoted), 'quoted-printable').bytes, all);
  });
});

describe('charsets', () => {
  const examples: [
    name: string,
    bytes: string,
    declared: string,
    text: string,
    charset: string,
    code: string,
  ][] = [
    ['plain ASCII', 'abc', '', 'abc', 'us-ascii', ''],
    ['declared utf-8', 'caf\xc3\xa9', 'UTF-8', 'café', 'utf-8', ''],
    ['undeclared utf-8', 'caf\xc3\xa9', '', 'café', 'utf-8', 'charset-undeclared'],
    ['utf-8 declared us-ascii', 'caf\xc3\xa9', 'us-ascii', 'café', 'utf-8', 'charset-wrong'],
    ['latin-1 declared utf-8', 'caf\xe9', 'utf-8', 'café', 'windows-1252', 'charset-wrong'],
    [
      'utf-8 cut in the middle of a character',
      'caf\xc3\xa9 \xe2\x82\xac \xe2\x82',
      'utf-8',
      'café € \ufffd',
      'utf-8',
      'charset-wrong',
    ],
    ['iso-8859-1 with windows-1252 characters', '\x93a\x94', 'iso-8859-1', '“a”', 'iso-8859-1', ''],
    ['code page 437', '\x82', 'cp437', 'é', 'cp437', ''],
    ['Macintosh', '\x8e', 'macintosh', 'é', 'macintosh', ''],
    ['UTF-7 (RFC 2152)', 'A+ImIDkQ.', 'utf-7', 'A≢Α.', 'utf-7', ''],
    ['UTF-16 with byte order mark', '\xfe\xff\x00a', 'utf-16', 'a', 'utf-16', ''],
    [
      'undeclared UTF-16 with byte order mark',
      '\xff\xfea\x00\xe9\x00',
      '',
      'aé',
      'utf-16le',
      'charset-undeclared',
    ],
    ['undeclared ISO-2022-JP', '\x1b$B%F%9%H\x1b(B', '', 'テスト', 'iso-2022-jp', 'charset-undeclared'],
    ['ISO-2022-KR (RFC 1557)', '\x1b$)C\n\x0e>H3g\x0f', 'iso-2022-kr', '\n안녕', 'iso-2022-kr', ''],
    ['HZ (RFC 1843)', '~{VPND~}', 'hz-gb-2312', '中文', 'hz-gb-2312', ''],
    ['a charset nobody knows', 'caf\xc3\xa9', 'x-nonsense', 'café', 'utf-8', 'charset-unknown'],
    ['a name that says nothing', 'caf\xe9', 'unknown-8bit', 'café', 'windows-1252', 'charset-undeclared'],
    [
      'undeclared Cyrillic',
      '\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0? \xdd\xf2\xee \xef\xf0\xee\xe2\xe5\xf0\xea\xe0 \xea\xee\xe4\xe8\xf0\xee\xe2\xea\xe8 \xf2\xe5\xea\xf1\xf2\xe0',
      '',
      'Привет, как дела? Это проверка кодировки текста',
      'windows-1251',
      'charset-undeclared',
    ],
    ['an encoding in place of a charset', 'caf\xe9', 'base64', 'café', 'windows-1252', 'charset-unknown'],
  ];
  for (const [name, bytes, declared, text, charset, code] of examples) {
    test(`${name} reads as ${JSON.stringify(text)}`, () => {
      const decoded = decodeText(Buffer.from(bytes, 'latin1'), declared);
      assert.deepEqual([decoded.text, decoded.charset, decoded.defect?.code ?? ''], [text, charset, code]);
    });
  }
});
