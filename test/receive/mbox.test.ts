import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { limits as defaults } from '../../src/limits.js';
import { ExpansionBudget } from '../../src/receive/expansion.js';
import { readMbox } from '../../src/receive/mbox.js';
import type { Limits, Walk } from '../../src/receive/reader.js';
import type { MboxVariant, SourceEvent } from '../../src/receive/source.js';
import type { ByteStream } from '../../src/receive/stream.js';
import { Window } from '../../src/receive/window.js';
import { corpora, sorted, texts, walkAll, walkBytes } from './collect.js';

const from = 'From a@example.net Mon Jan  1 00:00:00 2001\n';

/** Gives the bytes in the given pieces; the last size repeats. */
function inPieces(bytes: Buffer, sizes: readonly number[]): ByteStream {
  let at = 0;
  let piece = 0;
  return {
    read: (target) => {
      const size = sizes[Math.min(piece++, sizes.length - 1)] ?? 1;
      const copied = bytes.subarray(at, at + size).copy(target);
      at += copied;
      return Promise.resolve(copied);
    },
    close: () => Promise.resolve(),
  };
}

async function readPieces(
  bytes: Buffer,
  sizes: readonly number[],
  limits: Partial<Limits> = {},
): Promise<unknown[]> {
  const walk: Walk = {
    keeper: { path: '', write: () => undefined },
    tmpDir: '/nonexistent',
    limits: { ...defaults, ...limits },
    budget: new ExpansionBudget(defaults),
    nextIndex: () => 0,
    onProgress: () => undefined,
  };
  const container = { index: 0, parent: -1, kind: 'mbox', path: 'x', compressions: [], folder: 'x' } as const;
  // A window no larger than the pieces: every piece moves what is held.
  const window = new Window(inPieces(bytes, sizes), Math.max(...sizes));
  const reader = readMbox({ container, window, direct: 0, size: bytes.length }, walk);
  const seen: unknown[] = [];
  for (let step = await reader.next(); ; step = await reader.next()) {
    if (step.done === true) return [...seen, step.value];
    for (const event of step.value as SourceEvent[])
      seen.push('raw' in event ? { ...event, raw: event.raw.toString('latin1') } : event);
  }
}

function variantOf(events: readonly SourceEvent[]): MboxVariant | undefined {
  return events.find((event) => event.type === 'end')?.variant;
}

async function split(
  t: TestContext,
  mbox: string,
): Promise<{ raw: string[]; variant: MboxVariant | undefined }> {
  const { messages, events } = await walkBytes(t, mbox);
  return { raw: texts(messages), variant: variantOf(events) };
}

const everything = Buffer.from(
  `\n${from}Subject: 1\n\n>From quoted once\n\n${from}Subject: 2\r\n\r\nCRLF\r\n\r\n${from}Subject: 3\n\n>>From twice\nFrom here on text\n\n` +
    `From nobody knows\n\n${from.replace('\n', '\r\n')}Subject: 4\nContent-Length: 5\n\nabcd\n${from}Subject: 5\n\n\n\n${from}Subject: 6\n\nno end`,
);

test('an mbox cut in two anywhere, or in single bytes, is the same mbox', async () => {
  const whole = await readPieces(everything, [everything.length]);
  assert.equal(whole.length, 7);
  for (let cut = 1; cut < everything.length; cut += 1) {
    assert.deepEqual(await readPieces(everything, [cut, everything.length - cut]), whole, `cut at ${cut}`);
  }
  for (const size of [1, 2, 3, 7, 64])
    assert.deepEqual(await readPieces(everything, [size]), whole, `pieces of ${size}`);
});

test('messages of an mboxrd come out as they went in, whatever their bodies look like', async (t) => {
  const bodies = [
    'From a\n',
    '>From a\n',
    '>>From a\n',
    'a\nFrom b\n\n>>>From c\n',
    '\nFrom a\n',
    'plain\n',
    '\n\n',
    '>\n',
    '> From a\n',
    'x From a\n',
  ];
  const originals = bodies.map((body, number) => `Subject: ${number}\n\n${body}`);
  // The writer as mbox(5) has it.
  const mbox = originals.map((original) => `${from}${original.replace(/^(>*From )/gm, '>$1')}\n`).join('');
  const { raw, variant } = await split(t, mbox);
  assert.deepEqual(sorted(raw), sorted(originals));
  assert.equal(variant, 'mboxrd');
});

test('a message that had no line end has one in the mbox, but for the last', async (t) => {
  assert.deepEqual((await split(t, `${from}Subject: 1\n\none\n\n${from}Subject: 2\n\ntwo`)).raw, [
    'Subject: 1\n\none\n',
    'Subject: 2\n\ntwo',
  ]);
});

