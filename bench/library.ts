/**
 * Asks the queries of a trove through the library. One answer is what a page of results needs: the query parsed, the
 * set with its exact count, the first 20 hits with their snippets, all facets.
 *
 * Warm: one round of all queries goes before and is not counted. Results are not taken from the program's caches:
 * queries are asked in turn, and an answer whose set is the object that answered an earlier one is counted.
 */
import type { Bitset } from '../src/index/bitset.js';
import { parseQuery } from '../src/index/query/parse.js';
import type { Query } from '../src/index/query/query.js';
import type { SortOrder } from '../src/index/search.js';
import { Archive } from '../src/read/archive.js';
import { openTrove } from '../src/store/trove.js';
import { type BenchQuery, queries } from './queries.js';
import { ownBytesOf } from './server.js';

const pageLength = 20;
const mostCommon = 'the most common word';
/** Hits that a walk asks for at a time. */
const walkLength = 200;

export interface Asked extends BenchQuery {
  readonly hits: number;
  readonly milliseconds: readonly number[];
  readonly phases: Phases;
}

/** Milliseconds of each answer's steps; with the parsing of the query they make up its time. */
export interface Phases {
  readonly set: readonly number[];
  readonly page: readonly number[];
  readonly snippets: readonly number[];
  readonly facets: readonly number[];
}

export const phaseNames = ['page', 'set', 'snippets', 'facets'] as const;

export interface Walked {
  readonly sort: SortOrder;
  readonly hits: number;
  /** Different messages that the pages gave, from first to last. */
  readonly reached: number;
  readonly seconds: number;
}

export interface LibraryRun {
  readonly indexed: number;
  /** Milliseconds to open the archive. */
  readonly openMilliseconds: number;
  readonly asked: readonly Asked[];
  /** The most common word of up to four letters, by number of messages; asked in the same turn as the others. */
  readonly mostCommon: {
    readonly word: string;
    readonly asked: readonly Asked[];
    readonly walks: readonly Walked[];
  };
  /** Answers that came from a cache of results: 0, or the times say nothing. */
  readonly fromCache: number;
  /** The most that was resident, mapped pages of the index included; and what was the process's own at the end. */
  readonly peakBytes: number;
  readonly ownBytes?: number | undefined;
}

/** Throws an Error where a query is not understood or a page lacks hits. */
export async function askQueries(dir: string, rounds: number): Promise<LibraryRun> {
  const start = performance.now();
  const archive = new Archive(openTrove(dir));
  const openMilliseconds = performance.now() - start;
  const word = mostCommonWord(archive);
  const common: BenchQuery[] = (['date', 'relevance'] as const).map((sort) => ({
    text: word,
    sort,
    what: mostCommon,
  }));
  const turn = inTurn(common).map((query) => ({ query, times: [] as Times[], hits: 0 }));
  const given = new WeakSet<Bitset>();
  let fromCache = 0;
  for (let round = 0; round <= rounds; round++) {
    for (const one of turn) {
      const { set, times } = await answer(archive, one.query);
      if (given.has(set)) fromCache += 1;
      given.add(set);
      one.hits = set.count;
      one.times.push(times);
    }
  }
  const asked = turn.map(({ query, hits, times }) => summary(query, hits, times));
  const isCommon = ({ what }: Asked): boolean => what === mostCommon;
  const walks = (['date', 'relevance'] as const).map((sort) => walk(archive, understood(word), sort));
  const { indexed } = archive.index;
  const ownBytes = ownBytesOf('self');
  archive.close();
  return {
    indexed,
    openMilliseconds,
    asked: asked.filter((one) => !isCommon(one)),
    mostCommon: { word, asked: asked.filter(isCommon), walks },
    fromCache,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    ownBytes,
  };
}

/** The two orders of the most common word share a set: half a turn lies between them. */
function inTurn(common: readonly BenchQuery[]): BenchQuery[] {
  const half = queries.length >> 1;
  return [...queries.slice(0, half), ...common.slice(0, 1), ...queries.slice(half), ...common.slice(1)];
}

/** `performance.now()` at the start, and at the end of each step: parsed, then as in `phaseNames`. */
type Times = readonly number[];

async function answer(
  archive: Archive,
  { text, sort }: BenchQuery,
): Promise<{ readonly set: Bitset; readonly times: Times }> {
  const times = [performance.now()];
  const query = understood(text);
  times.push(performance.now());
  // In the order of the page of hits: a ranking finds the set on its way.
  const page = archive.index.page(query, sort, pageLength);
  times.push(performance.now());
  const set = archive.index.evaluate(query);
  times.push(performance.now());
  const hits = await archive.hits(page.numbers, query);
  times.push(performance.now());
  archive.index.facets(query);
  times.push(performance.now());
  if (hits.length !== Math.min(pageLength, set.count)) {
    throw new Error(`${text}: ${set.count} hits, but ${hits.length} on the first page`);
  }
  return { set, times };
}

/** Without the first answer, which was the warm-up. */
function summary(query: BenchQuery, hits: number, answers: readonly Times[]): Asked {
  const between = (from: number, to: number): number[] =>
    answers.slice(1).map((times) => (times[to] ?? Number.NaN) - (times[from] ?? Number.NaN));
  return {
    ...query,
    hits,
    milliseconds: between(0, 5),
    phases: { page: between(1, 2), set: between(2, 3), snippets: between(3, 4), facets: between(4, 5) },
  };
}

function walk(archive: Archive, query: Query, sort: SortOrder): Walked {
  const start = performance.now();
  const reached = new Set<number>();
  let cursor: string | undefined;
  do {
    const page = archive.index.page(query, sort, walkLength, cursor);
    for (const number of page.numbers) reached.add(number);
    cursor = page.next;
  } while (cursor !== undefined);
  return {
    sort,
    hits: archive.index.evaluate(query).count,
    reached: reached.size,
    seconds: (performance.now() - start) / 1000,
  };
}

function understood(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.query;
}

function mostCommonWord(archive: Archive): string {
  const everything = { prefix: '', minLength: 1, maxLength: 100 };
  const words = archive.index.words([everything], (word) => word.length < 5);
  return words.reduce((most, word) => (word.count > most.count ? word : most)).term;
}
