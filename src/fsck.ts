/**
 * Checks a trove against its own record: originals hash to their names, every message is found again in them with
 * the same SHA-256, the accounts add up, and everything can be searched. Changes nothing.
 */
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from './errors.js';
import { indexedNumbers } from './index/indexed.js';
import { bytesPath } from './read/raw.js';
import { walkSource } from './receive/walk.js';
import { type AccessionRow, CatalogReader } from './store/catalog-reader.js';
import { allReviews, brokenReviews } from './store/desk/claims/reviews.js';
import { Desk } from './store/desk.js';
import { hashFile } from './store/originals.js';
import { indexDir, type Trove } from './store/trove.js';

export interface FsckFinding {
  readonly code:
    | 'original-missing'
    | 'original-differs'
    | 'message-missing'
    | 'account-differs'
    | 'catalog-damaged'
    | 'not-indexed'
    | 'receive-unfinished'
    | 'review-differs';
  /** File, container or message concerned. */
  readonly subject: string;
  readonly note: string;
}

/** Yields findings as they appear; none means all is well. `onChecked` is told of each file that was read. */
export async function* fsck(trove: Trove, onChecked: (path: string) => void): AsyncGenerator<FsckFinding> {
  const catalog = new CatalogReader(trove);
  try {
    yield* checkCatalog(catalog);
    const seen = new Set<string>();
    for (const accession of catalog.accessions()) yield* checkAccession(trove, accession, seen, onChecked);
    yield* checkMessages(catalog, seen);
    yield* checkIndex(trove, catalog);
    yield* checkReviews(trove);
  } finally {
    catalog.close();
  }
}

function* checkCatalog({ db }: CatalogReader): Generator<FsckFinding> {
  for (const row of db.prepare('PRAGMA integrity_check(20)').all()) {
    if (row.integrity_check !== 'ok')
      yield { code: 'catalog-damaged', subject: 'catalog.db', note: String(row.integrity_check) };
  }
  for (const row of db.prepare('PRAGMA foreign_key_check').all().slice(0, 20)) {
    yield {
      code: 'catalog-damaged',
      subject: `catalog.db, table ${row.table}`,
      note: `row ${row.rowid} refers to a missing row of ${row.parent}`,
    };
  }
  yield* checkAccounts(db);
  const orphans = db.prepare(
    'SELECT number FROM message WHERE number NOT IN (SELECT message FROM occurrence WHERE message IS NOT NULL) LIMIT 20',
  );
  for (const row of orphans.all())
    yield {
      code: 'account-differs',
      subject: `message ${row.number}`,
      note: 'no occurrence of it is recorded',
    };
}

/** Reviews of claims name the hash of the one before them: what was changed or taken out shows. */
function* checkReviews(trove: Trove): Generator<FsckFinding> {
  const desk = new Desk(trove, { now: () => 0 });
  try {
    for (const { id, subject } of brokenReviews(desk.read(allReviews, [])))
      yield {
        code: 'review-differs',
        subject: `desk.db, review ${id}`,
        note: `of ${subject}: it was changed after it was written, or the review before it is gone`,
      };
  } finally {
    desk.close();
  }
}

/** What a container's row says came of it, and what the occurrences say one by one. */
function* checkAccounts(db: CatalogReader['db']): Generator<FsckFinding> {
  const counted = db.prepare(`SELECT container.*, count(occurrence.id) AS occurrences,
      count(*) FILTER (WHERE outcome = 'parsed') AS is_parsed, count(*) FILTER (WHERE outcome = 'duplicate') AS is_duplicate,
      count(*) FILTER (WHERE outcome = 'failed') AS is_failed
    FROM container LEFT JOIN occurrence ON occurrence.container = container.id GROUP BY container.id
    HAVING received <> occurrences OR parsed <> is_parsed OR duplicate <> is_duplicate OR failed <> is_failed`);
  for (const row of counted.all()) {
    yield {
      code: 'account-differs',
      subject: `container ${row.id} (${row.path})`,
      note: `received ${row.received} = ${row.parsed} parsed + ${row.duplicate} duplicate + ${row.failed} failed, but the ${row.occurrences} occurrences recorded are ${row.is_parsed}, ${row.is_duplicate} and ${row.is_failed}`,
    };
  }
}

/** Adds to `seen` the SHA-256 of every message that the accession's bytes hold. */
async function* checkAccession(
  trove: Trove,
  accession: AccessionRow,
  seen: Set<string>,
  onChecked: (path: string) => void,
): AsyncGenerator<FsckFinding> {
  if (accession.state === 'receiving') {
    yield {
      code: 'receive-unfinished',
      subject: accession.source,
      note: 'its receive was interrupted or still runs; receive it again to go on',
    };
  }
  const path = bytesPath(trove, accession);
  if (!existsSync(path)) {
    if (accession.state === 'complete')
      yield {
        code: 'original-missing',
        subject: path,
        note: `received ${new Date(accession.startedAt).toISOString()}`,
      };
    return;
  }
  onChecked(path);
  if (accession.original !== undefined && !statSync(path).isDirectory()) {
    const { sha256 } = await hashFile(path);
    if (sha256 !== accession.original)
      yield {
        code: 'original-differs',
        subject: path,
        note: `SHA-256 is ${sha256}, recorded is ${accession.original}`,
      };
  }
  yield* walkOriginal(path, seen);
}

async function* walkOriginal(path: string, seen: Set<string>): AsyncGenerator<FsckFinding> {
  const tmpDir = mkdtempSync(join(tmpdir(), 'impart-fsck-'));
  try {
    for await (const events of walkSource(path, { keeper: { path, write() {} }, tmpDir })) {
      for (const event of events)
        if (event.type === 'message') seen.add(hash('sha256', event.raw, 'base64url'));
    }
  } catch (error) {
    // What was kept of a source before it turned out to hold no mail is still an original.
    if (error instanceof OperatorError && error.code === 'no-mail-found') return;
    yield { code: 'original-differs', subject: path, note: `cannot be read as it was: ${String(error)}` };
  } finally {
    rmSync(tmpDir, { recursive: true, force: true });
  }
}

/** Every numbered message must have come by with its recorded SHA-256 in some original. */
function* checkMessages({ db }: CatalogReader, seen: ReadonlySet<string>): Generator<FsckFinding> {
  const places =
    db.prepare(`SELECT container.path, occurrence.path AS entry, occurrence.offset FROM occurrence
    JOIN container ON container.id = occurrence.container WHERE message = ? LIMIT 1`);
  for (const row of db.prepare('SELECT number, sha256 FROM message').iterate()) {
    const sha256 = Buffer.from(row.sha256 as Uint8Array);
    if (seen.has(sha256.toString('base64url'))) continue;
    const place = places.get(Number(row.number));
    yield {
      code: 'message-missing',
      subject: `message ${row.number}`,
      note: `no original holds bytes with SHA-256 ${sha256.toString('hex')}; received from ${place?.path} ${place?.entry} at byte ${place?.offset}`,
    };
  }
}

function* checkIndex(trove: Trove, catalog: CatalogReader): Generator<FsckFinding> {
  const isIndexed = existsSync(indexDir(trove)) ? indexedNumbers(indexDir(trove)) : () => false;
  let missing = 0;
  const parsed = catalog.db.prepare("SELECT DISTINCT message FROM occurrence WHERE outcome = 'parsed'");
  for (const row of parsed.iterate()) if (!isIndexed(Number(row.message))) missing += 1;
  if (missing > 0)
    yield {
      code: 'not-indexed',
      subject: 'index',
      note: `${missing} messages cannot be searched; run impart reindex`,
    };
}
