/** Searching a trove of a given size: received once, then asked through the library and through HTTP. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { impartCommand } from './contestants.js';
import type { LibraryRun } from './library.js';
import { measurePages, type PagesResult } from './pages.js';
import { measure } from './process-cost.js';
import { askServer, type Fetched } from './query-http.js';
import type { ScaledMbox } from './scale.js';

export interface SearchResult {
  readonly messages: number;
  readonly bytes: number;
  readonly library: LibraryRun;
  readonly http: readonly Fetched[];
  readonly pages?: PagesResult;
  /** Why there are no times through HTTP. */
  readonly httpFailure?: string;
}

/** Throws an Error where the trove cannot be received or the library breaks on a query. */
export async function measureSearch(
  mail: ScaledMbox & { readonly path: string },
  rounds: number,
  options: { readonly work: string; readonly keep: boolean },
): Promise<SearchResult> {
  const dir = join(options.work, `search-${mail.messages}.trove`);
  rmSync(dir, { recursive: true, force: true });
  try {
    const { status, stderr } = await measure(impartCommand(mail.path, dir));
    if (status !== 0) throw new Error(`impart receive ended with ${status}: ${stderr.trim()}`);
    const library = await askLibrary(dir, rounds);
    const { messages, bytes } = mail;
    try {
      const http = await askServer(dir, rounds);
      return { messages, bytes, library, http, pages: await measurePages(dir) };
    } catch (error) {
      return {
        messages,
        bytes,
        library,
        http: [],
        httpFailure: error instanceof Error ? error.message : String(error),
      };
    }
  } finally {
    if (!options.keep) rmSync(dir, { recursive: true, force: true });
  }
}

/** In a process of its own: this one's memory and garbage are no part of the answer. */
export async function askLibrary(trove: string, rounds: number): Promise<LibraryRun> {
  const child = join(import.meta.dirname, 'query-child.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, trove, String(rounds)],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  // Our own child prints exactly this.
  return JSON.parse(stdout) as LibraryRun;
}
