/**
 * Turns what a killed receive left into what a power loss could have left: everything that no fsync has put on disk
 * is taken back, or spoilt, in ways of which file systems are known: cut off, zeros, other bytes, no name.
 *
 * Files that the program writes itself are judged by its own fsyncs (ledger.ts). SQLite's are judged by what it
 * promises (https://sqlite.org/wal.html): with `synchronous = FULL` every commit in the write-ahead log is on disk;
 * with NORMAL what the last checkpoint began with.
 */
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** From 0 to below `below`. */
export type Pick = (below: number) => number;

type Entry =
  | { readonly sync: string; readonly bytes: number }
  | { readonly sync: string; readonly names: readonly string[] }
  | { readonly rename: readonly [string, string] };

/** Bytes of files and names in directories that are on disk for certain. */
class Durable {
  readonly #bytes = new Map<string, number>();
  readonly #names = new Set<string>();
  /** Renames since the last sync of the directory that they go to. */
  readonly pending = new Map<string, string>();

  constructor(ledger: string) {
    const lines = existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n') : [];
    for (const line of lines) if (line.endsWith('}')) this.#apply(JSON.parse(line) as Entry);
  }

  #apply(entry: Entry): void {
    if ('rename' in entry) {
      const [from, to] = entry.rename;
      this.#bytes.set(to, this.#bytes.get(from) ?? 0);
      this.#names.delete(to);
      this.pending.set(to, from);
    } else if ('bytes' in entry) {
      this.#bytes.set(entry.sync, Math.max(entry.bytes, this.#bytes.get(entry.sync) ?? 0));
    } else {
      for (const name of entry.names) {
        this.#names.add(join(entry.sync, name));
        this.pending.delete(join(entry.sync, name));
      }
    }
  }

  bytesOf(path: string): number {
    return this.#bytes.get(path) ?? 0;
  }

  hasName(path: string): boolean {
    return this.#names.has(path);
  }
}

export function losePower(trove: string, ledger: string, pick: Pick): void {
  const durable = new Durable(ledger);
  for (const [to, from] of durable.pending) if (existsSync(to) && pick(2) === 0) renameSync(to, from);
  loseFrom(trove, durable, pick);
}

function loseFrom(dir: string, durable: Durable, pick: Pick): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (!existsSync(path) || /-(?:wal|shm|journal)$/.test(path) || /\.lock$/.test(path)) continue;
    if (!durable.hasName(path) && pick(2) === 0) {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { recursive: true, force: true });
    } else if (entry.isDirectory()) loseFrom(path, durable, pick);
    else if (path.endsWith('.db')) loseLog(path, pick);
    else spoil(path, durable.bytesOf(path), pick);
  }
}

/** Takes back what no checkpoint and no commit has put on disk of a database's write-ahead log. */
function loseLog(db: string, pick: Pick): void {
  const log = `${db}-wal`;
  if (existsSync(log)) {
    const kept = basename(db) === 'catalog.db' ? committedBytes(log) : checkpointedBytes(log, `${db}-shm`);
    spoil(log, kept, pick);
  }
  rmSync(`${db}-shm`, { force: true });
}

const logHeader = 32;
const frameHeader = 24;

/** Up to the last frame that ends a transaction (https://sqlite.org/fileformat2.html#walformat). */
function committedBytes(log: string): number {
  const bytes = readFileSync(log);
  if (bytes.length < logHeader) return 0;
  const frame = frameHeader + bytes.readUInt32BE(8);
  let kept = logHeader;
  for (let at = logHeader; at + frame <= bytes.length; at += frame) {
    if (bytes.compare(bytes, 16, 24, at + 8, at + 16) !== 0) break;
    if (bytes.readUInt32BE(at + 4) !== 0) kept = at + frame;
  }
  return kept;
}

/** Frames whose copying into the database was begun (`nBackfillAttempted`): they were synced before that. */
function checkpointedBytes(log: string, shm: string): number {
  if (!existsSync(shm) || statSync(log).size < logHeader) return 0;
  const frames = readFileSync(shm).readUInt32LE(128);
  return frames === 0 ? 0 : logHeader + frames * (frameHeader + readFileSync(log).readUInt32BE(8));
}

/** What lies behind the first `kept` bytes is cut off somewhere, or becomes zeros or anything else from somewhere on. */
function spoil(path: string, kept: number, pick: Pick): void {
  const { size } = statSync(path);
  if (size <= kept) return;
  const from = kept + pick(size - kept + 1);
  const way = pick(3);
  if (way === 0) {
    truncateSync(path, from);
    return;
  }
  const bytes = readFileSync(path);
  if (way === 1) bytes.fill(0, from);
  else for (let at = from; at < size; at++) bytes[at] = pick(256);
  // Under another name first: an original is read-only.
  writeFileSync(`${path}.spoilt`, bytes);
  renameSync(`${path}.spoilt`, path);
}

/** Where the last row of a shard's spool ends, as a copy of the database says, so that the original stays as it is. */
export function spooledEnd(db: string): number {
  const dir = mkdtempSync(join(tmpdir(), 'impart-shard-'));
  const copy = join(dir, basename(db));
  for (const suffix of ['', '-wal'])
    if (existsSync(`${db}${suffix}`)) copyFileSync(`${db}${suffix}`, `${copy}${suffix}`);
  const shard = new DatabaseSync(copy);
  const row = shard.prepare('SELECT coalesce(max(frame + frame_length), 0) n FROM spooled').get();
  shard.close();
  rmSync(dirname(copy), { recursive: true });
  return Number(row?.n);
}
