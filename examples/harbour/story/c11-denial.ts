/** May 2016: six questions, a declaration written late, a denial, a front page. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';

const {
  brisling,
  calder,
  courierLegal,
  farrow,
  gedge,
  haldane,
  licensing,
  strand,
  tidewrack,
  tremlett,
  tulloch,
  voss,
} = who;

export const denial: readonly Letter[] = [
  {
    key: 'press-09',
    from: farrow,
    to: [voss],
    at: '2016-05-12T09:00+01:00',
    subject: 'Eastmarch Courier: questions about EH/2015/07',
    text: `Dear Mr Voss,

We are preparing a report on contract EH/2015/07. I should be grateful for the Authority's answers by noon on Tuesday 24 May.

1. Was the contract advertised? If not, under which provision was it awarded?
2. What was the loss of depth on the Inner Bar that the Harbour Master reported in January 2015?
3. Did the Authority receive legal advice on the award, and what did it say?
4. Northfen Laboratories issued one certificate, with tributyltin at S7 of 1.42 mg/kg. The certificate given to the Licensing Directorate says 0.42. Who made it?
5. Was TSHD Isolde in Eastmarch on 9 to 13 June 2015?
6. Has the Director ever received hospitality from Mr Gareth Calder, and was it declared?`,
    kept: ['courier/Sent', 'office/Inbox'],
    marks: [{ feature: 'clue', kind: 'questions' }],
  },
  {
    key: 'press-10',
    from: voss,
    to: [haldane],
    cc: [strand, gedge],
    at: '2016-05-12T09:24+01:00',
    subject: 'FW: Eastmarch Courier: questions about EH/2015/07',
    answers: 'press-09',
    text: `Corin,

These are not fishing questions. She has paper. I need a true answer to each of the six before I can write an untrue one.

Adrian (that was a joke; please do not forward it)`,
    kept: ['office/Inbox', 'procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'before I can write an untrue one' }],
  },
  {
    key: 'press-11',
    from: haldane,
    to: [voss],
    cc: [gedge],
    at: '2016-05-12T18:30+01:00',
    subject: 'RE: Eastmarch Courier: questions about EH/2015/07',
    answers: 'press-10',
    quote: 'none',
    text: `1. "The Authority followed its Standing Orders."
2. "Loss of depth was significant."
3. "We do not comment on legal advice."
4. "The Authority has at no time altered any laboratory report."
5. "Contractual matters are confidential."
6. "The Director's interests are fully declared."

On 6 I will let you have the paper.`,
    kept: ['office/Sent Items', 'procurement'],
    marks: [
      {
        feature: 'clue',
        kind: 'denial-drafted',
        text: 'The Authority has at no time altered any laboratory report.',
      },
    ],
  },
  {
    key: 'press-12',
    from: haldane,
    to: [tulloch],
    at: '2014-09-30T09:12+01:00',
    truly: '2016-05-19T21:48+01:00',
    subject: 'Register of Interests 2014 - declaration',
    text: `Bev,

For the Register: 6 to 13 September 2014, guest of Mr G. Calder aboard the yacht Marguerite. Estimated value £900. Please file.`,
    client: 'device',
    signature: 'none',
    kept: ['office/Inbox'],
    marks: [
      {
        feature: 'forged-date',
        kind: 'date-before-received',
        note: 'Date says 30 September 2014; Received lines and Message-ID say 19 May 2016; friends-04 asks for a nil return',
      },
    ],
  },
  {
    key: 'press-13',
    from: tulloch,
    to: [haldane],
    at: '2016-05-20T08:35+01:00',
    subject: 'That declaration',
    text: `Corin,

I've found a declaration from you in the 2014 folder this morning. It wasn't there yesterday. I file those, and I remember 2014 because you asked me for a nil return.

I have not moved it. I'd rather not be asked about it.

Bev`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'clue', kind: 'forgery-noticed', text: "It wasn't there yesterday" }],
  },
  {
    key: 'press-14',
    from: strand,
    to: [haldane],
    cc: [voss],
    at: '2016-05-20T11:00+01:00',
    subject: 'Answers to the Courier',
    text: `Corin,

I have seen Adrian's draft. Answer 4 is a statement of fact which I have reason to believe is untrue. If it goes out I shall write to the Chair. I have a copy of my letter to you of 27 February 2015; you will recall asking me not to.

Philippa`,
    kept: ['office/Deleted Items'],
  },
  {
    key: 'press-15',
    from: calder,
    to: [haldane],
    at: '2016-05-22T20:10+01:00',
    subject: 'This woman',
    text: `She's rung my yard, my bank and my brother-in-law. Hold your nerve. Nobody reads past the photograph. And take the picture off your wall.`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'Nobody reads past the photograph' }],
  },
  {
    key: 'press-16',
    from: voss,
    to: [farrow],
    at: '2016-05-24T11:58+01:00',
    subject: 'RE: Eastmarch Courier: questions about EH/2015/07',
    answers: 'press-09',
    text: `Dear Ms Farrow,

A spokesman for the Port of Eastmarch Harbour Authority said:

"The Authority followed its Standing Orders at every stage. The Authority has at no time altered any laboratory report. The Director's interests are fully declared in the Register, which shows a declaration dated 30 September 2014. We are proud of the safe depths our customers enjoy."

There will be no further comment.`,
    kept: ['courier/Inbox', 'office/Inbox'],
    marks: [
      {
        feature: 'clue',
        kind: 'denial',
        text: 'The Authority has at no time altered any laboratory report.',
      },
    ],
  },
  {
    key: 'press-17',
    from: farrow,
    to: [brisling, courierLegal],
    at: '2016-05-24T12:30+01:00',
    subject: 'Their answer, and the signature',
    text: `Their answer is below. It is beautifully specific: "at no time altered any laboratory report".

I have the lab's mail of 2 June 2015 as it arrived in the environmental officer's mailbox, header fields and all. The signature verifies against the lab's key. It says 1.42. Then I took the copy that the procurement office keeps, same Message-ID, same signature: it doesn't verify. It says 0.42.

And somebody has sent the Register page. The declaration's Message-ID has a date stamp in it: 20160519. It was written five days ago.

I'd like a front page and a picture of a whelk.`,
    kept: ['courier/Sent'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'a picture of a whelk' }],
  },
  {
    key: 'press-18',
    from: brisling,
    to: [farrow],
    at: '2016-05-24T12:34+01:00',
    subject: 'Re: Their answer, and the signature',
    answers: 'press-17',
    quote: 'none',
    text: `You can have both. Ring your source before you ring your mother.`,
    kept: ['courier/Inbox'],
  },
  {
    key: 'press-19',
    from: farrow,
    to: [tidewrack],
    at: '2016-05-25T18:00+01:00',
    subject: 'Tomorrow',
    text: `As promised: it runs tomorrow. You are not in it. Neither is the coffee.

N.`,
    kept: ['courier/Sent', 'penhallow/Private/FS'],
  },
  {
    key: 'press-20',
    from: licensing,
    to: [haldane],
    cc: [gedge, tremlett],
    at: '2016-05-27T09:10+01:00',
    subject: 'ML/2015/0388/1: suspension with immediate effect',
    text: `The licence variation is suspended. Please preserve all records, including e-mail, relating to NF-15-0412. Officers will attend at 2 pm.`,
    kept: ['office/Inbox', 'procurement'],
  },
];
