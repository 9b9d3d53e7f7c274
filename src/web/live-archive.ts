/**
 * The archive of a trove that another process may still be writing: opened once there is a catalog, brought up to
 * date at most once a second, and with what many pages show computed once per change.
 */
import { existsSync } from 'node:fs';
import { Archive, type ThreadEntry } from '../read/archive.js';
import type { AccessionRow, Totals } from '../store/catalog-reader.js';
import { Desk } from '../store/desk.js';
import { userVersion } from '../store/migrate.js';
import { catalogPath, type Trove } from '../store/trove.js';

/**
 * Milliseconds between two looks at what the writer committed; more where counting anew took long: no more than a
 * tenth of the time goes into keeping up.
 */
const refreshEvery = 1_000;
const restPerWork = 10;
/** Milliseconds over which the speed of a receive is taken. */
const rateWindow = 15_000;
const keptSamples = 64;
/** Threads kept in reading order: someone reads one from message to message. */
const keptThreads = 4;

/** What a receive had done at a time, as this process saw it. */
interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly messages: number;
}

export interface ReceiveProgress {
  readonly isReceiving: boolean;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** undefined until two looks differ. */
  readonly messagesPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
  /** Milliseconds for which nothing was committed, as far as this process has seen. */
  readonly quietFor: number;
}

export interface LiveArchive {
  /** Names the trove on pages. */
  readonly title: string;
  /** What people made of the mail; there before any mail is. */
  readonly desk: Desk;
  /** Brings the archive up to date and gives it; undefined before anything was received. Throws OperatorError. */
  current(): OpenArchive | undefined;
}

/** An archive with what was computed from its present state. */
export class OpenArchive {
  readonly archive: Archive;
  readonly #now: () => number;
  readonly #samples: Sample[] = [];
  #checkedAt = Number.NEGATIVE_INFINITY;
  /** Milliseconds that counting took since then. */
  #spent = 0;
  #changedAt: number;
  #catalogVersion = -1;
  #accessions: readonly AccessionRow[] = [];
  #totals: Totals | undefined;
  #derived = new Map<string, unknown>();

  constructor(archive: Archive, now: () => number) {
    this.archive = archive;
    this.#now = now;
    this.#changedAt = now();
  }

  /** Cheap: at most one look a second, and little work when nothing was committed. */
  refresh(): void {
    const now = this.#now();
    if (now - this.#checkedAt < Math.max(refreshEvery, this.#spent * restPerWork)) return;
    this.#checkedAt = now;
    this.#spent = 0;
    const { catalog } = this.archive.index;
    // Changes when another connection committed.
    const version = Number(catalog.db.prepare('PRAGMA data_version').get()?.data_version);
    const indexChanged = this.archive.index.refresh();
    if (version === this.#catalogVersion && !indexChanged) return;
    this.#catalogVersion = version;
    this.#accessions = catalog.accessions();
    this.#totals = undefined;
    this.#derived = new Map();
    this.#sample(now);
  }

  #sample(now: number): void {
    const bytes = sum(this.#accessions, (accession) => accession.bytesDone);
    const messages = this.archive.index.catalog.messageCount();
    const last = this.#samples.at(-1);
    if (last === undefined || last.bytes !== bytes || last.messages !== messages) this.#changedAt = now;
    this.#samples.push({ at: now, bytes, messages });
    if (this.#samples.length > keptSamples) this.#samples.shift();
  }

  get accessions(): readonly AccessionRow[] {
    return this.#accessions;
  }

  get totals(): Totals {
    this.#totals ??= this.archive.index.catalog.totals();
    return this.#totals;
  }

  get progress(): ReceiveProgress {
    const open = this.#accessions.filter((accession) => accession.state === 'receiving');
    const bytesDone = sum(open, (accession) => accession.bytesDone);
    const bytesTotal = sum(open, (accession) => accession.bytesTotal);
    const now = this.#now();
    const last = this.#samples.at(-1);
    const first = this.#samples.find((sample) => sample.at >= now - rateWindow && sample !== last);
    const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
    const bytesPerSecond = seconds > 0 ? ((last?.bytes ?? 0) - (first?.bytes ?? 0)) / seconds : 0;
    return {
      isReceiving: open.length > 0,
      bytesDone,
      bytesTotal,
      messagesPerSecond: seconds > 0 ? ((last?.messages ?? 0) - (first?.messages ?? 0)) / seconds : undefined,
      secondsLeft: bytesPerSecond > 0 ? Math.max(0, bytesTotal - bytesDone) / bytesPerSecond : undefined,
      quietFor: open.length > 0 ? now - this.#changedAt : 0,
    };
  }

  /** `make()`, computed once until the trove changes. Keys are named by the caller; few and small values only. */
  derived<T>(key: string, make: () => T): T {
    if (!this.#derived.has(key)) this.#derived.set(key, this.counting(make));
    return this.#derived.get(key) as T;
  }

  /** `make()`, whose time counts for when the next look is due: after it, what was counted is counted anew. */
  counting<T>(make: () => T): T {
    const start = performance.now();
    try {
      return make();
    } finally {
      this.#spent += performance.now() - start;
    }
  }

  /** How many messages of this trove are in the thread. */
  threadSize(thread: number): number {
    return this.archive.index.threadSize(thread);
  }

  /** `Archive.thread`, kept for the threads that were read last. */
  thread(thread: number): readonly ThreadEntry[] | undefined {
    const kept = this.derived('threads', () => new Map<number, readonly ThreadEntry[]>());
    const known = kept.get(thread);
    if (known !== undefined) return known;
    const entries = this.archive.thread(thread);
    if (entries === undefined) return undefined;
    kept.set(thread, entries);
    const [oldest] = kept.keys();
    if (kept.size > keptThreads && oldest !== undefined) kept.delete(oldest);
    return entries;
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}

/** The live archive of a trove directory. `now` in milliseconds; `as` signs what is written. Close it when the server stops. */
export function liveArchive(trove: Trove, now: () => number, as?: string): LiveArchive & { close(): void } {
  let open: OpenArchive | undefined;
  const desk = new Desk(trove, { now, as });
  return {
    title: trove.title,
    desk,
    current() {
      open ??= openArchive(trove, now);
      open?.refresh();
      return open;
    },
    close() {
      open?.archive.close();
      open = undefined;
      desk.close();
    },
  };
}

/** undefined while the catalog is missing, or there but without its tables yet. */
function openArchive(trove: Trove, now: () => number): OpenArchive | undefined {
  if (!existsSync(catalogPath(trove))) return undefined;
  const archive = new Archive(trove);
  if (userVersion(archive.index.catalog.db) === 0) {
    archive.close();
    return undefined;
  }
  return new OpenArchive(archive, now);
}
