/** Spring 2016: a source, a reporter, an editor, and a denial. */
import type { Letter } from "../letter.ts";
import * as who from "./cast.ts";
import { dossier } from "./exhibits.ts";

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

export const press: readonly Letter[] = [
  {
    key: "press-01",
    from: tidewrack,
    to: [farrow],
    at: "2016-03-06T22:41+00:00",
    subject: "Eastmarch mud",
    text: `Dear Ms Farrow,

I used to work at the Custom House. I think a certificate was changed so that contaminated mud could be put in the sea, and that the contract for the mud was never offered to anyone else. I have paper.

I do not want money and I do not want my name in it. What happens if I send you something?`,
    kept: ["courier/Inbox", "penhallow/Private.Sent/S"],
    marks: [{ feature: "private", kind: "private-address", text: "tidewrack@postbox.example" }],
  },
  {
    key: "press-02",
    from: farrow,
    to: [tidewrack],
    at: "2016-03-07T08:15+00:00",
    subject: "Re: Eastmarch mud",
    answers: "press-01",
    flowed: true,
    text: `Thank you for writing. Three things before you send anything.

1. Not from your phone and not on a network you share with anyone at the Custom House.
2. I'll keep what you send exactly as you send it. Don't tidy it, don't rename it, don't forward it to me from inside a mail program if you can export it.
3. I won't promise to publish. I do promise not to name you without asking, and to tell you before you read it anywhere.

Can you tell me in one sentence which number was changed?`,
    kept: ["courier/Sent", "penhallow/Private/FRS"],
  },
  {
    key: "press-03",
    from: tidewrack,
    to: [farrow],
    at: "2016-03-07T20:02+00:00",
    subject: "Re: Eastmarch mud",
    answers: "press-02",
    text: `At station S7, tributyltin, 1.42 became 0.42.`,
    files: [dossier],
    kept: ["courier/Inbox", "penhallow/Private.Sent/S"],
    marks: [
      { feature: "attachment", kind: "zip", text: dossier.name, note: "holds two PDFs, a CSV and a note" },
      { feature: "search", kind: "phrase", text: "1.42 became 0.42" },
    ],
  },
  {
    key: "press-04",
    from: farrow,
    to: [brisling],
    at: "2016-03-08T09:20+00:00",
    subject: "Harbour - need two months",
    text: `Tom,

Dredging contract, £2.8m, no tender, ended at £4.37m. Somebody inside finance sent me a spreadsheet in February (blind copy, no covering note, I thought it was a mistake). Now somebody else inside has sent me two versions of a lab certificate. They don't know about each other, I think.

What I have: the certificates, a port log, the spreadsheet.
What I don't have: the mails. Anyone can make a PDF.

The lab signs its outgoing mail. If I can get the original mail with its header fields, the signature will say whether 1.42 or 0.42 left the lab. That is the story or the end of it.`,
    kept: ["courier/Sent"],
    marks: [{ feature: "search", kind: "phrase", text: "That is the story or the end of it" }],
  },
  {
    key: "press-05",
    from: brisling,
    to: [farrow],
    at: "2016-03-08T09:31+00:00",
    subject: "Re: Harbour - need two months",
    answers: "press-04",
    text: `One month. You are also doing the flower show.

How do signatures on mail work? Answer in words a sub would leave in.`,
    kept: ["courier/Inbox"],
  },
  {
    key: "press-06",
    from: farrow,
    to: [brisling],
    at: "2016-03-08T09:58+00:00",
    subject: "Re: Harbour - need two months",
    answers: "press-05",
    quote: ["How do signatures on mail work?"],
    text: `The lab's computer stamps every mail with a seal that only it can make and anyone can check. Change one digit and the seal breaks. It doesn't prove who typed it or that it's true. It proves what left the building.`,
    kept: ["courier/Sent"],
    marks: [{ feature: "search", kind: "phrase", text: "It proves what left the building" }],
  },
  {
    key: "press-07",
    from: brisling,
    to: [farrow],
    at: "2016-03-08T10:01+00:00",
    subject: "Re: Harbour - need two months",
    answers: "press-06",
    quote: "none",
    text: `Two months.`,
    kept: ["courier/Inbox"],
  },
  {
    key: "press-08",
    from: courierLegal,
    to: [farrow, brisling],
    at: "2016-04-19T15:10+01:00",
    subject: "Privileged: harbour draft 2",
    text: `Nadia, Tom,

Draft 2 is publishable with five changes.

(1) "falsified" → "changed". You know that it was changed. You do not know by whom.
(2) para 9, Abara: she is a witness to what she refused to sign, leave it at that.
(3) Calder's house in Brittany: one source, a joke in a mail. Out, unless you get the deed.
(4) Put every fact in para 3 to 14 to Haldane, in writing, with 7 clear days.
(5) The medical remark about the Harbour Master: out. It is nobody's business.

Aoife`,
    kept: ["courier/Inbox"],
  },
  {
    key: "press-09",
    from: farrow,
    to: [voss],
    at: "2016-05-12T09:00+01:00",
    subject: "Eastmarch Courier: questions about EH/2015/07",
    text: `Dear Mr Voss,

We are preparing a report on contract EH/2015/07. I should be grateful for the Authority's answers by noon on Tuesday 24 May.

1. Was the contract advertised? If not, under which provision was it awarded?
2. What was the loss of depth on the Inner Bar that the Harbour Master reported in January 2015?
3. Did the Authority receive legal advice on the award, and what did it say?
4. Northfen Laboratories issued one certificate, with tributyltin at S7 of 1.42 mg/kg. The certificate given to the Licensing Directorate says 0.42. Who made it?
5. Was TSHD Isolde in Eastmarch on 9 to 13 June 2015?
6. Has the Director ever received hospitality from Mr Gareth Calder, and was it declared?

Nadia Farrow`,
    kept: ["courier/Sent", "office/Inbox"],
    marks: [{ feature: "clue", kind: "questions" }],
  },
  {
    key: "press-10",
    from: voss,
    to: [haldane],
    cc: [strand, gedge],
    at: "2016-05-12T09:24+01:00",
    subject: "FW: Eastmarch Courier: questions about EH/2015/07",
    answers: "press-09",
    text: `Corin,

These are not fishing questions. She has paper. I need a true answer to each of the six before I can write an untrue one.

Adrian (that was a joke; please do not forward it)`,
    kept: ["office/Inbox", "procurement"],
    marks: [{ feature: "search", kind: "phrase", text: "before I can write an untrue one" }],
  },
  {
    key: "press-11",
    from: haldane,
    to: [voss],
    cc: [gedge],
    at: "2016-05-12T18:30+01:00",
    subject: "RE: Eastmarch Courier: questions about EH/2015/07",
    answers: "press-10",
    quote: "none",
    text: `1. "The Authority followed its Standing Orders."
2. "Loss of depth was significant."
3. "We do not comment on legal advice."
4. "The Authority has at no time altered any laboratory report."
5. "Contractual matters are confidential."
6. "The Director's interests are fully declared."

On 6 I will let you have the paper.`,
    kept: ["office/Sent Items", "procurement"],
    marks: [
      {
        feature: "clue",
        kind: "denial-drafted",
        text: "The Authority has at no time altered any laboratory report.",
      },
    ],
  },
  {
    key: "press-12",
    from: haldane,
    to: [tulloch],
    at: "2014-09-30T09:12+01:00",
    truly: "2016-05-19T21:48+01:00",
    subject: "Register of Interests 2014 - declaration",
    text: `Bev,

For the Register: 6 to 13 September 2014, guest of Mr G. Calder aboard the yacht Marguerite. Estimated value £900. Please file.

Corin Haldane`,
    client: "device",
    signature: "none",
    kept: ["office/Inbox"],
    marks: [
      {
        feature: "forged-date",
        kind: "date-before-received",
        note: "Date says 30 September 2014; Received lines and Message-ID say 19 May 2016; friends-04 asks for a nil return",
      },
    ],
  },
  {
    key: "press-13",
    from: tulloch,
    to: [haldane],
    at: "2016-05-20T08:35+01:00",
    subject: "That declaration",
    text: `Corin,

I've found a declaration from you in the 2014 folder this morning. It wasn't there yesterday. I file those, and I remember 2014 because you asked me for a nil return.

I have not moved it. I'd rather not be asked about it.

Bev`,
    kept: ["office/Inbox"],
    marks: [{ feature: "clue", kind: "forgery-noticed", text: "It wasn't there yesterday" }],
  },
  {
    key: "press-14",
    from: strand,
    to: [haldane],
    cc: [voss],
    at: "2016-05-20T11:00+01:00",
    subject: "Answers to the Courier",
    text: `Corin,

I have seen Adrian's draft. Answer 4 is a statement of fact which I have reason to believe is untrue. If it goes out I shall write to the Chair. I have a copy of my letter to you of 27 February 2015; you will recall asking me not to.

Philippa`,
    kept: ["office/Deleted Items"],
  },
  {
    key: "press-15",
    from: calder,
    to: [haldane],
    at: "2016-05-22T20:10+01:00",
    subject: "This woman",
    text: `She's rung my yard, my bank and my brother-in-law. Hold your nerve. Nobody reads past the photograph. And take the picture off your wall.`,
    kept: ["office/Inbox"],
    marks: [{ feature: "search", kind: "phrase", text: "Nobody reads past the photograph" }],
  },
  {
    key: "press-16",
    from: voss,
    to: [farrow],
    at: "2016-05-24T11:58+01:00",
    subject: "RE: Eastmarch Courier: questions about EH/2015/07",
    answers: "press-09",
    text: `Dear Ms Farrow,

A spokesman for the Port of Eastmarch Harbour Authority said:

"The Authority followed its Standing Orders at every stage. The Authority has at no time altered any laboratory report. The Director's interests are fully declared in the Register, which shows a declaration dated 30 September 2014. We are proud of the safe depths our customers enjoy."

There will be no further comment.

Adrian Voss`,
    kept: ["courier/Inbox", "office/Inbox"],
    marks: [
      {
        feature: "clue",
        kind: "denial",
        text: "The Authority has at no time altered any laboratory report.",
      },
    ],
  },
  {
    key: "press-17",
    from: farrow,
    to: [brisling, courierLegal],
    at: "2016-05-24T12:30+01:00",
    subject: "Their answer, and the signature",
    text: `Their answer is below. It is beautifully specific: "at no time altered any laboratory report".

I have the lab's mail of 2 June 2015 as it arrived in the environmental officer's mailbox, header fields and all. The signature verifies against the lab's key. It says 1.42. Then I took the copy that the procurement office keeps, same Message-ID, same signature: it doesn't verify. It says 0.42.

And somebody has sent the Register page. The declaration's Message-ID has a date stamp in it: 20160519. It was written five days ago.

I'd like a front page and a picture of a whelk.`,
    kept: ["courier/Sent"],
    marks: [{ feature: "search", kind: "phrase", text: "a picture of a whelk" }],
  },
  {
    key: "press-18",
    from: brisling,
    to: [farrow],
    at: "2016-05-24T12:34+01:00",
    subject: "Re: Their answer, and the signature",
    answers: "press-17",
    quote: "none",
    text: `You can have both. Ring your source before you ring your mother.`,
    kept: ["courier/Inbox"],
  },
  {
    key: "press-19",
    from: farrow,
    to: [tidewrack],
    at: "2016-05-25T18:00+01:00",
    subject: "Tomorrow",
    text: `As promised: it runs tomorrow. You are not in it. Neither is the coffee.

N.`,
    kept: ["courier/Sent", "penhallow/Private/FS"],
  },
  {
    key: "press-20",
    from: licensing,
    to: [haldane],
    cc: [gedge, tremlett],
    at: "2016-05-27T09:10+01:00",
    subject: "ML/2015/0388/1: suspension with immediate effect",
    text: `The licence variation is suspended. Please preserve all records, including e-mail, relating to NF-15-0412. Officers will attend at 2 pm.`,
    kept: ["office/Inbox", "procurement"],
  },
];
