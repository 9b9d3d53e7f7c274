/**
 * How long someone waits who wants to search while mail comes in: from the start of `impart receive` until a reader
 * in another process (this one), who looks 50 times a second, finds the first message by a word.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { OperatorError } from '../src/errors.js';
import { parseQuery } from '../src/index/query/parse.js';
import { SearchIndex } from '../src/index/search.js';
import { catalogPath, openTrove, type Trove } from '../src/store/trove.js';
import { impartCommand } from './contestants.js';

const lookEvery = 20;
/** In some message of the first batch of any English mail. */
const word = 'the';

/** Seconds. Ends the receive after the first hit, in the middle of its work. Throws an Error where none comes. */
export async function secondsToFirstHit(source: string, dir: string): Promise<number> {
  const [program = '', ...args] = impartCommand(source, dir);
  const start = performance.now();
  const receive = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const complaint = text(receive.stderr);
  const ended = once(receive, 'exit');
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  const reader = new Reader(dir);
  try {
    for (;;) {
      // Asked before looking: what is found after the end is found by the last look.
      const isLast = !isRunning;
      if (reader.findsSomething()) return (performance.now() - start) / 1000;
      if (isLast) throw new Error(`nothing was found: ${(await complaint).trim()}`);
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  } finally {
    reader.close();
    receive.kill('SIGKILL');
    await ended;
  }
}

class Reader {
  readonly #dir: string;
  #index: SearchIndex | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  findsSomething(): boolean {
    this.#index ??= this.#open();
    if (this.#index === undefined || (!this.#index.refresh() && this.#index.indexed === 0)) return false;
    const parsed = parseQuery(word);
    return parsed.ok && this.#index.evaluate(parsed.query).count > 0;
  }

  /** undefined while there is nothing to open yet. */
  #open(): SearchIndex | undefined {
    try {
      const trove: Trove = openTrove(this.#dir);
      return existsSync(catalogPath(trove)) ? new SearchIndex(trove) : undefined;
    } catch (error) {
      if (error instanceof OperatorError) return undefined;
      throw error;
    }
  }

  close(): void {
    this.#index?.close();
  }
}
