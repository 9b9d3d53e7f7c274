/** 2014: the Director and the contractor, before there was a contract. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';

const { calder, haldane, tulloch } = who;

export const friends: readonly Letter[] = [
  {
    key: 'friends-01',
    from: calder,
    to: [haldane],
    at: '2014-08-19T20:14+01:00',
    subject: 'Brittany',
    text: `Corin,

Marguerite is booked into Le Palais from the 6th. Berth, food and a great deal of muscadet are on the firm, you bring oilskins and your views on the European Commission. Bring Fiona if she has forgiven me for Cowes.

We can talk about your mud while we're out of range of telephones.`,
    kept: ['office/Inbox'],
    marks: [
      {
        feature: 'clue',
        kind: 'hospitality',
        text: 'on the firm',
        note: 'undeclared hospitality by the contractor',
      },
    ],
  },
  {
    key: 'friends-02',
    from: haldane,
    to: [calder],
    at: '2014-08-20T07:51+01:00',
    subject: 'RE: Brittany',
    answers: 'friends-01',
    text: `Fiona has forgiven nobody, but I shall come. Put nothing about mud in writing, there's a good chap.`,
    kept: ['office/Sent Items'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'nothing about mud in writing' }],
  },
  {
    key: 'friends-03',
    from: tulloch,
    to: [haldane],
    at: '2014-08-20T09:05+01:00',
    subject: 'Leave 6-13 September',
    plainOnly: true,
    text: `Booked on the sheet as annual leave. Do you want it noted where you are, in case the Chair rings? And the Register of Interests return is due on the 30th, you haven't done last year's either.`,
    kept: ['office/Inbox'],
  },
  {
    key: 'friends-04',
    from: haldane,
    to: [tulloch],
    at: '2014-08-20T09:31+01:00',
    subject: 'RE: Leave 6-13 September',
    answers: 'friends-03',
    text: `"Sailing with friends" will do. Nil return again please, both years.`,
    kept: ['office/Sent Items'],
    marks: [
      {
        feature: 'clue',
        kind: 'nil-return',
        text: 'Nil return again please',
        note: 'contradicts the declaration dated 30 September 2014',
      },
    ],
  },
  {
    key: 'friends-05',
    from: calder,
    to: [haldane],
    at: '2014-09-16T18:40+01:00',
    subject: 'Photographs',
    text: `You look like a man who has just been told the price of mooring at Belle-Ile. I've had one framed.

On the other matter: two Januaries out of three the bar moves, and when it moves nobody asks for three quotes. Isolde comes off the Tarrant job at the end of March. If I know by the end of February I can hold her; after that she goes to the Dutch.`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'nobody asks for three quotes' }],
  },
  {
    key: 'friends-06',
    from: haldane,
    to: [calder],
    client: 'device',
    signature: 'none',
    at: '2014-09-16T22:02+01:00',
    subject: 'Re: Photographs',
    answers: 'friends-05',
    quote: 'none',
    text: `Pray for weather.

Sent from my phone`,
    kept: ['office/Sent Items'],
  },
  {
    key: 'friends-07',
    from: calder,
    to: [haldane],
    at: '2015-01-12T08:03+00:00',
    subject: 'Weather',
    text: `Somebody prayed. How's the bar?`,
    kept: ['office/Inbox'],
  },
  {
    key: 'friends-08',
    from: haldane,
    to: [calder],
    client: 'device',
    signature: 'none',
    at: '2015-01-12T08:19+00:00',
    subject: 'Re: Weather',
    answers: 'friends-07',
    quote: 'none',
    text: `Duncan sounds it Wednesday. Lunch Friday, the Mermaid, 1pm, not at the Custom House.

Sent from my phone`,
    kept: ['office/Sent Items'],
  },
];
