/**
 * What a source is called and how much there is to read, before any of it is read.
 */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { treeBytes } from './folder-tree.js';

/** Bytes that a walk of `path` will read, for progress: of a file, or of all files in a folder. Links are not followed. */
export async function sourceSize(path: string): Promise<number> {
  const status = await stat(path);
  return status.isDirectory() ? treeBytes(path) : status.size;
}

/** Base name of the source, also for `.` and `folder/`. */
export function nameOfSource(path: string): string {
  return basename(resolve(path));
}
