/** October 2015 to April 2016: an officer asks a question inside, and is answered by Personnel. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';

const {
  abara,
  ferrie,
  ferriePrivate,
  gedge,
  haldane,
  payroll,
  penhallow,
  rao,
  strand,
  tidewrack,
  tulloch,
  wrona,
} = who;

export const inside: readonly Letter[] = [
  {
    key: 'in-01',
    from: penhallow,
    to: [strand],
    at: '2015-10-12T09:15+01:00',
    subject: 'Is there a procedure?',
    text: `Philippa, if an officer believes that a false document has been given to a regulator, what is she supposed to do? I have looked in the handbook. It goes from "Uniform" to "Xmas closure".`,
    kept: ['penhallow/Sent/S'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'It goes from "Uniform" to "Xmas closure"' }],
  },
  {
    key: 'in-02',
    from: strand,
    to: [penhallow],
    at: '2015-10-12T16:58+01:00',
    subject: 'RE: Is there a procedure?',
    answers: 'in-01',
    text: `There is a statute. I cannot advise you, because I advise the Authority. I can tell you that the statute protects a disclosure to a regulator and, in some circumstances, more widely; that it is eleven pages; and that there is a copy on the second shelf in the Long Room, which I have just put there.

P.`,
    kept: ['penhallow/Kept/FS'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'which I have just put there' }],
  },
  {
    key: 'in-03',
    from: penhallow,
    to: [gedge],
    at: '2015-10-14T12:01+01:00',
    subject: 'Revision B',
    text: `Martin, I'd like to see the lab's message that came with revision B. The Director says you have it.

Zoë`,
    kept: ['penhallow/Sent/S', 'procurement'],
  },
  {
    key: 'in-04',
    from: gedge,
    to: [penhallow],
    at: '2015-10-14T15:42+01:00',
    subject: 'RE: Revision B',
    answers: 'in-03',
    text: `Zoë, forwarded as an attachment, as received. You'll see it says 0.42.

M.`,
    files: [
      {
        name: 'NF-15-0412 results.eml',
        mediaType: 'message/rfc822',
        encoding: '7bit',
        bytes: Buffer.from(
          `From: Lukasz Wrona <l.wrona@northfen-labs.example>
To: m.gedge@eastmarch-harbour.example
Subject: NF-15-0412: results
Date: Tue, 2 Jun 2015 14:21:00 +0100
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

Dear Zoe, dear Mr Gedge,

S7 gives tributyltin 0.42 mg/kg dry weight.
All stations are below Action Level 2.

Lukasz
`,
        ),
      },
    ],
    kept: ['penhallow/Dredging.Sediment/FS', 'procurement'],
    marks: [
      {
        feature: 'attachment',
        kind: 'message/rfc822',
        text: 'NF-15-0412 results.eml',
        note: 'differs from sed-02 and has no signature',
      },
      { feature: 'clue', kind: 'retyped', note: 'the attached message spells Łukasz as no mail of his does' },
    ],
  },
  {
    key: 'in-05',
    from: penhallow,
    to: [gedge],
    at: '2015-10-14T16:03+01:00',
    subject: 'Re: Revision B',
    answers: 'in-04',
    quote: 'none',
    text: `Martin,

That is not as received. I received it too. He spells his own name with a stroke through the L.

I don't think you did this because you wanted to.

Zoë`,
    kept: ['penhallow/Sent/S', 'procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'a stroke through the L' }],
  },
  {
    key: 'in-06',
    from: tulloch,
    to: [penhallow],
    at: '2015-11-09T10:00+00:00',
    subject: 'Meeting, Thursday',
    text: `Zoë, the Director would like to see you Thursday at 4 about "structure". Personnel will be there. You may bring somebody. I would bring somebody, love.

Bev`,
    kept: ['penhallow//S'],
  },
  {
    key: 'in-07',
    from: haldane,
    to: [penhallow],
    at: '2016-01-08T17:00+00:00',
    subject: 'Your post',
    text: `Dear Zoë,

Following the review of structure, the post of Environmental Officer is at risk of redundancy with effect from 1 February. This letter is not connected with any other matter.`,
    kept: ['penhallow/Kept/FS', 'office/Sent Items'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'not connected with any other matter' }],
  },
  {
    key: 'in-08',
    from: payroll,
    to: [penhallow],
    at: '2016-01-11T09:30+00:00',
    subject: 'Redundancy calculation - please check personal details',
    text: `Name: Zoë Penhallow
Date of birth: 14 March 1979
NI number: QQ 12 34 56 C
Home: 3 Tern Row, Gull Point, Eastmarch EM4 7ZZ
Sickness in period: 11 days (migraine, Oct-Nov 2015)
Statutory figure: £4,275.00`,
    kept: ['penhallow//RS'],
    marks: [
      { feature: 'private', kind: 'date-of-birth', text: '14 March 1979' },
      { feature: 'private', kind: 'home-address', text: '3 Tern Row, Gull Point, Eastmarch EM4 7ZZ' },
      { feature: 'private', kind: 'medical', text: 'migraine, Oct-Nov 2015' },
      { feature: 'private', kind: 'national-insurance', text: 'QQ 12 34 56 C' },
    ],
  },
  {
    key: 'in-09',
    from: abara,
    to: [penhallow],
    at: '2016-01-12T12:50+00:00',
    subject: 'Soup',
    plainOnly: true,
    text: `I heard. Soup at mine on Friday? 8 Net Loft Lane, the blue door. My husband cooks when I am furious and he has bought a ham.`,
    kept: ['penhallow//RS'],
    marks: [{ feature: 'private', kind: 'home-address', text: '8 Net Loft Lane' }],
  },
  {
    key: 'in-10',
    from: penhallow,
    to: [abara],
    at: '2016-01-12T13:05+00:00',
    subject: 'Re: Soup',
    answers: 'in-09',
    text: `Yes please. I'll bring bread and a memory stick.`,
    signature: 'none',
    kept: ['penhallow/Sent/S'],
    marks: [{ feature: 'clue', kind: 'two-sources', text: 'a memory stick' }],
  },
  {
    key: 'in-11',
    from: rao,
    to: [penhallow],
    at: '2016-01-29T16:40+00:00',
    subject: 'Account closure 1 Feb',
    text: `Hi Zoë, I have to close your account Monday 0900. Between you and me the backup of your mailbox runs Sunday night and nobody has ever asked me what is on it.

Sorry about all this.

Sanjay`,
    kept: ['penhallow/Kept/FS'],
  },
  {
    key: 'in-12',
    from: tidewrack,
    to: [wrona],
    at: '2016-02-14T21:05+00:00',
    subject: 'from a new address',
    text: `It's me. Cake-debtor, coffee-creditor. They closed the other account.

Do you still have the raw files for S7? If you would rather ring than write: 07700 900812, after eight.`,
    kept: ['penhallow/Private.Sent/S'],
    marks: [{ feature: 'private', kind: 'phone', text: '07700 900812' }],
  },
  {
    key: 'in-13',
    from: wrona,
    to: [tidewrack],
    at: '2016-02-15T19:33+01:00',
    subject: 'Re: from a new address',
    answers: 'in-12',
    text: `I have them on a disk in my mother's bread bin in Gdańsk. Three runs, chromatograms, balance prints. Nobody will look behind the rye.

Łukasz`,
    kept: ['penhallow/Private/FRS'],
    marks: [
      { feature: 'search', kind: 'phrase', text: 'behind the rye' },
      { feature: 'search', kind: 'accents', text: 'Gdańsk' },
    ],
  },
  {
    key: 'in-14',
    from: ferriePrivate,
    to: [tidewrack],
    at: '2016-02-20T08:12+00:00',
    subject: 'a name',
    text: `There is a woman at the Courier, Farrow. She did the lifeboat story and got it right, including the tide. My sister's girl was at school with her. I have not written this.

D.`,
    kept: ['penhallow/Private/S'],
    marks: [{ feature: 'private', kind: 'private-address', text: 'dferrie.pilotcutter@postbox.example' }],
  },
  {
    key: 'in-15',
    from: ferrie,
    to: [haldane],
    at: '2016-04-04T07:00+01:00',
    subject: 'Retirement',
    text: `Director,

I shall retire on 30 June, a year early. My doctor says it is my heart. I told him it was the bar, and he said that comes to the same.

The survey books from 1996 are in the boat office safe. There are two copies of 2015. I mention it so that nobody need look for the second.`,
    kept: ['office/Inbox'],
    marks: [
      { feature: 'private', kind: 'medical', text: 'My doctor says it is my heart' },
      { feature: 'search', kind: 'phrase', text: 'two copies of 2015' },
    ],
  },
];
