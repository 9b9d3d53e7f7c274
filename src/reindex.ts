/**
 * Makes the index anew from the originals. What cannot be read is named, and the rest goes on. People's work is not
 * touched; the catalog only where this program reads a message that an earlier one broke on, or the other way round.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRefusal } from './errors.js';
import { indexedNumbers, prepareIndex } from './index/indexed.js';
import { Indexers } from './index/indexers.js';
import { rebuildThreads } from './index/threads.js';
import type { Progress } from './pipeline.js';
import { bytesPath } from './read/raw.js';
import { isFileInside, type SourceEvent } from './receive/source.js';
import { walkSource } from './receive/walk.js';
import { Catalog } from './store/catalog.js';
import { type AccessionRow, CatalogReader } from './store/catalog-reader.js';
import { programVersion } from './store/package-root.js';
import { indexDir, lockTrove, type Trove } from './store/trove.js';

/** An original, or a file in a folder that was received in place, which could not be read. */
export interface Unread {
  readonly path: string;
  readonly note: string;
}

export interface ReindexOutcome {
  readonly indexed: number;
  /** Messages whose bytes were not found, or on which the parser broke. */
  readonly missing: number;
  readonly unread: readonly Unread[];
}

/** Marks an index that is being made, so that an interrupted reindex goes on instead of starting over. */
const marker = 'rebuilding';
const commitEvery = 2_000;

/** Throws OperatorError `trove-locked` while something else writes, `trove-empty`. */
export async function reindex(
  trove: Trove,
  now: () => number,
  onProgress: (progress: Progress) => void,
): Promise<ReindexOutcome> {
  const unlock = lockTrove(trove);
  try {
    const run = new Run(trove, now, onProgress);
    try {
      return await run.finish();
    } finally {
      await run.close();
    }
  } finally {
    unlock();
  }
}

class Run {
  readonly #trove: Trove;
  readonly #dir: string;
  readonly #now: () => number;
  readonly #onProgress: (progress: Progress) => void;
  readonly #catalog: CatalogReader;
  readonly #indexers: Indexers;
  readonly #isIndexed: (number: number) => boolean;
  readonly #tmpDir = mkdtempSync(join(tmpdir(), 'impart-reindex-'));
  readonly #done = new Set<number>();
  /** Messages on which the parser broke, with the reason. */
  readonly #broken = new Map<number, string>();
  readonly #unread: Unread[] = [];
  #bytesDone = 0;
  #nextCommit: number;

  constructor(trove: Trove, now: () => number, onProgress: (progress: Progress) => void) {
    this.#trove = trove;
    this.#dir = indexDir(trove);
    this.#now = now;
    this.#onProgress = onProgress;
    this.#catalog = new CatalogReader(trove);
    if (!existsSync(join(this.#dir, marker))) {
      rmSync(this.#dir, { recursive: true, force: true });
      prepareIndex(this.#dir);
      writeFileSync(join(this.#dir, marker), '');
    }
    this.#isIndexed = indexedNumbers(this.#dir);
    this.#indexers = new Indexers(this.#dir, (number, note) => this.#broken.set(number, note));
    this.#nextCommit = now() + commitEvery;
  }

  async finish(): Promise<ReindexOutcome> {
    for (const accession of this.#catalog.accessions()) await this.#accession(accession);
    await this.#indexers.close();
    rebuildThreads(this.#dir);
    correctOutcomes(this.#trove, this.#broken, this.#now());
    rmSync(join(this.#dir, marker));
    const indexed = this.#done.size - this.#broken.size;
    return { indexed, missing: this.#catalog.messageCount() - indexed, unread: this.#unread };
  }

  async close(): Promise<void> {
    await this.#indexers.abort();
    rmSync(this.#tmpDir, { recursive: true, force: true });
    this.#catalog.close();
  }

  async #accession(accession: AccessionRow): Promise<void> {
    const path = bytesPath(this.#trove, accession);
    // Of a receive that ended early there may be nothing: that is as it should be.
    if (accession.state !== 'complete' && !existsSync(path)) return;
    try {
      await this.#walk(path, accession.inPlace);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // What was kept of a source before it turned out to hold no mail is still an original.
      if (accession.state === 'complete') this.#unread.push({ path, note: error.message });
    }
  }

  async #walk(path: string, inPlace: boolean): Promise<void> {
    const source: Walked = { path, inPlace, filesInside: new Set() };
    for await (const events of walkSource(path, { keeper: { path, write() {} }, tmpDir: this.#tmpDir })) {
      for (const event of events) await this.#take(event, source);
      this.#onProgress({
        bytesDone: this.#bytesDone,
        messages: this.#done.size,
        failed: this.#broken.size,
      });
      if (this.#now() >= this.#nextCommit) await this.#commit();
    }
  }

  async #take(event: SourceEvent, { path, inPlace, filesInside }: Walked): Promise<void> {
    if (event.type === 'container' && isFileInside(event.container)) filesInside.add(event.container.index);
    if (event.type === 'failed' && event.code === 'unreadable-file')
      this.#unread.push({
        path: event.place.path === '' ? path : join(path, event.place.path),
        note: event.note,
      });
    if (event.type !== 'message') return;
    this.#bytesDone += event.raw.length;
    const number = this.#catalog.findNumber(hash('sha256', event.raw, 'buffer'));
    if (number === undefined || this.#done.has(number)) return;
    this.#done.add(number);
    const mustSpool = event.place.direct === undefined || (inPlace && filesInside.has(event.container));
    if (!this.#isIndexed(number)) await this.#indexers.add(number, event.raw, mustSpool);
  }

  async #commit(): Promise<void> {
    await this.#indexers.flush();
    this.#indexers.commit();
    this.#nextCommit = this.#now() + commitEvery;
  }
}

interface Walked {
  readonly path: string;
  readonly inPlace: boolean;
  /** Containers that are files inside it. */
  readonly filesInside: Set<number>;
}

/** The catalog says of each message whether this program could parse it. */
function correctOutcomes(trove: Trove, broken: ReadonlyMap<number, string>, now: number): void {
  const catalog = new Catalog(trove);
  try {
    const isIndexed = indexedNumbers(indexDir(trove));
    const mended = catalog.brokenNumbers().filter(isIndexed);
    if (mended.length + broken.size === 0) return;
    for (const number of mended) catalog.clearParserError(number);
    for (const [number, note] of broken) catalog.markParserError(number, note);
    const facts = { parsed: mended.length, failed: broken.size, program: programVersion };
    catalog.accessions.addCustodyEvent('reparsed', null, facts, now);
    catalog.commit();
  } finally {
    catalog.close();
  }
}
