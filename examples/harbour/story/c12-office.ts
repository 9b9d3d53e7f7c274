/** What an office is mostly made of. */
import type { Letter } from '../letter.ts';
import * as who from './cast.ts';

const {
  abara,
  allStaff,
  dredgingWeekly,
  ferrie,
  gedge,
  haldane,
  penhallow,
  rao,
  strand,
  tulip,
  tulloch,
  voss,
} = who;

interface Story {
  readonly headline: string;
  readonly text: string;
}

function newsletterHtml(issue: number, stories: readonly Story[]): string {
  const track = (n: number) => `https://click.dredging-weekly.example/c/${issue}/${n}?u=7f3a91c2`;
  const rows = stories
    .map(
      (
        item,
        index,
      ) => `<tr><td style="padding:12px 24px"><h2 style="font:bold 18px Georgia,serif;margin:0"><a href="${track(index)}" style="color:#12355b">${item.headline}</a></h2>
<p style="font:14px/20px Arial,sans-serif;color:#333333">${item.text}</p></td></tr>`,
    )
    .join('\n');
  return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Dredging Weekly ${issue}</title>
<link rel="stylesheet" href="https://cdn.dredging-weekly.example/nl.css">
<style>body{margin:0;background:#dcebf3 url(https://cdn.dredging-weekly.example/bg.png)} @import url("https://fonts.dredging-weekly.example/g.css");</style></head>
<body>
<div style="display:none;max-height:0;overflow:hidden">Who is digging what, where, and for how much</div>
<table width="600" align="center" cellpadding="0" cellspacing="0" bgcolor="#ffffff">
<tr><td><img src="https://cdn.dredging-weekly.example/head-${issue}.jpg" width="600" height="90" alt="Dredging Weekly"></td></tr>
${rows}
<tr><td style="padding:24px;font:11px Arial,sans-serif;color:#9a9a9a">You receive this because you attended DredgeTech. <a href="https://click.dredging-weekly.example/u/7f3a91c2">Unsubscribe</a></td></tr>
</table>
<img src="https://open.dredging-weekly.example/o/${issue}/7f3a91c2.gif" width="1" height="1" alt="">
</body></html>
`;
}

function newsletter(
  key: string,
  issue: number,
  at: string,
  stories: readonly Story[],
  more: Partial<Letter>,
): Letter {
  const [first] = stories;
  return {
    key,
    from: dredgingWeekly,
    to: [gedge],
    at,
    subject: `Dredging Weekly ${issue}: ${first?.headline ?? ''}`,
    text: `${stories.map((item) => `* ${item.headline}\n${item.text}`).join('\n\n')}\n\nUnsubscribe: https://click.dredging-weekly.example/u/7f3a91c2`,
    html: newsletterHtml(issue, stories),
    encoding: 'quoted-printable',
    charset: 'utf-8',
    fields: [
      ['List-Unsubscribe', '<https://click.dredging-weekly.example/u/7f3a91c2>'],
      ['X-Campaign', `dw-${issue}`],
      ['Precedence', 'bulk'],
    ],
    signing: { days: 7 },
    kept: ['procurement'],
    ...more,
  };
}

