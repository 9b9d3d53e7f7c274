import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { listAttachments } from '../../src/message/attachment.js';
import { decodeBody, decodeEntityText } from '../../src/message/body.js';
import type { DefectCode, Entity, Message } from '../../src/message/message.js';
import { parseMessage } from '../../src/message/parse.js';

function parse(text: string): Message {
  return parseMessage(Buffer.from(text, 'latin1'));
}

/** `section mediaType "body"`, the way a tree reads best. */
function outline(message: Message): string[] {
  const hasParts = (index: number) => message.entities.some(({ parent }) => parent === index);
  return message.entities.map((entity, index) =>
    `${entity.section} ${entity.mediaType}${hasParts(index) ? '' : ` ${JSON.stringify(entity.body.toString('latin1'))}`}`.trim(),
  );
}

function codes(message: Message): DefectCode[] {
  return message.defects.map(({ code }) => code).filter((code) => code !== 'missing-field');
}

function only(message: Message): Entity {
  const [entity] = message.entities;
  assert.ok(entity !== undefined);
  return entity;
}

describe('header sections', () => {
  for (const [name, end] of [
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ] as const) {
    test(`${name} line ends, folding and a multipart are read`, () => {
      const lines = [
        'Subject: a',
        '\tb',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        '',
        'one',
        '--x',
        'Content-Type: text/html',
        '',
        'two',
        '--x--',
        '',
      ];
      const message = parse(lines.join(end));
      assert.equal(message.subject, 'a\tb');
      assert.deepEqual(outline(message), ['multipart/mixed', '1 text/plain "one"', '2 text/html "two"']);
      assert.deepEqual(codes(message), []);
    });
  }

  test('fields keep order, letter case and place', () => {
    const { fields } = parse('To: x\r\nTO : y\r\n z\r\n\r\nbody');
    assert.deepEqual(fields, [
      { name: 'To', body: 'x', offset: 0, length: 7 },
      { name: 'TO', body: 'y z', offset: 7, length: 12 },
    ]);
  });

  const odd: [string, string, string, DefectCode[]][] = [
    ['an empty message', '', '', []],
    ['a header section alone, without line end', 'Subject: x', '', []],
    ['a body alone', 'Hello there\nall of you\n', 'Hello there\nall of you\n', ['no-header-section']],
    ['an empty header section', '\nbody', 'body', []],
    [
      'a From_ line first',
      'From a@b Mon Jan 1 00:00:00 2001\nSubject: x\n\nbody',
      'body',
      ['header-line-malformed'],
    ],
    ['an escaped From_ line first', '>From a@b\nSubject: x\n\nbody', 'body', ['header-line-malformed']],
    ['blank lines first', '\r\n\r\nSubject: x\r\n\r\nbody', 'body', ['header-line-malformed']],
    ['a stray line between fields', 'Subject: x\nstray\nTo: a@b\n\nbody', 'body', ['header-line-malformed']],
    [
      'no blank line before the body',
      'Subject: x\nDear all,\nhow are you?\n',
      'Dear all,\nhow are you?\n',
      ['header-line-malformed'],
    ],
    ['a bare carriage return in a field', 'Subject: a\rb\n\nbody', 'body', ['bare-cr']],
    ['a NUL', 'Subject: a\n\nbo\0dy', 'bo\0dy', ['nul-bytes']],
    ['windows-1252 in a field', 'Subject: caf\xe9 \x80\n\nbody', 'body', ['eight-bit-header']],
  ];
  for (const [name, text, body, expected] of odd) {
    test(`${name} is read, and the defect named`, () => {
      const message = parse(text);
      assert.equal(only(message).body.toString('latin1'), body);
      assert.deepEqual(codes(message), expected);
    });
  }

  test('UTF-8 in a header body is read as it is, anything else as windows-1252', () => {
    assert.equal(parse('Subject: caf\xc3\xa9\n\n').subject, 'café');
    assert.equal(parse('Subject: caf\xe9 \x80\n\n').subject, 'café €');
  });

  test('a field that stands twice keeps the first, destinations are joined', () => {
    const message = parse('Subject: a\nSubject: b\nTo: a@x\nTo: b@x\nFrom: c@x\nFrom: d@x\n\n');
    assert.equal(message.subject, 'a');
    assert.deepEqual(
      message.to.map(({ addrSpec }) => addrSpec),
      ['a@x', 'b@x'],
    );
    assert.deepEqual(
      message.from.map(({ addrSpec }) => addrSpec),
      ['c@x'],
    );
    assert.deepEqual(codes(message), ['duplicate-field', 'duplicate-field', 'duplicate-field']);
  });

  test('missing originator and date are named', () => {
    assert.deepEqual(
      parse('\n').defects.map(({ note }) => note),
      ['From', 'Date'],
    );
  });

  test('fields beyond the limit are not parsed, the body is found all the same', () => {
    const at = (count: number) => parse(`${'A: b\n'.repeat(count)}\nbody`);
    assert.deepEqual(codes(at(limits.maxHeaderFields)), []);
    const over = at(limits.maxHeaderFields + 1);
    assert.equal(over.fields.length, limits.maxHeaderFields);
    assert.deepEqual(codes(over), ['header-fields-too-many']);
    assert.equal(only(over).body.toString('latin1'), 'body');
  });

  test('a header section beyond its bytes ends, the body is found all the same', () => {
    const message = parse(`Subject: x\nX: ${'y'.repeat(limits.maxHeaderSectionBytes)}\nTo: a@b\n\nbody`);
    assert.deepEqual(codes(message), ['header-section-too-large']);
    assert.equal(message.subject, 'x');
    assert.equal(only(message).body.toString('latin1'), 'body');
  });
});

