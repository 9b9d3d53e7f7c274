/** March and April 2016: a source, a reporter, an editor. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { dossier } from './exhibits.ts';

const { brisling, courierLegal, farrow, tidewrack } = who;

export const source: readonly Letter[] = [
  {
    key: 'press-01',
    from: tidewrack,
    to: [farrow],
    at: '2016-03-06T22:41+00:00',
    subject: 'Eastmarch mud',
    text: `Dear Ms Farrow,

I used to work at the Custom House. I think a certificate was changed so that contaminated mud could be put in the sea, and that the contract for the mud was never offered to anyone else. I have paper.

I do not want money and I do not want my name in it. What happens if I send you something?`,
    kept: ['courier/Inbox', 'penhallow/Private.Sent/S'],
    marks: [{ feature: 'private', kind: 'private-address', text: 'tidewrack@postbox.example' }],
  },
  {
    key: 'press-02',
    from: farrow,
    to: [tidewrack],
    at: '2016-03-07T08:15+00:00',
    subject: 'Re: Eastmarch mud',
    answers: 'press-01',
    flowed: true,
    text: `Thank you for writing. Three things before you send anything.

1. Not from your phone and not on a network you share with anyone at the Custom House.
2. I'll keep what you send exactly as you send it. Don't tidy it, don't rename it, don't forward it to me from inside a mail program if you can export it.
3. I won't promise to publish. I do promise not to name you without asking, and to tell you before you read it anywhere.

Can you tell me in one sentence which number was changed?`,
    kept: ['courier/Sent', 'penhallow/Private/FRS'],
  },
  {
    key: 'press-03',
    from: tidewrack,
    to: [farrow],
    at: '2016-03-07T20:02+00:00',
    subject: 'Re: Eastmarch mud',
    answers: 'press-02',
    text: `At station S7, tributyltin, 1.42 became 0.42.`,
    files: [dossier],
    kept: ['courier/Inbox', 'penhallow/Private.Sent/S'],
    marks: [
      { feature: 'attachment', kind: 'zip', text: dossier.name, note: 'holds two PDFs, a CSV and a note' },
      { feature: 'search', kind: 'phrase', text: '1.42 became 0.42' },
    ],
  },
  {
    key: 'press-04',
    from: farrow,
    to: [brisling],
    at: '2016-03-08T09:20+00:00',
    subject: 'Harbour - need two months',
    text: `Tom,

Dredging contract, £2.8m, no tender, ended at £4.37m. Somebody inside finance sent me a spreadsheet in February (blind copy, no covering note, I thought it was a mistake). Now somebody else inside has sent me two versions of a lab certificate. They don't know about each other, I think.

What I have: the certificates, a port log, the spreadsheet.
What I don't have: the mails. Anyone can make a PDF.

The lab signs its outgoing mail. If I can get the original mail with its header fields, the signature will say whether 1.42 or 0.42 left the lab. That is the story or the end of it.`,
    kept: ['courier/Sent'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'That is the story or the end of it' }],
  },
  {
    key: 'press-05',
    from: brisling,
    to: [farrow],
    at: '2016-03-08T09:31+00:00',
    subject: 'Re: Harbour - need two months',
    answers: 'press-04',
    text: `One month. You are also doing the flower show.

How do signatures on mail work? Answer in words a sub would leave in.`,
    kept: ['courier/Inbox'],
  },
  {
    key: 'press-06',
    from: farrow,
    to: [brisling],
    at: '2016-03-08T09:58+00:00',
    subject: 'Re: Harbour - need two months',
    answers: 'press-05',
    quote: ['How do signatures on mail work?'],
    text: `The lab's computer stamps every mail with a seal that only it can make and anyone can check. Change one digit and the seal breaks. It doesn't prove who typed it or that it's true. It proves what left the building.`,
    kept: ['courier/Sent'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'It proves what left the building' }],
  },
  {
    key: 'press-07',
    from: brisling,
    to: [farrow],
    at: '2016-03-08T10:01+00:00',
    subject: 'Re: Harbour - need two months',
    answers: 'press-06',
    quote: 'none',
    text: `Two months.`,
    kept: ['courier/Inbox'],
  },
  {
    key: 'press-08',
    from: courierLegal,
    to: [farrow, brisling],
    at: '2016-04-19T15:10+01:00',
    subject: 'Privileged: harbour draft 2',
    text: `Nadia, Tom,

Draft 2 is publishable with five changes.

(1) "falsified" → "changed". You know that it was changed. You do not know by whom.
(2) para 9, Abara: she is a witness to what she refused to sign, leave it at that.
(3) Calder's house in Brittany: one source, a joke in a mail. Out, unless you get the deed.
(4) Put every fact in para 3 to 14 to Haldane, in writing, with 7 clear days.
(5) The medical remark about the Harbour Master: out. It is nobody's business.

Aoife`,
    smime: 'kerr-smime',
    kept: ['courier/Inbox'],
  },
];
