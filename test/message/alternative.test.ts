import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onlyIn } from '../../src/message/alternative.js';
import { parseMessage } from '../../src/message/parse.js';
import { readableText } from '../../src/message/readable.js';
import { htmlToText } from '../../src/message/text/html-text.js';
import { hasOtherWords } from '../../src/message/text/other-words.js';

const plain =
  'See you on Friday at berth 4. The lighter is at Calder until the end of the month, as you know well.\n';

function letterOf(text: string, html: string): string {
  return `From: a@x.example
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

${text}
--b
Content-Type: text/html; charset=utf-8

${html}
--b--
`;
}

/** What of a letter is said to be in one version alone: `html own: …`. */
const found = (letter: string): string[] =>
  readableText(parseMessage(Buffer.from(letter)))
    .segments.filter(({ onlyIn: version }) => version !== undefined)
    .map(({ onlyIn: version, kind, text }) => `${version} ${kind}: ${text.trim()}`);

describe('what only one version of a letter says', () => {
  test('follows the version that is read', () => {
    assert.deepEqual(
      found(letterOf(plain, `<p>${plain}<p>Bring the <b>key</b>.<blockquote>You owe me 7</blockquote>`)),
      ['html own: Bring the key.', 'html quoted: You owe me 7'],
    );
  });

  test('is nothing where both say the same, however the HTML lays it out', () => {
    const same = [
      `<div>${plain.replaceAll(' ', '&nbsp;')}</div>`,
      `<style>p { color: red }</style><!-- hidden --><title>Other</title><p>${plain.replaceAll('.', '.<br>')}</p>`,
      `<ol><li>See you on Friday at berth 4.<li>The lighter is at Calder until the end of the month</ol>, as you know well`,
      `<p style="display:none">unseen words</p>${plain}`,
    ];
    for (const html of same) assert.deepEqual(found(letterOf(plain, html)), [], html);
  });

  test('is a number that differs, with its line', () => {
    assert.deepEqual(found(letterOf(plain, plain.replace('berth 4', 'berth 5'))), [
      `html own: ${plain.trim().replace('berth 4', 'berth 5')}`,
    ]);
  });

  test('is also what stands in a short plain part beside long HTML', () => {
    assert.deepEqual(found(letterOf('The password is heron.\n', `<p>${plain.repeat(3)}</p>`)), [
      'plain own: The password is heron.',
    ]);
  });

  test('is told in scripts without blanks by character', () => {
    const text = `${plain}東京の会議は金曜日です。\n`;
    assert.deepEqual(found(letterOf(text, `<p>${plain}</p><p>東京の会議は<br>金曜日です。</p><p>鍵</p>`)), [
      'html own: 鍵',
    ]);
  });

  test('in a message inside a message is quoted', () => {
    const inner = letterOf(plain, `<p>${plain}<p>Bring the key.`);
    const outer = `From: b@x.example\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nsee below\n--o\nContent-Type: message/rfc822\n\n${inner}\n--o--\n`;
    assert.deepEqual(found(outer), ['html quoted: Bring the key.']);
  });
});

/** Whether the full comparison, which makes text of the HTML, finds something. */
const differs = (html: string): boolean => onlyIn('html', htmlToText(html), plain).length > 0;
const looksOther = (html: string): boolean => hasOtherWords(Buffer.from(html), [Buffer.from(plain)]);

describe('the look at the bytes', () => {
  const hidingPlaces = [
    'a < secret > b',
    '<!--> secret <!-- -->',
    '<!---> secret <!-- -->',
    '<!-- x --!> secret <!-- -->',
    '<STYLE>x</STYLE> secret <style></style>',
    '<style>x</STYLE ><p>secret',
    '<scripty>secret</scripty>',
    '<styles>secret</styles>',
    '<xmp><secret words></xmp>',
    '<textarea><secret></textarea>',
    '<img alt="secret">',
    '<IMG SRC=x ALT=secret>',
    "<img alt='see secret'>",
    'se&#99;ret',
    '&#115;&#101;&#99;',
    '&Auml;&Ouml;',
    'secr&eacute;t',
    '<![CDATA[ x > secret ]]>',
    '<? x > secret',
    '</ x> secret',
    'тайна',
    '秘密',
    '😀x',
  ];

  test('never says no where a reader would see another word, wherever it hides', () => {
    const missed = hidingPlaces.filter((html) => differs(html) && !looksOther(html));
    assert.deepEqual(missed, []);
    assert.ok(hidingPlaces.filter(differs).length > 15);
  });

  test('never says no where the comparison finds something, in 20,000 bodies put together by chance', () => {
    const pieces = [
      ' See ',
      ' Friday ',
      ' you ',
      '<p>',
      '</p>',
      '<br>',
      '<b>',
      '</b>',
      '<style>',
      '</style>',
      '<script>',
    ]
      .concat([
        '</script>',
        '<!--',
        '-->',
        '<!-->',
        '--!>',
        '&nbsp;',
        '&amp;',
        '&#43;',
        '&#8217;',
        ' < ',
        ' > ',
        '<td title="x>y">',
      ])
      .concat([
        '<img alt="Friday">',
        '<title>',
        '</title>',
        ' secret ',
        ' 4 ',
        ' 5 ',
        '<x',
        '">',
        '<textarea>',
        '</textarea>',
      ]);
    let seed = 7;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    let differing = 0;
    for (let i = 0; i < 20_000; i++) {
      const html = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join('');
      if (!differs(html)) continue;
      differing += 1;
      assert.ok(looksOther(html), html);
    }
    assert.ok(differing > 2_000);
  });

  test('says no of most letters that say the same', () => {
    assert.equal(
      looksOther(`<html><body><p class="x">${plain.replaceAll(' ', '\r\n')}</p></body></html>`),
      false,
    );
    assert.equal(looksOther(plain.replaceAll(' ', '&nbsp;')), false);
  });
});
