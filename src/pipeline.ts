/**
 * The ingest half on one screen: a source is walked; every byte is kept and hashed, every message numbered by
 * its SHA-256, every occurrence recorded; indexing threads parse and make it searchable; threads are linked.
 *
 *   walk → keep → number → record ──commit──▶ catalog
 *                    └──▶ parse → index ─────▶ shards      (never ahead of the catalog)
 *                                   └────────▶ threads
 *
 * An interrupted run is taken up by walking the source again: events that are already committed are skipped,
 * after their bytes proved to be the same.
 */
import { createHash, hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRefusal, OperatorError } from './errors.js';
import { indexedNumbers, prepareIndex } from './index/indexed.js';
import { Indexers } from './index/indexers.js';
import { rebuildThreads } from './index/threads.js';
import { type Container, isFileInside, type SourceEvent } from './receive/source.js';
import { sourceSize, walkSource } from './receive/walk.js';
import type { Accession } from './store/accessions.js';
import { Catalog } from './store/catalog.js';
import {
  incomingPath,
  type KeptOriginal,
  keepCopy,
  keepInPlace,
  keepPartial,
  type OriginalWriter,
  SourceChanged,
} from './store/originals.js';
import { programVersion } from './store/package-root.js';
import { sourceStamp } from './store/source-stamp.js';
import { incomingDir, indexDir, lockTrove, type Trove } from './store/trove.js';

/** Milliseconds until the first commit: soon, because someone waits to search. Later commits follow at longer distances. */
const firstCommitAfter = 250;
const commitEvery = 2_000;
const maxLinkCharacters = 256 * 1024;

export interface Progress {
  readonly bytesDone: number;
  readonly messages: number;
  readonly failed: number;
}

export interface ReceiveHooks {
  readonly now: () => number;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFailed?: (path: string, note: string) => void;
}

export interface ReceiveOptions {
  /** Record where the bytes are and what they hash to, without copying them. */
  readonly inPlace: boolean;
}

export interface ReceiveOutcome {
  readonly failed: number;
  /** Sources that could not be received at all. */
  readonly refused: readonly OperatorError[];
}

/**
 * Receives sources one after another, each to its end, and links all threads. Takes up a receive of the same
 * source that was interrupted. Throws OperatorError when it cannot go on; everything committed stays.
 */
export async function receiveSources(
  trove: Trove,
  sources: readonly string[],
  options: ReceiveOptions,
  hooks: ReceiveHooks,
): Promise<ReceiveOutcome> {
  const unlock = lockTrove(trove);
  const catalog = new Catalog(trove);
  prepareIndex(indexDir(trove));
  let failed = 0;
  const refused: OperatorError[] = [];
  const broken = new Map<number, string>();
  const indexers = new Indexers(indexDir(trove), (number, note) => {
    failed += 1;
    broken.set(number, note);
    hooks.onFailed?.(
      `message ${number}`,
      'the parser broke on it (a bug of this program); its bytes are kept',
    );
  });
  const lost = catalog.accessions.hasInterrupted() ? lostNumbers(trove, catalog) : new Set<number>();
  const stage: Stage = { trove, catalog, indexers, hooks, lost, broken };
  try {
    const received: { id: number; original: KeptOriginal }[] = [];
    for (const source of sources) {
      const outcome = await receiveSource(stage, resolve(source), options.inPlace).catch(refusal);
      if (outcome instanceof OperatorError) {
        refused.push(outcome);
        continue;
      }
      failed += outcome.failed;
      received.push(outcome);
    }
    await indexers.close();
    rebuildThreads(indexDir(trove));
    markBroken(stage);
    // Complete means searchable: until here, a run that dies is taken up again.
    for (const { id, original } of received) {
      catalog.accessions.end(id, 'complete', original, hooks.now());
      catalog.accessions.addCustodyEvent(
        'received',
        id,
        { ...original, program: programVersion },
        hooks.now(),
      );
    }
    catalog.commit();
    return { failed, refused };
  } finally {
    await indexers.abort();
    catalog.close();
    unlock();
  }
}

function lostNumbers(trove: Trove, catalog: Catalog): Set<number> {
  const isIndexed = indexedNumbers(indexDir(trove));
  return new Set(catalog.parsedNumbers().filter((number) => !isIndexed(number)));
}

function refusal(error: unknown): OperatorError {
  if (isRefusal(error)) return error;
  throw error;
}

interface Stage {
  readonly trove: Trove;
  readonly catalog: Catalog;
  readonly indexers: Indexers;
  readonly hooks: ReceiveHooks;
  /** Messages that an interrupted run recorded and had not made searchable: indexed when they come by again. */
  readonly lost: Set<number>;
  /** Messages on which the parser broke, with the reason; recorded with the next commit. */
  readonly broken: Map<number, string>;
}

function markBroken({ catalog, broken }: Stage): void {
  for (const [number, note] of broken) catalog.markParserError(number, note);
  broken.clear();
}

interface ReceivedSource {
  readonly id: number;
  readonly original: KeptOriginal;
  readonly failed: number;
}

