/**
 * What of an index is open and in memory: its shards, columns, threads, and what the catalog says of folders and
 * containers. Brought up to date while another process writes.
 */
import { existsSync } from 'node:fs';
import { CatalogReader } from '../store/catalog-reader.js';
import { indexDir, type Trove } from '../store/trove.js';
import { AttachmentText } from './attachment-text.js';
import { Sums } from './bm25.js';
import { Columns } from './columns.js';
import { Context } from './context.js';
import { Correspondence } from './correspondence.js';
import { DeskSets } from './desk-sets.js';
import { FacetColumns } from './facet-columns.js';
import { FacetCounter } from './facets.js';
import { FolderLists } from './folder-lists.js';
import { JudgementColumns } from './judgement-columns.js';
import { Judgements } from './judgements.js';
import { listShards } from './shard.js';
import { ShardReader } from './shard-reader.js';
import { TextLengths } from './text-lengths.js';
import { StoredThreads } from './threads.js';

export class LoadedIndex {
  readonly catalog: CatalogReader;
  readonly threads: StoredThreads;
  readonly attachments: AttachmentText;
  readonly desk: DeskSets;
  readonly judgements: Judgements;
  readonly shards: ShardReader[] = [];
  columns = new Columns();
  readonly #dir: string;
  #lengths = new TextLengths();
  #sums: Sums | undefined;
  #correspondence = new Correspondence();
  #facetColumns = new FacetColumns(this.#correspondence);
  #folderLists = new FolderLists();
  #facetCounter: FacetCounter | undefined;
  #judgementColumns: JudgementColumns | undefined;
  #context: Context | undefined;
  #catalogVersion = -1;
  /** Counts what `refresh` found. */
  #changes = 0;
  #foldersAsOf = -1;

  constructor(trove: Trove) {
    this.catalog = new CatalogReader(trove);
    this.#dir = indexDir(trove);
    this.threads = new StoredThreads(this.#dir);
    this.attachments = new AttachmentText(trove);
    this.desk = new DeskSets(trove, this.catalog);
    this.judgements = new Judgements(trove);
    this.refresh();
  }

  close(): void {
    this.#closeShards();
    this.threads.close();
    this.desk.close();
    this.attachments.close();
    this.judgements.close();
    this.catalog.close();
  }

  #closeShards(): void {
    for (const shard of this.shards) shard.close();
    this.shards.length = 0;
  }

  /** Takes up what was committed since the last call. Cheap when nothing was. Returns whether something was. */
  refresh(): boolean {
    const isLinkedAnew = this.threads.refresh();
    // Attachments are in no column: what is loaded stays.
    const isExtracted = this.attachments.refresh();
    const isJudgedAnew = this.judgements.refresh();
    const hasNewMail = this.#refreshColumns();
    const hasNewPlaces = this.#catalogVersion !== this.#readCatalogVersion();
    this.#catalogVersion = this.#readCatalogVersion();
    if (hasNewMail || hasNewPlaces) this.#changes += 1;
    if (hasNewMail || isJudgedAnew) this.#judgementColumns = undefined;
    if (hasNewMail || hasNewPlaces || isJudgedAnew) this.#facetCounter = undefined;
    if (hasNewMail || isLinkedAnew) this.#context = undefined;
    return hasNewMail || isLinkedAnew || isExtracted || isJudgedAnew;
  }

  /** Changes when another connection committed. */
  #readCatalogVersion(): number {
    return Number(this.catalog.db.prepare('PRAGMA data_version').get()?.data_version);
  }

  #refreshColumns(): boolean {
    let changed = false;
    if (this.shards.some((shard) => shard.isReplaced)) {
      // The trove was indexed anew: everything known of the old files is void.
      this.#closeShards();
      this.#forgetColumns();
      changed = true;
    }
    this.#openNewShards();
    for (const [i, shard] of this.shards.entries()) {
      if (!shard.hasCommits()) continue;
      if (shard.batchesTo(shard.loadedTo) !== shard.loadedBatches) {
        this.#reload();
        return true;
      }
      changed = this.#loadColumns(shard, i) || changed;
    }
    return changed;
  }

  #loadColumns(shard: ShardReader, at: number): boolean {
    const before = shard.loadedTo;
    shard.loadedTo = this.columns.load(shard.db, at, before);
    shard.loadedBatches = shard.batchesTo(shard.loadedTo);
    return shard.loadedTo > before;
  }

  /** A resumed receive may have filled in lower numbers: then the columns are read anew. */
  #reload(): void {
    this.#forgetColumns();
    for (const [i, shard] of this.shards.entries()) {
      shard.loadedTo = 0;
      this.#loadColumns(shard, i);
    }
  }

  #forgetColumns(): void {
    this.columns = new Columns();
    this.#lengths = new TextLengths();
    this.#correspondence = new Correspondence();
    this.#facetColumns = new FacetColumns(this.#correspondence);
    this.#folderLists = new FolderLists();
  }

  #openNewShards(): void {
    if (!existsSync(this.#dir)) return;
    for (const name of listShards(this.#dir)) {
      if (this.shards.some((shard) => shard.name === name)) continue;
      this.shards.push(ShardReader.open(this.#dir, name));
    }
  }

  /** Loaded when the first search by relevance asks. */
  get lengths(): TextLengths {
    this.#lengths.refresh(this.shards);
    return this.#lengths;
  }

  /** For scores by relevance. */
  get sums(): Sums {
    const { capacity } = this.columns;
    if (this.#sums?.capacity !== capacity) this.#sums = new Sums(capacity);
    return this.#sums;
  }

  /** Loaded when the first facet, person or tie is asked for. */
  get correspondence(): Correspondence {
    this.#correspondence.refresh(this.shards);
    return this.#correspondence;
  }

  get facetColumns(): FacetColumns {
    this.#correspondence.refresh(this.shards);
    this.#facetColumns.refresh(this.columns, this.shards);
    return this.#facetColumns;
  }

  get facetCounter(): FacetCounter {
    if (this.#facetCounter === undefined) {
      const { folders, folderNames } = this.folderLists;
      this.#facetCounter = new FacetCounter(
        this.facetColumns,
        folders,
        folderNames,
        this.judgementColumns.labels,
        this.columns.known,
      );
    }
    return this.#facetCounter;
  }

  /** Loaded when the first label, finding or facet is asked for. */
  get judgementColumns(): JudgementColumns {
    this.#judgementColumns ??= new JudgementColumns(this.judgements.db, this.columns.capacity);
    return this.#judgementColumns;
  }

  get folderLists(): FolderLists {
    if (this.#foldersAsOf !== this.#changes) this.#folderLists.refresh(this.catalog.db, this.shards);
    this.#foldersAsOf = this.#changes;
    return this.#folderLists;
  }

  /** What people, ties, clocks and gaps are counted from, as of the last refresh and of what the desk says now. */
  get context(): Context {
    const groups = this.desk.personGroups();
    this.#context ??= new Context(this.columns, () => this.correspondence, this.threads, groups);
    this.#context.regroup(groups);
    return this.#context;
  }

  /** The shard that holds a message. */
  shardOf(number: number): ShardReader | undefined {
    return this.shards[(this.columns.shard[number] ?? 0) - 1];
  }
}
