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
import { join } from 'node:path';
import { Indexers } from './index/indexers.js';
import { indexedNumbers, prepareIndex } from './index/indexed.js';
import { rebuildThreads } from './index/threads.js';
import type { SourceEvent } from './receive/source.js';
import { walkSource } from './receive/walk.js';
import type { Accession, Catalog } from './store/catalog.js';
import { keepCopy, keepInPlace, type OriginalWriter } from './store/originals.js';
import { incomingDir, indexDir, type Trove } from './store/trove.js';

/** Milliseconds until the first commit: soon, because someone waits to search. Later commits follow at longer distances. */
const firstCommitAfter = 250;
const commitEvery = 2_000;

export interface Progress {
  readonly bytesDone: number;
  readonly messages: number;
  readonly failed: number;
}

export interface ReceiveHooks {
  readonly now: () => number;
  readonly onProgress?: (progress: Progress) => void;
  readonly onFailed?: (path: string, note: string) => void;
  /** Test seam for interruption: called after each commit. */
  readonly onCommit?: () => void;
}

/** Receives one accession to its end. Throws OperatorError when it cannot go on; everything committed stays. */
export async function receiveAccession(trove: Trove, catalog: Catalog, accession: Accession, hooks: ReceiveHooks): Promise<void> {
  prepareIndex(indexDir(trove));
  const keeper = accession.inPlace ? keepInPlace(accession.source) : await keepCopy(trove, accession.id);
  const indexers = new Indexers(indexDir(trove), (number, note) => {
    catalog.markParserError(number, note);
    hooks.onFailed?.(`message ${number}`, 'the parser broke on it (a bug of this program); its bytes are kept');
  });
  const run = new Run(trove, catalog, accession, indexers, keeper, hooks);
  try {
    await run.walk();
    await run.finish();
  } catch (error) {
    await indexers.abort();
    await keeper.abandon();
    throw error;
  }
}

class Run {
  readonly #trove: Trove;
  readonly #catalog: Catalog;
  readonly #accession: Accession;
  readonly #indexers: Indexers;
  readonly #keeper: OriginalWriter;
  readonly #hooks: ReceiveHooks;
  /** Numbers that a former run had indexed. */
  readonly #indexed: (number: number) => boolean;
  #chain = createHash('sha256');
  #events = 0;
  #messages = 0;
  #failed = 0;
  #nextCommit: number;
  #commitDistance = firstCommitAfter;

  constructor(trove: Trove, catalog: Catalog, accession: Accession, indexers: Indexers, keeper: OriginalWriter, hooks: ReceiveHooks) {
    this.#trove = trove;
    this.#catalog = catalog;
    this.#accession = accession;
    this.#indexers = indexers;
    this.#keeper = keeper;
    this.#hooks = hooks;
    this.#indexed = accession.events > 0 ? indexedNumbers(indexDir(trove)) : () => false;
    this.#nextCommit = hooks.now() + this.#commitDistance;
  }

  async walk(): Promise<void> {
    const options = { keeper: this.#keeper, tmpDir: join(incomingDir(this.#trove), `tmp-${this.#accession.id}`) };
    try {
      for await (const events of walkSource(this.#accession.source, options)) {
        for (const event of events) await this.#take(event);
        this.#hooks.onProgress?.({ bytesDone: this.#keeper.size, messages: this.#messages, failed: this.#failed });
        if (this.#hooks.now() >= this.#nextCommit) await this.#commit();
      }
    } finally {
      await rm(options.tmpDir, { recursive: true, force: true });
    }
  }

  async finish(): Promise<void> {
    if (this.#events < this.#accession.events) throw new SourceChanged();
    const original = await this.#keeper.finish();
    await this.#commit();
    await this.#indexers.close();
    rebuildThreads(indexDir(this.#trove));
    this.#catalog.endAccession(this.#accession.id, 'complete', original, this.#hooks.now());
    this.#catalog.addCustodyEvent('received', this.#accession.id, { ...original }, this.#hooks.now());
    this.#catalog.commit();
  }

  /** One event of the walk, in order. */
  async #take(event: SourceEvent): Promise<void> {
    const sha256 = event.type === 'message' ? hash('sha256', event.raw, 'buffer') : undefined;
    this.#chain.update(eventKey(event));
    if (sha256 !== undefined) this.#chain.update(sha256);
    this.#events += 1;
    if (this.#events <= this.#accession.events) {
      await this.#skip(event, sha256);
      return;
    }
    if (event.type === 'message' && sha256 !== undefined) await this.#message(event, sha256);
    else this.#record(event);
  }

  async #message(event: Extract<SourceEvent, { type: 'message' }>, sha256: Buffer): Promise<void> {
    const { number, isNew } = this.#catalog.addMessage(sha256, event.raw.length);
    this.#catalog.addOccurrence(event.container, event.place, { outcome: isNew ? 'parsed' : 'duplicate', message: number, folder: event.folder });
    this.#messages += 1;
    if (isNew) await this.#indexers.add(number, event.raw, event.place.direct === undefined);
  }

  #record(event: SourceEvent): void {
    if (event.type === 'container') this.#catalog.addContainer(this.#accession.id, event.container);
    else if (event.type === 'other') this.#catalog.addOther(event.container, event.place, event.note);
    else if (event.type === 'end') this.#catalog.endContainer(event.container, event.variant, event.bytes);
    else if (event.type === 'failed') {
      this.#failed += 1;
      this.#catalog.addOccurrence(event.container, event.place, { outcome: 'failed', code: event.code, note: event.note });
      this.#hooks.onFailed?.(event.place.path, event.note);
    }
  }

  /** An event that a former run committed: only what the index lost is made good. */
  async #skip(event: SourceEvent, sha256: Buffer | undefined): Promise<void> {
    if (event.type === 'container') this.#catalog.resumeContainer(this.#accession.id, event.container.index);
    if (event.type === 'message') this.#messages += 1;
    if (event.type === 'failed') this.#failed += 1;
    if (event.type === 'message' && sha256 !== undefined) {
      const number = this.#catalog.findNumber(sha256);
      if (number === undefined) throw new SourceChanged();
      if (!this.#indexed(number)) await this.#indexers.add(number, event.raw, event.place.direct === undefined);
    }
    if (this.#events === this.#accession.events && this.#chain.copy().digest('hex') !== this.#accession.chain) throw new SourceChanged();
  }

  async #commit(): Promise<void> {
    await this.#indexers.flush();
    this.#catalog.recordProgress(this.#accession.id, Math.max(this.#events, this.#accession.events), this.#chainHex(), this.#keeper.size);
    this.#catalog.commit();
    this.#indexers.commit();
    this.#commitDistance = Math.min(commitEvery, this.#commitDistance * 2);
    this.#nextCommit = this.#hooks.now() + this.#commitDistance;
    this.#hooks.onCommit?.();
  }

  #chainHex(): string {
    return this.#events < this.#accession.events ? this.#accession.chain : this.#chain.copy().digest('hex');
  }
}

/** The source no longer yields what a former run committed from it. */
export class SourceChanged extends Error {}

function eventKey(event: SourceEvent): string {
  if (event.type === 'container') return `c ${event.container.index} ${event.container.kind} ${event.container.path}\n`;
  if (event.type === 'end') return `e ${event.container} ${event.bytes}\n`;
  return `${event.type} ${event.container} ${event.place.offset} ${event.place.length} ${event.place.path}\n`;
}
