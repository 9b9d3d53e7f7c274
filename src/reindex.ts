/** Makes the index anew from the originals. The catalog and people's work are not touched. */
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexedNumbers, prepareIndex } from './index/indexed.js';
import { Indexers } from './index/indexers.js';
import { rebuildThreads } from './index/threads.js';
import type { Progress } from './pipeline.js';
import { bytesPath } from './read/raw.js';
import { walkSource } from './receive/walk.js';
import { CatalogReader } from './store/catalog-reader.js';
import { indexDir, lockTrove, type Trove } from './store/trove.js';

export interface ReindexOutcome {
  readonly indexed: number;
  /** Messages whose bytes were not found, or on which the parser broke. */
  readonly missing: number;
}

/** Marks an index that is being made, so that an interrupted reindex goes on instead of starting over. */
const marker = 'rebuilding';
const commitEvery = 2_000;

/** Throws OperatorError `trove-locked` while something else writes. */
export async function reindex(
  trove: Trove,
  now: () => number,
  onProgress: (progress: Progress) => void,
): Promise<ReindexOutcome> {
  const unlock = lockTrove(trove);
  const catalog = new CatalogReader(trove);
  const dir = indexDir(trove);
  if (!existsSync(join(dir, marker))) {
    rmSync(dir, { recursive: true, force: true });
    prepareIndex(dir);
    writeFileSync(join(dir, marker), '');
  }
  const isIndexed = indexedNumbers(dir);
  let failed = 0;
  const indexers = new Indexers(dir, () => {
    failed += 1;
  });
  const tmpDir = mkdtempSync(join(tmpdir(), 'impart-reindex-'));
  try {
    const done = new Set<number>();
    const numberOf = catalog.db.prepare('SELECT number FROM message WHERE sha256 = ?');
    let bytesDone = 0;
    let nextCommit = now() + commitEvery;
    for (const accession of catalog.accessions()) {
      const path = bytesPath(trove, accession);
      if (!existsSync(path)) continue;
      for await (const events of walkSource(path, { keeper: { path, write() {} }, tmpDir })) {
        for (const event of events) {
          if (event.type !== 'message') continue;
          bytesDone += event.raw.length;
          const number = Number(numberOf.get(hash('sha256', event.raw, 'buffer'))?.number ?? 0);
          if (number === 0 || done.has(number)) continue;
          done.add(number);
          if (!isIndexed(number)) await indexers.add(number, event.raw, event.place.direct === undefined);
        }
        onProgress({ bytesDone, messages: done.size, failed });
        if (now() < nextCommit) continue;
        await indexers.flush();
        indexers.commit();
        nextCommit = now() + commitEvery;
      }
    }
    await indexers.close();
    rebuildThreads(dir);
    rmSync(join(dir, marker));
    return { indexed: done.size - failed, missing: catalog.messageCount() - done.size + failed };
  } finally {
    await indexers.abort();
    rmSync(tmpDir, { recursive: true, force: true });
    catalog.close();
    unlock();
  }
}
