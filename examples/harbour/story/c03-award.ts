/** February to April 2015: legal advice that is not in the file, a board meeting, an award. */
import { calendarRequest } from '../files/calendar.ts';
import type { Letter } from '../letter.ts';
import { outlookMeetingUid } from '../trace.ts';
import * as who from './cast.ts';

const {
  abara,
  calder,
  calderAccounts,
  ferrie,
  gedge,
  haldane,
  penhallow,
  reilly,
  strand,
  tremlett,
  tulloch,
} = who;

const boardMeeting = calendarRequest({
  uid: outlookMeetingUid('board-2015-03-18', '2015-03-11T09:15+00:00'),
  stamp: '20150311T091500Z',
  start: '20150318T100000Z',
  end: '20150318T123000Z',
  summary: 'Board meeting 2015/2',
  location: 'Long Room, Custom House',
  description: 'Papers 15/05 to 15/11. Paper 15/08 will be tabled on the day.',
  organizer: 'b.tulloch@eastmarch-harbour.example',
  attendees: [
    'c.haldane@eastmarch-harbour.example',
    'm.gedge@eastmarch-harbour.example',
    'h.tremlett@tremlett-chambers.example',
  ],
});

export const award: readonly Letter[] = [
  {
    key: 'award-01',
    from: haldane,
    to: [strand],
    at: '2015-02-26T10:12+00:00',
    subject: 'SO 14.3 - view please',
    text: `Philippa, a short view by tomorrow that 14.3 is available for the bar. Two paragraphs. Not a treatise.`,
    kept: ['office/Sent Items'],
  },
  {
    key: 'award-02',
    from: strand,
    to: [haldane],
    at: '2015-02-27T16:52+00:00',
    subject: 'RE: SO 14.3 - view please',
    answers: 'award-01',
    text: `Corin,

Privileged and confidential: legal advice.

Two paragraphs, as asked.

14.3 is not available. "Extreme urgency" must be brought about by events the Authority could not foresee. Winter is not unforeseeable; we budget for it. The Harbour Master tells me the loss is 0.4 m, and that he has told you so. If the Board is given another figure the award is open to challenge and those who gave it are exposed personally.

Publish a notice, run the accelerated procedure, 15 days. Calder may well win it.

Philippa`,
    kept: [],
    marks: [
      {
        feature: 'thread',
        kind: 'missing',
        note: 'referenced by award-03 to award-05, held by no mailbox; two sentences survive as a quote in award-04',
      },
    ],
  },
  {
    key: 'award-03',
    from: haldane,
    to: [strand],
    at: '2015-02-27T18:05+00:00',
    subject: 'RE: SO 14.3 - view please',
    answers: 'award-02',
    quote: 'none',
    text: `Noted. Please treat that as a draft which was not sent, and let me have it as a conversation. I have deleted my copy and would be obliged if you did the same.`,
    kept: ['office/Sent Items'],
    marks: [{ feature: 'clue', kind: 'deletion', text: 'treat that as a draft which was not sent' }],
  },
  {
    key: 'award-04',
    from: strand,
    to: [haldane],
    at: '2015-03-02T09:02+00:00',
    subject: 'RE: SO 14.3 - view please',
    answers: 'award-03',
    plainOnly: true,
    text: `Corin,

I do not unsend advice. So that there is no doubt, what I wrote on Friday was:

"14.3 is not available. "Extreme urgency" must be brought about by events the Authority could not foresee."

You are free not to take it. You are not free not to have had it.

P.`,
    quote: 'none',
    kept: ['office/Deleted Items'],
    marks: [
      { feature: 'search', kind: 'phrase', text: 'You are not free not to have had it' },
      { feature: 'clue', kind: 'quote-of-missing', text: '14.3 is not available.' },
    ],
  },
  {
    key: 'award-05',
    from: gedge,
    to: [strand],
    at: '2015-03-10T14:41+00:00',
    subject: 'FW: SO 14.3 - view please',
    answers: 'award-03',
    quote: 'none',
    text: `Philippa, the Director says Legal is content with 14.3 and that it was settled in conversation. Could you initial the front sheet?`,
    kept: ['procurement'],
  },
  {
    key: 'award-06',
    from: strand,
    to: [gedge],
    at: '2015-03-10T14:44+00:00',
    subject: 'RE: SO 14.3 - view please',
    answers: 'award-05',
    text: `No.`,
    kept: ['procurement'],
  },
  {
    key: 'award-07',
    from: tulloch,
    to: [haldane, gedge, tremlett],
    at: '2015-03-11T09:15+00:00',
    subject: 'Board meeting 2015/2',
    text: `When: 18 March 2015 10:00-12:30
Where: Long Room, Custom House

Papers 15/05 to 15/11. Paper 15/08 will be tabled on the day. Parking: the fish quay, the yard is full of pontoon.`,
    calendar: boardMeeting,
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'calendar', kind: 'request', text: 'Board meeting 2015/2' }],
  },
  {
    key: 'award-08',
    from: tremlett,
    to: [tulloch],
    cc: [haldane],
    at: '2015-03-11T11:40+00:00',
    subject: 'Re: Board meeting 2015/2',
    answers: 'award-07',
    text: `Dear Bev,

I shall be there. I do not care for papers tabled on the day. Could 15/08 not be sent to members like the others?

H.T.`,
    kept: ['office/Inbox'],
  },
  {
    key: 'award-09',
    from: haldane,
    to: [tremlett],
    at: '2015-03-11T12:15+00:00',
    subject: 'RE: Board meeting 2015/2',
    answers: 'award-08',
    text: `Honor,

Commercially sensitive, I'm afraid, hence on the day. Finance and Legal have both been consulted.

Corin`,
    kept: ['office/Sent Items'],
    marks: [
      {
        feature: 'clue',
        kind: 'half-truth',
        text: 'Finance and Legal have both been consulted',
        note: 'both had objected',
      },
    ],
  },
  {
    key: 'award-10',
    from: tulloch,
    to: [haldane, abara, gedge],
    at: '2015-03-19T10:20+00:00',
    subject: 'Minute 2015/2/8 - draft',
    text: `Draft minute for item 8:

"The Director introduced paper 15/08, tabled. Members noted a loss of depth of 1.4 m. Dame Honor asked whether Legal was content; the Director said advice had been taken. RESOLVED to award EH/2015/07 to Calder Marine Ltd under Standing Order 14.3 in the sum of £2,840,000, and to delegate variations to the Director."

Ruth, you asked for your four points to be minuted. The Director says they were not presented so cannot be.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'award-11',
    from: abara,
    to: [tulloch],
    cc: [haldane, gedge],
    at: '2015-03-19T10:58+00:00',
    subject: 'RE: Minute 2015/2/8 - draft',
    answers: 'award-10',
    text: `They were not presented because I was asked to wait in the corridor. Please minute that, then.

And "variations" has lost its 15 per cent between the paper and the minute. Is that a typing error?`,
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'clue', kind: 'minute-changed', text: 'has lost its 15 per cent' }],
  },
  {
    key: 'award-12',
    from: gedge,
    to: [calder],
    cc: [haldane, reilly],
    at: '2015-03-23T09:14+00:00',
    subject: 'EH/2015/07 - letter of award',
    text: `Dear Mr Calder,

I am pleased to confirm that the Board has resolved to award contract EH/2015/07, Inner Bar restoration dredging, to Calder Marine Ltd in the fixed sum of £2,840,000.00. Two copies of the agreement follow by courier.

Please note that the site set-up instructions refer to the Custom House gate and not, as before, to the fish quay.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'award-13',
    from: calder,
    to: [gedge],
    cc: [haldane],
    at: '2015-03-23T09:22+00:00',
    subject: 'Re: EH/2015/07 - letter of award',
    answers: 'award-12',
    text: `Signed, scanned, on its way back. Isolde sailed from Tarrant last night.

G.`,
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'clue', kind: 'sailed-before-award', text: 'Isolde sailed from Tarrant last night' }],
  },
  {
    key: 'award-14',
    from: calderAccounts,
    to: [gedge],
    at: '2015-03-24T11:05+00:00',
    subject: 'New supplier details',
    text: `Dear Martin,

For your ledger, our account for EH/2015/07:

Calder Marine Ltd (Projects)
IBAN GB25CALD60990012345678
Reference EH201507

Mobilisation invoice of 20% follows. Terms agreed with Mr Haldane, seven days.`,
    kept: ['procurement'],
    marks: [{ feature: 'private', kind: 'iban', text: 'GB25CALD60990012345678' }],
  },
  {
    key: 'award-15',
    from: ferrie,
    to: [penhallow],
    at: '2015-03-24T17:40+00:00',
    subject: 'Well',
    plainOnly: true,
    text: `Signed, I see. I learned it from the bosun of the pilot cutter who learned it from the tea room.

My wife says I should keep copies of things. I have never known how. You know how. I say no more.`,
    kept: ['penhallow/Kept/FS'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'I should keep copies of things' }],
  },
  {
    key: 'award-16',
    from: penhallow,
    to: [ferrie],
    at: '2015-03-24T18:02+00:00',
    subject: 'Re: Well',
    answers: 'award-15',
    text: `I say nothing either. Your sheet of the 14th is safe.

Zoë`,
    encoding: '8bit',
    kept: ['penhallow/Sent/S'],
    marks: [{ feature: 'encoding', kind: '8bit' }],
  },
];
