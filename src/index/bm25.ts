/**
 * BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.4) with a weight for each column. Of a
 * message's score,
 *
 *   Σ over the query's words   rarity · f · (k1 + 1) ÷ (f + k1 · (1 − b + b · length ÷ average length))
 *
 * f, the word's weighted places, and length are the message's own and never change. Rarity and average length change
 * as mail arrives: they are rounded to levels, one character each, which a cursor carries from page to page. With the
 * same levels a message has the same score for ever.
 */
import { Bitset } from './bitset.js';
import type { Columns } from './columns.js';
import type { FullText } from './postings/full-text.js';
import { weighMatches } from './postings/match.js';
import type { TextCondition } from './query/query.js';
import { type Column, columns } from './query/tokens.js';
import type { TextLengths } from './text-lengths.js';

/** How strongly a word counts where it stands. */
const weightOf: Readonly<Record<Column, number>> = {
  sender: 4,
  recipient: 2,
  copied: 2,
  subject: 6,
  own: 3,
  quoted: 1,
  filename: 3,
};
const columnWeights = columns.map((column) => weightOf[column]);

const k1 = 1.2;
const b = 0.75;

const levels = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Values rounded to 64 levels, each `step` times the one before. */
interface Scale {
  readonly least: number;
  readonly step: number;
}

/** From a word in nearly every message to one of a hundred million. */
const rarityScale: Scale = { least: 0.05, step: 1.1 };
/** From 8 to 777,000 words. */
const lengthScale: Scale = { least: 8, step: 1.2 };

function levelOf(value: number, { least, step }: Scale): string {
  const level = Math.round(Math.log(Math.max(value, least) / least) / Math.log(step));
  return levels.charAt(Math.min(level, levels.length - 1));
}

const valueAt = (level: string, { least, step }: Scale): number => least * step ** levels.indexOf(level);

/** Scores are told apart in so many steps. */
export const topStep = 2 ** 14 - 1;

export interface Scores {
  /** By message, higher for better; 0 where no condition selects it. */
  readonly steps: Uint16Array;
  /** The level of the average length, then one for each condition. */
  readonly levels: string;
  /** The messages that each condition selects. */
  readonly sets: ReadonlyMap<TextCondition, Bitset>;
}

/** What scores are made from. */
export interface ScoredIndex {
  readonly shards: readonly { readonly text: FullText }[];
  readonly columns: Columns;
  readonly lengths: TextLengths;
  readonly sums: Sums;
}

/** Scores of all messages. `given` are the levels to use instead of those of the present state. */
export function scoreMessages(
  index: ScoredIndex,
  conditions: readonly TextCondition[],
  given: string | undefined,
): Scores {
  const { lengths, sums } = index;
  const sets = new Map<TextCondition, Bitset>();
  let levels = given?.charAt(0) ?? levelOf(lengths.average, lengthScale);
  const lengthFactor = (k1 * b) / valueAt(levels, lengthScale);
  // Above every sum that there can be with these levels.
  let bound = 0;
  for (const [at, condition] of conditions.entries()) {
    sets.set(condition, sums.find(index, condition));
    const level = given?.charAt(at + 1) ?? levelOf(sums.rarityAmong(index.columns.count), rarityScale);
    const most = valueAt(level, rarityScale) * (k1 + 1);
    sums.add(most, lengthFactor, lengths.words);
    bound += most;
    levels += level;
  }
  return { steps: sums.take(topStep / bound), levels, sets };
}

/** Adds up one condition after another. Its arrays serve for all rankings: making them costs more than most searches. */
export class Sums {
  readonly #sums: Float64Array;
  readonly #frequencies: Uint32Array;
  /** The messages of the present condition, and of all. */
  readonly #found: Uint32Array;
  readonly #touched: Uint32Array;
  #foundCount = 0;
  #touchedCount = 0;

  constructor(capacity: number) {
    this.#sums = new Float64Array(capacity);
    this.#frequencies = new Uint32Array(capacity);
    this.#found = new Uint32Array(capacity);
    this.#touched = new Uint32Array(capacity);
  }

  get capacity(): number {
    return this.#sums.length;
  }

  find(index: ScoredIndex, condition: TextCondition): Bitset {
    const frequencies = this.#frequencies;
    const found = this.#found;
    const set = new Bitset(frequencies.length);
    let count = 0;
    const visit = (number: number, weight: number): void => {
      // Committed since the columns were loaded: found the next time.
      if (number >= frequencies.length) return;
      const before = frequencies[number] ?? 0;
      if (before === 0) {
        found[count++] = number;
        set.add(number);
      }
      frequencies[number] = before + weight;
    };
    for (const { text } of index.shards) weighMatches(text, condition, columnWeights, visit);
    this.#foundCount = count;
    return set.and(index.columns.known);
  }

  /** How much it says that a message is among those found. */
  rarityAmong(messages: number): number {
    const found = this.#foundCount;
    const all = Math.max(found, messages);
    return Math.log(1 + (all - found + 0.5) / (found + 0.5));
  }

  /** Adds what was found, `most` at most for each message, and forgets it. */
  add(most: number, lengthFactor: number, words: Uint32Array): void {
    const sums = this.#sums;
    const frequencies = this.#frequencies;
    const found = this.#found;
    const touched = this.#touched;
    for (let i = 0; i < this.#foundCount; i++) {
      const number = found[i] ?? 0;
      const f = frequencies[number] ?? 0;
      frequencies[number] = 0;
      const sum = sums[number] ?? 0;
      if (sum === 0) touched[this.#touchedCount++] = number;
      sums[number] = sum + (most * f) / (f + k1 * (1 - b) + lengthFactor * (words[number] ?? 0));
    }
    this.#foundCount = 0;
  }

  /** The sums in steps, so many for each 1 of a sum. Forgets them. */
  take(stepsPerScore: number): Uint16Array {
    const sums = this.#sums;
    const touched = this.#touched;
    const steps = new Uint16Array(sums.length);
    for (let i = 0; i < this.#touchedCount; i++) {
      const number = touched[i] ?? 0;
      steps[number] = Math.ceil((sums[number] ?? 0) * stepsPerScore);
      sums[number] = 0;
    }
    this.#touchedCount = 0;
    return steps;
  }
}
