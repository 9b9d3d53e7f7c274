/** A release as files below one directory. Reads; follows no link; remembers the hash of what it read. */
import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files larger than this are hashed in pieces and never held. */
const maxHeldBytes = 256 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

export class ReleaseFolder {
  readonly dir: string;
  readonly #hashes = new Map<string, string>();

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Undefined where there is no such file, or it is too large to be what is asked for. */
  find(path: string): Buffer | undefined {
    try {
      const bytes = readFileSync(join(this.dir, path));
      this.#hashes.set(path, hash('sha256', bytes, 'hex'));
      return bytes;
    } catch {
      return undefined;
    }
  }

  findText(path: string): string | undefined {
    const bytes = this.find(path);
    const text = bytes?.toString();
    // Bytes that are no UTF-8 are no text of ours: they would not survive the way to a string and back.
    return text !== undefined && bytes?.equals(Buffer.from(text)) === true ? text : undefined;
  }

  /** Hex; undefined where there is no such file. */
  sha256(path: string): string | undefined {
    const known = this.#hashes.get(path);
    if (known !== undefined) return known;
    try {
      const full = join(this.dir, path);
      if (statSync(full).size > maxHeldBytes) return hashInPieces(full);
      return hash('sha256', readFileSync(full), 'hex');
    } catch {
      return undefined;
    }
  }

  /** Every file, with slashes, and everything that is neither file nor directory (marked by `isFile`). In no order. */
  *files(): Generator<{ readonly path: string; readonly isFile: boolean }> {
    const waiting = [''];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const entry of readdirSync(join(this.dir, at), { withFileTypes: true })) {
        const path = at === '' ? entry.name : `${at}/${entry.name}`;
        if (entry.isDirectory()) waiting.push(path);
        else yield { path, isFile: entry.isFile() };
      }
    }
  }
}

function hashInPieces(path: string): string {
  const digest = createHash('sha256');
  const piece = Buffer.alloc(pieceBytes);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece))
      digest.update(piece.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return digest.digest('hex');
}
