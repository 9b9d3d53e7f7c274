/** January and February 2015: what the gale did to the Inner Bar, and what the board paper said it did. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { boardPaper, depthPicture, logoPicture, soundings } from './exhibits.ts';

const { abara, calder, ferrie, gedge, haldane, penhallow, reilly, strand, tulloch, allStaff } = who;

export const storm: readonly Letter[] = [
  {
    key: 'storm-01',
    from: ferrie,
    to: [allStaff],
    at: '2015-01-10T06:25+00:00',
    subject: 'Gale damage, first look',
    plainOnly: true,
    text: `All,

Gusts 71 kn at the pier head at 0340. No one hurt. Trot 9 has gone for a walk with six boats on it, pontoon C is in two pieces, the leading light on Gull Point is out and so is the tea room's roof.

From the look of the breakers the bar has not shifted much. I will sound it on Wednesday when the swell lets me and not before. Until then please nobody tell the newspaper anything about depths.`,
    kept: ['procurement', 'penhallow//S', 'office/Inbox'],
    marks: [
      {
        feature: 'mboxrd',
        kind: 'from-line-quoted',
        text: 'From the look of the breakers',
        note: 'body line begins with From',
      },
    ],
  },
  {
    key: 'storm-15',
    from: penhallow,
    to: [ferrie],
    cc: [gedge],
    at: '2015-01-10T08:05+00:00',
    subject: 'Re: Gale damage, first look',
    answers: 'storm-01',
    quote: 'none',
    text: `>From the look of the breakers the bar has not shifted much.

Good. I will count birds and bottles this afternoon. There is a seal in the tea room.

Zoë`,
    kept: ['procurement', 'penhallow/Sent/S'],
    marks: [
      {
        feature: 'mboxrd',
        kind: 'from-line-quoted-twice',
        text: '>From the look of the breakers',
        note: 'body line begins with >From; the mbox holds >>From',
      },
    ],
  },
  {
    key: 'storm-02',
    from: ferrie,
    to: [haldane],
    cc: [penhallow, gedge],
    at: '2015-01-14T16:48+00:00',
    subject: 'Inner Bar soundings 14 January',
    text: `Director,

Six stations, lead and echo, two runs, agreeing to a hand's breadth. Sheet attached. The bar has lost 0.4 m on average since October. Worst is IB5 with 0.5. Least depth 5.8 at chart datum.

That is an ordinary winter. Port Tarrant's grab dredger could shave it in a fortnight, as she did in 2011, for about a tenth of what you spend on consultants.`,
    files: [soundings],
    kept: ['procurement', 'penhallow/Dredging/FS', 'office/Inbox'],
    marks: [
      {
        feature: 'clue',
        kind: 'true-depth',
        text: 'The bar has lost 0.4 m on average',
        note: 'board paper says 1.4 m',
      },
      { feature: 'attachment', kind: 'csv', text: 'inner-bar-2015-01-14.csv' },
      { feature: 'quoted', kind: 'original', text: 'The bar has lost 0.4 m on average since October.' },
    ],
  },
  {
    key: 'storm-03',
    from: penhallow,
    to: [ferrie],
    cc: [haldane],
    at: '2015-01-14T17:20+00:00',
    subject: 'Re: Inner Bar soundings 14 January',
    answers: 'storm-02',
    quote: [
      'The bar has lost 0.4 m on average since October. Worst is IB5 with 0.5. Least depth 5.8 at chart datum.',
    ],
    flowed: true,
    text: `Thank you Duncan. I plotted it against the 2011 and 2013 sheets and it sits in the middle of the pack. Picture to follow for the annual report.

For the record: anything that lifts the Inner Basin side, S6 to S8 on the old sampling plan, needs new chemistry first. That is where the slipway antifouling went for forty years.

Zoë`,
    kept: ['penhallow/Sent/S', 'office/Inbox'],
    marks: [
      { feature: 'format', kind: 'flowed' },
      { feature: 'quoted', kind: 'exact', text: 'The bar has lost 0.4 m on average since October.' },
    ],
  },
  {
    key: 'storm-04',
    from: penhallow,
    to: [ferrie, gedge],
    at: '2015-01-15T10:02+00:00',
    subject: 'Inner Bar, the picture',
    text: `As promised. Blue is October's comfort, red would be a problem. There is one red bar.`,
    html: `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>
<body bgcolor="#FFFFFF" text="#000000">
<p>As promised. Blue is October's comfort, red would be a problem. There is <i>one</i> red bar.</p>
<p><img src="cid:chart.innerbar@eastmarch-harbour.example" alt="Depths at IB1 to IB6 against 6.0 m" width="112" height="120"></p>
<p>Zo&euml;</p>
</body></html>
`,
    files: [depthPicture],
    kept: ['procurement', 'penhallow/Sent/S'],
    marks: [{ feature: 'inline-image', kind: 'png', text: 'chart.innerbar@eastmarch-harbour.example' }],
  },
  {
    key: 'storm-05',
    from: haldane,
    to: [gedge],
    at: '2015-02-16T18:22+00:00',
    subject: 'Bar - board paper',
    text: `Martin,

I want a paper for the March board under SO 14.3. Siobhan at Calder has kindly offered to draft the technical section, since we have nobody who can. You do the covering page. Not on the shared drive.`,
    kept: ['procurement', 'office/Sent Items'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'Not on the shared drive' }],
  },
  {
    key: 'storm-06',
    from: reilly,
    to: [gedge],
    at: '2015-02-18T16:52+00:00',
    subject: 'Technical section',
    text: `Hi Martin,

Technical section attached, in your house style as Corin asked. I used the depth figure he gave Gareth on the phone; if you have a survey sheet I'd be glad to see it, because the volume only works if the bar lost well over a metre. 210,000 cubes is what fills Isolde's programme to the end of July and I have worked back from that.

Sorry, that came out blunter than I meant. You know how it is.`,
    files: [boardPaper],
    kept: ['procurement'],
    marks: [
      {
        feature: 'attachment',
        kind: 'docx',
        text: 'Board paper 15-08 Inner Bar urgent works DRAFT 3.docx',
        note: 'creator: S Reilly (Calder Marine)',
      },
      { feature: 'clue', kind: 'volume-worked-back', text: 'I have worked back from that' },
    ],
  },
  {
    key: 'storm-07',
    from: gedge,
    to: [haldane],
    at: '2015-02-19T09:14+00:00',
    subject: 'FW: Technical section',
    answers: 'storm-06',
    text: `Director, draft from Calder. Their figure is 1.4 m. Duncan's sheet says 0.4. Is there a later survey? Happy to use whichever you prefer but the two will be in the same building.

Martin`,
    files: [logoPicture],
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'inline-image', kind: 'png', text: 'image001.png@01D06543.7A3C1E90' }],
  },
  {
    key: 'storm-08',
    from: haldane,
    to: [gedge],
    at: '2015-02-19T21:15+00:00',
    subject: 'RE: Technical section',
    answers: 'storm-07',
    text: `There will be a later survey. Use 1.4. I have made small changes to the draft, use mine.`,
    kept: ['procurement', 'office/Sent Items'],
    marks: [{ feature: 'clue', kind: 'instruction', text: 'Use 1.4.' }],
  },
  {
    key: 'storm-09',
    from: gedge,
    to: [abara, strand],
    cc: [haldane],
    at: '2015-02-20T11:30+00:00',
    subject: 'Board paper 15/08 - for comment by Friday 27th',
    text: `Ruth, Philippa,

Draft 3 attached for finance and legal comment. For convenience, the Harbour Master reported on 14 January: "The bar has lost 1.4 m on average since October. Worst is IB5 with 1.5."

Deadline is tight, apologies.`,
    files: [boardPaper],
    kept: ['procurement', 'office/Inbox'],
    marks: [
      {
        feature: 'quoted',
        kind: 'changed',
        text: 'The bar has lost 1.4 m on average since October.',
        note: 'the original (storm-02) says 0.4 m',
      },
    ],
  },
  {
    key: 'storm-10',
    from: abara,
    to: [gedge],
    cc: [haldane],
    at: '2015-02-24T15:03+00:00',
    subject: 'RE: Board paper 15/08 - for comment by Friday 27th',
    answers: 'storm-09',
    text: `Martin,

Four points.

1. The approved budget line is £1.9m for the year, all dredging. There is no cover for £2.84m and I will not sign that there is.
2. A fixed price with variations delegated to the Director is not a fixed price.
3. What is the £13.52 a cube based on? Tarrant paid £6.10 last year.
4. Where is the survey? A sentence in inverted commas is not a survey.

I would like these four points shown to the Board as my comment, not summarised.`,
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'A sentence in inverted commas is not a survey' }],
  },
  {
    key: 'storm-11',
    from: ferrie,
    to: [gedge],
    cc: [haldane],
    at: '2015-02-25T07:10+00:00',
    subject: 'Re: Inner Bar soundings 14 January',
    answers: 'storm-02',
    forgetsParent: true,
    quote: ["Six stations, lead and echo, two runs, agreeing to a hand's breadth."],
    text: `Martin,

I hear from Ruth that I am being quoted. I am flattered. I would be more flattered if it were what I wrote. It was nought point four. Four inches short of half a metre, not five feet.

Kindly correct it before the Board sees it.`,
    kept: ['procurement', 'office/Deleted Items'],
    marks: [
      {
        feature: 'thread',
        kind: 'inferred',
        note: 'no In-Reply-To; parent storm-02 by subject and quoted text',
      },
    ],
  },
  {
    key: 'storm-12',
    from: calder,
    to: [haldane],
    at: '2015-02-26T19:30+00:00',
    subject: 'Saturday week',
    text: `The end of February is on Saturday and I am still holding a dredger. Do I keep holding her?`,
    plainOnly: true,
    signing: { withLength: true },
    appended: `
--
This message came from outside the Port of Eastmarch Harbour Authority.
Do not open attachments unless you know the sender. Ring ext. 199 if unsure.
`,
    kept: ['office/Inbox'],
    marks: [
      {
        feature: 'dkim-case',
        kind: 'length',
        note: "l= covers the text; the gateway's warning is outside the signature",
      },
    ],
  },
  {
    key: 'storm-13',
    from: haldane,
    to: [calder],
    client: 'device',
    signature: 'none',
    at: '2015-02-26T19:41+00:00',
    subject: 'Re: Saturday week',
    answers: 'storm-12',
    text: `Hold her. Nothing is signed until 23 March but you may take it as read.

Sent from my phone`,
    kept: ['office/Sent Items'],
    marks: [
      {
        feature: 'clue',
        kind: 'promise-before-board',
        text: 'you may take it as read',
        note: 'three weeks before the Board met',
      },
    ],
  },
  {
    key: 'storm-14',
    from: tulloch,
    to: [gedge, abara, strand],
    at: '2015-02-27T12:00+00:00',
    subject: 'Fish pie?',
    plainOnly: true,
    text: `Tulip is doing fish pie from the back door while the roof is off. Orders to me by quarter past. Cash please, their machine got wet.`,
    kept: ['procurement'],
  },
];
