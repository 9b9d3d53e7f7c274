/**
 * Reading attachments in the background of `open` and `serve`: a process of its own, so that pages answer at once, and
 * not a part of `receive`, whose end means that the mail is searchable.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Trove } from '../store/trove.js';

/** Lower than the server. */
const niceness = 10;

/** Returns what ends it. A trove that another process extracts, or that cannot be written, is left alone. */
export function extractInBackground(trove: Trove): () => void {
  const main = process.argv[1] ?? '';
  const child: ChildProcess = spawn(
    process.execPath,
    [...process.execArgv, main, 'extract', '--trove', trove.dir],
    { stdio: 'ignore' },
  );
  // Without a process there is no text of attachments; the pages say so.
  child.on('error', () => {});
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness);
  } catch {
    // It has ended already, or the system does not allow it.
  }
  return () => child.kill('SIGTERM');
}
