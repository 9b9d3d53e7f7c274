/**
 * A piece of a file that can be read anywhere: what zip needs, whose table of contents is at its end.
 */
import { closeSync, openSync } from 'node:fs';
import type { StreamFailure } from './stream.js';
import { openUnlinked, writeWhole } from './unlinked.js';
import type { Window } from './window.js';

export interface RandomAccessFile {
  /** An open file descriptor. */
  readonly file: number;
  /** Where the piece starts in the file, and how long it is. */
  readonly start: number;
  readonly size: number;
  close(): Promise<void>;
}

/** A piece of a file that exists. */
export function openRegion(path: string, start: number, size: number): RandomAccessFile {
  return region(openSync(path, 'r'), start, size);
}

/** Copies the rest of `window` into a file without a name, which is gone once it is closed. */
export async function spool(window: Window, tmpDir: string): Promise<RandomAccessFile | StreamFailure> {
  const file = openUnlinked(tmpDir);
  let size = 0;
  do {
    const view = window.view();
    writeWhole(file, view);
    size += view.length;
    window.skip(view.length);
  } while (await window.fill(1));
  if (window.failure === undefined) return region(file, 0, size);
  closeSync(file);
  return window.failure;
}

function region(file: number, start: number, size: number): RandomAccessFile {
  let isOpen = true;
  return {
    file,
    start,
    size,
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
      return Promise.resolve();
    },
  };
}