async function receiveSource(stage: Stage, source: string, inPlace: boolean): Promise<ReceivedSource> {
  const { catalog, hooks } = stage;
  const interrupted = catalog.accessions.findInterrupted(source, inPlace);
  if (interrupted !== undefined) {
    try {
      catalog.accessions.addCustodyEvent(
        'resumed',
        interrupted.id,
        { events: interrupted.events, program: programVersion },
        hooks.now(),
      );
      return await runAccession(stage, interrupted);
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      await supersede(stage, interrupted);
    }
  }
  const accession = catalog.accessions.begin(
    source,
    await sourceStamp(source),
    inPlace,
    await sourceSize(source),
    hooks.now(),
  );
  catalog.accessions.addCustodyEvent(
    'receiving',
    accession.id,
    { source, inPlace, program: programVersion },
    hooks.now(),
  );
  return runAccession(stage, accession);
}

/** What was received before the source changed stays as it is, and what was kept of its bytes becomes an original. */
async function supersede({ trove, catalog, hooks }: Stage, accession: Accession): Promise<void> {
  const kept = accession.original ?? (accession.inPlace ? undefined : await keepPartial(trove, accession.id));
  catalog.containers.closeAll();
  catalog.accessions.end(accession.id, 'superseded', kept, hooks.now());
  catalog.accessions.addCustodyEvent(
    'superseded',
    accession.id,
    { reason: 'the source changed since the interrupted receive' },
    hooks.now(),
  );
  catalog.commit();
}

function keeperFor(trove: Trove, accession: Accession): OriginalWriter | Promise<OriginalWriter> {
  // An original that has its final name already is only compared with what the source yields now.
  if (accession.inPlace || accession.original !== undefined) return keepInPlace(accession.source);
  return keepCopy(trove, accession.id, accession.keptBytes);
}

async function runAccession(stage: Stage, accession: Accession): Promise<ReceivedSource> {
  const keeper = await keeperFor(stage.trove, accession);
  const run = new Run(stage, accession, keeper);
  try {
    await run.walk();
    return await run.finish();
  } catch (error) {
    await keeper.abandon();
    if (error instanceof OperatorError && error.code === 'no-mail-found') await dropEmpty(stage, accession);
    else if (error instanceof SourceChanged || isRefusal(error)) await run.settle();
    throw error;
  }
}

/** A source without mail leaves no trace but, where it was committed to already, its rows. */
async function dropEmpty({ trove, catalog, hooks }: Stage, accession: Accession): Promise<void> {
  catalog.forget();
  await rm(incomingPath(trove, accession.id), { force: true });
  if (!catalog.accessions.has(accession.id)) return;
  catalog.accessions.end(accession.id, 'superseded', undefined, hooks.now());
  catalog.commit();
}

class Run {
  readonly #stage: Stage;
  readonly #accession: Accession;
  readonly #keeper: OriginalWriter;
  readonly #chain = createHash('sha256');
  /** Links of the chain that are not hashed yet: a hash update costs more than a concatenation. */
  #link = '';
  /** Containers by index, as a failure names them. */
  readonly #paths = new Map<number, string>();
  /** Containers that are files inside the source. */
  readonly #inFile = new Set<number>();
  #events = 0;
  #messages = 0;
  #failed = 0;
  /** Bytes of the source that were read, for progress. */
  #bytesRead = 0;
  #nextCommit: number;
  #commitDistance = firstCommitAfter;

  constructor(stage: Stage, accession: Accession, keeper: OriginalWriter) {
    this.#stage = stage;
    this.#accession = accession;
    this.#keeper = keeper;
    this.#nextCommit = stage.hooks.now() + this.#commitDistance;
  }

