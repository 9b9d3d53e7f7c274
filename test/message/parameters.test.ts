import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../src/limits.js';
import { parseParameterized } from '../../src/message/parameters.js';

describe('parameters', () => {
  const examples: [string, string, [string, string][]][] = [
    ['text/plain; charset=us-ascii (Plain text)', 'text/plain', [['charset', 'us-ascii']]],
    [
      'Text/Plain; Charset="UTF-8"; format=flowed',
      'text/plain',
      [
        ['charset', 'UTF-8'],
        ['format', 'flowed'],
      ],
    ],
    // RFC 2231 sections 3 and 4.
    [
      'message/external-body; access-type=URL; URL*0="ftp://"; URL*1="cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar"',
      'message/external-body',
      [
        ['access-type', 'URL'],
        ['url', 'ftp://cs.utk.edu/pub/moore/bulk-mailer/bulk-mailer.tar'],
      ],
    ],
    [
      "application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A",
      'application/x-stuff',
      [['title', 'This is ***fun***']],
    ],
    [
      "application/x-stuff; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
      'application/x-stuff',
      [['title', "This is even more ***fun*** isn't it!"]],
    ],
    // A character split over two segments; segments out of order.
    ["attachment; filename*1*=%AC.pdf; filename*0*=utf-8''%E2%82", 'attachment', [['filename', '€.pdf']]],
    // The plain twin for old readers gives way.
    ["attachment; filename=e.pdf; filename*=utf-8''%C3%A9.pdf", 'attachment', [['filename', 'é.pdf']]],
    ['image/png; name="=?utf-8?Q?Zo=C3=AB.png?="', 'image/png', [['name', 'Zoë.png']]],
    ['image/png; name==?utf-8?Q?Zo=C3=AB.png?=', 'image/png', [['name', 'Zoë.png']]],
    ['attachment; filename=my report (1).pdf', 'attachment', [['filename', 'my report (1).pdf']]],
    ['attachment; filename="C:\\docs\\a \\"b\\".txt"', 'attachment', [['filename', 'C:\\docs\\a "b".txt']]],
    [
      'text/plain charset=utf-8 format=flowed',
      'text/plain',
      [
        ['charset', 'utf-8'],
        ['format', 'flowed'],
      ],
    ],
    ['multipart/mixed; boundary="=?x?Q?y?="', 'multipart/mixed', [['boundary', '=?x?Q?y?=']]],
    ['attachment; filename="unclosed.pdf', 'attachment', [['filename', 'unclosed.pdf']]],
  ];
  for (const [body, value, parameters] of examples) {
    test(body, () => {
      const parsed = parseParameterized(body);
      assert.equal(parsed.value, value);
      assert.deepEqual(parsed.parameters, parameters);
    });
  }

  test('names are values, never keys of an object', () => {
    assert.deepEqual(parseParameterized("a/b; __proto__=x; constructor*=utf-8''y").parameters, [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  test('parameters end at their limit and say so only beyond it', () => {
    const body = (count: number) => `a/b${';x=y'.repeat(count)}`;
    assert.equal(parseParameterized(body(limits.maxParameters)).damage, '');
    const over = parseParameterized(body(limits.maxParameters + 1));
    assert.equal(over.parameters.length, limits.maxParameters);
    assert.notEqual(over.damage, '');
  });
});
