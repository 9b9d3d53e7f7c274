import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { parseMailboxes } from '../../src/message/address.js';

/** `name <addr> in group`, the way a table reads best. */
function read(body: string): string[] {
  return parseMailboxes(body).mailboxes.map(({ displayName, addrSpec, group }) =>
    `${displayName} <${addrSpec}>${group === '' ? '' : ` in ${group}`}`.trim(),
  );
}

describe('address lists of RFC 5322', () => {
  const examples: [string, string[], boolean][] = [
    ['John Doe <jdoe@machine.example>', ['John Doe <jdoe@machine.example>'], false],
    ['"Joe Q. Public" <john.q.public@example.com>', ['Joe Q. Public <john.q.public@example.com>'], false],
    [
      'Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>',
      ['Mary Smith <mary@x.test>', '<jdoe@example.org>', 'Who? <one@y.test>'],
      false,
    ],
    [
      '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
      ['<boss@nil.test>', 'Giant; "Big" Box <sysservices@example.net>'],
      false,
    ],
    [
      'A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;',
      ['Ed Jones <c@a.test> in A Group', '<joe@where.test> in A Group', 'John <jdoe@one.test> in A Group'],
      false,
    ],
    ['Undisclosed recipients:;', [], false],
    ['Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>', ['Pete <pete@silly.test>'], false],
    [
      'Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example',
      ['Mary Smith <mary@example.net>', '<jdoe@test.example>'],
      false,
    ],
    ['John Doe <jdoe@machine(comment).  example>', ['John Doe <jdoe@machine.example>'], false],
    [
      '=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>',
      ['André Pirard <PIRARD@vm1.ulg.ac.be>'],
      false,
    ],
    ['Jøhn <jøhn@exämple.test>', ['Jøhn <jøhn@exämple.test>'], false],
    ['"john doe"@x.test', ['<"john doe"@x.test>'], false],
    ['<walker"."blair@x.test>', ['<walker.blair@x.test>'], false],
  ];
  for (const [body, expected, malformed] of examples) {
    test(`${body} reads as ${expected.join(' and ') || 'nobody'}`, () => {
      assert.deepEqual(read(body), expected);
      assert.equal(parseMailboxes(body).malformed, malformed);
    });
  }
});

describe('address lists as mailers write them', () => {
  const examples: [string, string[]][] = [
    [
      '"Smith, John" </O=ENRON/OU=NA/CN=RECIPIENTS/CN=JSMITH>',
      ['Smith, John </O=ENRON/OU=NA/CN=RECIPIENTS/CN=JSMITH>'],
    ],
    ['Smith, John <john@x.test>, jane@x.test', ['Smith, John <john@x.test>', '<jane@x.test>']],
    ['a@x.test; b@x.test', ['<a@x.test>', '<b@x.test>']],
    ['a@x.test b@x.test', ['<a@x.test>', '<b@x.test>']],
    ['<a@x.test> <b@x.test>', ['<a@x.test>', '<b@x.test>']],
    ['<<a@x.test>>', ['<a@x.test>']],
    ['"a@x.test"', ['<a@x.test>']],
    ["'a@x.test'", ['<a@x.test>']],
    ['Big Bug bug@x.test', ['Big Bug <bug@x.test>']],
    ['Foo <Bar> <a@x.test>', ['Foo Bar <a@x.test>']],
    ['a@x.test (Ann)', ['Ann <a@x.test>']],
    ['mailto:a@x.test', ['<a@x.test>']],
    ['undisclosed-recipients', ['undisclosed-recipients <>']],
    ['<Undisclosed-Recipient:@mailman.enron.com;>', ['Undisclosed-Recipient <>']],
    ['"unclosed <a@x.test>', ['unclosed <a@x.test>']],
    ['=?utf-8?Q?Zo=C3=AB_=3Czoe=40x.test=3E?=', ['Zoë <zoe@x.test>']],
  ];
  for (const [body, expected] of examples) {
    test(`${body} is salvaged as ${expected.join(' and ')}`, () => assert.deepEqual(read(body), expected));
  }

  test('an encoded comma or bracket never changes who is addressed', () => {
    const body = '=?utf-8?Q?a=2C_b_=3Cevil=40x.test=3E?= <real@y.test>';
    assert.deepEqual(read(body), ['a, b <evil@x.test> <real@y.test>']);
  });

  test('the plain short cut gives what the long way gives', () => {
    const bodies = [
      'a@b.c',
      'A B <a@b.c>',
      '"B; A" <a@b.c>',
      '"" <a@b.c>',
      '<a@b.c>',
      ' A  B <a@b.c> , d@e ,',
      'A.B <a@b>',
    ];
    for (const body of bodies) {
      // An empty comment leaves nothing behind, but it is no part of a plain mailbox.
      const long = `() ${body.replaceAll(',', ', ()')}`;
      assert.deepEqual(parseMailboxes(body).mailboxes, parseMailboxes(long).mailboxes);
    }
  });

  test('the list ends at its limit, and says so only beyond it', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_unused, index) => `a${String(index)}@x.test`).join(', ');
    const full = parseMailboxes(list(limits.maxMailboxes));
    assert.equal(full.mailboxes.length, limits.maxMailboxes);
    assert.equal(full.truncated, false);
    const over = parseMailboxes(list(limits.maxMailboxes + 1));
    assert.equal(over.mailboxes.length, limits.maxMailboxes);
    assert.equal(over.truncated, true);
  });
});
