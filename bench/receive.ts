/**
 * Receiving: Impart on an mbox and on the same mbox as zstd, mu and notmuch on a Maildir of the same messages, in
 * turn: A B C D, A B C D, … after one round that is not counted. Before each run what is unwritten goes to disk, so
 * that nobody pays for the one before. Ratios are taken round by round.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, impart, type Made, mu, notmuch } from './contestants.js';
import { secondsToFirstHit } from './first-hit.js';
import { type Corpus, readyMaildir } from './mail.js';
import type { Cost, Ran } from './process-cost.js';

export const plainName = 'Impart, mbox';
export const zstName = 'Impart, mbox.zst';

export interface ContestantResult {
  readonly name: string;
  /** Why there is no result; undefined where it ran. */
  readonly absent?: string;
  /** One entry for each counted round; null where the run failed. */
  readonly rounds: readonly (Cost | null)[];
  /** What went wrong, once for each time. */
  readonly failures: readonly string[];
  /** Of the last run that ended well. */
  readonly made?: Made;
}

export interface FirstHits {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly failures: readonly string[];
}

export interface CorpusResult {
  readonly name: string;
  readonly messages: number;
  readonly bytes: number;
  readonly contestants: readonly ContestantResult[];
  readonly firstHits: readonly FirstHits[];
}

/** `say` is told what happens. A contestant that fails is part of the result, not an exception. */
export async function measureReceive(
  corpora: readonly Corpus[],
  runs: number,
  work: string,
  say: (line: string) => void,
): Promise<CorpusResult[]> {
  const results: CorpusResult[] = [];
  const dir = join(work, 'run');
  for (const corpus of corpora) {
    const { name, messages, bytes, mbox, zst } = corpus;
    const maildir = await readyMaildir(corpus, work);
    const contestants = [impart(plainName, mbox), impart(zstName, zst), mu(maildir), notmuch(maildir)];
    results.push({
      name,
      messages,
      bytes,
      contestants: await inTurn(contestants, runs, dir, (line) => say(`${name}: ${line}`)),
      firstHits: [await firstHits(plainName, mbox, runs, dir), await firstHits(zstName, zst, runs, dir)],
    });
  }
  return results;
}

/** Runs each contestant once uncounted and `runs` times counted, in turn. */
export async function inTurn(
  contestants: readonly Contestant[],
  runs: number,
  dir: string,
  say: (line: string) => void,
): Promise<ContestantResult[]> {
  const results = contestants.map(({ name, absent }) => ({
    name,
    ...(absent === undefined ? {} : { absent }),
    rounds: [] as (Cost | null)[],
    failures: [] as string[],
    made: undefined as Made | undefined,
  }));
  for (let round = 0; round <= runs; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const result = results[i];
      if (result === undefined || contestant.absent !== undefined) continue;
      settle(dir);
      const ran = await contestant.run(dir);
      const cost = accept(contestant, ran, dir, result);
      say(
        `${round === 0 ? 'warm-up' : `round ${round}`}, ${contestant.name}: ${cost === null ? 'failed' : `${ran.wallSeconds.toFixed(2)} s`}`,
      );
      if (round > 0) result.rounds.push(cost);
    }
  }
  rmSync(dir, { recursive: true, force: true });
  return results.map(({ made, ...result }) => (made === undefined ? result : { ...result, made }));
}

/** The cost of a run that did what it was for; otherwise null, with the reason noted. */
function accept(
  contestant: Contestant,
  ran: Ran,
  dir: string,
  result: { failures: string[]; made: Made | undefined },
): Cost | null {
  const { status, stderr, ...cost } = ran;
  try {
    if (status !== 0) throw new Error(`ended with ${status}: ${lastLine(stderr)}`);
    result.made = contestant.made(dir);
    return cost;
  } catch (error) {
    result.failures.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** A fresh start: nothing in `dir`, nothing waiting to be written. */
export function settle(dir: string): void {
  rmSync(dir, { recursive: true, force: true });
  execFileSync('sync');
}

export async function firstHits(name: string, source: string, runs: number, dir: string): Promise<FirstHits> {
  const seconds: number[] = [];
  const failures: string[] = [];
  for (let run = 0; run < runs; run++) {
    settle(dir);
    try {
      seconds.push(await secondsToFirstHit(source, dir));
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  rmSync(dir, { recursive: true, force: true });
  return { name, seconds, failures };
}

function lastLine(said: string): string {
  return said.trim().split('\n').at(-1) ?? '';
}