test('the empty line before a From_ line and at the end of the file is not part of a message', async (t) => {
  const { raw } = await split(t, `${from}A: 1\n\nx\n\n\n${from}B: 2\n\ny\n\n`);
  assert.deepEqual(raw, ['A: 1\n\nx\n\n', 'B: 2\n\ny\n']);
  const crlf = await split(t, `${from}A: 1\n\nx\n\n${from}B: 2\n\ny\n\n`.replaceAll('\n', '\r\n'));
  assert.deepEqual(crlf.raw, ['A: 1\r\n\r\nx\r\n', 'B: 2\r\n\r\ny\r\n']);
});

test('without deeper quoting an mbox with quoted lines is taken as mboxo and left as it is', async (t) => {
  const { raw, variant } = await split(t, `${from}A: 1\n\n>From x\n\n${from}B: 2\n\ny\n`);
  assert.deepEqual(sorted(raw), ['A: 1\n\n>From x\n', 'B: 2\n\ny\n']);
  assert.equal(variant, 'mboxo');
});

test('a quoted line waits for evidence that comes later, and keeps its place', async (t) => {
  const mbox = `${from}A: 1\n\n>From x\n\n${from}B: 2\n\ny\n\n${from}C: 3\n\n>>From z\n`;
  const { messages, events } = await walkBytes(t, mbox);
  assert.deepEqual(texts(messages), ['B: 2\n\ny\n', 'A: 1\n\nFrom x\n', 'C: 3\n\n>From z\n']);
  assert.deepEqual(
    messages.map(({ place }) => place.offset),
    [mbox.indexOf('B: 2') - from.length, 0, mbox.indexOf('C: 3') - from.length],
  );
  assert.deepEqual(
    messages.map(({ place }) => place.direct !== undefined),
    [true, false, false],
  );
  assert.equal(variantOf(events), 'mboxrd');
});

test('messages that wait beyond the bound wait in a file', async (t) => {
  const mbox = Array.from({ length: 50 }, (_, number) => `${from}N: ${number}\n\n>From x\n\n`).join('');
  const both = await Promise.all(
    [0, 1e6].map(async (maxDeferredBytes) =>
      texts((await walkBytes(t, `${mbox}${from}N: 50\n\n>>From y\n`, { maxDeferredBytes })).messages),
    ),
  );
  assert.equal(both[0]?.length, 51);
  assert.deepEqual(both[0], both[1]);
  assert.equal(both[0]?.[7], 'N: 7\n\nFrom x\n');
});

test('a deeper quoted line in a header section proves nothing', async (t) => {
  assert.equal((await split(t, `${from}>>From x@y\nA: 1\n\n>From x\n`)).variant, 'mboxo');
});

test('"From " starts a message only where a From_ line can be', async (t) => {
  const { raw } = await split(
    t,
    `${from}A: 1\n\nFrom here to there.\n\nFrom Monday on.\n${from}is quoted in text\n\n${from}B: 2\n\n`,
  );
  assert.deepEqual(raw, [
    `A: 1\n\nFrom here to there.\n\nFrom Monday on.\n${from}is quoted in text\n`,
    'B: 2\n',
  ]);
});

test('a missing empty line before a well-formed From_ line is forgiven where a header follows', async (t) => {
  const { raw } = await split(t, `${from}A: 1\n\nx\n${from}B: 2\n\ny\n`);
  assert.deepEqual(raw, ['A: 1\n\nx\n', 'B: 2\n\ny\n']);
});

test('bytes before the first From_ line are reported, blank ones are not', async (t) => {
  const { messages, failures } = await walkBytes(t, `tail of something\n\n${from}A: 1\n\nx\n`);
  assert.deepEqual(texts(messages), ['A: 1\n\nx\n']);
  assert.deepEqual(
    failures.map(({ code, place }) => [code, place.offset, place.length]),
    [['damaged', 0, 19]],
  );
  assert.equal((await walkBytes(t, `\ufeff${from}A: 1\n\nx\n`)).failures.length, 0);
  assert.equal((await walkBytes(t, `\r\n \n${from}A: 1\n\nx\n`)).failures.length, 0);
});

test('a From_ line with nothing after it is a failed message, not a silent one', async (t) => {
  const { messages, failures } = await walkBytes(t, `${from}\n${from}A: 1\n\nx\n`);
  assert.equal(messages.length, 1);
  assert.deepEqual(
    failures.map(({ code }) => code),
    ['damaged'],
  );
});

test('Content-Length that is true finds unquoted From_ lines inside a body (mboxcl2)', async (t) => {
  const body = `one\n\n${from}Subject: not a message\n\nstill one`;
  const mbox = `${from}A: 1\nContent-Length: ${body.length}\n\n${body}\n${from}B: 2\nContent-Length: 4\n\ntwo\n\n`;
  const { raw, variant } = await split(t, mbox);
  assert.deepEqual(raw, [
    `A: 1\nContent-Length: ${body.length}\n\n${body}`,
    'B: 2\nContent-Length: 4\n\ntwo\n',
  ]);
  assert.equal(variant, 'mboxcl2');
});

