/**
 * Files that have no name: nobody else can open them, and they are gone however the process ends.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Opens a file in `tmpDir`, which is made if it is missing, for writing and reading. */
export function openUnlinked(tmpDir: string): number {
  mkdirSync(tmpDir, { recursive: true });
  const path = join(tmpDir, `receive-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** Appends all of `bytes`. */
export function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
