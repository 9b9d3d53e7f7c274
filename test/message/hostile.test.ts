import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { parseMailboxes } from '../../src/message/address.js';
import { listAttachments } from '../../src/message/attachment.js';
import { decodeEntityText } from '../../src/message/body.js';
import { parseDate } from '../../src/message/date.js';
import { decodeEncodedWords } from '../../src/message/encoded-word.js';
import { parseMessageIds } from '../../src/message/msg-id.js';
import { parseParameterized } from '../../src/message/parameters.js';
import { parseMessage } from '../../src/message/parse.js';
import { decodeTransfer } from '../../src/message/transfer.js';

/**
 * Shapes on which a pass that looks back, or looks ahead to the end, needs the square of the length: hours at these
 * sizes, where a linear pass needs milliseconds. No time is asserted; a quadratic pass would not come to an end.
 */
const mebibyte = 1024 * 1024;

function repeat(unit: string, characters: number): string {
  return unit.repeat(Math.ceil(characters / unit.length));
}

const units = [
  '"',
  '(',
  ')',
  '<',
  '>',
  '<<>',
  ',',
  ';',
  ':',
  '@',
  '\\',
  '=?',
  '=?a?q?',
  '=?utf-8?q?a?',
  '=?utf-8?b?YQ==?= ',
  'a@b ',
  'a@b',
  '<a@b>',
  '(a',
  '"a" ',
  '"a""b"',
  'a.',
  '. ',
  'a b:',
  'a:b@c;',
  '\\(',
  '(")',
  'a <b ',
  '[',
  '=',
  '*',
  'a*0=b;',
  "a*=b'c'd;",
  'a=b;',
  'a=(;',
  ' a="b',
  '%',
  "'",
  ' ',
  '\t',
  '0',
  '1 ',
  '12:',
  '-',
  '+1',
  'é',
  'a, b <c@d>',
  '@a,',
  'a@b>',
] as const;

/** Single characters at five times the size of the largest header section, the rest at that size. */
function sizeOf(unit: string): number {
  return unit.length === 1 ? 10 * mebibyte : limits.maxHeaderSectionBytes;
}

describe('header bodies of one repeated unit', () => {
  for (const unit of units) {
    test(`${String(sizeOf(unit) / mebibyte)} MiB of ${JSON.stringify(unit)} is read in one pass by every value parser`, () => {
      const body = repeat(unit, sizeOf(unit));
      assert.ok(parseMailboxes(body).mailboxes.length <= limits.maxMailboxes);
      assert.ok(parseMessageIds(body).ids.length <= limits.maxReferences + 1);
      assert.ok(parseParameterized(body).parameters.length <= limits.maxParameters);
      assert.equal(typeof decodeEncodedWords(body).text, 'string');
      parseDate(body);
    });
  }

  test('an unclosed opener before a million closers of another kind stays linear', () => {
    for (const opener of ['"', '(', '<', '=?utf-8?q?']) {
      for (const unit of ['a,', 'b <c@d>,', '(x) ', '"y" ', '=?utf-8?q?z?= ']) {
        parseMailboxes(opener + repeat(unit, mebibyte));
        parseParameterized(`text/plain; name=${opener}${repeat(unit, mebibyte)}`);
      }
    }
  });
});

const head = 'From: a@b.example\r\nSubject: x\r\n';

