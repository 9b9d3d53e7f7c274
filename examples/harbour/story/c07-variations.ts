/** Six variation orders: from 2.84 to 4.37 million pounds. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { harbourLog, variations } from './exhibits.ts';

const { abara, calder, calderAccounts, copier, ferrie, gedge, haldane, reilly, tremlett } = who;

export const variationOrders: readonly Letter[] = [
  {
    key: 'var-01',
    from: reilly,
    to: [gedge],
    cc: [haldane],
    at: '2015-04-29T17:20+01:00',
    subject: 'EH/2015/07 VO1',
    text: `Martin,

VO1, additional volume on the Inner Bar, £186,000. Corin has agreed it with Gareth.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'var-02',
    from: gedge,
    to: [abara],
    at: '2015-04-30T09:12+01:00',
    subject: 'FW: EH/2015/07 VO1',
    answers: 'var-01',
    text: `Ruth, for payment please. Director has agreed.`,
    kept: ['procurement'],
  },
  {
    key: 'var-03',
    from: abara,
    to: [gedge],
    at: '2015-04-30T09:40+01:00',
    subject: 'RE: EH/2015/07 VO1',
    answers: 'var-02',
    text: `Additional to what? They have dredged for sixteen days. Where is the survey that says the first volume is used up?`,
    kept: ['procurement'],
  },
  {
    key: 'var-04',
    from: haldane,
    to: [abara],
    cc: [gedge],
    at: '2015-04-30T12:05+01:00',
    subject: 'RE: EH/2015/07 VO1',
    answers: 'var-03',
    text: `Approved under delegation. Pay it please. C.`,
    kept: ['procurement', 'office/Sent Items'],
  },
  {
    key: 'var-05',
    from: reilly,
    to: [gedge],
    cc: [haldane],
    at: '2015-05-18T16:55+01:00',
    subject: 'EH/2015/07 VO2, VO3',
    text: `Martin,

VO2 weather standby 4-5 May £97,500.
VO3 berth 4 pocket to 7.5 m, £412,000.

Corin asked for VO3 to be invoiced before the end of the month.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'var-06',
    from: abara,
    to: [haldane],
    cc: [gedge],
    at: '2015-05-19T10:10+01:00',
    subject: 'RE: EH/2015/07 VO2, VO3',
    answers: 'var-05',
    text: `Corin,

These two alone are 18 per cent of the contract. Berth 4 was not in it at all. A berth pocket for half a million is a contract, not a variation, and it has to be advertised.

I cannot find berth 4 in any maintenance plan. Whose ships use it?`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'var-07',
    from: haldane,
    to: [abara],
    at: '2015-05-19T18:44+01:00',
    subject: 'RE: EH/2015/07 VO2, VO3',
    answers: 'var-06',
    text: `The Authority's. Pay it, Ruth.`,
    kept: ['office/Sent Items'],
  },
  {
    key: 'var-08',
    from: calderAccounts,
    to: [gedge],
    at: '2015-06-22T10:00+01:00',
    subject: 'VO4 standby 9-13 June',
    text: `Dear Martin,

VO4: weather standby, TSHD Isolde, 9 to 13 June inclusive, five days at £45,600 = £228,000.00. Contractor's log available on request.`,
    kept: ['procurement'],
    marks: [{ feature: 'clue', kind: 'false-claim', text: 'five days at £45,600' }],
  },
  {
    key: 'var-09',
    from: abara,
    to: [ferrie],
    cc: [gedge],
    at: '2015-06-23T09:30+01:00',
    subject: 'Was she here?',
    text: `Duncan, Calder claim five days of bad weather for Isolde, 9 to 13 June. I was in my garden that week and burned my nose. Was she here?`,
    kept: ['procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'burned my nose' }],
  },
  {
    key: 'var-10',
    from: ferrie,
    to: [abara],
    cc: [gedge],
    at: '2015-06-23T11:05+01:00',
    subject: 'Re: Was she here?',
    answers: 'var-09',
    forgetsParent: true,
    quote: ['Was she here?'],
    text: `She was not. Out 2140 on the 8th for Tarrant, in 1905 on the 13th. Log attached. Wind that week never above force 2.`,
    files: [harbourLog],
    kept: ['procurement'],
    marks: [
      { feature: 'attachment', kind: 'csv', text: 'port-log-june-2015.csv', note: 'contradicts VO4' },
      {
        feature: 'thread',
        kind: 'inferred',
        note: 'no In-Reply-To; parent var-09 by subject and quoted text',
      },
    ],
  },
  {
    key: 'var-11',
    from: abara,
    to: [haldane],
    cc: [gedge],
    at: '2015-06-23T14:00+01:00',
    subject: 'VO4 must not be paid',
    text: `Corin,

Isolde was in Port Tarrant, working for somebody else, on the five days we are asked to pay for. The Harbour Master's log is attached to his mail of this morning. I am refusing VO4.

Ruth`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'var-12',
    from: haldane,
    to: [abara],
    cc: [gedge],
    at: '2015-06-24T08:02+01:00',
    subject: 'RE: VO4 must not be paid',
    answers: 'var-11',
    text: `Approved under delegation. While you are on leave in July Martin will have your release code.`,
    kept: ['procurement', 'office/Sent Items'],
  },
  {
    key: 'var-13',
    from: haldane,
    to: [gedge],
    at: '2015-07-13T09:05+01:00',
    subject: 'Ledger',
    plainOnly: true,
    text: `Ruth's release login: user rabara, password Tern-Sterna-1947! Do VO4, VO5 and VO6 in one run, then forget it.`,
    kept: ['procurement', 'office/Sent Items'],
    marks: [
      { feature: 'private', kind: 'password', text: 'Tern-Sterna-1947!' },
      { feature: 'clue', kind: 'paid-under-her-name', text: 'Do VO4, VO5 and VO6 in one run' },
    ],
  },
  {
    key: 'var-14',
    from: copier,
    to: [gedge],
    at: '2015-07-13T11:37+01:00',
    subject: 'Scan from copier2',
    plainOnly: true,
    text: `Pages: 3  Resolution: 200x200
Document: VO5_VO6_signed.tif (not attached: exceeds limit)`,
    kept: ['procurement'],
  },
  {
    key: 'var-15',
    from: abara,
    to: [gedge],
    at: '2015-08-03T08:31+01:00',
    subject: 'Back from leave',
    text: `Martin,

I come back from two weeks in Whitby and find that I paid Calder £834,500 on 13 July at 11:52. I was on a beach. I have the ice cream receipt, it is timed 11:50.

Who was me?`,
    kept: ['procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'Who was me?' }],
  },
  {
    key: 'var-16',
    from: gedge,
    to: [abara],
    at: '2015-08-03T09:55+01:00',
    subject: 'RE: Back from leave',
    answers: 'var-15',
    plainOnly: true,
    text: `I can't talk about it in mail. I'm sorry. Tulip at one?`,
    kept: ['procurement'],
  },
  {
    key: 'var-17',
    from: calder,
    to: [haldane],
    at: '2015-10-02T18:20+01:00',
    subject: 'Done',
    text: `Final account agreed, thank you. Four point three seven all in. Best winter we've had, and it was summer.

The deposit on the Brittany house is due on the 15th, same account as last time, so if you want your share of the place to be your share...`,
    kept: ['office/Inbox'],
    marks: [
      { feature: 'clue', kind: 'joint-house', text: 'your share of the place' },
      {
        feature: 'dkim-case',
        kind: 'selector-reused',
        note: 'first message under the new key of the selector `mail`',
      },
    ],
  },
  {
    key: 'var-18',
    from: abara,
    to: [tremlett],
    at: '2016-02-01T18:10+00:00',
    subject: 'For the audit committee, and for you',
    text: `Dear Dame Honor,

I write to you as chair of audit and not through the Director.

Attached is what EH/2015/07 cost: £2,840,000 awarded, £1,530,000 varied, £4,370,000 paid. The fourth column is the name of the one person who approved each order. The fifth is what evidence I have been shown. VO4 pays for five days on which the dredger was in another port. VO4 to VO6 were released under my login while I was on leave.

I have worked here for nineteen years and have not written a letter like this.`,
    files: [variations],
    kept: ['courier/Inbox'],
    marks: [
      { feature: 'attachment', kind: 'xlsx', text: variations.name },
      { feature: 'search', kind: 'phrase', text: 'nineteen years' },
      {
        feature: 'dkim-case',
        kind: 'rotated-selector',
        note: 'signed with gw2016; mail before 2016 with gw2014',
      },
    ],
  },
  {
    key: 'var-19',
    from: tremlett,
    to: [abara],
    cc: [haldane],
    at: '2016-02-02T07:40+00:00',
    subject: 'Re: For the audit committee, and for you',
    answers: 'var-18',
    quote: 'none',
    text: `Dear Mrs Abara,

Thank you. I shall ask the Director for his comments before the committee meets in May.

H.T.`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'thread', kind: 'parent-elsewhere', note: 'its parent lies only in courier.zip' }],
  },
];
