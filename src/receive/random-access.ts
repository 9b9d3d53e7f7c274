/**
 * A piece of a file, or bytes in memory, that can be read anywhere: what zip needs, whose table of contents is at its end.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { StreamFailure } from './stream.js';
import { openUnlinked, writeWhole } from './unlinked.js';
import type { Window } from './window.js';

export interface RandomAccessFile {
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on, and returns how many there were. */
  read(target: Buffer, offset: number): number;
  close(): Promise<void>;
}

/** A piece of a file that exists. */
export function openRegion(path: string, start: number, size: number): RandomAccessFile {
  return region(openSync(path, 'r'), start, size);
}

/** Bytes that are in memory already. */
export function openBytes(bytes: Buffer): RandomAccessFile {
  return {
    size: bytes.length,
    read: (target, offset) => bytes.copy(target, 0, offset),
    close: () => Promise.resolve(),
  };
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
    size,
    read: (target, offset) => {
      const wanted = Math.max(0, Math.min(target.length, size - offset));
      let got = 0;
      for (let more = 1; more > 0 && got < wanted; got += more)
        more = readSync(file, target, got, wanted - got, start + offset + got);
      return got;
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
      return Promise.resolve();
    },
  };
}
