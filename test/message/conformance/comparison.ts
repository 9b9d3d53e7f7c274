/**
 * What comparing with another parser's findings gives: how many facts agree, and each one that does not.
 *
 *   { set: 'mail-parser/date', cases: 40, facts: 40, differences: [{ id: '13', expected: …, actual: … }] }
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Difference {
  /** Stable name of the fact within its set: file or number, then what was compared. */
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
}

export interface Comparison {
  readonly set: string;
  /** Files or inputs. */
  readonly cases: number;
  /** Single comparisons made. */
  readonly facts: number;
  readonly differences: readonly Difference[];
}

export const corpora = '../shared/corpora';

/** Why a test of a corpus cannot run; false where it can. */
export function corpusMissing(folder: string): string | false {
  return existsSync(join(corpora, folder)) ? false : `../shared/corpora/${folder} is not here`;
}

export function readCorpus(path: string): Buffer {
  return readFileSync(join(corpora, path));
}

/** Files under a corpus folder, as paths relative to it, sorted. */
export function listCorpus(folder: string, accept: (path: string) => boolean): string[] {
  const root = join(corpora, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => accept(path) && statSync(join(root, path)).isFile())
    .sort();
}

/** Collects facts of one set. */
export class Tally {
  #facts = 0;
  #cases = 0;
  readonly #differences: Difference[] = [];
  readonly #set: string;

  constructor(set: string) {
    this.#set = set;
  }

  startCase(): void {
    this.#cases++;
  }

  compare(id: string, expected: unknown, actual: unknown): void {
    this.#facts++;
    const left = String(JSON.stringify(expected));
    const right = String(JSON.stringify(actual));
    if (left !== right) this.#differences.push({ id, expected: shorten(left), actual: shorten(right) });
  }

  finish(): Comparison {
    return { set: this.#set, cases: this.#cases, facts: this.#facts, differences: this.#differences };
  }
}

function shorten(text: string): string {
  return text.length <= 240 ? text : `${text.slice(0, 200)}… (${String(text.length)} characters)`;
}
