/** The harbour users' list, August to October 2015: one long thread about water that is not there. */
import type { Letter, Person } from '../letter.ts';
import * as who from './cast.ts';

const { bosun, ferrie, iyer, list, pell, penhallow, quayle, trenchard } = who;

interface Post {
  readonly n: number;
  readonly from: Person;
  readonly at: string;
  readonly up?: number;
  readonly excerpt?: readonly string[];
  readonly text: string;
  readonly more?: Partial<Letter>;
}

const subject = 'Depth over the Inner Bar (and berth 4)';

const posts: readonly Post[] = [
  {
    n: 1,
    from: trenchard,
    at: '2015-08-20T19:12+01:00',
    text: `Who else has had a look at the bar since the Belgian bucket got busy? Two million eight they say, and MERLE touched at half tide on Sunday, same place as always. I draw 1.9. I have drawn 1.9 since 1911.`,
  },
  {
    n: 2,
    from: quayle,
    at: '2015-08-20T20:03+01:00',
    up: 1,
    excerpt: ['same place as always'],
    text: `You touch there because you cut the corner at the perch, David. You cut it in 1987 too. I was on the bank holding the beer.`,
  },
  { n: 3, from: trenchard, at: '2015-08-20T20:21+01:00', up: 2, text: `I cut nothing. The perch moved.` },
  {
    n: 4,
    from: bosun,
    at: '2015-08-20T21:40+01:00',
    up: 1,
    excerpt: ['Two million eight they say'],
    text: `Lads, club launch has a new sounder. Ran the leading line this evening, least 5.9 at datum by my sums. That is what it was before the gale. So either it never silted or it has silted again.`,
  },
  {
    n: 5,
    from: quayle,
    at: '2015-08-21T07:15+01:00',
    up: 4,
    excerpt: ['So either it never silted or it has silted again.'],
    text: `Or they dredged somewhere else. What is she doing on berth 4 all summer? There's nothing at berth 4 but gulls.`,
  },
  {
    n: 6,
    from: pell,
    at: '2015-08-21T08:02+01:00',
    up: 5,
    text: `I can tell you where they put it, if not where they got it. She goes past my ropes to Skerrow Deep three times a day. On a flood tide my water is cocoa.`,
  },
  {
    n: 7,
    from: trenchard,
    at: '2015-08-21T09:30+01:00',
    up: 6,
    text: `There's a grounded Korean on berth 4 as of Wednesday so we know there's no water THERE either.`,
  },
  {
    n: 8,
    from: bosun,
    at: '2015-08-21T12:11+01:00',
    up: 7,
    text: `Not grounded, "touched". Refloated on the next tide. Harbour Master was out in the boat himself this morning with a lead line and a face like thunder.`,
  },
  {
    n: 9,
    from: iyer,
    at: '2015-08-21T13:45+01:00',
    up: 6,
    excerpt: ['On a flood tide my water is cocoa.'],
    text: `Maggie, could I come out on the ropes? I have students who need a project and I would like to look at the dog whelks on the Skerrow ledges. If there is old antifouling in that mud the whelks will know before anybody.`,
  },
  {
    n: 10,
    from: pell,
    at: '2015-08-21T18:20+01:00',
    up: 9,
    text: `Come Saturday. Bring oilskins and no perfume, the seals get ideas.`,
  },
  {
    n: 11,
    from: quayle,
    at: '2015-08-21T20:00+01:00',
    up: 9,
    excerpt: ['the whelks will know before anybody'],
    text: `How does a whelk know?`,
  },
  {
    n: 12,
    from: iyer,
    at: '2015-08-21T21:26+01:00',
    up: 11,
    text: `The females grow a penis. It is called imposex. Tributyltin does it at one nanogram a litre.`,
  },
  {
    n: 13,
    from: trenchard,
    at: '2015-08-21T21:31+01:00',
    up: 12,
    text: `I wish I had not read that at supper.`,
  },
  { n: 14, from: quayle, at: '2015-08-21T21:44+01:00', up: 12, text: `Explains the Conservative Club.` },
  { n: 15, from: bosun, at: '2015-08-22T08:00+01:00', up: 13, text: `Moderator hat on. Depth, gentlemen.` },
  {
    n: 16,
    from: penhallow,
    at: '2015-08-24T12:40+01:00',
    up: 9,
    excerpt: ['If there is old antifouling in that mud the whelks will know before anybody.'],
    text: `Writing as a person who lives here and not for the Authority: the licence and its papers are public. Anyone may ask the Licensing Directorate for ML/2015/0388. I would read the chemistry if I were you.

Zoë`,
    more: {
      kept: ['list', 'penhallow/Sent/S'],
      marks: [{ feature: 'search', kind: 'phrase', text: 'I would read the chemistry if I were you' }],
    },
  },
  { n: 17, from: pell, at: '2015-08-24T13:10+01:00', up: 16, text: `Done. They say twenty working days.` },
  {
    n: 18,
    from: trenchard,
    at: '2015-08-24T19:05+01:00',
    up: 16,
    excerpt: ['I would read the chemistry if I were you.'],
    text: `That is the Authority's own environmental officer saying that, isn't it. Crikey.`,
  },
  {
    n: 19,
    from: quayle,
    at: '2015-08-24T19:20+01:00',
    up: 18,
    text: `And now she'll be counting paper clips by Christmas. Let's not quote her about, eh?`,
  },
  {
    n: 20,
    from: iyer,
    at: '2015-09-01T17:15+01:00',
    up: 10,
    text: `Report from the ledges: 40 whelks, 22 female, 19 of those with imposex, stage 3 or worse. In my 2012 students' sheet from the same ledge it was 2 of 25. I have sent the jars to a colleague so that it is not only me.`,
  },
  { n: 21, from: pell, at: '2015-09-01T18:00+01:00', up: 20, text: `What does that do to mussels?` },
  {
    n: 22,
    from: iyer,
    at: '2015-09-01T18:40+01:00',
    up: 21,
    text: `Thick shells, little meat. Weigh some for me, same rope, same size, every week?`,
  },
  {
    n: 23,
    from: pell,
    at: '2015-09-08T20:02+01:00',
    up: 22,
    text: `Week 1: 61 to the kilo, meat yield 19 per cent. It should be 27 in September. Two years ago it was 29. I have put a third of what I own on those ropes.`,
  },
  { n: 24, from: bosun, at: '2015-09-08T20:30+01:00', up: 23, text: `Maggie I'm sorry.` },
  {
    n: 25,
    from: trenchard,
    at: '2015-09-09T07:20+01:00',
    up: 23,
    text: `Public meeting. I'll book the Mission hall. 24th? And I want the Director on the platform, not in the second row looking at his telephone.`,
    more: {
      cc: [penhallow],
      kept: ['list', 'penhallow/Dredging/S/direct'],
      marks: [
        {
          feature: 'list-copy',
          kind: 'direct-and-list',
          note: 'the direct copy (penhallow) verifies; the list copy has tag and footer and does not',
        },
        { feature: 'dkim-case', kind: 'list-footer' },
        { feature: 'same-id', kind: 'list-copy' },
      ],
    },
  },
  {
    n: 26,
    from: quayle,
    at: '2015-09-09T08:00+01:00',
    up: 25,
    text: `Seconded. I'll bring the beer and hold it on the bank.`,
  },
  {
    n: 27,
    from: ferrie,
    at: '2015-09-10T06:35+01:00',
    up: 25,
    text: `I am not supposed to write here. I shall be in the hall on the 24th in a private capacity and in the third row.

Least depth on the Inner Bar yesterday was 5.9. On berth 4 it was 6.4.`,
    more: { marks: [{ feature: 'search', kind: 'phrase', text: 'in the third row' }] },
  },
  {
    n: 28,
    from: pell,
    at: '2015-09-22T10:12+01:00',
    up: 17,
    text: `The licence papers came. Certificate says tin is 0.42 at the worst station, "all below Action Level 2". Anjali, does that make sense with your whelks?`,
  },
  {
    n: 29,
    from: iyer,
    at: '2015-09-22T11:55+01:00',
    up: 28,
    excerpt: ['Certificate says tin is 0.42 at the worst station, "all below Action Level 2".'],
    text: `No. And look one line down: S8. Either 0.42 is not the worst station or that table was typed by two people.`,
  },
  { n: 30, from: quayle, at: '2015-09-22T12:20+01:00', up: 29, text: `Now there's a thing.` },
];

function keyOf(n: number): string {
  return `depth-${String(n).padStart(2, '0')}`;
}

function letterOf(post: Post): Letter {
  return {
    key: keyOf(post.n),
    from: post.from,
    to: [list],
    at: post.at,
    subject: post.up === undefined ? subject : `Re: [harbour-users] ${subject}`,
    ...(post.up === undefined ? {} : { answers: keyOf(post.up) }),
    ...(post.excerpt === undefined ? {} : { quote: post.excerpt }),
    ...(post.up !== undefined && post.excerpt === undefined ? { quote: 'none' as const } : {}),
    plainOnly: true,
    text: post.text,
    kept: ['list'],
    ...post.more,
  };
}

export const listDepth: readonly Letter[] = posts.map(letterOf);
