/** Which messages the index holds, and the index directory's own state. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openForReading, syncPath } from '../store/open-database.js';
import { listShards, shardPath } from './shard.js';

export function prepareIndex(dir: string): void {
  mkdirSync(dir, { recursive: true });
  syncPath(dirname(dir));
}

/** A test of membership over all shards, for runs that make good what an interruption cost. */
export function indexedNumbers(dir: string): (number: number) => boolean {
  const words: number[] = [];
  for (const shard of listShards(dir)) {
    const db = openForReading(shardPath(dir, shard));
    for (const row of db.prepare('SELECT number FROM doc').iterate()) {
      const number = Number(row.number);
      words[number >>> 5] = (words[number >>> 5] ?? 0) | (1 << (number & 31));
    }
    db.close();
  }
  return (number) => ((words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
}
