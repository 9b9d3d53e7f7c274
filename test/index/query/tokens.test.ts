import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { queryTokens, segmentForIndex, tokenSpans } from '../../../src/index/query/tokens.js';
import { fts5Tokens } from './fts5.js';
import { integer, pick, seeded } from './random.js';

const examples: readonly (readonly [text: string, tokens: string])[] = [
  ['Invoice №7 from Bob@Enron.com', 'invoice 7 from bob enron com'],
  ['C++', 'c'],
  ['don’t', 'don t'],
  ['Zoë Ångström naïve', 'zoe angstrom naive'],
  ['Zoe\u0308 A\u030angstro\u0308m', 'zoe angstrom'],
  ['in\u00advoice in\u2060voice \ufeffin\u200dvoice', 'invoice invoice invoice'],
  ['東京都の会議', '東 京 都 の 会 議'],
  ['iPhone手机5', 'iphone 手 机 5'],
  ['한국어를 말해요', '한 국 어 를 말 해 요'],
  ['한국', '한 국'],
  ['한국'.normalize('NFD'), '한 국'],
  ['カタカナ ｶﾀｶﾅ ﾌﾟﾗﾝ プラン', 'カ タ カ ナ カ タ カ ナ フ ラ ン フ ラ ン'.replaceAll('フ', 'プ')],
  ['ガ か\u3099', 'ガ が'],
  ['ＦＢＩ　２０１６', 'fbi 2016'],
  ['㈱日立', '株 日 立'],
  ['ﬁnance', 'finance'],
  ['𝐁𝐮𝐝𝐠𝐞𝐭', 'budget'],
  ['𠮷野家', '𠮷 野 家'],
  ['й и\u0306', 'й й'],
  ['за\u0301мок', 'замок'],
  ['s\u0336t\u0336r\u0336uck', 'struck'],
  ['مُحَمَّد محـــمد', 'محمد محمد'],
  ['שָׁלוֹם', 'שלום'],
  ['thanks🤣 ok', 'thanks 🤣 ok'],
  ['ที่ดิน', 'ท ด น'],
  ['\ud800x\udc00', 'x'],
  ['a\u0000b', 'a b'],
  ['?! … —', ''],
];

describe('tokens', () => {
  for (const [text, tokens] of examples) {
    test(`${JSON.stringify(text)} is ${tokens === '' ? 'nothing' : tokens}`, () => {
      assert.equal(queryTokens(text).join(' '), tokens);
      assert.equal(fts5Tokens([segmentForIndex(text)])[0]?.join(' '), tokens);
    });
  }

  test('text without anything special is returned as it is', () => {
    for (const text of ['', 'Budget for 2016, café', 'Смета на 2016 год', '€ 100 – “ok”']) {
      assert.equal(segmentForIndex(text), text);
    }
  });

  test('random text has the tokens that FTS5 finds, with ranges that hold them', () => {
    const random = seeded(1);
    const texts = Array.from({ length: 3000 }, () => randomText(random));
    const theirs = fts5Tokens(texts.map(segmentForIndex));
    for (const [index, text] of texts.entries()) {
      const spans = tokenSpans(text);
      assert.deepEqual(
        spans.map(({ token }) => token),
        theirs[index],
        JSON.stringify(text),
      );
      assert.deepEqual(queryTokens(text), theirs[index]);
      for (const { token, start, end } of spans) {
        assert.ok(start < end && end <= text.length);
        const within = queryTokens(text.slice(start, end));
        assert.ok(within.includes(token), `${token} in ${JSON.stringify(text.slice(start, end))} of ${text}`);
      }
    }
  });

  test('a range marks the very characters of a plain word between special ones', () => {
    const text = '会議: in\u00advoice, ＡＢＣ und Zoe\u0308.';
    const marked = tokenSpans(text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(marked, ['会', '議', 'in\u00advoice', 'ＡＢＣ', 'und', 'Zoe\u0308']);
  });
});

const alphabet = [
  ...'ab Z.é\u0301\u0336,1 会議カｶﾞﾟ㈱か\u3099한ᄒ\u1161\u11abㅎＡｆ\u00ad\u200d\u2060ﬁ🤣😀ทีم\u064eـшИ\u0306\ud800𝐁𠮷葛\u{e0100}',
];

function randomText(random: () => number): string {
  return Array.from({ length: integer(random, 14) }, () =>
    random() < 0.85 ? pick(random, alphabet) : String.fromCodePoint(integer(random, 0x110000)),
  ).join('');
}
