/** Times inside identifiers: vectors from the notes and from other people's documents, and all of a real list archive. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseMessage } from '../../src/message/parse.js';
import {
  type EmbeddedTime,
  timeInBoundary,
  timeInMessageId,
  timeInReceived,
  timeInThreadIndex,
} from '../../src/verify/embedded-times.js';

const iso = (found: EmbeddedTime | undefined): string | undefined =>
  found === undefined ? undefined : new Date(found.time).toISOString();

/** As Exim writes the seconds ("Exim specification", 3.4): base 62, digits before letters. */
function base62(seconds: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let rest = seconds; rest > 0; rest = Math.floor(rest / 62)) text = digits.charAt(rest % 62) + text;
  return text;
}

describe('a Message-ID tells when it was made', () => {
  const cases: readonly (readonly [program: string, id: string, time: string])[] = [
    ['mutt, git: digits of a date', '20160519143000.GA1234@host.example', '2016-05-19T14:30:00.000Z'],
    ['digits without seconds', '201605191430.x@host.example', '2016-05-19T14:30:00.000Z'],
    ['JavaMail', '14159.1075855687472.JavaMail.evans@thyme', '2004-02-04T00:48:07.472Z'],
    ['JavaMail at Yahoo', '1098243211.1234567.1556133765111@mail.yahoo.com', '2019-04-24T19:22:45.111Z'],
    ['Evolution', '1556133765.4051.12.camel@host.example', '2019-04-24T19:22:45.000Z'],
    ['Mozilla', '4B5C6D7E.3040506@host.example', '2010-01-24T15:55:42.000Z'],
    ['Exim', `E${base62(1_556_133_765)}-0001Xy-2Q@host.example`, '2019-04-24T19:22:45.000Z'],
    [
      'Exim since 4.97',
      `E${base62(1_704_508_800)}-00000001Xyz-2Qab@host.example`,
      '2024-01-06T02:40:00.000Z',
    ],
  ];
  for (const [program, id, time] of cases) test(program, () => assert.equal(iso(timeInMessageId(id)), time));

  for (const id of [
    '',
    'CAHk-=wg@mail.gmail.com',
    '20169919143000.x@host',
    '1.2.0000000000000@host',
    '99999999.1@host',
    '20160519143000',
  ])
    test(`${JSON.stringify(id)} tells nothing`, () => assert.equal(timeInMessageId(id), undefined));
});

test('a boundary of Gmail holds microseconds, one of Outlook a FILETIME, one of JavaMail milliseconds', () => {
  // Real: 2019-04-24 list mail of openbmc.
  assert.equal(iso(timeInBoundary('000000000000cb9e7205874c3a91'))?.slice(0, 10), '2019-04-24');
  assert.equal(iso(timeInBoundary('----=_NextPart_000_0016_01D1B1D5.8E4B3C00'))?.slice(0, 10), '2016-05-19');
  assert.equal(iso(timeInBoundary('----=_Part_12_-345.1556133765111')), '2019-04-24T19:22:45.111Z');
  assert.equal(timeInBoundary('=-=-='), undefined);
  assert.equal(timeInBoundary('000000000000ffffffffffffffff'), undefined);
});

test('Thread-Index tells when its conversation began', () => {
  // [MS-OXOMSG] 2.2.1.3: bytes 0 to 5 are the high bits of a FILETIME.
  const bytes = Buffer.alloc(22, 1);
  const filetime = (BigInt(Date.UTC(2016, 4, 19, 14, 30)) + 11_644_473_600_000n) * 10_000n;
  bytes.writeUIntBE(Number(filetime >> 16n), 0, 6);
  const found = timeInThreadIndex(bytes.toString('base64'));
  assert.ok(Math.abs((found?.time ?? 0) - Date.UTC(2016, 4, 19, 14, 30)) < 10);
  assert.equal(timeInThreadIndex('AAAA'), undefined);
  assert.equal(timeInThreadIndex('not base64 at all, but long enough to be something'), undefined);
});

test('an identifier of Google in a Received field ends in milliseconds', () => {
  const body =
    'by 2002:a17:902:e9:: with SMTP id a96mr34565364pla.37.1556133765111; Wed, 24 Apr 2019 12:22:45 -0700 (PDT)';
  assert.equal(iso(timeInReceived(body)), '2019-04-24T19:22:45.111Z');
  assert.equal(timeInReceived('from a by b with ESMTPSA id x12sm13pfh.2.2019.04.24.12.20.40'), undefined);
});

const corpora = '../shared/corpora';

/** Mail that others collected: what is inside its identifiers is the Date that the same message states. */
describe('on real mail', { skip: existsSync(corpora) ? false : `${corpora} is not there` }, () => {
  const cases: readonly (readonly [
    path: string,
    where: 'id' | 'boundary' | 'thread',
    form: string,
    hours: number,
  ])[] = [
    ['ruby-mail/emails/plain_emails/raw_email_simple.eml', 'id', 'Outlook, FILETIME', 0],
    ['rspamd/bad_message.eml', 'id', 'Outlook, FILETIME', 3],
    ['ruby-mail/emails/error_emails/missing_body.eml', 'boundary', 'Outlook, FILETIME', -8],
    ['tika-mail/testEmailWithPNGAtt.eml', 'id', 'Mozilla, seconds', 0],
    ['ruby-mail/emails/plain_emails/raw_email_reply.eml', 'id', 'Mozilla, seconds', 0],
    ['postal-mime/mimetorture.eml', 'id', 'Evolution, seconds', 0],
    ['mime4j/testmsgs/example.msg', 'id', 'Evolution, seconds', 0],
    ['mime4j/mimetools-testmsgs/badbound.msg', 'id', 'its first digits are a date', 0],
    ['email-outlook-message/plain_jpeg_attached.eml', 'id', 'its first digits are a date', 0],
    ['ruby-mail/emails/mime_emails/raw_email2.eml', 'boundary', 'JavaMail, milliseconds', 0],
    ['postal-mime/calendar-event.eml', 'boundary', 'Gmail, microseconds', 0],
    ['rspamd/btc.eml', 'boundary', 'Gmail, microseconds', 0],
    ['mailauth/fixtures/zproov.eml', 'boundary', 'Gmail, microseconds', 0],
    ['email-outlook-message/charset.eml', 'thread', 'Outlook, FILETIME', 0],
    ['tika-mail/testRFC822-ARC', 'thread', 'Outlook, FILETIME', 0],
  ];
  for (const [path, where, form, hours] of cases)
    test(`${path}: the ${where} is ${hours} h from Date`, () => {
      const message = parseMessage(readFileSync(join(corpora, path)));
      const [top] = message.entities;
      const found = {
        id: () => timeInMessageId(message.messageId),
        boundary: () => timeInBoundary(top?.parameters.find(([name]) => name === 'boundary')?.[1] ?? ''),
        thread: () =>
          timeInThreadIndex(top?.fields.find(({ name }) => /^thread-index$/i.test(name))?.body ?? ''),
      }[where]();
      assert.equal(found?.form, form);
      const apart = ((found?.time ?? 0) - (message.date?.time ?? 0)) / 3_600_000;
      // Some programs write local time into FILETIMEs; composing takes a while.
      assert.ok(Math.abs(apart - hours) < 0.05, `${apart} h`);
    });
});