export const office: readonly Letter[] = [
  newsletter(
    'off-01',
    311,
    '2015-02-05T06:00+00:00',
    [
      {
        headline: 'Calder’s Isolde “free from April”',
        text: 'Calder Marine tells DW that its hopper dredger will be free at the end of March “unless a little bird sings”.',
      },
      {
        headline: 'TBT: the poison that will not leave',
        text: 'Slipway mud keeps its tin for forty years. Our explainer.',
      },
    ],
    {
      marks: [
        {
          feature: 'html',
          kind: 'remote-images',
          text: 'https://open.dredging-weekly.example/o/311/7f3a91c2.gif',
        },
        { feature: 'dkim-case', kind: 'expired', note: 'x= seven days after signing' },
      ],
    },
  ),
  newsletter(
    'off-02',
    329,
    '2015-06-11T06:00+01:00',
    [
      {
        headline: 'Busy week at Tarrant coal quay',
        text: 'Pictured on Wednesday 10 June: Isolde alongside at Port Tarrant, hopper full.',
      },
      { headline: 'Prices: maintenance dredging at £6 to £7 a cube', text: 'Our quarterly table.' },
    ],
    {
      marks: [
        {
          feature: 'clue',
          kind: 'independent-sighting',
          text: 'Isolde alongside at Port Tarrant',
          note: 'on 10 June, a day of standby claimed in VO4',
        },
      ],
    },
  ),
  newsletter(
    'off-03',
    360,
    '2016-01-21T06:00+00:00',
    [{ headline: 'Ports of the year: vote now', text: 'Eastmarch is nominated for “best procurement”.' }],
    {
      htmlOnly: true,
      marks: [{ feature: 'html', kind: 'html-only' }],
    },
  ),
  {
    key: 'off-04',
    from: rao,
    to: [allStaff],
    at: '2015-02-03T08:30+00:00',
    subject: 'Mailbox size limit',
    text: `All,

From Monday mailboxes are limited to 2 GB. Please do not print your e-mail in order to delete it. You know who you are.

Sanjay`,
    kept: ['procurement', 'penhallow//S'],
  },
  {
    key: 'off-05',
    from: tulloch,
    to: [allStaff],
    at: '2015-02-04T13:15+00:00',
    subject: 'RE: Mailbox size limit',
    answers: 'off-04',
    text: `He means the Director.`,
    kept: ['procurement', 'penhallow//S'],
  },
  {
    key: 'off-06',
    from: tulloch,
    to: [allStaff],
    at: '2015-03-02T09:00+00:00',
    subject: 'Car park',
    text: `The yard is closed until the pontoon goes. Use the fish quay. If you park in front of the ice house you will be iced. Permits from me.`,
    kept: ['procurement', 'penhallow//S', 'office/Inbox'],
  },
  {
    key: 'off-07',
    from: ferrie,
    to: [tulloch],
    at: '2015-03-02T09:20+00:00',
    subject: 'Re: Car park',
    answers: 'off-06',
    text: `I have parked in front of the ice house since before there was ice.`,
    kept: ['office/Inbox'],
  },
  {
    key: 'off-08',
    from: tulip,
    to: [tulloch],
    at: '2015-04-01T10:00+01:00',
    subject: 'The roof is back on!',
    text: `Tea room fully open. Scones half price this week for anyone who lent a tarpaulin. ☕ to be had from seven.`,
    charset: 'utf-8',
    encoding: 'base64',
    fields: [['Reply-To', 'orders@tulip-tearoom.example']],
    kept: ['office/Inbox'],
    marks: [{ feature: 'encoding', kind: 'base64' }],
  },
  {
    key: 'off-09',
    from: tulloch,
    to: [haldane],
    at: '2015-05-21T09:12+01:00',
    subject: 'Card for the hotel',
    plainOnly: true,
    text: `The hotel in Cowes wants a card. Shall I use the Authority's, 4000 0000 0000 9607, or your own? It says "guest of Calder" on their form so perhaps neither?`,
    kept: ['office/Inbox'],
    marks: [{ feature: 'private', kind: 'card-number', text: '4000 0000 0000 9607' }],
  },
  {
    key: 'off-10',
    from: haldane,
    to: [tulloch],
    at: '2015-05-21T09:30+01:00',
    subject: 'RE: Card for the hotel',
    answers: 'off-09',
    text: `Neither. And don't write that sort of thing down.`,
    kept: ['office/Sent Items'],
  },
  {
    key: 'off-11',
    from: penhallow,
    to: [allStaff],
    at: '2015-06-05T11:00+01:00',
    subject: 'Terns on the fuel pontoon: please use the other side',
    text: `They have laid. Two eggs, next to the diesel nozzle. Until about 10 July please refuel from the north side, and wear a hat.

Zoë`,
    kept: ['procurement', 'penhallow/Sent/S', 'office/Inbox'],
  },
  {
    key: 'off-12',
    from: abara,
    to: [allStaff],
    at: '2015-06-30T15:00+01:00',
    subject: 'Half-year: receipts by Friday',
    text: `Receipts to me by Friday noon. "Lunch, misc." is not a receipt. Nor is a napkin, Adrian.`,
    kept: ['procurement', 'penhallow//S', 'office/Inbox'],
  },
  {
    key: 'off-13',
    from: voss,
    to: [abara],
    cc: [allStaff],
    at: '2015-06-30T15:20+01:00',
    subject: 'RE: Half-year: receipts by Friday',
    answers: 'off-12',
    text: `It was a very good napkin.`,
    kept: ['procurement', 'penhallow//S'],
  },
  {
    key: 'off-14',
    from: rao,
    to: [allStaff],
    at: '2015-09-03T08:05+01:00',
    subject: 'Phishing: "your parcel from the harbour"',
    text: `Do not click the parcel mail. There is no parcel. If you clicked, ring 199 and do not be embarrassed; the Director has already rung.`,
    kept: ['procurement', 'penhallow//S'],
  },
  {
    key: 'off-15',
    from: tulloch,
    to: [allStaff],
    at: '2015-12-01T10:00+00:00',
    subject: 'Christmas lunch, Mermaid, Friday 11th',
    text: `Turkey, nut roast, or "fish of the day" (it is cod, it is always cod). Choices by Thursday. Sanjay is doing the quiz, there will be a round on passwords.`,
    kept: ['procurement', 'penhallow//S', 'office/Inbox'],
  },
  {
    key: 'off-16',
    from: strand,
    to: [tulloch],
    at: '2015-12-01T10:20+00:00',
    subject: 'RE: Christmas lunch, Mermaid, Friday 11th',
    answers: 'off-15',
    text: `Nut roast. And a seat with its back to a wall, if there is one.`,
    kept: ['office/Inbox'],
  },
  {
    key: 'off-17',
    from: gedge,
    to: [tulloch],
    at: '2015-12-11T09:01+00:00',
    subject: 'Lunch',
    plainOnly: true,
    text: `Bev, I won't come today after all. I don't feel I can sit at a table with Ruth and Zoë. Please don't say so, say it's my back.`,
    kept: ['procurement'],
    marks: [{ feature: 'search', kind: 'phrase', text: "say it's my back" }],
  },
  {
    key: 'off-18',
    from: rao,
    to: [allStaff],
    at: '2016-01-04T08:00+00:00',
    subject: 'New mail gateway',
    text: `The gateway was replaced over the holidays. Outgoing mail is now signed with a longer key (2048 bits, selector gw2016). You will notice nothing. If you notice something, ring 199.`,
    kept: ['procurement', 'penhallow//S'],
  },
];
