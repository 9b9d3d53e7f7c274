import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAttachments } from '../../src/message/attachment.js';
import { parseMessage } from '../../src/message/parse.js';
import { readableText } from '../../src/message/readable.js';
import { baseSubject, messageFeatures } from '../../src/thread/features.js';
import { linkThreads } from '../../src/thread/link.js';
import { missingReferences } from '../../src/thread/missing.js';
import { formatFeatures, type NumberedFeatures, parseFeatures } from '../../src/thread/pack.js';
import { type Letter, letter } from '../mail.js';

function featuresOf(letters: readonly Letter[]): NumberedFeatures[] {
  return letters.map((of, i) => {
    const message = parseMessage(Buffer.from(letter(of)));
    return {
      number: i + 1,
      sentAt: message.date?.time ?? null,
      features: messageFeatures(message, readableText(message).segments, listAttachments(message)),
    };
  });
}

const threadsOf = (letters: readonly Letter[]): number[] => [...linkThreads(featuresOf(letters)).threads];
const date = (day: number): string => `${day} Mar 2016 10:00:00 +0000`;

test('References and In-Reply-To join messages, also through a message that is missing', () => {
  assert.deepEqual(
    threadsOf([
      { id: 'a@x', subject: 'one' },
      { id: 'b@x', inReplyTo: 'a@x', subject: 'two' },
      { id: 'c@x', references: '<gone@x>', subject: 'three' },
      { id: 'd@x', references: '<gone@x> <also-gone@x>', subject: 'four' },
      { id: 'e@x', subject: 'five' },
    ]),
    [1, 1, 3, 3, 5],
  );
});

test('a msg-id that messages refer to and none has is missing, named once by each', () => {
  const features = featuresOf([
    { id: 'a@x', subject: 'one' },
    { id: 'b@x', references: '<gone@x> <a@x> <gone@x>', inReplyTo: 'gone@x', subject: 'two' },
    { id: 'c@x', references: '<gone@x>', inReplyTo: 'later@x', subject: 'three' },
    { id: 'later@x', subject: 'four' },
  ]);
  const missing = [...missingReferences(features, linkThreads(features).isOwn)];
  assert.deepEqual(
    missing.map(({ number }) => number),
    [2, 3],
  );
  assert.equal(new Set(missing.map(({ id }) => id)).size, 1);
});

test('a reply without those fields is joined by what it quotes, and the edge says so', () => {
  const { threads, inferred } = linkThreads(
    featuresOf([
      {
        id: 'a@x',
        date: date(1),
        subject: 'Sediment',
        body: 'The sediment figures for berth nine are higher than we were told.\n',
      },
      {
        id: 'b@x',
        date: date(2),
        subject: 'your question',
        body: 'They are.\n\n> The sediment figures for berth nine are\n> higher than we were told.\n',
      },
    ]),
  );
  assert.deepEqual([...threads], [1, 1]);
  assert.deepEqual(inferred, [{ child: 2, parent: 1, basis: 'quoted' }]);
});

test('a reply with the same base subject between the same people is joined within the time window only', () => {
  const anna = 'anna@x.example';
  const bob = 'bob@x.example';
  const first = {
    id: 'a@x',
    date: date(1),
    subject: 'Crane maintenance',
    from: anna,
    to: bob,
    body: 'When?\n',
  };
  const reply = { id: 'b@x', subject: 'RE: Crane maintenance', from: bob, to: anna, body: 'Tuesday.\n' };
  assert.deepEqual(linkThreads(featuresOf([first, { ...reply, date: date(5) }])).inferred, [
    { child: 2, parent: 1, basis: 'subject' },
  ]);
  assert.deepEqual(
    threadsOf([first, { ...reply, date: '5 Jul 2016 10:00:00 +0000' }]),
    [1, 2],
    'four months later it is another conversation',
  );
  assert.deepEqual(
    threadsOf([first, { ...reply, date: date(5), from: 'eve@x.example', to: 'mallory@x.example' }]),
    [1, 2],
    'strangers share subjects',
  );
  assert.deepEqual(
    threadsOf([first, { ...reply, date: date(5), subject: 'Crane maintenance' }]),
    [1, 2],
    'without a reply prefix it is a new letter',
  );
});

test('threads do not depend on the order of arrival', () => {
  const letters: Letter[] = Array.from({ length: 60 }, (_, i) => ({
    id: `m${i}@x`,
    date: date(1 + (i % 28)),
    subject: `${i % 3 === 0 ? '' : 'Re: '}topic number ${i % 7}`,
    ...(i % 5 === 4 ? { references: `<m${i - 3}@x>` } : {}),
    body:
      i % 4 === 1
        ? `> text of letter ${i - 1} about the quay and the crane\n\nagreed\n`
        : `text of letter ${i} about the quay and the crane\n`,
  }));
  const features = featuresOf(letters);
  const { isOwn: _, ...forward } = linkThreads(features);
  const { isOwn: __, ...backward } = linkThreads([...features].reverse());
  assert.deepEqual(backward, forward);
  assert.ok(forward.inferred.length > 5 && forward.count < 60, 'the sample must have something to infer');
});

test('a beginning shared by a newsletter of many issues joins none of them to a stranger', () => {
  const issues: Letter[] = Array.from({ length: 50 }, (_, i) => ({
    id: `n${i}@x`,
    from: 'news@list.example',
    to: `r${i}@x.example`,
    date: date(1 + (i % 9)),
    subject: `News ${i}`,
    body: 'Welcome to the weekly harbour newsletter for all users.\n',
  }));
  const stranger = {
    id: 's@x',
    from: 'zed@y.example',
    to: 'why@y.example',
    date: date(20),
    subject: 'look',
    body: '> Welcome to the weekly harbour newsletter for all users.\n\nspam?\n',
  };
  assert.equal(threadsOf([...issues, stranger]).at(-1), 51);
});

test('base subjects lose reply prefixes in many languages and list tags', () => {
  for (const [subject, base] of [
    ['Re: Fwd: [harbour-users] Dredging', 'dredging'],
    ['AW: WG: Baggern', 'baggern'],
    ['回复：会议安排', '会议安排'],
    ['Re[2]: Dredging (fwd)', 'dredging'],
    ['Reorganisation', 'reorganisation'],
  ] as const) {
    assert.equal(baseSubject(subject).base, base);
  }
  assert.equal(baseSubject('[tag] Dredging').isReply, false);
  assert.equal(baseSubject(`${'re: '.repeat(100_000)}x`).isReply, true);
});

test('features survive being packed', () => {
  const features = featuresOf([
    {
      id: 'a@x',
      references: '<b@x> <c@x>',
      body: '> quoted words that are long enough to be a lead\n\nmine\n',
    },
    { id: 'b@x', date: 'never' },
  ]);
  assert.deepEqual(parseFeatures(formatFeatures(features)), features);
  for (const wanted of features)
    assert.deepEqual(parseFeatures(formatFeatures(features), new Set([wanted.number])), [wanted]);
  assert.throws(() => parseFeatures(Buffer.concat([formatFeatures(features), Buffer.alloc(1)])), RangeError);
});
