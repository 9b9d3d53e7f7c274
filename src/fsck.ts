/**
 * Checks a trove against its own record: originals hash to their names, every message is found again in them with
 * the same SHA-256, the accounts add up, and everything can be searched. Changes nothing.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexedNumbers } from './index/indexed.js';
import { walkSource } from './receive/walk.js';
import { type AccessionRow, CatalogReader } from './store/catalog-reader.js';
import { hashFile, incomingPath } from './store/originals.js';
import { indexDir, originalPath, type Trove } from './store/trove.js';

export interface FsckFinding {
  readonly code: 'original-missing' | 'original-differs' | 'message-missing' | 'account-differs' | 'catalog-damaged' | 'not-indexed' | 'receive-unfinished';
  /** File, container or message concerned. */
  readonly subject: string;
  readonly note: string;
}

/** Yields findings as they appear; none means all is well. `onChecked` is told of each file that was read. */
export async function* fsck(trove: Trove, onChecked: (path: string) => void): AsyncGenerator<FsckFinding> {
  const catalog = new CatalogReader(trove);
  try {
    yield* checkCatalog(catalog);
    for (const accession of catalog.accessions()) yield* checkAccession(trove, catalog, accession, onChecked);
    yield* checkIndex(trove, catalog);
  } finally {
    catalog.close();
  }
}

function* checkCatalog({ db }: CatalogReader): Generator<FsckFinding> {
  for (const row of db.prepare('PRAGMA integrity_check(20)').all()) {
    if (row.integrity_check !== 'ok') yield { code: 'catalog-damaged', subject: 'catalog.db', note: String(row.integrity_check) };
  }
  for (const row of db.prepare('PRAGMA foreign_key_check').all().slice(0, 20)) {
    yield { code: 'catalog-damaged', subject: `catalog.db, table ${row.table}`, note: `row ${row.rowid} refers to a missing row of ${row.parent}` };
  }
  const counted = db.prepare(`SELECT container.id, container.path, container.received, count(occurrence.id) AS found
    FROM container LEFT JOIN occurrence ON occurrence.container = container.id GROUP BY container.id HAVING received <> found`);
  for (const row of counted.all()) {
    yield { code: 'account-differs', subject: `container ${row.id} (${row.path})`, note: `received ${row.received}, but ${row.found} occurrences are recorded` };
  }
  const orphans = db.prepare('SELECT number FROM message WHERE number NOT IN (SELECT message FROM occurrence WHERE message IS NOT NULL) LIMIT 20');
  for (const row of orphans.all()) yield { code: 'account-differs', subject: `message ${row.number}`, note: 'no occurrence of it is recorded' };
}

async function* checkAccession(trove: Trove, catalog: CatalogReader, accession: AccessionRow, onChecked: (path: string) => void): AsyncGenerator<FsckFinding> {
  if (accession.state === 'receiving') {
    yield { code: 'receive-unfinished', subject: accession.source, note: 'its receive was interrupted or still runs; receive it again to go on' };
  }
  const path = accessionPath(trove, accession);
  if (path === undefined || !existsSync(path)) {
    if (accession.state === 'complete') yield { code: 'original-missing', subject: path ?? accession.source, note: `received ${new Date(accession.startedAt).toISOString()}` };
    return;
  }
  onChecked(path);
  if (accession.original !== undefined && !statSync(path).isDirectory()) {
    const { sha256 } = await hashFile(path);
    if (sha256 !== accession.original) yield { code: 'original-differs', subject: path, note: `SHA-256 is ${sha256}, recorded is ${accession.original}` };
  }
  if (accession.state === 'complete') yield* checkMessages(catalog, accession, path);
}

function accessionPath(trove: Trove, accession: AccessionRow): string | undefined {
  if (accession.inPlace) return accession.source;
  return accession.original === undefined ? incomingPath(trove, accession.id) : originalPath(trove, accession.original);
}

/** Walks the original again: every message recorded from it must come by with the recorded SHA-256. */
async function* checkMessages(catalog: CatalogReader, accession: AccessionRow, path: string): AsyncGenerator<FsckFinding> {
  const expected = new Map<string, number>();
  const recorded = catalog.db.prepare(`SELECT lower(hex(sha256)) sha, number FROM message WHERE number IN
    (SELECT message FROM occurrence JOIN container ON container.id = occurrence.container WHERE accession = ? AND message IS NOT NULL)`);
  for (const row of recorded.iterate(accession.id)) expected.set(String(row.sha), Number(row.number));
  const tmpDir = mkdtempSync(join(tmpdir(), 'impart-fsck-'));
  try {
    for await (const events of walkSource(path, { keeper: { path, write() {} }, tmpDir })) {
      for (const event of events) if (event.type === 'message') expected.delete(hash('sha256', event.raw, 'hex'));
    }
  } catch (error) {
    yield { code: 'original-differs', subject: path, note: `cannot be read as it was: ${String(error)}` };
  } finally {
    rmSync(tmpDir, { recursive: true, force: true });
  }
  for (const [sha256, number] of expected) {
    yield { code: 'message-missing', subject: `message ${number}`, note: `${path} no longer holds bytes with SHA-256 ${sha256}` };
  }
}

function* checkIndex(trove: Trove, catalog: CatalogReader): Generator<FsckFinding> {
  const isIndexed = existsSync(indexDir(trove)) ? indexedNumbers(indexDir(trove)) : () => false;
  let missing = 0;
  const parsed = catalog.db.prepare("SELECT DISTINCT message FROM occurrence WHERE outcome = 'parsed'");
  for (const row of parsed.iterate()) if (!isIndexed(Number(row.message))) missing += 1;
  if (missing > 0) yield { code: 'not-indexed', subject: 'index', note: `${missing} messages cannot be searched; run impart reindex` };
}
