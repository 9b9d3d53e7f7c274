/** What came after, up to the inquiry. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';
import { certificateA } from './exhibits.ts';

const {
  abara,
  allStaff,
  calder,
  farrow,
  ferriePrivate,
  gedge,
  haldane,
  iyer,
  pell,
  tidewrack,
  tremlett,
  tulloch,
  wrona,
} = who;

export const aftermath: readonly Letter[] = [
  {
    key: 'after-01',
    from: tremlett,
    to: [haldane],
    at: '2016-05-28T09:00+01:00',
    subject: 'Monday',
    text: `Corin,

Please do not come in on Monday. The Board met last night without you. Mrs Abara has the conduct of the finances and Miss Strand of everything else. I ought to have sent paper 15/08 to members in advance, as I asked. I shall say so when I am asked.`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'search', kind: 'phrase', text: 'Please do not come in on Monday' }],
  },
  {
    key: 'after-02',
    from: haldane,
    to: [gedge],
    client: 'device',
    signature: 'none',
    at: '2016-05-28T09:41+01:00',
    subject: 'Archive',
    text: `Martin, what is in your archive from June? Ring me, don't write.

Sent from my phone`,
    kept: ['procurement', 'office/Sent Items'],
  },
  {
    key: 'after-03',
    from: gedge,
    to: [haldane],
    at: '2016-05-28T10:15+01:00',
    subject: 'RE: Archive',
    answers: 'after-02',
    plainOnly: true,
    text: `Everything is in it. I changed the copy of the lab's mail last June, because you asked, and I have kept every mail in which you asked. I am giving the archive to the officers this afternoon.

I slept last night.`,
    kept: ['procurement', 'office/Inbox'],
    marks: [{ feature: 'clue', kind: 'confession', text: "I changed the copy of the lab's mail last June" }],
  },
  {
    key: 'after-04',
    from: calder,
    to: [haldane],
    at: '2016-06-03T19:00+01:00',
    subject: 'Lawyers',
    text: `Mine says not to write to you. So I haven't. Sell your half of the house.`,
    kept: ['office/Inbox'],
  },
  {
    key: 'after-05',
    from: tulloch,
    to: [allStaff],
    at: '2016-06-30T12:00+01:00',
    subject: 'Captain Ferrie',
    text: `Duncan's last day. Cake in the boat office at four. He has asked for no speeches and has prepared one.`,
    kept: ['procurement', 'office/Inbox'],
  },
  {
    key: 'after-06',
    from: tremlett,
    to: [farrow],
    at: '2016-09-20T10:00+01:00',
    subject: 'Statement of the Board',
    text: `Dear Miss Farrow,

Mr Haldane left the Authority on 16 September by mutual agreement. The Board has asked for a public inquiry. The statement of 24 May 2016 ("has at no time altered any laboratory report") was untrue and is withdrawn.`,
    kept: ['courier/Inbox'],
    marks: [{ feature: 'clue', kind: 'denial-withdrawn', text: 'was untrue and is withdrawn' }],
  },
  {
    key: 'after-07',
    from: pell,
    to: [tidewrack],
    at: '2016-10-02T18:40+01:00',
    subject: 'I worked it out',
    text: `You are Zoë. Nobody told me; you once said on the quay that you'd read the chemistry if you were us. Thank you. I've put four lines back in at the north end.

Maggie`,
    kept: ['penhallow/Private/FRS'],
  },
  {
    key: 'after-08',
    from: ferriePrivate,
    to: [tidewrack],
    at: '2016-12-24T11:00+00:00',
    subject: 'Season',
    text: `Sounded the bar this morning for pleasure. 5.9. Happy Christmas.

D.`,
    kept: ['penhallow/Private/S'],
  },
  {
    key: 'after-09',
    from: iyer,
    to: [tidewrack, pell],
    at: '2017-06-18T16:22+01:00',
    subject: 'Whelks, year two',
    text: `13 of 24, stage 2 mostly. It is going the right way, slowly, as whelks do.

Anjali`,
    isSealed: true,
    kept: ['penhallow/Private/new'],
    marks: [{ feature: 'dkim-case', kind: 'arc-sealed', note: 'by postbox.example, which received it' }],
  },
  {
    key: 'after-10',
    from: wrona,
    to: [tidewrack],
    cc: [abara],
    at: '2019-01-15T17:05+01:00',
    subject: 'For the inquiry: S7, signed and sealed',
    text: `Dear Zoë,

The inquiry has asked me to send you the certificate again so that it comes from me, from this address, with the laboratory's signatures. We now use two kinds, so that nobody can say that one of them is too old.

S7 gives tributyltin 1.42 mg/kg dry weight. It did so three times.

The cake is in the post. It has been four years.

Łukasz`,
    files: [certificateA],
    signing: { alsoEd25519: true },
    kept: ['penhallow/Private/FS'],
    marks: [
      { feature: 'dkim-case', kind: 'double-signed', note: 'RSA-2048 (s1) and Ed25519 (ed1)' },
      { feature: 'search', kind: 'phrase', text: 'The cake is in the post' },
    ],
  },
];
