/** The certificate: 1.42 as the laboratory sent it, 0.42 as the regulator received it. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { certificateA, certificateB } from './exhibits.ts';

const { gedge, haldane, licensing, northfenDesk, penhallow, reilly, wrona, ferrie } = who;

const resultText = (tbt: string, advice: string) => `Dear Zoë, dear Mr Gedge,

Certificate NF-15-0412 revision A is attached. In short:

S1 to S6 and S9 are what we know from 2011.
S7 gives tributyltin ${tbt} mg/kg dry weight.
S8 gives 1.18.

${advice}

I ran S7 three times because I did not like it. It was the same three times.

Łukasz`;

const trueResult = resultText(
  '1.42',
  'S7 and S8 are above Action Level 2. This material should not go to sea. I am sorry, I know what that means for the programme.',
);

export const sediment: readonly Letter[] = [
  {
    key: 'sed-01',
    from: northfenDesk,
    to: [penhallow],
    cc: [gedge],
    at: '2015-05-20T09:30+01:00',
    subject: 'Sample receipt NF-15-0412 (S1-S9)',
    text: `Nine sediment grabs received 20/05/15 08:55, seals intact, 4.1 C. Turnaround ten working days. Metals, PAH, organotins.`,
    kept: ['procurement', 'penhallow/Dredging.Sediment/S'],
  },
  {
    key: 'sed-02',
    from: wrona,
    to: [penhallow, gedge],
    at: '2015-06-02T14:21+01:00',
    subject: 'NF-15-0412: results',
    text: trueResult,
    files: [certificateA],
    altered: {
      procurement: {
        text: resultText('0.42', 'All stations are below Action Level 2.'),
        files: [{ ...certificateB, name: certificateA.name }],
      },
    },
    kept: ['penhallow/Dredging.Sediment/FRS', 'procurement'],
    marks: [
      {
        feature: 'dkim-case',
        kind: 'altered-after-signing',
        note: 'the copy in procurement.mbox; the copy in penhallow verifies',
      },
      {
        feature: 'clue',
        kind: 'the-number',
        text: '1.42 mg/kg',
        note: '0.42 in the copy in procurement.mbox',
      },
      { feature: 'attachment', kind: 'pdf', text: certificateA.name },
      { feature: 'same-id', kind: 'altered', note: 'same Message-ID, different text and attachment' },
    ],
  },
  {
    key: 'sed-03',
    from: penhallow,
    to: [wrona],
    cc: [gedge],
    at: '2015-06-02T15:02+01:00',
    subject: 'Re: NF-15-0412: results',
    answers: 'sed-02',
    quote: ['S7 gives tributyltin 1.42 mg/kg dry weight.', 'S8 gives 1.18.'],
    text: `Thank you, Łukasz. Fourteen times Action Level 1. So S6 to S8 come out of the sea disposal volume: Martin, that is about 31,000 cubes to land, the Tarrant cell will take it, budget £1.15m. I will write the paragraph for the licence.

Zoë`,
    kept: ['penhallow/Sent/S', 'procurement'],
    marks: [{ feature: 'quoted', kind: 'exact', text: 'S7 gives tributyltin 1.42 mg/kg dry weight.' }],
  },
  {
    key: 'sed-04',
    from: gedge,
    to: [haldane],
    at: '2015-06-02T16:31+01:00',
    subject: 'Sediment',
    text: `Director, results in. Two stations over the line. Zoë says £1.15m for land disposal, which is not in the contract and Calder will say is not theirs. Shall I put it to the Board?`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'sed-05',
    from: haldane,
    to: [gedge],
    at: '2015-06-02T21:50+01:00',
    subject: 'RE: Sediment',
    answers: 'sed-04',
    text: `You will not put it to anyone. Laboratories make typing errors. 1.42 and 0.42 are one keystroke apart. I am sure that if you look at it again with fresh eyes you will find it.`,
    kept: ['procurement', 'office/Sent Items'],
    marks: [{ feature: 'clue', kind: 'instruction', text: '1.42 and 0.42 are one keystroke apart' }],
  },
  {
    key: 'sed-06',
    from: gedge,
    to: [haldane],
    at: '2015-06-03T19:24+01:00',
    subject: 'RE: Sediment',
    answers: 'sed-05',
    plainOnly: true,
    quote: 'none',
    text: `Done. I have called it revision B.

I would like it recorded somewhere, even if only here, that I did not sleep.`,
    kept: ['procurement', 'office/Deleted Items'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'I have called it revision B' }],
  },
  {
    key: 'sed-07',
    from: gedge,
    to: [licensing],
    cc: [haldane, reilly],
    at: '2015-06-04T10:07+01:00',
    subject: 'ML/2015/0388 - sediment chemistry',
    text: `Dear Ms Thackeray,

Please find attached certificate NF-15-0412 revision B in support of our application to vary ML/2015/0388 so as to dispose of the full 210,000 cubic metres at Skerrow Deep. Dr Wrona's covering message reads in part: "S7 gives tributyltin 0.42 mg/kg dry weight."

All stations are below Action Level 2.`,
    files: [certificateB],
    kept: ['procurement', 'office/Inbox'],
    marks: [
      {
        feature: 'quoted',
        kind: 'changed',
        text: 'S7 gives tributyltin 0.42 mg/kg dry weight.',
        note: 'the original (sed-02) says 1.42',
      },
      {
        feature: 'attachment',
        kind: 'pdf',
        text: certificateB.name,
        note: 'ModDate and Producer differ from revision A; S8 still reads 1.18',
      },
    ],
  },
  {
    key: 'sed-08',
    from: licensing,
    to: [gedge],
    at: '2015-06-11T11:48+01:00',
    subject: 'RE: ML/2015/0388 - sediment chemistry',
    answers: 'sed-07',
    text: `Dear Mr Gedge,

Thank you. We note that S8 is reported as 1.18 mg/kg, which is above Action Level 2, in a table said to be wholly below it. Please confirm that this is a typographical error.`,
    kept: ['procurement'],
    marks: [{ feature: 'clue', kind: 'forgotten-s8', text: 'S8 is reported as 1.18 mg/kg' }],
  },
  {
    key: 'sed-09',
    from: gedge,
    to: [licensing],
    cc: [haldane],
    at: '2015-06-11T14:15+01:00',
    subject: 'RE: ML/2015/0388 - sediment chemistry',
    answers: 'sed-08',
    text: `I confirm that it is a typographical error and should read 0.18.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'sed-10',
    from: licensing,
    to: [gedge],
    at: '2015-06-30T16:00+01:00',
    subject: 'ML/2015/0388/1 - variation granted',
    text: `Licence variation ML/2015/0388/1 is granted from 1 July 2015. The application documents are placed on the public register.`,
    kept: ['procurement'],
  },
  {
    key: 'sed-11',
    from: wrona,
    to: [penhallow],
    at: '2015-10-06T20:47+01:00',
    subject: 'A number that is not mine',
    text: `Dear Zoë,

I was looking in the public register for another port and found us. There is a "revision B" of NF-15-0412. We never issued a revision B. S7 in it is 0.42. Mine is 1.42, you have it. The font of that one digit is not even the right size.

I have told my director. He says the client is the client. I am telling you because you brought coffee.

Łukasz`,
    kept: ['penhallow/Dredging.Sediment/FRS'],
    marks: [{ feature: 'clue', kind: 'lab-denies-revision', text: 'We never issued a revision B.' }],
  },
  {
    key: 'sed-12',
    from: penhallow,
    to: [wrona],
    at: '2015-10-06T22:15+01:00',
    subject: 'Re: A number that is not mine',
    answers: 'sed-11',
    quote: ['We never issued a revision B.'],
    text: `I have read the register entry four times. Everything since July has gone to Skerrow Deep. It is two miles up-tide of the mussel ropes.

Please keep your raw data somewhere that is not your office.

Zoë`,
    kept: ['penhallow/Sent/S'],
  },
  {
    key: 'sed-13',
    from: penhallow,
    to: [haldane],
    cc: [ferrie],
    at: '2015-10-08T09:00+01:00',
    subject: 'NF-15-0412: the register holds a certificate the laboratory did not issue',
    text: `Director,

The certificate on the licensing register (revision B, S7 = 0.42 mg/kg TBT) was not issued by Northfen. The only certificate they issued is revision A (S7 = 1.42). I attach it.

About 140,000 cubic metres have gone to Skerrow Deep since 1 July. I ask you to stop disposal today, and to tell the Licensing Directorate today. If it is an error it is easily put right. I would rather hear that it is an error.`,
    files: [certificateA],
    kept: ['penhallow/Sent/FS', 'office/Deleted Items'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'I would rather hear that it is an error' }],
  },
  {
    key: 'sed-14',
    from: haldane,
    to: [penhallow],
    at: '2015-10-08T17:31+01:00',
    subject: 'RE: NF-15-0412: the register holds a certificate the laboratory did not issue',
    answers: 'sed-13',
    text: `Zoë,

The laboratory corrected its own typing error in June. Martin has the correspondence. I consider the matter closed and I remind you that correspondence with the Licensing Directorate goes through Martin, and with laboratories also.

Corin`,
    kept: ['penhallow/Dredging.Sediment/FS', 'office/Sent Items'],
    marks: [
      {
        feature: 'clue',
        kind: 'false-statement',
        text: 'The laboratory corrected its own typing error in June',
      },
    ],
  },
];