const open = 'Content-Type: multipart/mixed; boundary=b\n\n';

describe('multiparts', () => {
  const cases: [string, string, string[], DefectCode[]][] = [
    [
      'preamble and epilogue are no parts',
      `${open}pre\n--b\n\none\n--b--\npost\n`,
      ['multipart/mixed', '1 text/plain "one"'],
      [],
    ],
    [
      'a missing close delimiter',
      `${open}--b\n\none\n`,
      ['multipart/mixed', '1 text/plain "one\\n"'],
      ['boundary-unclosed'],
    ],
    [
      'an empty part',
      `${open}--b\n--b\n\none\n--b--\n`,
      ['multipart/mixed', '1 text/plain ""', '2 text/plain "one"'],
      [],
    ],
    ['no delimiter at all', `${open}just text\n`, ['text/plain "just text\\n"'], ['multipart-empty']],
    [
      'no boundary parameter',
      'Content-Type: multipart/mixed\n\njust text\n',
      ['text/plain "just text\\n"'],
      ['boundary-missing', 'multipart-empty'],
    ],
    [
      'a boundary that never comes, and one that does',
      `${open}--c\nContent-Type: text/html\n\none\n--c--\n`,
      ['multipart/mixed', '1 text/html "one"'],
      ['boundary-missing'],
    ],
    [
      'a prefix as inner boundary',
      'Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--ab\n\ntwo\n--ab--\n',
      ['multipart/mixed', '1 multipart/mixed', '1.1 text/plain "one"', '2 text/plain "two"'],
      ['boundary-unclosed'],
    ],
    [
      'the same boundary twice',
      `${open}--b\n${open}--b\n\none\n--b--\n--b\n\ntwo\n--b--\n`,
      ['multipart/mixed', '1 multipart/mixed', '1.1 text/plain "one"', '2 text/plain "two"'],
      ['boundary-repeated'],
    ],
    [
      'blanks and text after a boundary',
      `${open}--b \t\n\none\n--b junk\n\ntwo\n--b--\n`,
      ['multipart/mixed', '1 text/plain "one"', '2 text/plain "two"'],
      [],
    ],
    [
      'a header section cut by a delimiter',
      `${open}--b\nContent-Type: text/html\n--b\n\ntwo\n--b--`,
      ['multipart/mixed', '1 text/html ""', '2 text/plain "two"'],
      [],
    ],
    [
      'a transfer encoding on the multipart',
      `Content-Transfer-Encoding: base64\n${open}--b\n\none\n--b--`,
      ['multipart/mixed', '1 text/plain "one"'],
      ['transfer-encoding-on-composite'],
    ],
    [
      'a digest',
      'Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\none\n--b--',
      ['multipart/digest', '1 message/rfc822', '1.1 text/plain "one"'],
      [],
    ],
    [
      'a multipart in a message in a multipart',
      `${open}--b\nContent-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--c--\n--b--`,
      ['multipart/mixed', '1 message/rfc822', '1.TEXT multipart/mixed', '1.1 text/plain "one"'],
      [],
    ],
    [
      'an encoded message',
      `${open}--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Subject: x\n\none').toString('base64')}\n--b--`,
      ['multipart/mixed', '1 message/rfc822', '1.1 text/plain "one"'],
      ['transfer-encoding-on-composite'],
    ],
  ];
  for (const [name, text, expected, defects] of cases) {
    test(name, () => {
      const message = parse(text);
      assert.deepEqual(outline(message), expected);
      assert.deepEqual(codes(message), defects);
    });
  }

  test('nesting stops at the limit, and the rest is kept as one leaf', () => {
    const nested = (levels: number) => {
      let text = '';
      for (let level = 0; level < levels; level++)
        text += `Content-Type: multipart/mixed; boundary=b${String(level)}x\n\n--b${String(level)}x\n`;
      return parse(`${text}\nend\n`);
    };
    assert.ok(!codes(nested(limits.maxEntityDepth)).includes('entity-depth-exceeded'));
    const over = nested(limits.maxEntityDepth + 1);
    assert.ok(codes(over).includes('entity-depth-exceeded'));
    assert.equal(Math.max(...over.entities.map(({ depth }) => depth)), limits.maxEntityDepth);
    assert.ok(over.entities.at(-1)?.body.toString('latin1').endsWith('end\n'));
  });

  test('entities stop at the limit, and the last one holds the rest', () => {
    const many = (parts: number) => parse(`${open}${'--b\n\nx\n'.repeat(parts)}--b--\n`);
    const full = many(limits.maxEntities - 1);
    assert.equal(full.entities.length, limits.maxEntities);
    const over = many(limits.maxEntities + 5);
    assert.equal(over.entities.length, limits.maxEntities);
    assert.ok(codes(over).includes('entities-too-many'));
  });

  test('a boundary counts up to its limit, a longer one does not', () => {
    const withBoundary = (length: number) => {
      const boundary = 'b'.repeat(length);
      return parse(
        `Content-Type: multipart/mixed; boundary=${boundary}\n\n--${boundary}\n\none\n--${boundary}--\n`,
      );
    };
    assert.equal(withBoundary(limits.maxBoundaryBytes).entities.length, 2);
    assert.deepEqual(codes(withBoundary(limits.maxBoundaryBytes + 1)), [
      'boundary-missing',
      'multipart-empty',
    ]);
  });

  test('boundaries are guessed up to the limit', () => {
    const part = '--b\nContent-Type: multipart/mixed\n\n--c\nContent-Type: text/html\n\none\n--c--\n';
    const guessed = (parts: number) =>
      parse(`${open}${part.repeat(parts)}--b--\n`).entities.filter(
        ({ mediaType }) => mediaType === 'text/html',
      ).length;
    assert.equal(guessed(limits.maxBoundaryGuesses), limits.maxBoundaryGuesses);
    assert.equal(guessed(limits.maxBoundaryGuesses + 1), limits.maxBoundaryGuesses);
  });
});

