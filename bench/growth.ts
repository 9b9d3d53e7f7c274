/** How cost and memory grow with the trove: the same mix of mail in troves of several sizes. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { impartCommand, type Made, troveMade } from './contestants.js';
import type { LibraryRun } from './library.js';
import { type Corpus, readyScaled } from './mail.js';
import { type Cost, measure } from './process-cost.js';
import { type FirstHits, firstHits, settle } from './receive.js';
import type { ScaledMbox } from './scale.js';
import { askLibrary } from './search.js';

/** From this size on a receive runs once: it is long enough to be steady. */
const onceFrom = 500_000;
const queryRounds = 5;

export interface SizeResult {
  readonly messages: number;
  readonly bytes: number;
  readonly rounds: readonly (Cost | null)[];
  readonly failures: readonly string[];
  readonly made?: Made;
  readonly firstHits: FirstHits;
  /** The queries of queries.ts on the last of these troves. */
  readonly library?: LibraryRun;
}

interface Options {
  readonly work: string;
  readonly keep: boolean;
}

type ScaledFile = ScaledMbox & { readonly path: string };

export async function measureGrowth(
  corpora: readonly Corpus[],
  sizes: readonly number[],
  runs: number,
  options: Options,
  say: (line: string) => void,
): Promise<SizeResult[]> {
  const results: SizeResult[] = [];
  for (const size of sizes) {
    say(`${size} messages: making the mbox`);
    const mail = await readyScaled(corpora, size, options.work);
    results.push(
      await measureSize(mail, size >= onceFrom ? 1 : runs, options, (line) =>
        say(`${size} messages: ${line}`),
      ),
    );
  }
  return results;
}

async function measureSize(
  mail: ScaledFile,
  runs: number,
  { work, keep }: Options,
  say: (line: string) => void,
): Promise<SizeResult> {
  const dir = join(work, `growth-${mail.messages}.trove`);
  const rounds: (Cost | null)[] = [];
  const failures: string[] = [];
  const firstHit = await firstHits('Impart', mail.path, runs, dir);
  // The receives that end at the first hit are the warm-up.
  for (let round = 0; round < runs; round++) {
    settle(dir);
    const { status, stderr, ...cost } = await measure(impartCommand(mail.path, dir));
    say(`round ${round + 1}: ${cost.wallSeconds.toFixed(2)} s`);
    rounds.push(status === 0 ? cost : null);
    if (status !== 0) failures.push(`ended with ${status}: ${stderr.trim()}`);
  }
  const { messages, bytes } = mail;
  const result = { messages, bytes, rounds, failures, firstHits: firstHit };
  if (rounds.at(-1) === null) return result;
  try {
    return { ...result, made: troveMade(dir), library: await askLibrary(dir, queryRounds) };
  } finally {
    if (!keep) rmSync(dir, { recursive: true, force: true });
  }
}
