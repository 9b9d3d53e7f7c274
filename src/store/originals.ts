/**
 * Originals: the bytes that were handed over, kept before anything parses them and never changed again.
 * While a source is read they grow in `originals/incoming/<accession>`; once complete they are on disk (fsync),
 * read-only, and named by their SHA-256.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, chmod, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../errors.js';
import type { Keeper } from '../receive/keep.js';
import { findStorageError } from './storage-error.js';
import { incomingDir, originalPath, type Trove } from './trove.js';

/** Bytes written between background flushes, so that the final fsync has little left to wait for. */
const flushEveryBytes = 16 * 1024 * 1024;

export interface KeptOriginal {
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
}

/** The source no longer yields what a former run committed from it. */
export class SourceChanged extends Error {}

export interface OriginalWriter extends Keeper {
  readonly size: number;
  /** Waits until everything written so far is on disk. */
  flush(): Promise<void>;
  /** Makes the original durable and gives its name. */
  finish(): Promise<KeptOriginal>;
  /** Closes without keeping the result under a final name; the incoming file stays for inspection. */
  abandon(): Promise<void>;
}

export const incomingPath = (trove: Trove, accession: number): string =>
  join(incomingDir(trove), String(accession));

/**
 * Copies what is read into the trove, hashing it in the same pass. The first `keptBytes` were committed by a run
 * that was interrupted: they are compared, never written over, and a difference throws SourceChanged.
 */
export async function keepCopy(trove: Trove, accession: number, keptBytes: number): Promise<OriginalWriter> {
  const path = incomingPath(trove, accession);
  await mkdir(dirname(path), { recursive: true });
  // Without its file (it got its final name, and the run died before it could say so) there is nothing to compare with.
  const known = (await exists(path)) ? keptBytes : 0;
  const file = await open(path, known > 0 ? 'r+' : 'w+');
  await syncDirectory(dirname(path));
  return new CopyingWriter(trove, path, file, known);
}

/** Hashes what is read and leaves it where it is (`--in-place`). */
export function keepInPlace(source: string): OriginalWriter {
  const hash = createHash('sha256');
  let size = 0;
  return {
    path: source,
    get size() {
      return size;
    },
    write(bytes) {
      hash.update(bytes);
      size += bytes.length;
    },
    async flush() {},
    async finish() {
      return { sha256: hash.digest('hex'), size };
    },
    async abandon() {},
  };
}

class CopyingWriter implements OriginalWriter {
  readonly path: string;
  size = 0;
  readonly #trove: Trove;
  readonly #file: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  readonly #keptBytes: number;
  #unflushed = 0;
  #isFinished: boolean = false;
  #flushing: Promise<void> = Promise.resolve();

  constructor(trove: Trove, path: string, file: FileHandle, keptBytes: number) {
    this.#keptBytes = keptBytes;
    this.#trove = trove;
    this.path = path;
    this.#file = file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    const known = Math.min(bytes.length, Math.max(0, this.#keptBytes - this.size));
    if (known > 0) await this.#compare(bytes.subarray(0, known));
    await this.#append(bytes.subarray(known), this.size + known);
    this.size += bytes.length;
    this.#unflushed += bytes.length;
    if (this.#unflushed >= flushEveryBytes) {
      this.#unflushed = 0;
      // Errors of a background flush come back from the next flush or from finish().
      this.#flushing = this.#flushing.then(() => this.#file.datasync()).catch(() => {});
    }
  }

  async #compare(bytes: Uint8Array): Promise<void> {
    const former = Buffer.allocUnsafe(bytes.length);
    const { bytesRead } = await this.#file.read(former, 0, former.length, this.size);
    if (bytesRead < bytes.length || !former.equals(bytes)) throw new SourceChanged();
  }

  async #append(bytes: Uint8Array, position: number): Promise<void> {
    let written = 0;
    try {
      while (written < bytes.length) {
        const result = await this.#file.write(bytes, written, bytes.length - written, position + written);
        written += result.bytesWritten;
      }
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  async flush(): Promise<void> {
    await this.#flushing;
    if (this.#isFinished) return;
    try {
      await this.#file.datasync();
    } catch (error) {
      throw writeFailed(this.path, error);
    }
    this.#unflushed = 0;
  }

  async finish(): Promise<KeptOriginal> {
    await this.#flushing;
    try {
      await this.#file.truncate(this.size);
      await this.#file.sync();
      await this.#file.close();
    } catch (error) {
      throw writeFailed(this.path, error);
    }
    this.#isFinished = true;
    const sha256 = this.#hash.digest('hex');
    await moveIntoPlace(this.path, originalPath(this.#trove, sha256));
    return { sha256, size: this.size };
  }

  async abandon(): Promise<void> {
    await this.#flushing;
    if (!this.#isFinished) await this.#file.close();
  }
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (await exists(to)) {
    await rm(from);
    return;
  }
  await chmod(from, 0o444);
  await rename(from, to);
  await syncDirectory(dirname(to));
  await syncDirectory(dirname(dirname(to)));
}

/** A rename survives power loss only once its directory is on disk. */
async function syncDirectory(path: string): Promise<void> {
  const dir = await open(path, constants.O_RDONLY);
  try {
    await dir.sync();
  } finally {
    await dir.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** Gives an abandoned incoming file its final name: what was read before the source changed stays an original. */
export async function keepPartial(trove: Trove, accession: number): Promise<KeptOriginal | undefined> {
  const path = incomingPath(trove, accession);
  if (!(await exists(path))) return undefined;
  const kept = await hashFile(path);
  await moveIntoPlace(path, originalPath(trove, kept.sha256));
  return kept;
}

export async function hashFile(path: string): Promise<KeptOriginal> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

function writeFailed(path: string, error: unknown): unknown {
  const known = findStorageError(error);
  return known === undefined
    ? error
    : new OperatorError(known.code, `${path}: ${known.message}`, known.hint, error);
}
