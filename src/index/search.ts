/**
 * Answering queries: sets of messages (evaluate.ts), their order and pages (rank.ts, page.ts), their facets
 * (facets.ts), and rows to show. Every hit is reachable, and the count is the size of the set.
 */
import type { CatalogReader } from '../store/catalog-reader.js';
import { OpenFiles } from '../store/open-files.js';
import type { Trove } from '../store/trove.js';
import type { NumberedFeatures } from '../thread/pack.js';
import type { AttachmentText } from './attachment-text.js';
import type { Bitset } from './bitset.js';
import type { Context } from './context.js';
import { evaluate } from './evaluate.js';
import type { Facets } from './facets.js';
import type { Judgements } from './judgements.js';
import { LoadedIndex } from './loaded-index.js';
import type { NearCopyGroups } from './near-copies.js';
import { type Page, pageByDate, pageByRank, parseRankCursor } from './page.js';
import type { FullText } from './postings/full-text.js';
import type { Query } from './query/query.js';
import type { Candidate, CandidateRange } from './query/suggest.js';
import { type Ranking, rank, rankedConditions } from './rank.js';
import type { DocRow } from './shard-reader.js';
import { findWords, hasWord } from './vocabulary.js';

export type SortOrder = 'date' | 'relevance';

/** What a list of hits shows of a message, without reading the message. */
export interface HitRow extends DocRow {
  readonly thread: number;
}

/** Sets and rankings kept: a page, its facets and the next page ask for the same. */
const keptResults = 8;

export class SearchIndex {
  readonly #index: LoadedIndex;
  readonly #sets = new Map<string, Bitset>();
  readonly #rankings = new Map<string, Ranking>();
  readonly #collapsed = new Map<string, Bitset>();
  /** Originals that messages are read from. */
  readonly files = new OpenFiles();

  constructor(trove: Trove) {
    this.#index = new LoadedIndex(trove);
  }

  close(): void {
    this.#index.close();
    this.files.close();
  }

  get catalog(): CatalogReader {
    return this.#index.catalog;
  }

  get attachments(): AttachmentText {
    return this.#index.attachments;
  }

  get judgements(): Judgements {
    return this.#index.judgements;
  }

  /** Takes up what was committed since the last call. Cheap when nothing was. Returns whether something was. */
  refresh(): boolean {
    const changed = this.#index.refresh();
    if (changed) {
      this.#sets.clear();
      this.#rankings.clear();
      this.#collapsed.clear();
    }
    return changed;
  }

  /** Each loads a part of what pages are counted from, unless it is there. */
  loads(): (() => unknown)[] {
    const index = this.#index;
    return [
      () => index.correspondence,
      () => index.folderLists,
      () => index.facetColumns,
      () => index.facetCounter,
      () => index.threads.of(0),
      () => index.context.persons,
      () => index.context.missing,
      () => index.lengths,
    ];
  }

  /** Messages that can be found. */
  get indexed(): number {
    return this.#index.columns.count;
  }

  get context(): Context {
    return this.#index.context;
  }

  get threadCount(): number {
    return this.#index.threads.count;
  }

  attachmentCount(): number {
    return this.#index.shards.reduce((sum, shard) => sum + shard.attachmentCount(), 0);
  }

  /** The messages that a query selects. The set is shared: do not change it. */
  evaluate(query: Query): Bitset {
    const key = this.keyOf(query);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const set = evaluate(this.#index, query);
    remember(this.#sets, key, set);
    return set;
  }

  /** The messages that a query selects, of those that say the same only one. Shared: do not change it. */
  collapsed(query: Query): Bitset {
    const key = this.keyOf(query);
    const known = this.#collapsed.get(key);
    if (known !== undefined) return known;
    const set = this.nearCopies.collapse(this.evaluate(query));
    remember(this.#collapsed, key, set);
    return set;
  }

  get nearCopies(): NearCopyGroups {
    return this.#index.threads.nearCopies;
  }

  /** Equal for two queries that select the same now: what is kept of an answer is kept under it, until `refresh` finds news. */
  keyOf(query: Query): string {
    return this.#index.desk.versionFor(query) + JSON.stringify(query);
  }

  /**
   * `limit` hits after `cursor`; of those that say the same only one where they are collapsed. Throws RangeError on a
   * cursor that this query did not make.
   */
  page(query: Query, sort: SortOrder, limit: number, cursor?: string, isCollapsed = false): Page {
    const { columns } = this.#index;
    const conditions = sort === 'relevance' ? rankedConditions(query).length : 0;
    if (conditions === 0) {
      const set = isCollapsed ? this.collapsed(query) : this.evaluate(query);
      return pageByDate(columns, set, limit, cursor);
    }
    const after = cursor === undefined ? undefined : parseRankCursor(cursor, conditions);
    const ranking = this.#rank(query, after?.levels);
    const shown = isCollapsed ? ranking.within(this.collapsed(query)) : ranking;
    return pageByRank(shown, limit, after);
  }

  #rank(query: Query, levels: string | undefined): Ranking {
    const key = this.keyOf(query);
    const known = this.#rankings.get(key + (levels ?? ''));
    if (known !== undefined) return known;
    const ranking = rank(this.#index, query, this.#sets.get(key), levels);
    remember(this.#sets, key, ranking.set);
    remember(this.#rankings, key + (levels ?? ''), ranking);
    // The following pages ask with its levels.
    remember(this.#rankings, key + ranking.levels, ranking);
    return ranking;
  }

  facets(query: Query): Facets {
    return this.#index.facetCounter.count(this.evaluate(query));
  }

  threadOf(number: number): number {
    return this.#index.threads.of(number);
  }

  /** How many messages are in a thread. */
  threadSize(thread: number): number {
    return this.#index.threads.sizeOf(thread);
  }

  /** Milliseconds; undefined where undated. */
  sentAt(number: number): number | undefined {
    const sentAt = this.#index.columns.sentAt[number] ?? Number.NaN;
    return Number.isNaN(sentAt) ? undefined : sentAt;
  }

  findRow(number: number): HitRow | undefined {
    const row = this.#index.shardOf(number)?.findRow(number);
    return row === undefined ? undefined : { ...row, thread: this.threadOf(number) };
  }

  /** Raw bytes from the spool; undefined where the message was not spooled. */
  findSpooled(number: number): Buffer | undefined {
    return this.#index.shardOf(number)?.findSpooled(number);
  }

  /** What threading needs of these messages: those of them that are indexed, in order of number. */
  features(numbers: readonly number[]): NumberedFeatures[] {
    return this.#index.shards
      .flatMap((shard) => shard.features(numbers.filter((number) => this.#index.shardOf(number) === shard)))
      .sort((a, b) => a.number - b.number);
  }

  /** Inferred edges among the members of a thread. */
  inferredEdges(thread: number): { child: number; parent: number; basis: string }[] {
    return this.#index.threads.inferredEdges(thread);
  }

  /** Words of the vocabulary within the ranges that are `wanted`, with the number of messages that hold them. */
  words(ranges: readonly CandidateRange[], isWanted: (word: string) => boolean): Candidate[] {
    return findWords(this.#texts, ranges, isWanted);
  }

  /** Whether the word, a token, is in any message. */
  hasWord(word: string): boolean {
    return hasWord(this.#texts, word);
  }

  get #texts(): FullText[] {
    return this.#index.shards.map((shard) => shard.text);
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  if (map.size <= keptResults) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
