/** Mail that programs of the time broke on its way: each letter has one kind of damage. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { certificateA, soundings } from './exhibits.ts';

const { abara, calder, ferrie, gedge, haldane, muller, northfenDesk, penhallow, rao, reilly, tulloch, voss } =
  who;

function cutBefore(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new Error(`no ${mark} to cut at`);
  return text.slice(0, at);
}

export const damaged: readonly Letter[] = [
  {
    key: 'dam-01',
    from: reilly,
    to: [gedge],
    at: '2015-04-22T10:10+01:00',
    subject: 'Daily log 21 April (cut off?)',
    text: `Log attached, 4,100 cubes to Skerrow. The yard's line dropped while sending, shout if it is short.`,
    files: [{ ...soundings, name: 'log-2015-04-21.csv' }],
    damage: (message) => cutBefore(message, '\n--------------0'),
    kept: ['procurement'],
    marks: [{ feature: 'broken', kind: 'boundary-unclosed' }],
  },
  {
    key: 'dam-02',
    from: muller,
    to: [gedge],
    at: '2015-04-24T14:30+02:00',
    subject: 'Rechnung 1177',
    charset: 'windows-1252',
    encoding: '8bit',
    text: `Sehr geehrter Herr Gedge, bitte überweisen Sie 1.240,00 € für die Einfuhrabfertigung. Grüße aus Bremerhaven.`,
    damage: (message) => message.replaceAll('charset=windows-1252', 'charset=utf-8'),
    kept: ['procurement'],
    marks: [
      {
        feature: 'broken',
        kind: 'charset-wrong',
        text: 'überweisen',
        note: 'declared utf-8, bytes are windows-1252',
      },
    ],
  },
  {
    key: 'dam-03',
    from: northfenDesk,
    to: [penhallow],
    at: '2015-06-03T09:05+01:00',
    subject: 'NF-15-0412 certificate, resent',
    text: `Resent at Dr Wrona's request.`,
    files: [certificateA],
    damage: (message) => {
      const at = message.indexOf('JVBERi') + 760;
      return `${message.slice(0, at)}!!%%\x00!!${message.slice(at + 11, at + 400)}=${message.slice(at + 401)}`;
    },
    kept: ['penhallow/Dredging.Sediment/S'],
    marks: [
      {
        feature: 'broken',
        kind: 'base64-malformed',
        text: certificateA.name,
        note: 'bytes outside the alphabet, a NUL, a pad in the middle',
      },
    ],
  },
  {
    key: 'dam-04',
    from: voss,
    to: [gedge],
    at: '2015-07-01T10:00+01:00',
    subject: 'photo caption',
    plainOnly: true,
    messageId: '',
    text: `...and the third from the left is the mayor. Caption as agreed: "Deeper, safer, Eastmarch." No need to reply.`,
    damageStored: (message) => `\n${message.slice(message.indexOf('\n\n') + 2)}`,
    kept: ['procurement'],
    marks: [
      {
        feature: 'broken',
        kind: 'no-header-section',
        text: 'Deeper, safer, Eastmarch',
        note: 'a body that lost its header section',
      },
    ],
  },
  {
    key: 'dam-05',
    from: calder,
    to: [gedge],
    cc: [haldane],
    at: '2015-07-06T12:12+01:00',
    subject: 'Harbour Master content',
    plainOnly: true,
    text: `Martin,

Duncan has looked at berth 4 and is content with 7.5. Take this as his sign-off.`,
    damageStored: (message) => `From: Duncan Ferrie <harbourmaster@eastmarch-harbour.example>\n${message}`,
    kept: ['procurement'],
    marks: [
      {
        feature: 'broken',
        kind: 'duplicate-field',
        text: 'From',
        note: 'a second From on top of a signed message; the signature covers the lower one',
      },
      {
        feature: 'dkim-case',
        kind: 'extra-from',
        note: 'mailauth says pass: the added From is not what was signed',
      },
    ],
  },
  {
    key: 'dam-06',
    from: tulloch,
    to: [haldane],
    at: '2015-07-08T11:11+01:00',
    subject: 'Cafe menu',
    plainOnly: true,
    text: `New menu at the Tulip. The soup is leek.`,
    damage: (message) =>
      message.replace('Subject: Cafe menu', 'Subject: Caf\xe9 menu, cr\xe8me br\xfbl\xe9e'),
    kept: ['office/Inbox'],
    marks: [{ feature: 'broken', kind: 'eight-bit-header', text: 'Café menu, crème brûlée' }],
  },
  {
    key: 'dam-07',
    from: rao,
    to: [abara],
    at: '2015-07-09T16:45+01:00',
    subject: 'Export of the ledger as one line, as requested',
    plainOnly: true,
    encoding: '7bit',
    text: `Here it is, it is one line because the ledger program thinks in one line:

 ${Array.from({ length: 400 }, (_, index) => `EH${String(10_000 + index * 37)};${(index * 7919) % 90_000}.${String((index * 13) % 100).padStart(2, '0')}`).join('|')}`,
    kept: ['procurement'],
    marks: [
      {
        feature: 'broken',
        kind: 'overlong-line',
        text: 'EH10000;0.00|EH10037',
        note: 'one line of more than 998 bytes',
      },
    ],
  },
  {
    key: 'dam-08',
    from: ferrie,
    to: [penhallow],
    at: '2015-07-14T07:07+01:00',
    subject: 'sheet',
    plainOnly: true,
    messageId: '',
    text: `Berth 4 this morning, five casts: 6.4 6.4 6.3 6.5 6.4.`,
    damage: (message) => message.replace(/^Date: .*$/m, 'Date: this morning'),
    kept: ['penhallow/Dredging/FS'],
    marks: [
      { feature: 'broken', kind: 'date-malformed', text: 'this morning' },
      { feature: 'broken', kind: 'missing-field', note: 'no Message-ID' },
    ],
  },
  {
    key: 'dam-09',
    from: reilly,
    to: [gedge],
    at: '2015-07-20T09:40+01:00',
    subject: 'Photos of the berth 4 pocket',
    text: `See photos (they were in here when I pressed send).`,
    files: [{ ...soundings, name: 'berth4.csv' }],
    damage: (message) => message.replace(/boundary="[^"]+"/, 'boundary="=_never_used"'),
    kept: ['procurement'],
    marks: [{ feature: 'broken', kind: 'boundary-missing', note: 'the declared boundary never occurs' }],
  },
  {
    key: 'dam-10',
    from: abara,
    to: [haldane],
    cc: [gedge],
    at: '2015-07-31T23:50+01:00',
    subject: 'Out of office',
    plainOnly: true,
    text: `I am on leave until 3 August. If it is about Calder, it can wait. If it cannot wait, it should.`,
    fields: [
      ['Auto-Submitted', 'auto-replied'],
      ['X-Auto-Response-Suppress', 'All'],
    ],
    encoding: '7bit',
    damage: (message) =>
      message.replace('Content-Transfer-Encoding: 7bit', 'Content-Transfer-Encoding: 7-bits-please'),
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'broken', kind: 'transfer-encoding-unknown', text: '7-bits-please' }],
  },
];
