/**
 * Answering queries: a plan's leaves become sets of message numbers (full text from the shards, conditions from
 * columns), sets are combined with bit operations, and the outcome is sorted, counted and summed up in facets.
 *
 * Every hit is reachable: a cursor names the last hit shown, and the count is the size of the set.
 */
import { existsSync } from 'node:fs';
import { CatalogReader } from '../store/catalog-reader.js';
import { indexDir, type Trove } from '../store/trove.js';
import type { NumberedFeatures } from '../thread/pack.js';
import { AttachmentText } from './attachment-text.js';
import { Bitset } from './bitset.js';
import { Columns, dateKey, FacetColumns } from './columns.js';
import { DeskSets } from './desk-sets.js';
import { countFacets, type Facets } from './facets.js';
import { type FolderLists, loadFolderLists } from './folder-lists.js';
import { ftsMatch, type Plan, plan as planOf, toFts } from './query/fts.js';
import { type DeskCondition, pathMatches, type Query, type TypeCondition } from './query/query.js';
import type { Candidate, CandidateRange } from './query/suggest.js';
import { listShards } from './shard.js';
import { type DocRow, ShardReader } from './shard-reader.js';
import { StoredThreads } from './threads.js';

export type SortOrder = 'date' | 'relevance';

/** What a list of hits shows of a message, without reading the message. */
export interface HitRow extends DocRow {
  readonly thread: number;
}

/** A page of hits. `next` is the cursor of the following page, undefined on the last. */
export interface Page {
  readonly numbers: readonly number[];
  readonly next: string | undefined;
}

/** How strongly a word counts where it stands: sender, recipient, copied, subject, own, quoted, filename. */
const columnWeights = '4, 2, 2, 6, 3, 1, 3';
/** Steps that BM25, a few tens at most, is counted in; with `maxPlaces` a sort key stays within the safe integers. */
const scoreSteps = 10_000;
/** More than any trove has messages. */
const maxPlaces = 2 ** 27;
/** Sets and orders kept: a page, its facets and the next page ask for the same. */
const keptResults = 8;

export class SearchIndex {
  readonly catalog: CatalogReader;
  readonly attachments: AttachmentText;
  readonly #dir: string;
  readonly #shards: ShardReader[] = [];
  readonly #threads: StoredThreads;
  readonly #desk: DeskSets;
  #columns = new Columns();
  #facetColumns: FacetColumns | undefined;
  #lists: FolderLists | undefined;
  readonly #sets = new Map<string, Bitset>();
  readonly #ranked = new Map<string, Uint32Array>();

  constructor(trove: Trove) {
    this.catalog = new CatalogReader(trove);
    this.attachments = new AttachmentText(trove);
    this.#dir = indexDir(trove);
    this.#threads = new StoredThreads(this.#dir);
    this.#desk = new DeskSets(trove, this.catalog);
    this.refresh();
  }

  close(): void {
    this.#closeShards();
    this.#threads.close();
    this.#desk.close();
    this.attachments.close();
    this.catalog.close();
  }

  #closeShards(): void {
    for (const shard of this.#shards) shard.close();
    this.#shards.length = 0;
  }

  /** Takes up what was committed since the last call. Cheap when nothing was. Returns whether something was. */
  refresh(): boolean {
    let changed = this.#threads.refresh();
    changed = this.attachments.refresh() || changed;
    if (this.#shards.some((shard) => shard.isReplaced)) {
      // The trove was indexed anew: everything known of the old files is void.
      this.#closeShards();
      this.#columns = new Columns();
      changed = true;
    }
    this.#openNewShards();
    for (const [i, shard] of this.#shards.entries()) {
      const count = shard.count();
      if (count === shard.loadedCount) continue;
      changed = true;
      if (shard.loadedTo > 0 && shard.countAbove(shard.loadedTo) + shard.loadedCount !== count)
        return this.#reload();
      shard.loadedTo = this.#columns.load(shard.db, i, shard.loadedTo);
      shard.loadedCount = count;
    }
    if (changed) {
      this.#facetColumns = undefined;
      this.#lists = undefined;
      this.#sets.clear();
      this.#ranked.clear();
    }
    return changed;
  }

