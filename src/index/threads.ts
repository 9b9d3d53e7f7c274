/** Threads and near-copies as stored beside the shards: `threads.db`, replaced as a whole each time the trove is linked. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openForReading, syncPath } from '../store/open-database.js';
import { linkThreads } from '../thread/link.js';
import { missingReferences } from '../thread/missing.js';
import { NearCopies } from '../thread/near-copies.js';
import { type NumberedFeatures, parseFeatures } from '../thread/pack.js';
import { NearCopyGroups, nearCopyTable, storeNearCopies } from './near-copies.js';
import { listShards, shardPath } from './shard.js';
import { fileNumber } from './shard-reader.js';

export const threadsPath = (dir: string): string => join(dir, 'threads.db');

/** Links every message that the shards hold and stores the outcome. Returns the number of threads. */
export function rebuildThreads(dir: string): number {
  const { numbers, threads, count, inferred, isOwn } = linkThreads(storedFeatures(dir), countStored(dir));
  const path = threadsPath(dir);
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const db = new DatabaseSync(fresh);
  // A new file each time: readers keep the old one until they look again, and no crash leaves half of it.
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
    CREATE TABLE thread_of (number INTEGER PRIMARY KEY, thread INTEGER NOT NULL) STRICT;
    CREATE TABLE inferred (child INTEGER PRIMARY KEY, parent INTEGER NOT NULL, basis TEXT NOT NULL) STRICT;
    CREATE TABLE missing (number INTEGER NOT NULL, id INTEGER NOT NULL) STRICT;
    ${nearCopyTable};
    CREATE TABLE summary (threads INTEGER NOT NULL, messages INTEGER NOT NULL) STRICT`);
  const insert = db.prepare('INSERT INTO thread_of VALUES (?, ?)');
  // Most messages of most troves are alone in their thread, which a missing row says as well.
  const shared = new Set<number>();
  for (const [i, number] of numbers.entries()) {
    const thread = threads[i] ?? number;
    if (thread === number) continue;
    insert.run(number, thread);
    shared.add(thread);
  }
  for (const thread of shared) insert.run(thread, thread);
  const insertEdge = db.prepare('INSERT INTO inferred VALUES (?, ?, ?)');
  for (const { child, parent, basis } of inferred) insertEdge.run(child, parent, basis);
  const insertMissing = db.prepare('INSERT INTO missing VALUES (?, ?)');
  // Features are read a second time: kept in memory, the references of a million messages would take more than all the rest.
  const nearCopies = new NearCopies(numbers.length);
  const messages = watched(storedFeatures(dir), nearCopies);
  for (const { number, id } of missingReferences(messages, isOwn)) insertMissing.run(number, id);
  storeNearCopies(db, nearCopies.finish());
  db.prepare('INSERT INTO summary VALUES (?, ?)').run(count, numbers.length);
  db.exec('CREATE INDEX thread_members ON thread_of (thread); COMMIT');
  db.close();
  syncPath(fresh);
  renameSync(fresh, path);
  // The accession is complete, on disk, after this: so must the name be.
  syncPath(dir);
  return count;
}

function countStored(dir: string): number {
  let count = 0;
  for (const shard of listShards(dir)) {
    const db = new DatabaseSync(shardPath(dir, shard), { readOnly: true });
    count += Number(db.prepare('SELECT count(*) n FROM doc').get()?.n);
    db.close();
  }
  return count;
}

function* watched(messages: Iterable<NumberedFeatures>, nearCopies: NearCopies): Generator<NumberedFeatures> {
  for (const message of messages) {
    nearCopies.add(message);
    yield message;
  }
}

/** Features of every message that the shards hold, in no order. */
export function* storedFeatures(dir: string): Generator<NumberedFeatures> {
  for (const shard of listShards(dir)) {
    const db = new DatabaseSync(shardPath(dir, shard), { readOnly: true });
    for (const row of db.prepare('SELECT features FROM batch').iterate())
      yield* parseFeatures(row.features as Uint8Array);
    db.close();
  }
}

/** Opens the stored threads for reading; undefined before the trove was first linked, and where the file is damaged (reindex makes it anew). */
function openThreads(dir: string): DatabaseSync | undefined {
  if (!existsSync(threadsPath(dir))) return undefined;
  try {
    const db = openForReading(threadsPath(dir));
    db.prepare('SELECT threads FROM summary').get();
    return db;
  } catch {
    return undefined;
  }
}

/** The threads of the trove as last linked; follows the file when it is replaced. */
export class StoredThreads {
  readonly #dir: string;
  #db: DatabaseSync | undefined;
  #file = 0;
  #threadOf: Uint32Array | undefined;
  #nearCopies: NearCopyGroups | undefined;
  #sizes: Uint32Array | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Returns whether the trove was linked anew since the last call. */
  refresh(): boolean {
    const file = fileNumber(threadsPath(this.#dir));
    if (file === this.#file) return false;
    this.close();
    this.#db = openThreads(this.#dir);
    this.#file = file;
    return true;
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
    this.#threadOf = undefined;
    this.#nearCopies = undefined;
    this.#sizes = undefined;
  }

  /** Messages that say the same, as of the last time the trove was linked. */
  get nearCopies(): NearCopyGroups {
    this.#nearCopies ??= new NearCopyGroups(this.#db);
    return this.#nearCopies;
  }

  get count(): number {
    return Number(this.#db?.prepare('SELECT threads FROM summary').get()?.threads ?? 0);
  }

  /** The thread of a message; one that is alone, or not linked yet, is a thread of its own. */
  of(number: number): number {
    this.#threadOf ??= this.#load();
    return this.#threadOf[number] || number;
  }

  /** Messages of a thread; one that is not linked yet is alone. */
  sizeOf(thread: number): number {
    this.#sizes ??= this.#countSizes();
    return this.#sizes[thread] || 1;
  }

  #countSizes(): Uint32Array {
    this.#threadOf ??= this.#load();
    const sizes = new Uint32Array(this.#threadOf.length);
    for (const thread of this.#threadOf) if (thread !== 0) sizes[thread] = (sizes[thread] ?? 0) + 1;
    return sizes;
  }

  #load(): Uint32Array {
    const highest = Number(
      this.#db?.prepare('SELECT coalesce(max(number), 0) n FROM thread_of').get()?.n ?? 0,
    );
    const threadOf = new Uint32Array(highest + 1);
    const rows = this.#db
      ?.prepare('SELECT json_group_array(number) n, json_group_array(thread) t FROM thread_of')
      .get();
    const numbers = JSON.parse(String(rows?.n ?? '[]')) as number[];
    const threads = JSON.parse(String(rows?.t ?? '[]')) as number[];
    for (const [i, number] of numbers.entries()) threadOf[number] = threads[i] ?? 0;
    return threadOf;
  }

  /** Every reference to a message that is not in the trove. */
  missing(): { numbers: number[]; ids: number[] } {
    const row = this.#db
      ?.prepare('SELECT json_group_array(number) n, json_group_array(id) i FROM missing')
      .get();
    return {
      numbers: JSON.parse(String(row?.n ?? '[]')) as number[],
      ids: JSON.parse(String(row?.i ?? '[]')) as number[],
    };
  }

  /** Inferred edges among the members of a thread. */
  inferredEdges(thread: number): { child: number; parent: number; basis: string }[] {
    const rows = this.#db
      ?.prepare(
        'SELECT child, parent, basis FROM inferred WHERE child IN (SELECT number FROM thread_of WHERE thread = ?)',
      )
      .all(thread);
    return (rows ?? []).map((row) => ({
      child: Number(row.child),
      parent: Number(row.parent),
      basis: String(row.basis),
    }));
  }
}
