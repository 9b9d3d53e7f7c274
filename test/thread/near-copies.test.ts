import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listAttachments } from '../../src/message/attachment.js';
import { parseMessage } from '../../src/message/parse.js';
import { readableText } from '../../src/message/readable.js';
import { messageFeatures } from '../../src/thread/features.js';
import { NearCopies, type NearCopy } from '../../src/thread/near-copies.js';
import { formatFeatures, parseFeatures } from '../../src/thread/pack.js';
import { TextHash } from '../../src/thread/text-hash.js';
import { type Letter, letter } from '../mail.js';

const long =
  'The bar has lost 0.4 m on average since October, and berth four is no better.\nPlease tell the board before Friday.\n';

/** Letters as messages 1, 2, …, through the stored form of their features. */
function nearCopies(letters: readonly (Letter | string)[]): NearCopy[] {
  const copies = new NearCopies(letters.length);
  for (const [i, of] of letters.entries()) {
    const message = parseMessage(Buffer.from(typeof of === 'string' ? of : letter(of)));
    const features = messageFeatures(message, readableText(message).segments, listAttachments(message));
    const stored = parseFeatures(
      formatFeatures([{ number: i + 1, sentAt: message.date?.time ?? null, features }]),
    );
    for (const each of stored) copies.add(each);
  }
  return [...copies.finish()];
}

describe('messages that say the same', () => {
  test('are copies whatever their header sections, wrapping and blanks say', () => {
    const wrapped = long.replace('on average', 'on\naverage  ').replace('\nPlease', '\n\n\nPlease');
    assert.deepEqual(
      nearCopies([
        { id: 'a@x', body: long },
        { id: 'b@x', body: wrapped, date: '8 Mar 2016 11:00:00 +0000', extra: ['X-Folder: Inbox'] },
        { id: 'c@x', body: long, subject: '[harbour] Dredging', from: 'List <list@x.example>' },
      ]),
      [
        { number: 2, lead: 1, kind: 'copy' },
        { number: 3, lead: 1, kind: 'copy' },
      ],
    );
  });

  test('are none where a single character of text, subject, depth of a quotation or attachment differs', () => {
    const attached = (bytes: string): string =>
      letter({
        id: `${bytes}@x`,
        extra: ['Content-Type: multipart/mixed; boundary=b'],
        body: `--b\n\n${long}\n--b\nContent-Type: image/png; name=a.png\n\n${bytes}\n--b--\n`,
      });
    assert.deepEqual(
      nearCopies([
        { id: 'a@x', body: long },
        { id: 'b@x', body: long.replace('0.4', '1.4') },
        { id: 'c@x', body: long, subject: 'Dredging 2' },
        { id: 'd@x', body: `> ${long}` },
        { id: 'e@x', body: long.replace('Please', '> Please') },
        attached('one'),
        attached('two'),
      ]),
      [],
    );
  });

  test('in a few words are copies only from the same address at the same time', () => {
    const body = 'Yes, do that.\n';
    assert.deepEqual(
      nearCopies([
        { id: 'a@x', body },
        { id: 'b@x', body, date: '7 Mar 2016 10:00:01 +0000' },
        { id: 'c@x', body, from: 'Bob <bob@x.example>' },
        { id: 'd@x', body, extra: ['X-Folder: Sent'] },
      ]),
      [{ number: 4, lead: 1, kind: 'copy' }],
    );
  });

  test('but for the footer of a list are known as such, from the same address only', () => {
    const body = `${long}\n_______________________________________________\nharbour-users mailing list\n`;
    assert.deepEqual(
      nearCopies([
        { id: 'a@x', body },
        { id: 'b@x', body: long },
        { id: 'c@x', body: `${long}\n-- \nBob\n`, from: 'Bob <bob@x.example>' },
      ]),
      [{ number: 1, lead: 2, kind: 'ending' }],
    );
  });

  test('and were sent on without a word are known as such; with a word they say something', () => {
    const head = '-----Original Message-----\nFrom: Anna Berg\nSent: Monday\nTo: Bob\nSubject: Dredging\n\n';
    assert.deepEqual(
      nearCopies([
        { id: 'a@x', body: `${head}${long}`, subject: 'FW: Dredging', from: 'Bob <bob@x.example>' },
        { id: 'b@x', body: `See below.\n\n${head}${long}`, subject: 'FW: Dredging' },
        { id: 'c@x', body: long },
      ]),
      [{ number: 1, lead: 3, kind: 'forward' }],
    );
  });
});

describe('the fingerprint of a text', () => {
  const keyOf = (...pieces: readonly string[]): number => {
    const hash = new TextHash(1);
    for (const piece of pieces) hash.add(piece);
    return hash.key();
  };
  const text = `${'Zoë pays 4 € for the dredging of berth 9.\n'.repeat(900)}😀`;

  test('does not depend on where the text is cut or wrapped', () => {
    for (const at of [1, 2, 3, 4, 16_383, 16_384, 16_385, text.length - 2])
      assert.equal(keyOf(text.slice(0, at), text.slice(at)), keyOf(text), `cut at ${at}`);
    assert.equal(keyOf(text.replaceAll(' ', '\r\n\t')), keyOf(text));
    assert.equal(keyOf(`  ${text.replaceAll(' ', '')}`), keyOf(text));
  });

  test('changes with each character, and with where a mark stands', () => {
    const keys = new Set([keyOf(text)]);
    const places = Array.from({ length: 200 }, (_, i) => i * 181 + (i % 4)).filter((at) => text[at] !== ' ');
    const visible = places.filter((at) => /\S/.test(text.charAt(at)));
    for (const at of visible) keys.add(keyOf(`${text.slice(0, at)}~${text.slice(at + 1)}`));
    assert.equal(keys.size, visible.length + 1);
    const marked = (at: number): number => {
      const hash = new TextHash(1);
      hash.add('abcdefgh'.slice(0, at));
      hash.mark(1);
      hash.add('abcdefgh'.slice(at));
      return hash.key();
    };
    assert.equal(new Set([0, 1, 2, 3, 4, 5, 6, 7].map(marked)).size, 8);
  });
});
