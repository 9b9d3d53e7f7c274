/** Findings of one message from its own header section: what is found, how strongly, and what is left alone. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { walkSource } from '../../src/receive/walk.js';
import { novelties } from '../../src/verify/anachronism.js';
import { findInContext } from '../../src/verify/context.js';
import { judgeDkim } from '../../src/verify/dkim.js';
import { findingRules, tellFinding } from '../../src/verify/finding.js';
import type { SignatureJudgement } from '../../src/verify/judgement.js';
import { SignedMessage } from '../../src/verify/signed-message.js';
import { tempDir } from '../impart.js';
import { noKeys } from './keys-at-hand.js';
import { finderFor, onTheWire, recordOf, rsaKey, signed } from './signing.js';

const date = 'Date: Thu, 19 May 2016 14:30:00 +0000';

/** `code level` of each finding. */
function findings(fields: readonly string[], signatures: readonly SignatureJudgement[] = []): string[] {
  const raw = onTheWire(`${fields.join('\n')}\n\nbody\n`);
  return findInContext(new SignedMessage(raw, 'network'), signatures).map(
    ({ code, level }) => `${code} ${level}`,
  );
}

describe('findings of a header section', () => {
  const quiet: readonly (readonly [why: string, fields: readonly string[]])[] = [
    ['no Date, no Received', ['From: a@x.example']],
    ['a plain message', [date, 'From: a@x.example']],
    ['an identifier of the same day', [date, 'Message-ID: <20160519023000.GA1@x.example>']],
    ['a queue of four days', ['Received: from a by b; Mon, 23 May 2016 14:30:00 +0000', date]],
    [
      'clocks that differ by ten minutes',
      [
        'Received: from b by c; Thu, 19 May 2016 14:30:00 +0000',
        'Received: from a by b; Thu, 19 May 2016 14:40:00 +0000',
        date,
      ],
    ],
    [
      'a conversation that began a year earlier',
      [date, `Thread-Index: ${threadIndex(Date.UTC(2015, 4, 1))}`],
    ],
    [
      'a stamp of Google that agrees',
      [
        `Received: by 10.1.1.1 with SMTP id a96mr34565364pla.37.${Date.UTC(2016, 4, 19, 14, 30)}; Thu, 19 May 2016 14:30:00 +0000`,
        date,
      ],
    ],
    ['an unreadable Date', ['Date: yesterday', 'Message-ID: <20010519023000.GA1@x.example>']],
  ];
  for (const [why, fields] of quiet) test(`none for ${why}`, () => assert.deepEqual(findings(fields), []));

  const cases: readonly (readonly [why: string, found: readonly string[], fields: readonly string[]])[] = [
    [
      'a Message-ID of two years later',
      ['message-id-time-differs notice'],
      ['Received: by b; Thu, 19 May 2016 14:31:00 +0000', date, 'Message-ID: <20180519143000.GA1@x.example>'],
    ],
    [
      'a Message-ID and a server that agree against Date',
      ['date-far-from-received notice', 'message-id-time-differs conflict'],
      [
        'Received: from a by b; Sat, 19 May 2018 14:31:00 +0000',
        date,
        'Message-ID: <20180519143000.GA1@x.example>',
      ],
    ],
    [
      'a Message-ID that a program gave when it converted the mail',
      ['message-id-time-differs info'],
      [date, 'Message-ID: <20180519143000.GA1@x.example>'],
    ],
    [
      'a Message-ID of before, without any server',
      ['message-id-time-differs notice'],
      [date, 'Message-ID: <20140519143000.GA1@x.example>'],
    ],
    [
      'a boundary of a month later',
      ['boundary-time-differs notice'],
      [
        'Received: by b; Thu, 19 May 2016 14:31:00 +0000',
        date,
        'MIME-Version: 1.0',
        `Content-Type: multipart/mixed; boundary="----=_Part_1_2.${Date.UTC(2016, 5, 19)}"`,
      ],
    ],
    [
      'a conversation that begins after it',
      ['thread-index-after-date conflict'],
      [date, `Thread-Index: ${threadIndex(Date.UTC(2016, 5, 19))}`],
    ],
    [
      'a conversation that begins two days after it',
      ['thread-index-after-date notice'],
      [date, `Thread-Index: ${threadIndex(Date.UTC(2016, 4, 21, 15))}`],
    ],
    [
      'servers out of order',
      ['received-out-of-order notice'],
      [
        'Received: from b by c; Thu, 19 May 2016 14:30:00 +0000',
        'Received: from a by b; Thu, 19 May 2016 15:41:00 +0000',
        date,
      ],
    ],
    [
      'a server a week later',
      ['date-far-from-received notice'],
      ['Received: from a by b; Thu, 26 May 2016 14:30:00 +0000', date],
    ],
    [
      'a server three hours earlier',
      ['date-far-from-received notice'],
      ['Received: from a by b; Thu, 19 May 2016 11:29:00 +0000', date],
    ],
    [
      'a Date at the beginning of time',
      ['date-implausible notice'],
      ['Date: Thu, 1 Jan 1970 00:00:00 +0000'],
    ],
    [
      'a stamp of Google that disagrees with its own field',
      ['provider-stamp-differs conflict'],
      [
        `Received: by 10.1.1.1 with SMTP id a96mr34565364pla.37.${Date.UTC(2018, 4, 19)}; Thu, 19 May 2016 14:30:00 +0000`,
        date,
      ],
    ],
    [
      'a seal before ARC was',
      ['anachronism conflict'],
      ['Date: Mon, 19 May 2014 14:30:00 +0000', 'ARC-Seal: i=1; cv=none'],
    ],
  ];
  for (const [why, found, fields] of cases) test(why, () => assert.deepEqual(findings(fields), found));

  test('a thousand hops are one finding of ten facts at most', () => {
    const hops = Array.from(
      { length: 1_000 },
      (_, i) => `Received: by b; ${new Date(Date.UTC(2016, 4, 19) + i * 3_600_000).toUTCString()}`,
    );
    const raw = onTheWire(`${[...hops, date].join('\n')}\n\n`);
    const found = findInContext(new SignedMessage(raw, 'network'), []);
    assert.ok(found.every(({ facts }) => facts.length <= 12));
  });
});

