/**
 * Where the quoted passages of messages come from: looked for among the messages that a thread places above them,
 * then in the whole trove by runs of words that stand in few messages.
 */
import type { Query } from '../index/query/query.js';
import { queryTokens } from '../index/query/tokens.js';
import type { Segment } from '../message/text/segments.js';
import { Originals, type Quotation } from '../thread/quotation/originals.js';
import { originalText, type QuotedPassage, quotedPassages } from '../thread/quotation/passages.js';
import type { Archive, ThreadEntry } from './archive.js';

export interface FoundQuotation extends QuotedPassage {
  readonly quotation: Quotation;
  /** Whose message that is: display name, else addr-spec. */
  readonly by: string;
  readonly sentAt: number | undefined;
}

/** Messages above one that are read as possible originals. */
const maxAncestors = 12;
/** Searches of the whole trove for one finder (one page): each costs a few milliseconds in a large trove. */
const maxSearches = 8;
/** A run of words in more messages than this tells none of them. */
const maxSharers = 40;
/** Messages read for one passage that was searched for. */
const maxRead = 6;
/** Tokens in a row that are searched for, and how many such runs of one passage. */
const runTokens = 4;
const maxRuns = 3;
/** Clocks differ: an original may seem to be later than what quotes it. */
const clockSkew = 24 * 60 * 60 * 1000;

export class QuotationFinder {
  readonly #archive: Archive;
  readonly #originals = new Originals();
  readonly #added = new Set<number>();
  /** By run of words, the messages that hold it; none where they are too many. Replies repeat what they quote. */
  readonly #sharers = new Map<string, readonly number[]>();
  #searches = 0;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  /** `thread`: its entries in reading order, undefined where the message is alone. */
  async find(
    number: number,
    segments: readonly Segment[],
    thread: readonly ThreadEntry[] | undefined,
  ): Promise<FoundQuotation[]> {
    const passages = quotedPassages(segments);
    if (passages.length === 0) return [];
    for (const ancestor of ancestorsOf(number, thread ?? [])) await this.#add(ancestor);
    const isCandidate = this.#isEarlier(number);
    const found: FoundQuotation[] = [];
    for (const passage of passages) {
      const quotation =
        this.#originals.find(passage.text, isCandidate) ?? (await this.#search(passage.text, isCandidate));
      if (quotation === undefined) continue;
      const row = this.#archive.index.findRow(quotation.of);
      found.push({
        ...passage,
        quotation,
        by: row?.fromName || row?.fromAddr || '',
        sentAt: row?.sentAt,
      });
    }
    return found;
  }

  #isEarlier(number: number): (candidate: number) => boolean {
    const { index } = this.#archive;
    const latest = (index.sentAt(number) ?? Number.POSITIVE_INFINITY) + clockSkew;
    return (candidate) => candidate !== number && (index.sentAt(candidate) ?? latest) <= latest;
  }

  async #add(number: number): Promise<void> {
    if (this.#added.has(number)) return;
    this.#added.add(number);
    const segments = await this.#archive.segmentsOf(number);
    this.#originals.add(number, originalText(segments));
  }

  async #search(passage: string, isCandidate: (number: number) => boolean): Promise<Quotation | undefined> {
    const runs = tellingRuns(passage);
    const isKnown = runs.every((run) => this.#sharers.has(run.join(' ')));
    if (runs.length === 0 || (!isKnown && this.#searches >= maxSearches)) return undefined;
    if (!isKnown) this.#searches += 1;
    const votes = new Map<number, number>();
    for (const run of runs)
      for (const number of this.#sharersOf(run))
        if (isCandidate(number)) votes.set(number, (votes.get(number) ?? 0) + 1);
    const likely = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, maxRead);
    for (const [number] of likely) await this.#add(number);
    return this.#originals.find(passage, isCandidate);
  }

  #sharersOf(run: readonly string[]): readonly number[] {
    const key = run.join(' ');
    const known = this.#sharers.get(key);
    if (known !== undefined) return known;
    const set = this.#archive.index.evaluate(inOwnWords(run));
    const sharers = set.count > maxSharers ? [] : set.toArray();
    this.#sharers.set(key, sharers);
    return sharers;
  }
}

const inOwnWords = (run: readonly string[]): Query => ({
  kind: 'text',
  columns: ['own'],
  match: { kind: 'phrase', text: run.join(' '), tokens: run, prefix: false },
});

/** Nearest first. */
function ancestorsOf(number: number, thread: readonly ThreadEntry[]): number[] {
  const path: (number | undefined)[] = [];
  for (const entry of thread) {
    path.length = Math.min(path.length, entry.depth);
    if (entry.number === number)
      return path
        .filter((each) => each !== undefined)
        .reverse()
        .slice(0, maxAncestors);
    path[entry.depth] = entry.number;
  }
  return [];
}

/** The runs of words in a passage that stand in the fewest messages, as far as their letters tell: no two overlap. */
function tellingRuns(passage: string): (readonly string[])[] {
  const tokens = queryTokens(passage.slice(0, 4_000));
  if (tokens.length < runTokens * 2 - 2) return [];
  const runs = tokens.slice(0, tokens.length - runTokens + 1).map((_, at) => ({
    at,
    tokens: tokens.slice(at, at + runTokens),
  }));
  const letters = (run: readonly string[]): number => run.reduce((sum, token) => sum + token.length, 0);
  runs.sort((a, b) => letters(b.tokens) - letters(a.tokens) || a.at - b.at);
  const chosen: typeof runs = [];
  for (const run of runs) {
    if (chosen.length === maxRuns) break;
    if (chosen.every(({ at }) => Math.abs(at - run.at) >= runTokens)) chosen.push(run);
  }
  return chosen.map((run) => run.tokens);
}
