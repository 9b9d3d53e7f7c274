/**
 * Many readers while mail comes in: so many requests a second, whether or not earlier ones were answered, and how long
 * after it was due each was answered to its last byte. The receive is of its own process, into the trove that is read.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { OperatorError } from '../src/errors.js';
import { CatalogReader } from '../src/store/catalog-reader.js';
import { openTrove } from '../src/store/trove.js';
import { urls } from '../src/web/urls.js';
import { impartCommand } from './contestants.js';
import { queries } from './queries.js';
import { type Server, startServer } from './server.js';

const perSecond = 200;
const connections = 32;
/** Messages that are received before readers come; they read the first half of them, which is searchable by then. */
const readFrom = 4_000;

export interface LoadResult {
  readonly perSecond: number;
  readonly seconds: number;
  /** From the moment a request was due; in the order of asking. */
  readonly milliseconds: readonly number[];
  /** Answers that were not 200, or did not come. */
  readonly failed: number;
  /** Messages that were there when the first and the last request were made. */
  readonly from: number;
  readonly to: number;
  readonly isReceivingToTheEnd: boolean;
  readonly ownBytes: number | undefined;
}

/** What readers open, in parts of a hundred: messages mostly, searches, the threads they stand in, now and then the rest. */
const mix: readonly (readonly [part: number, address: (random: () => number, messages: number) => string])[] =
  [
    [45, (random, messages) => urls.message(oneOf(random, messages))],
    [25, (random) => searchFor(random)],
    [10, (random, messages) => urls.thread(oneOf(random, messages))],
    [8, () => urls.home()],
    [4, () => urls.people()],
    [4, (random) => urls.pictures({ q: queries[Math.floor(random() * 4)]?.text ?? '' })],
    [4, () => urls.progress()],
  ];

const oneOf = (random: () => number, messages: number): number => 1 + Math.floor(random() * messages);

function searchFor(random: () => number): string {
  const { text: q, sort } = queries[Math.floor(random() * queries.length)] ?? { text: '', sort: 'date' };
  return urls.search({ q, sort });
}

/** Throws an Error where nothing can be received or served. */
export async function measureLoad(
  sources: readonly string[],
  dir: string,
  seconds: number,
): Promise<LoadResult> {
  rmSync(dir, { recursive: true, force: true });
  const [program = '', verb = '', first = '', ...rest] = impartCommand(sources[0] ?? '', dir);
  const receive = spawn(program, [verb, first, ...sources.slice(1), ...rest], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const complaint = text(receive.stderr);
  const ended = once(receive, 'exit');
  try {
    await messagesThere(dir, readFrom, () => receive.exitCode === null, complaint);
    const server = await startServer(dir, connections);
    try {
      return await readers(server, dir, seconds, () => receive.exitCode === null);
    } finally {
      await server.stop();
    }
  } finally {
    receive.kill('SIGKILL');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  }
}

async function messagesThere(
  dir: string,
  wanted: number,
  isReceiving: () => boolean,
  complaint: Promise<string>,
): Promise<void> {
  while (countMessages(dir) < wanted) {
    if (!isReceiving()) throw new Error(`nothing to read: ${(await complaint).trim()}`);
    await wait(50);
  }
}

/** 0 while there is no catalog yet. */
function countMessages(dir: string): number {
  try {
    const catalog = new CatalogReader(openTrove(dir));
    const count = catalog.messageCount();
    catalog.close();
    return count;
  } catch (error) {
    if (error instanceof OperatorError) return 0;
    throw error;
  }
}

async function readers(
  server: Server,
  dir: string,
  seconds: number,
  isReceiving: () => boolean,
): Promise<LoadResult> {
  const random = chance(7);
  const from = countMessages(dir);
  const milliseconds: number[] = [];
  let failed = 0;
  const start = performance.now();
  const asked = Array.from({ length: perSecond * seconds }, async (_, at) => {
    const path = addressFrom(random, readFrom / 2);
    const due = start + (at * 1000) / perSecond;
    await wait(Math.max(0, due - performance.now()));
    const { status } = await server.ask(path);
    milliseconds[at] = performance.now() - due;
    if (status !== 200 && status !== 302) failed += 1;
  });
  await Promise.all(asked);
  return {
    perSecond,
    seconds,
    milliseconds,
    failed,
    from,
    to: countMessages(dir),
    isReceivingToTheEnd: isReceiving(),
    ownBytes: server.ownBytes(),
  };
}

/** The same numbers each time (Numerical Recipes' linear congruential generator), from 0 up to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function addressFrom(random: () => number, messages: number): string {
  let left = random() * 100;
  for (const [part, address] of mix) {
    left -= part;
    if (left < 0) return address(random, messages);
  }
  return urls.home();
}
