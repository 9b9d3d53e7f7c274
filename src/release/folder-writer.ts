/**
 * Writes a release folder under a name that is not a release's, and gives it its own once all of it is on disk:
 *
 *     .harbour-release.partial/      while it is written; the next run throws it away
 *     harbour-release/               complete, or not there
 *
 * What has not changed since an earlier release is linked from its folder, so that both share the bytes on disk.
 */
import { hash } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { OperatorError } from '../errors.js';
import { isPlainPath } from '../proof/manifest.js';

export interface WrittenFile {
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

export class FolderWriter {
  /** Where it will be. */
  readonly target: string;
  /** Where it is being written. */
  readonly dir: string;
  readonly files = new Map<string, WrittenFile>();
  /** Those taken over from an earlier release. */
  readonly linked = new Set<string>();
  readonly #made = new Set<string>();

  /** Throws OperatorError `release-folder-not-empty`, `release-folder-unwritable`. */
  constructor(target: string) {
    this.target = resolve(target);
    this.dir = join(dirname(this.target), `.${basename(this.target)}.partial`);
    if (existsSync(this.target) && !isEmptyDirectory(this.target))
      throw new OperatorError(
        'release-folder-not-empty',
        `${target} is there already and is not an empty folder`,
        'Choose another folder with --out. A release is never written over another.',
      );
    try {
      rmSync(this.dir, { recursive: true, force: true });
      mkdirSync(this.dir, { recursive: true });
    } catch (error) {
      throw new OperatorError(
        'release-folder-unwritable',
        `cannot write to ${dirname(this.target)}: ${String(error)}`,
        'Choose a folder with --out that you can write to.',
        error,
      );
    }
  }

  /** Returns the SHA-256, hex. */
  write(path: string, bytes: Buffer | string): string {
    const full = this.#place(path);
    writeFileSync(full, bytes);
    const sha256 = hash('sha256', bytes, 'hex');
    this.files.set(path, { sha256, bytes: Buffer.byteLength(bytes) });
    return sha256;
  }

  /** Somebody else wrote it there. */
  note(path: string, file: WrittenFile): void {
    this.files.set(path, file);
  }

  /** Takes over a file of an earlier release. Its hash is from that release's manifest. Returns false where it is not there. */
  link(from: string, path: string, file: WrittenFile): boolean {
    const full = this.#place(path);
    try {
      linkSync(join(from, path), full);
    } catch {
      try {
        copyFileSync(join(from, path), full);
      } catch {
        return false;
      }
    }
    this.files.set(path, file);
    this.linked.add(path);
    return true;
  }

  #place(path: string): string {
    if (!isPlainPath(path)) throw new RangeError(`${path} is no name for a file of a release`);
    const full = join(this.dir, path);
    const parent = dirname(full);
    if (!this.#made.has(parent)) {
      mkdirSync(parent, { recursive: true });
      this.#made.add(parent);
    }
    return full;
  }

  /** From here on it is a release. All files, and the folder, are flushed before it gets its name. */
  publish(): void {
    for (const path of [...this.files.keys(), '.']) flush(join(this.dir, path));
    if (existsSync(this.target)) rmSync(this.target, { recursive: true });
    renameSync(this.dir, this.target);
    flush(dirname(this.target));
  }

  discard(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function isEmptyDirectory(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