test('a signature that verifies fixes its time; one that does not is somebody’s word', () => {
  const key = rsaKey(1024);
  const raw = onTheWire(signed(key, { plan: { signedAt: Date.UTC(2018, 0, 1) / 1_000 } }));
  const message = new SignedMessage(raw, 'network');
  const judged = (findKeys: typeof noKeys): string[] =>
    findInContext(message, judgeDkim(message, { findKeys, now: 0 })).map(
      ({ code, level }) => `${code} ${level}`,
    );
  assert.deepEqual(judged(finderFor(recordOf(key))), ['signed-far-from-date conflict']);
  assert.deepEqual(judged(noKeys), ['signed-far-from-date notice']);
});

function threadIndex(began: number): string {
  const bytes = Buffer.alloc(22, 7);
  bytes.writeUIntBE(Number((BigInt(began + 11_644_473_600_000) * 10_000n) >> 16n), 0, 6);
  return bytes.toString('base64');
}

test('every rule has a title, a meaning and innocent causes, and what is told has them too', () => {
  for (const { title, meaning, benign, version } of Object.values(findingRules)) {
    assert.ok(title.length > 10 && meaning.length > 40 && benign.length > 0 && version > 0);
    assert.ok(benign.every((cause) => !cause.endsWith('.')));
  }
  const told = tellFinding({ code: 'copies-differ', level: 'notice', facts: [], others: [] });
  assert.deepEqual(told.benign, findingRules['copies-differ'].benign);
  assert.equal(told.rule, findingRules['copies-differ'].version);
});

test('docs/verification.md has the table of days', () => {
  const page = readFileSync('docs/verification.md', 'utf8');
  for (const { what, since, source } of novelties)
    assert.ok(page.includes(`| ${what} | ${since} | ${source} |`), what);
});

const box = '../shared/corpora/big/openbmc-10k.mbox.zst';

/** 10,000 letters of a list, 2019 to 2021, that nobody has reason to doubt: what is found in them is what clocks do. */
test('a real list archive has no conflict in it', {
  skip: existsSync(box) ? false : `${box} is not there`,
}, async (t) => {
  const counts = new Map<string, number>();
  let messages = 0;
  const keeper = { path: box, write: () => undefined };
  for await (const events of walkSource(box, { keeper, tmpDir: tempDir(t) })) {
    for (const event of events) {
      if (event.type !== 'message') continue;
      messages += 1;
      // The header section is enough.
      const end = event.raw.indexOf('\n\n');
      const message = new SignedMessage(event.raw.subarray(0, end + 2), 'local');
      for (const { code, level } of findInContext(message, []))
        counts.set(`${code} ${level}`, (counts.get(`${code} ${level}`) ?? 0) + 1);
    }
  }
  assert.equal(messages, 10_000);
  // docs/verification.md has these figures.
  assert.deepEqual(Object.fromEntries([...counts].sort()), {
    'date-far-from-received notice': 3,
    'message-id-time-differs notice': 2,
    'received-out-of-order notice': 47,
  });
});
