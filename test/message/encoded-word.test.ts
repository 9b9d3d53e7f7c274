import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeEncodedWords } from '../../src/message/encoded-word.js';

describe('encoded words', () => {
  const examples: [string, string][] = [
    // RFC 2047 section 8.
    ['=?ISO-8859-1?Q?a?=', 'a'],
    ['=?ISO-8859-1?Q?a?= b', 'a b'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?ISO-8859-1?Q?a_b?=', 'a b'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=', 'a b'],
    [
      '=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?= =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=',
      'If you can read this you understand the example.',
    ],
    // RFC 2231 section 5.
    ['=?US-ASCII*EN?Q?Keith_Moore?=', 'Keith Moore'],
    // A character split over two words.
    ['=?utf-8?B?4oI=?= =?utf-8?B?rA==?=', '€'],
    ['=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?= =?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=', 'テストテスト'],
    ['=?gb2312?B?1tDOxA==?=', '中文'],
    ['=?utf-8?Q?what?_is?=', 'what? is'],
  ];
  for (const [body, expected] of examples) {
    test(`${body} reads ${expected}`, () =>
      assert.deepEqual(decodeEncodedWords(body), { text: expected, malformed: 0 }));
  }

  for (const body of ['=?utf-8?X?a?=', '=?utf-8?Q?never closed', '=?', '=??Q?a?=', '=?utf-8?Q', 'a =? b']) {
    test(`${body} is kept as it stands`, () => {
      const { text, malformed } = decodeEncodedWords(body);
      assert.equal(text, body);
      assert.ok(malformed > 0);
    });
  }

  test('a charset nobody knows is guessed and counted', () => {
    assert.deepEqual(decodeEncodedWords('=?x-nonsense?Q?caf=C3=A9?='), { text: 'café', malformed: 1 });
  });
});