  async walk(): Promise<void> {
    const options = {
      keeper: this.#keeper,
      tmpDir: join(incomingDir(this.#stage.trove), `tmp-${this.#accession.id}`),
      onProgress: (bytesRead: number) => {
        this.#bytesRead = bytesRead;
      },
    };
    try {
      for await (const events of walkSource(this.#accession.source, options)) {
        for (const event of events) await this.#take(event);
        if (this.#link.length > maxLinkCharacters) this.#chainDigest();
        this.#stage.hooks.onProgress?.({
          bytesDone: this.#bytesRead,
          messages: this.#messages,
          failed: this.#failed,
        });
        if (this.#stage.hooks.now() >= this.#nextCommit) await this.#commit();
      }
    } finally {
      await rm(options.tmpDir, { recursive: true, force: true });
    }
  }

  /** Commits what was taken of a source that ends early, so that the index, which has it, is not ahead of the catalog. */
  async settle(): Promise<void> {
    if (this.#events > this.#accession.events) await this.#commit();
    else this.#stage.catalog.forget();
  }

  async finish(): Promise<ReceivedSource> {
    if (this.#events < this.#accession.events) throw new SourceChanged();
    const original = await this.#keeper.finish();
    const former = this.#accession.original;
    if (former !== undefined && former.sha256 !== original.sha256) throw new SourceChanged();
    this.#stage.catalog.accessions.end(this.#accession.id, 'receiving', original, this.#stage.hooks.now());
    await this.#commit();
    return { id: this.#accession.id, original, failed: this.#failed };
  }

  /** One event of the walk, in order. */
  async #take(event: SourceEvent): Promise<void> {
    const sha256 = event.type === 'message' ? hash('sha256', event.raw, 'buffer') : undefined;
    this.#link += eventKey(event) + (sha256 === undefined ? '' : sha256.toString('latin1'));
    this.#events += 1;
    if (this.#events <= this.#accession.events) {
      await this.#skip(event, sha256);
      return;
    }
    if (event.type === 'message' && sha256 !== undefined) await this.#message(event, sha256);
    else this.#record(event);
  }

  async #message(event: Extract<SourceEvent, { type: 'message' }>, sha256: Buffer): Promise<void> {
    const { number, isNew } = this.#stage.catalog.addMessage(sha256, event.raw.length);
    this.#stage.catalog.addOccurrence(event.container, event.place, {
      outcome: isNew ? 'parsed' : 'duplicate',
      message: number,
      folder: event.folder,
    });
    this.#messages += 1;
    if (isNew || this.#stage.lost.delete(number)) await this.#index(number, event);
  }

  async #index(number: number, event: Extract<SourceEvent, { type: 'message' }>): Promise<void> {
    await this.#stage.indexers.add(number, event.raw, this.#mustSpool(event));
  }

  /** Bytes that cannot be read straight from the original: packed, quoted, or in a tar that was never written. */
  #mustSpool({ container, place }: Extract<SourceEvent, { type: 'message' }>): boolean {
    return place.direct === undefined || (this.#accession.inPlace && this.#inFile.has(container));
  }

  #announce(container: Container): void {
    const { index, parent, path } = container;
    if (isFileInside(container)) this.#inFile.add(index);
    const outer = this.#paths.get(parent);
    this.#paths.set(index, outer === undefined ? path : `${outer}: ${path}`);
  }

  #record(event: SourceEvent): void {
    if (event.type === 'container') {
      this.#announce(event.container);
      this.#stage.catalog.containers.add(this.#accession.id, event.container);
    } else if (event.type === 'other') this.#stage.catalog.addOther(event.container, event.place, event.note);
    else if (event.type === 'end')
      this.#stage.catalog.containers.end(event.container, event.variant, event.bytes);
    else if (event.type === 'failed') {
      this.#failed += 1;
      this.#stage.catalog.addOccurrence(event.container, event.place, {
        outcome: 'failed',
        code: event.code,
        note: event.note,
      });
      const within = this.#paths.get(event.container) ?? '';
      this.#stage.hooks.onFailed?.(
        event.place.path === '' ? within : `${within}: ${event.place.path}`,
        event.note,
      );
    }
  }

  /** An event that a former run committed: only what the index lost is made good. */
  async #skip(event: SourceEvent, sha256: Buffer | undefined): Promise<void> {
    if (event.type === 'container') {
      this.#announce(event.container);
      this.#stage.catalog.containers.resume(this.#accession.id, event.container.index);
    }
    if (event.type === 'message') this.#messages += 1;
    if (event.type === 'failed') this.#failed += 1;
    if (event.type === 'message' && sha256 !== undefined) {
      const number = this.#stage.catalog.findNumber(sha256);
      if (number === undefined) throw new SourceChanged();
      if (this.#stage.lost.delete(number)) await this.#index(number, event);
    }
    if (this.#events === this.#accession.events && this.#chainDigest() !== this.#accession.chain)
      throw new SourceChanged();
  }

  async #commit(): Promise<void> {
    await this.#stage.indexers.flush();
    // What the catalog refers to is on disk before the catalog says so.
    await this.#keeper.flush();
    markBroken(this.#stage);
    this.#stage.catalog.accessions.recordProgress(this.#accession.id, {
      events: Math.max(this.#events, this.#accession.events),
      chain: this.#chainHex(),
      bytesDone: this.#bytesRead,
      keptBytes: this.#keeper.size,
    });
    this.#stage.catalog.commit();
    this.#stage.indexers.commit();
    this.#commitDistance = Math.min(commitEvery, this.#commitDistance * 2);
    this.#nextCommit = this.#stage.hooks.now() + this.#commitDistance;
  }

  #chainDigest(): string {
    this.#chain.update(this.#link, 'utf8');
    this.#link = '';
    return this.#chain.copy().digest('hex');
  }

  #chainHex(): string {
    return this.#events < this.#accession.events ? this.#accession.chain : this.#chainDigest();
  }
}

function eventKey(event: SourceEvent): string {
  if (event.type === 'container')
    return `c ${event.container.index} ${event.container.kind} ${event.container.path}\n`;
  if (event.type === 'end') return `e ${event.container} ${event.bytes}\n`;
  return `${event.type} ${event.container} ${event.place.offset} ${event.place.length} ${event.place.path}\n`;
}
