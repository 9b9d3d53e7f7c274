/** The rest of the list: moorings, a regatta, a uuencoded picture, and a summary that kept its old charset. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';

const { bosun, iyer, list, pell, quayle, trenchard, linMei, sorokin } = who;

/** A one-pixel GIF, as `uuencode` writes it. */
const uuencoded = `begin 644 perch.gif
K1TE&.#EA\`0\`!\`(\`\`\`/___P\`\`\`"'Y!\`$\`\`\`\`\`+\`\`\`\`\`\`!\`\`$\`\`\`("1\`$\`.P\`\`
\`
end`;

export const listOther: readonly Letter[] = [
  {
    key: 'list-01',
    from: bosun,
    to: [list],
    at: '2014-11-03T18:00+00:00',
    subject: 'Winter lift-out: list is up',
    text: `Lift-out on the 15th and 16th, crane from 0700. If your boat's name is not on the board she stays in. Dave, this means you.`,
    kept: ['list'],
  },
  {
    key: 'list-02',
    from: trenchard,
    to: [list],
    at: '2014-11-03T19:20+00:00',
    subject: 'Re: [harbour-users] Winter lift-out: list is up',
    answers: 'list-01',
    plainOnly: true,
    text: `MERLE stays in. MERLE always stays in. A boat is for being in the water.`,
    kept: ['list'],
  },
  {
    key: 'list-03',
    from: trenchard,
    to: [list],
    at: '2015-01-10T08:12+00:00',
    subject: 'MERLE adrift',
    plainOnly: true,
    text: `Trot 9 came through trot 14 in the night. If anyone sees a black gaff cutter with a green rail please ring 07700 900345, any hour. I am at 14 Ropewalk Cottages, Eastmarch EM2 3QQ, the door is open and there is tea.`,
    kept: ['list'],
    marks: [
      { feature: 'private', kind: 'phone', text: '07700 900345' },
      { feature: 'private', kind: 'home-address', text: '14 Ropewalk Cottages, Eastmarch EM2 3QQ' },
    ],
  },
  {
    key: 'list-04',
    from: quayle,
    to: [list],
    at: '2015-01-10T09:40+00:00',
    subject: 'Re: [harbour-users] MERLE adrift',
    answers: 'list-03',
    text: `She's on the ledge below my window, upright, rather smug. I have a line on her. Come round, bring the tea.`,
    kept: ['list'],
  },
  {
    key: 'list-05',
    from: trenchard,
    to: [list],
    at: '2015-01-10T09:52+00:00',
    subject: 'Re: [harbour-users] MERLE adrift',
    answers: 'list-04',
    plainOnly: true,
    text: `Ron I take back 1987.`,
    kept: ['list'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'I take back 1987' }],
  },
  {
    key: 'list-06',
    from: quayle,
    to: [list],
    at: '2015-04-20T20:31+01:00',
    subject: 'The perch, before and after',
    text: `For those who say it moved. The old way, because my machine will do no other:

${uuencoded}

R.`,
    kept: ['list'],
    marks: [{ feature: 'format', kind: 'uuencode', text: 'perch.gif' }],
  },
  {
    key: 'list-07',
    from: linMei,
    to: [list],
    at: '2015-08-06T07:10+08:00',
    subject: 'Thank you from FORMOSA 福爾摩沙',
    charset: 'utf-8',
    wordForm: 'B',
    text: `Dear all,

We were six days in Eastmarch and were given: two cakes, a new impeller, a tide lesson (Ron), an argument about a perch (Dave and Ron). 謝謝大家，我們會回來的。

Lin Mei-hua`,
    kept: ['list'],
    marks: [{ feature: 'search', kind: 'chinese', text: '我們會回來的' }],
  },
  {
    key: 'list-08',
    from: bosun,
    to: [list],
    at: '2015-07-27T17:30+01:00',
    subject: 'Regatta results',
    text: `Gaffers: 1 MERLE (protest), 2 PROVIDER, 3 BESS.
Dinghies: 1 no. 212, 2 no. 88, 3 no. 140.
Greasy pole: the vicar.

Protest heard, dismissed, heard again.`,
    kept: ['list'],
  },
  {
    key: 'list-09',
    from: iyer,
    to: [list],
    at: '2015-10-19T09:02+01:00',
    subject: 'Whelks at Skerrow: a one-page summary',
    charset: 'windows-1252',
    encoding: '8bit',
    flowed: true,
    text: `All – the college let me put this on one page.

1. Imposex at Skerrow ledge: 2012 “2 of 25”, 2015 “19 of 22”.
2. Mussel yield on the Pell ropes: 29 % in 2013, 19 % now.
3. Nothing else we measured has changed: temperature, salt, food.

I have not said what I think the cause is. I have said what I would measure next, and it is the mud.

Anjali`,
    kept: ['list', 'penhallow/Dredging/S'],
    marks: [
      { feature: 'charset', kind: 'windows-1252' },
      { feature: 'format', kind: 'flowed' },
      { feature: 'encoding', kind: '8bit' },
    ],
  },
  {
    key: 'list-10',
    from: quayle,
    to: [list],
    at: '2015-10-19T10:11+01:00',
    subject: 'Re: [harbour-users] Whelks at Skerrow: a one-page summary',
    answers: 'list-09',
    quote: ['and it is the mud'],
    charset: '',
    encoding: '8bit',
    damage: (message) =>
      message
        .replace('and nobody asked', 'and na\xefvely nobody asked')
        .replace('caf\x65 society', 'caf\xe9 society'),
    text: `In my day we put the mud where it came from and nobody asked.
The cafe society of whelks deserves better.`,
    kept: ['list'],
    marks: [
      {
        feature: 'charset',
        kind: 'undeclared',
        text: 'café',
        note: '8-bit text, no charset declared; windows-1252',
      },
    ],
  },
  {
    key: 'list-11',
    from: sorokin,
    to: [list],
    at: '2015-11-02T12:40+03:00',
    subject: 'Спасибо за буксир',
    charset: 'koi8-r',
    encoding: 'base64',
    wordForm: 'B',
    text: `Благодарим клуб за буксир и за чай. Капитан "Беломор-7" просит передать: мель была на месте.`,
    kept: ['list'],
    marks: [
      { feature: 'charset', kind: 'koi8-r' },
      {
        feature: 'broken',
        kind: 'base64-malformed',
        note: 'the list appended its footer as plain text under a base64 body',
      },
    ],
  },
  {
    key: 'list-12',
    from: pell,
    to: [list],
    at: '2016-03-01T07:45+00:00',
    subject: 'Selling the ropes',
    text: `I am giving up the outer twelve lines. Anyone who wants the buoys and ground tackle can have them for fetching. I'm not bitter, I'm tired. If you want to know why, ask the mud.`,
    kept: ['list', 'courier/Inbox'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'ask the mud' }],
  },
  {
    key: 'list-13',
    from: trenchard,
    to: [list],
    at: '2016-05-26T07:02+01:00',
    subject: 'TODAYS COURIER',
    plainOnly: true,
    text: `Front page. FRONT PAGE. "The certificate nobody signed." Buy two, they'll be gone by nine.`,
    kept: ['list'],
  },
  {
    key: 'list-14',
    from: quayle,
    to: [list],
    at: '2016-05-26T07:30+01:00',
    subject: 'Re: TODAYS COURIER',
    answers: 'list-13',
    forgetsParent: true,
    quote: ["Buy two, they'll be gone by nine."],
    text: `Bought four. One for the whelks.`,
    kept: ['list'],
    marks: [
      {
        feature: 'thread',
        kind: 'inferred',
        note: 'no In-Reply-To; parent list-13 by subject and quoted text',
      },
    ],
  },
  {
    key: 'list-15',
    from: pell,
    to: [list],
    at: '2016-05-26T20:15+01:00',
    subject: 'Re: [harbour-users] TODAYS COURIER',
    answers: 'list-13',
    quote: 'none',
    text: `Read it on the quay with the kettle on. 1.42. They knew in June.`,
    kept: ['list'],
  },
];