test('Content-Length with quoted lines is mboxcl, which is left as it is', async (t) => {
  const mbox = `${from}A: 1\nContent-Length: 9\n\n>From x\n\n\n${from}B: 2\nContent-Length: 11\n\n>>From two\n\n`;
  const { raw, variant } = await split(t, mbox);
  assert.deepEqual(sorted(raw), [
    'A: 1\nContent-Length: 9\n\n>From x\n\n',
    'B: 2\nContent-Length: 11\n\n>>From two\n',
  ]);
  assert.equal(variant, 'mboxcl');
});

test('a Content-Length that is wrong or hostile swallows no message', async (t) => {
  const victim = `${from}B: 2\n\ntwo\n\n`;
  const last = `${from}C: 3\n\nthree\n`;
  for (const length of [3, 1000, 999_999_999_999, `4\n\n${victim}`.length - 1]) {
    const { raw } = await split(t, `${from}A: 1\nContent-Length: ${length}\n\none\n\n${victim}${last}`);
    assert.deepEqual(raw.slice(1), ['B: 2\n\ntwo\n', 'C: 3\n\nthree\n'], `length ${length}`);
  }
});

test('a message at the bound is read, one byte more is too large, and neither stops the rest', async (t) => {
  const message = (size: number) => `A: 1\n\n${'x'.repeat(size - 7)}\n`;
  for (const [size, code] of [
    [5000, undefined],
    [5001, 'too-large'],
  ] as const) {
    const { messages, failures } = await walkBytes(t, `${from}${message(size)}\n${from}B: 2\n\n`, {
      maxMessageBytes: 5000,
    });
    assert.deepEqual(
      failures.map((failure) => failure.code),
      code === undefined ? [] : [code],
    );
    assert.equal(messages.length, code === undefined ? 2 : 1);
  }
});

test('a message far beyond the bound is let go piece by piece, with its place and length known', async () => {
  const bytes = Buffer.from(`${from}A: 1\n\n${'x From y\n'.repeat(100_000)}\n${from}B: 2\n\nshort\n`);
  const [failure, message] = (await readPieces(bytes, [10_000], {
    maxMessageBytes: 20_000,
  })) as SourceEvent[];
  assert.ok(failure?.type === 'failed' && failure.code === 'too-large');
  assert.deepEqual([failure.place.offset, failure.place.length], [0, bytes.indexOf('B: 2') - from.length]);
  assert.ok(message?.type === 'message' && message.place.offset === failure.place.length);
});

test('mailboxes made to be slow are read in one pass: no empty lines, quotes without end, claims that are wrong', async () => {
  const hostile = [
    `${from}A: 1\n${'>>From x\n'.repeat(300_000)}`,
    `${from}A: 1\nContent-Length: 1\n\n\n${`${from}A: 1\n`.repeat(50_000)}`,
    `${from}A: 1\n\nx\n${'>'.repeat(1_000_000)}From x\n`,
    `${from}A: 1\n\n${'From Mon Jan  1 x\n'.repeat(100_000)}`,
    Array.from(
      { length: 20_000 },
      (_, number) => `${from}A: 1\nContent-Length: ${number % 20 === 19 ? 3_000_000 : 2}\n\nx\n\n`,
    ).join(''),
  ];
  const counts = [];
  for (const text of hostile) counts.push((await readPieces(Buffer.from(text), [65_536])).length - 1);
  assert.deepEqual(counts, [1, 50_001, 1, 1, 20_000]);
});

test('a From_ line at the bound of its length is one, a longer one is text', async (t) => {
  const long = `From ${'a'.repeat(100 - 29)} Mon Jan  1 00:00:00 2001`;
  for (const [maxFromLineBytes, count] of [
    [long.length, 2],
    [long.length - 10, 1],
  ] as const) {
    const { messages } = await walkBytes(t, `${from}A: 1\n\nx\n\n${long}\nB: 2\n\ny\n`, { maxFromLineBytes });
    assert.equal(messages.length, count, `bound ${maxFromLineBytes}`);
  }
});

test('the mailboxes of the corpora hold the messages that their From_ lines say', {
  skip: !existsSync(corpora) && 'no corpora',
}, async (t) => {
  for (const [name, count] of [
    ['simple', 2],
    ['headers', 1],
    ['multiline', 1],
    ['quoted', 1],
    ['single_mail', 1],
    ['testMBOX_complex', 1],
  ] as const) {
    const { messages, failures } = await walkAll(t, join(corpora, 'tika-mail', `${name}.mbox`));
    assert.equal(messages.length + failures.length, count, name);
  }
  const complex = readFileSync(join(corpora, 'tika-mail/complex.mbox'), 'latin1');
  const { messages } = await walkAll(t, join(corpora, 'tika-mail/complex.mbox'));
  assert.equal(messages.length, complex.match(/^From /gm)?.length);
});