  /** A resumed receive may have filled in lower numbers: then the columns are read anew. */
  #reload(): boolean {
    this.#columns = new Columns();
    for (const shard of this.#shards) {
      shard.loadedTo = 0;
      shard.loadedCount = 0;
    }
    return this.refresh();
  }

  #openNewShards(): void {
    if (!existsSync(this.#dir)) return;
    for (const name of listShards(this.#dir)) {
      if (this.#shards.some((shard) => shard.name === name)) continue;
      this.#shards.push(ShardReader.open(this.#dir, name));
    }
  }

  /** Messages that can be found. */
  get indexed(): number {
    return this.#columns.count;
  }

  get threadCount(): number {
    return this.#threads.count;
  }

  attachmentCount(): number {
    return this.#shards.reduce((sum, shard) => sum + shard.attachmentCount(), 0);
  }

  /** The messages that a query selects. The set is shared: do not change it. */
  evaluate(query: Query): Bitset {
    const plan = planOf(query);
    const key = this.keyOf(query);
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const set = this.#evaluate(plan);
    remember(this.#sets, key, set);
    return set;
  }

  /** Equal for two queries that select the same now: what is kept of an answer is kept under it, until `refresh` finds news. */
  keyOf(query: Query): string {
    return this.#desk.versionFor(query) + JSON.stringify(planOf(query));
  }

  /** Bounded recursion: the parser bounds the depth of a query (limits.maxQueryDepth). */
  #evaluate(plan: Plan): Bitset {
    switch (plan.kind) {
      case 'all':
        return this.#where((number) => this.#columns.has(number));
      case 'fts':
        return this.#match(plan.match);
      case 'not':
        return this.#evaluate({ kind: 'all' }).andNot(this.#evaluate(plan.item));
      case 'and':
        return plan.items.map((item) => this.#evaluate(item)).reduce((a, b) => a.and(b));
      case 'or':
        return plan.items.map((item) => this.#evaluate(item)).reduce((a, b) => a.or(b));
      case 'date':
        return this.#dated(plan.from ?? Number.NEGATIVE_INFINITY, plan.to ?? Number.POSITIVE_INFINITY);
      case 'size':
        return this.#sized(plan.min ?? 0, plan.max ?? Number.POSITIVE_INFINITY);
      case 'has-attachment':
        return this.#where((number) => (this.#columns.attachments[number] ?? 0) > 0);
      case 'type':
        return this.#typed(plan);
      case 'attachment':
        return this.#setOf(this.attachments.numbersMatching(ftsMatch(plan.match)));
      case 'folder':
        return this.#inFolders((name) => pathMatches(plan.pattern, name));
      case 'container':
        return this.#inContainers(this.#containerIds(plan.which));
      case 'msgid':
        return this.#numbers('SELECT json_group_array(number) j FROM doc WHERE msgid = ?', plan.id);
      case 'thread':
        return this.#where((number) => this.#columns.has(number) && this.threadOf(number) === plan.number);
      case 'tag':
      case 'note':
      case 'read':
        return this.#fromDesk(plan);
    }
  }

  #fromDesk(condition: DeskCondition): Bitset {
    if (condition.kind === 'read' && !condition.isRead)
      return this.#evaluate({ kind: 'all' }).andNot(this.#fromDesk({ kind: 'read', isRead: true }));
    const set = new Bitset(this.#columns.capacity);
    for (const number of this.#desk.numbers(condition)) if (this.#columns.has(number)) set.add(number);
    return set;
  }

  #where(test: (number: number) => boolean): Bitset {
    const set = new Bitset(this.#columns.capacity);
    for (let number = 0; number < this.#columns.capacity; number++) if (test(number)) set.add(number);
    return set;
  }

  #dated(from: number, to: number): Bitset {
    const { sentAt } = this.#columns;
    // NaN compares false: undated messages are in no range.
    return this.#where(
      (number) => (sentAt[number] ?? Number.NaN) >= from && (sentAt[number] ?? Number.NaN) < to,
    );
  }

  #sized(min: number, max: number): Bitset {
    const { size } = this.#columns;
    return this.#where(
      (number) => this.#columns.has(number) && (size[number] ?? 0) >= min && (size[number] ?? 0) <= max,
    );
  }

  #match(match: string): Bitset {
    return this.#numbers('SELECT json_group_array(rowid) j FROM text WHERE text MATCH ?', match);
  }

  /** Numbers leave SQLite as one JSON text: a third of the cost of a row each. */
  #numbers(sql: string, value: string): Bitset {
    const set = new Bitset(this.#columns.capacity);
    for (const shard of this.#shards) {
      const json = String(shard.db.prepare(sql).get(value)?.j ?? '[]');
      for (const number of JSON.parse(json) as number[]) if (this.#columns.has(number)) set.add(number);
    }
    return set;
  }

  #setOf(json: string): Bitset {
    const set = new Bitset(this.#columns.capacity);
    for (const number of JSON.parse(json) as number[]) if (this.#columns.has(number)) set.add(number);
    return set;
  }

  #typed(condition: TypeCondition): Bitset {
    const { mediaTypes, types } = this.#facetData();
    const wanted = new Set<number>();
    for (const [id, mediaType] of mediaTypes.names.entries()) {
      const family = mediaType.slice(0, mediaType.indexOf('/'));
      if (condition.mediaTypes.includes(mediaType) || condition.families.includes(family)) wanted.add(id);
    }
    const set = this.#where((number) => types.some(number, (id) => wanted.has(id)));
    for (const extension of condition.extensions) {
      const pattern = `%.${extension.replace(/[\\%_]/g, '\\$&')}`;
      set.or(
        this.#numbers(
          "SELECT json_group_array(DISTINCT number) j FROM attachment WHERE name LIKE ? ESCAPE '\\'",
          pattern,
        ),
      );
    }
    return set;
  }

  #facetData(): FacetColumns {
    if (this.#facetColumns !== undefined) return this.#facetColumns;
    const columns = new FacetColumns(this.#columns);
    for (const shard of this.#shards) columns.load(shard.db);
    columns.finish();
    this.#facetColumns = columns;
    return columns;
  }

  #folderLists(): FolderLists {
    this.#lists ??= loadFolderLists(
      this.catalog.db,
      this.#shards.map(({ db }) => db),
      this.#columns.capacity,
    );
    return this.#lists;
  }

  #inFolders(test: (name: string) => boolean): Bitset {
    const { folders, folderNames } = this.#folderLists();
    const wanted = new Set<number>();
    for (const [id, name] of folderNames.entries()) if (name !== undefined && test(name)) wanted.add(id);
    return this.#where((number) => this.#columns.has(number) && folders.some(number, (id) => wanted.has(id)));
  }

  #inContainers(ids: ReadonlySet<number>): Bitset {
    const { containers } = this.#folderLists();
    return this.#where((number) => this.#columns.has(number) && containers.some(number, (id) => ids.has(id)));
  }

  /** The containers that are meant, with everything inside them. */
  #containerIds(which: Extract<Plan, { kind: 'container' }>['which']): ReadonlySet<number> {
    const ids = new Set<number>();
    for (const container of this.catalog.containers()) {
      const isMeant = typeof which === 'number' ? container.id === which : pathMatches(which, container.path);
      if (isMeant || (container.parent !== undefined && ids.has(container.parent))) ids.add(container.id);
    }
    return ids;
  }

  threadOf(number: number): number {
    return this.#threads.of(number);
  }

  /** `limit` hits after `cursor`. Throws RangeError on a cursor that this index did not make. */
  page(query: Query, sort: SortOrder, limit: number, cursor?: string): Page {
    const set = this.evaluate(query);
    const match = sort === 'relevance' ? rankable(query) : undefined;
    if (match === undefined) return this.#pageByDate(set, limit, cursor);
    return this.#pageByRank(this.#rank(set, match, this.keyOf(query)), limit, cursor);
  }

  #pageByDate(set: Bitset, limit: number, cursor: string | undefined): Page {
    const { order, sentAt } = this.#columns;
    const numbers: number[] = [];
    let at = cursor === undefined ? 0 : this.#positionAfter(cursor);
    for (; at < order.length && numbers.length < limit; at++) {
      const number = order[at] ?? 0;
      if (set.has(number)) numbers.push(number);
    }
    while (at < order.length && !set.has(order[at] ?? 0)) at++;
    const last = numbers.at(-1);
    return {
      numbers,
      next: last === undefined || at >= order.length ? undefined : `d${dateKey(sentAt[last])}.${last}`,
    };
  }

  /** Cursor `d<milliseconds>.<number>`: stays valid while messages arrive. */
  #positionAfter(cursor: string): number {
    const match = /^d(-?\d{1,17})\.(\d{1,10})$/.exec(cursor);
    if (match === null) throw new RangeError(`not a cursor: ${cursor}`);
    const key = Number(match[1]);
    const last = Number(match[2]);
    const { order, sentAt } = this.#columns;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const number = order[middle] ?? 0;
      const difference = dateKey(sentAt[number]) - key;
      if (difference > 0 || (difference === 0 && number >= last)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #pageByRank(ranked: Uint32Array, limit: number, cursor: string | undefined): Page {
    const start = cursor === undefined ? 0 : rankPosition(cursor);
    const end = Math.min(ranked.length, start + limit);
    return { numbers: [...ranked.subarray(start, end)], next: end < ranked.length ? `r${end}` : undefined };
  }

  /** The whole set in order of BM25 (FTS5's, per shard); members that no text condition selected come last, newest first. */
  #rank(set: Bitset, match: string, key: string): Uint32Array {
    const known = this.#ranked.get(key);
    if (known !== undefined) return known;
    const score = this.#scores(match);
    const { order } = this.#columns;
    // One number sorts by score, then by date: a typed array of them sorts ten times as fast as a comparison.
    const keys = new Float64Array(set.count);
    let at = 0;
    for (let place = 0; place < order.length; place++) {
      const number = order[place] ?? 0;
      if (set.has(number)) keys[at++] = place - (score[number] ?? 0) * maxPlaces;
    }
    const ranked = Uint32Array.from(
      keys.sort(),
      (sortKey) => order[((sortKey % maxPlaces) + maxPlaces) % maxPlaces] ?? 0,
    );
    remember(this.#ranked, key, ranked);
    return ranked;
  }

  /** Whole numbers, higher for better, 0 for no match. */
  #scores(match: string): Uint32Array {
    const score = new Uint32Array(this.#columns.capacity);
    // bm25() may not stand inside an aggregate: the hits are made a table first. It is negative, lower for better.
    const sql = `WITH hit AS MATERIALIZED (SELECT rowid AS n, bm25(text, ${columnWeights}) AS s FROM text WHERE text MATCH ?)
      SELECT json_group_array(n) n, json_group_array(CAST(s * -${scoreSteps} AS INTEGER)) s FROM hit`;
    for (const shard of this.#shards) {
      const row = shard.db.prepare(sql).get(match);
      const numbers = JSON.parse(String(row?.n ?? '[]')) as number[];
      const scores = JSON.parse(String(row?.s ?? '[]')) as number[];
      for (const [i, number] of numbers.entries())
        if (number < score.length) score[number] = Math.max(0, scores[i] ?? 0);
    }
    return score;
  }

  facets(query: Query): Facets {
    const { folders, folderNames } = this.#folderLists();
    return countFacets(this.evaluate(query), this.#facetData(), folders, folderNames);
  }

  #shardOf(number: number): ShardReader | undefined {
    return this.#shards[(this.#columns.shard[number] ?? 0) - 1];
  }

  findRow(number: number): HitRow | undefined {
    const row = this.#shardOf(number)?.findRow(number);
    return row === undefined ? undefined : { ...row, thread: this.threadOf(number) };
  }

  /** Raw bytes from the spool; undefined where the message was not spooled. */
  findSpooled(number: number): Buffer | undefined {
    return this.#shardOf(number)?.findSpooled(number);
  }

  /** What threading needs of these messages: those of them that are indexed, in order of number. */
  features(numbers: readonly number[]): NumberedFeatures[] {
    return this.#shards
      .flatMap((shard) => shard.features(numbers.filter((number) => this.#shardOf(number) === shard)))
      .sort((a, b) => a.number - b.number);
  }

  /** Inferred edges among the members of a thread. */
  inferredEdges(thread: number): { child: number; parent: number; basis: string }[] {
    return this.#threads.inferredEdges(thread);
  }

  /** Words of the vocabulary within the ranges, with the number of messages that hold them: for suggestions. */
  *terms(ranges: readonly CandidateRange[]): Generator<Candidate> {
    for (const shard of this.#shards) yield* shard.terms(ranges);
  }
}

/** The text of a query as one expression to rank by, as narrow as can be; undefined where it has none. */
function rankable(query: Query): string | undefined {
  const plan = planOf(query);
  const leaf = plan.kind === 'and' ? plan.items.find((item) => item.kind === 'fts') : plan;
  // Every hit of these matches the leaf: scoring its matches alone scores all of them.
  if (leaf?.kind === 'fts') return leaf.match;
  const matches: string[] = [];
  const open: Query[] = [query];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item.kind === 'text') matches.push(toFts(item)?.match ?? '');
    else if (item.kind === 'and' || item.kind === 'or') open.push(...item.items);
  }
  return matches.length === 0 ? undefined : matches.join(' OR ');
}

function rankPosition(cursor: string): number {
  const match = /^r(\d{1,10})$/.exec(cursor);
  if (match === null) throw new RangeError(`not a cursor: ${cursor}`);
  return Number(match[1]);
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  if (map.size <= keptResults) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
