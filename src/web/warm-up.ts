/**
 * What the first page of a trove is counted from, loaded as soon as the server listens: who comes a moment later does
 * not wait for it. In steps, between which requests are answered; each is what a page would load itself.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LiveArchive } from './live-archive.js';

/** `visit` asks for the first page; `isClosed` ends the warming. Throws nothing: what is wrong is said on the page that needs it. */
export async function warmUp(
  live: LiveArchive,
  visit: () => Promise<unknown>,
  isClosed: () => boolean,
): Promise<void> {
  try {
    const index = live.current()?.archive.index;
    if (index === undefined) return;
    for (const load of index.loads()) {
      await nextTurn();
      if (isClosed()) return;
      load();
    }
    await nextTurn();
    if (!isClosed()) await visit();
  } catch {
    // The same error is met, and shown, by whoever opens a page.
  }
}