describe('texts and attachments', () => {
  test('a uuencoded file is an entity of its own, the text is given without it', () => {
    const message = parse('Subject: x\n\nsee below\nbegin 644 ../cat.txt\n#0V%T\n`\nend\nbye\n');
    assert.deepEqual(
      message.entities.map(({ section }) => section),
      ['', 'uu1'],
    );
    assert.equal(decodeEntityText(only(message)).text, 'see below\nbye\n');
    const [attachment] = listAttachments(message);
    assert.deepEqual([attachment?.name, attachment?.size], ['cat.txt', 3]);
    const file = message.entities[1];
    assert.equal(file === undefined ? '' : decodeBody(file).bytes.toString('latin1'), 'Cat');
  });

  test('prose that begins with begin is prose', () => {
    assert.equal(parse('Subject: x\n\nbegin 644 jokes\nabout people\n').entities.length, 1);
  });

  test('attachments are what a reader would call so', () => {
    const parts = [
      'Content-Type: multipart/alternative; boundary=c\n\n--c\n\nplain\n--c\nContent-Type: text/html\n\n<p>\n--c\nContent-Type: text/calendar\n\nBEGIN\n--c--',
      'Content-Type: text/plain; name="notes.txt"\n\nnotes',
      'Content-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\nAAEC',
      'Content-Type: application/pgp-signature\n\nsig',
      'Content-Type: message/rfc822\n\nContent-Type: application/pdf\n\npdf',
    ];
    const message = parse(`${open}${parts.map((part) => `--b\n${part}\n`).join('')}--b--\n`);
    const found = listAttachments(message).map(({ entity, name, disposition, contentId, size }) =>
      [message.entities[entity]?.mediaType, name, disposition, contentId, size].join('|'),
    );
    assert.deepEqual(found, [
      'text/plain|notes.txt|||5',
      'image/png||inline|logo@x|3',
      'application/pgp-signature||||3',
      'message/rfc822||||34',
      'application/pdf||||3',
    ]);
  });

  test('the hash of an attachment is the hash of its decoded bytes', () => {
    const message = parse(
      `${open}--b\nContent-Type: application/x-test\nContent-Transfer-Encoding: base64\n\nYWJj\n--b--`,
    );
    // SHA-256 of "abc", FIPS 180-2 appendix B.1.
    assert.equal(
      listAttachments(message)[0]?.sha256,
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('text has \\n line ends and ends at its limit', () => {
    const text = (body: string) => decodeEntityText(only(parse(`Subject: x\n\n${body}`)));
    assert.equal(text('a\r\nb\rc\n').text, 'a\nb\nc\n');
    assert.deepEqual(text('x'.repeat(limits.maxTextCharacters)).defects, []);
    const over = text('x'.repeat(limits.maxTextCharacters + 1));
    assert.equal(over.text.length, limits.maxTextCharacters);
    assert.deepEqual(
      over.defects.map(({ code }) => code),
      ['text-truncated'],
    );
  });

  test('uuencoded files are taken up to the limit, the rest stays text', () => {
    const file = 'begin 644 a\n#0V%T\n`\nend\n';
    const message = parse(`Subject: x\n\n${file.repeat(limits.maxUuencodedFiles + 1)}`);
    assert.equal(message.entities.length, 1 + limits.maxUuencodedFiles);
    assert.equal(decodeEntityText(only(message)).text, file);
  });
});