function multipart(boundary: string): string {
  return `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;
}

/** Nested multiparts, each boundary a prefix of the next, so that every line matches long before it differs. */
function nestedPrefixes(levels: number, tail: string): string {
  let text = head;
  for (let level = 1; level <= levels; level++)
    text += `${multipart('b'.repeat(level))}--${'b'.repeat(level)}\r\n`;
  return text + tail;
}

const messages: readonly (readonly [string, () => string])[] = [
  ['a header section of 10 MiB without a colon', () => repeat('word word\r\n', 4 * mebibyte)],
  ['one header line of 10 MiB', () => `Subject: ${repeat('x', 4 * mebibyte)}`],
  ['a million header fields', () => repeat('A: b\r\n', 3 * mebibyte)],
  ['a million folded lines in one field', () => `Subject: a${repeat('\r\n b', 3 * mebibyte)}\r\n\r\nbody`],
  ['stray lines between fields', () => repeat('A: b\r\nstray\r\n', 3 * mebibyte)],
  ['From_ lines in the header section', () => repeat('A: b\r\nFrom x\r\n', 3 * mebibyte)],
  ['a million blank lines first', () => repeat('\r\n', 4 * mebibyte)],
  ['delimiter lines and nothing else', () => head + multipart('b') + repeat('--b\r\n', 4 * mebibyte)],
  ['close delimiters and nothing else', () => head + multipart('b') + repeat('--b--\r\n', 4 * mebibyte)],
  ['lines that start with -- and are none', () => head + multipart('b') + repeat('--bb\n', 4 * mebibyte)],
  ['dashes', () => head + multipart('-') + repeat('-', 4 * mebibyte)],
  ['dash lines', () => head + multipart('-') + repeat('---\n', 4 * mebibyte)],
  [
    '100 levels of prefixes before 10 MiB of near misses',
    () => nestedPrefixes(100, repeat(`--${'b'.repeat(120)}\n`, 4 * mebibyte)),
  ],
  ['20,000 nested multiparts', () => nestedSame(20_000)],
  [
    'parts without blank line',
    () => head + multipart('b') + repeat('--b\r\nContent-Type: text/plain\r\n', 4 * mebibyte),
  ],
  [
    'message/rfc822 within message/rfc822',
    () => head + repeat('Content-Type: message/rfc822\r\n\r\n', 3 * mebibyte),
  ],
  ['wrong boundaries within wrong boundaries', () => head + repeat(`${multipart('x')}--y\r\n`, 3 * mebibyte)],
  ['missing boundaries', () => head + repeat('Content-Type: multipart/mixed\r\n\r\n--y\r\n', 3 * mebibyte)],
  ['begin lines of uuencode', () => `${head}\r\n${repeat('begin 644 a\n', 4 * mebibyte)}`],
  ['uuencode without end', () => `${head}\r\nbegin 644 a\n${repeat(`M${'!'.repeat(60)}\n`, 4 * mebibyte)}`],
  ['begin lines with one data line', () => `${head}\r\n${repeat('begin 644 a\n#0V%T\n', 4 * mebibyte)}`],
  ['carriage returns only', () => head + repeat('\r', 4 * mebibyte)],
  ['NULs', () => repeat('\0', 4 * mebibyte)],
  ['quoted-printable of equals signs and blanks', () => encoded('quoted-printable', '=  ')],
  ['quoted-printable of one line of blanks', () => encoded('quoted-printable', ' ')],
  ['base64 of padding', () => encoded('base64', '=')],
  ['base64 of short segments', () => encoded('base64', 'YQ==')],
  ['base64 of garbage', () => encoded('base64', 'A!')],
  ['base64 padding and blanks', () => encoded('base64', 'YQ= =\n ')],
  [
    'UTF-7 shifts',
    () => `${head}Content-Type: text/plain; charset=utf-7\r\n\r\n${repeat('+', 4 * mebibyte)}`,
  ],
  [
    'ISO-2022-JP escapes',
    () =>
      `${head}Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n${repeat('\x1b$B\x1b(B', 4 * mebibyte)}`,
  ],
  ['HZ openers', () => `${head}\r\n${repeat('~{!', 4 * mebibyte)}`],
];

function encoded(encoding: string, unit: string): string {
  return `${head}Content-Transfer-Encoding: ${encoding}\r\n\r\n${repeat(unit, 4 * mebibyte)}`;
}

function nestedSame(levels: number): string {
  return head + repeat(`${multipart('b')}--b\r\n`, levels * (multipart('b').length + 5));
}

describe('hostile messages', () => {
  for (const [name, make] of messages) {
    test(`${name}: parsed, decoded and hashed within the bounds`, () => {
      const message = parseMessage(Buffer.from(make(), 'latin1'));
      assert.ok(message.entities.length <= limits.maxEntities + 1);
      assert.ok(message.fields.length <= limits.maxHeaderFields);
      assert.ok(message.defects.length <= limits.maxDefects);
      for (const entity of message.entities.slice(0, 300)) {
        assert.ok(entity.depth <= limits.maxEntityDepth + 1);
        assert.ok(decodeEntityText(entity).text.length <= limits.maxTextCharacters);
      }
      listAttachments({ ...message, entities: message.entities.slice(0, 300) });
    });
  }

  test('encoded messages in encoded messages stop at the limit', () => {
    let inner = 'Subject: innermost\r\n\r\nhello';
    for (let level = 0; level < limits.maxEncodedNesting + 3; level++) {
      inner = `Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(inner).toString('base64')}`;
    }
    const message = parseMessage(Buffer.from(inner));
    assert.equal(message.entities.length, limits.maxEncodedNesting + 1);
  });

  test('decoded bytes never exceed the bytes that encode them', () => {
    for (const encoding of ['base64', 'quoted-printable']) {
      for (const unit of ['YQ==', '=41', '= ', 'A!', '=\n']) {
        const body = Buffer.from(repeat(unit, mebibyte));
        assert.ok(decodeTransfer(body, encoding).bytes.length <= body.length);
      }
    }
  });
});
