/** Threads as stored beside the shards: `threads.db`, replaced as a whole each time the trove is linked. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { linkThreads } from '../thread/link.js';
import { type NumberedFeatures, parseFeatures } from '../thread/pack.js';
import { listShards, shardPath } from './shard.js';

export const threadsPath = (dir: string): string => join(dir, 'threads.db');

/** Links every message that the shards hold and stores the outcome. Returns the number of threads. */
export function rebuildThreads(dir: string): number {
  const { numbers, threads, count, inferred } = linkThreads(storedFeatures(dir));
  const path = threadsPath(dir);
  const fresh = `${path}.new`;
  rmSync(fresh, { force: true });
  const db = new DatabaseSync(fresh);
  // A new file each time: readers keep the old one until they look again, and no crash leaves half of it.
  db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;
    CREATE TABLE thread_of (number INTEGER PRIMARY KEY, thread INTEGER NOT NULL) STRICT;
    CREATE TABLE inferred (child INTEGER PRIMARY KEY, parent INTEGER NOT NULL, basis TEXT NOT NULL) STRICT;
    CREATE TABLE summary (threads INTEGER NOT NULL, messages INTEGER NOT NULL) STRICT`);
  const insert = db.prepare('INSERT INTO thread_of VALUES (?, ?)');
  for (const [i, number] of numbers.entries()) insert.run(number, threads[i] ?? number);
  const insertEdge = db.prepare('INSERT INTO inferred VALUES (?, ?, ?)');
  for (const { child, parent, basis } of inferred) insertEdge.run(child, parent, basis);
  db.prepare('INSERT INTO summary VALUES (?, ?)').run(count, numbers.length);
  db.exec('CREATE INDEX thread_members ON thread_of (thread); COMMIT');
  db.close();
  renameSync(fresh, path);
  return count;
}

function* storedFeatures(dir: string): Generator<NumberedFeatures> {
  for (const shard of listShards(dir)) {
    const db = new DatabaseSync(shardPath(dir, shard), { readOnly: true });
    for (const row of db.prepare('SELECT features FROM batch').iterate()) yield* parseFeatures(row.features as Uint8Array);
    db.close();
  }
}

/** Opens the stored threads for reading; undefined before the trove was first linked. */
export function openThreads(dir: string): DatabaseSync | undefined {
  return existsSync(threadsPath(dir)) ? new DatabaseSync(threadsPath(dir), { readOnly: true }) : undefined;
}
