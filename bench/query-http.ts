/**
 * Asks the same queries of `impart serve` over one connection that stays open: milliseconds from the request to the last
 * byte of the page. Warm, and in turn, as in library.ts; what the server may keep of results it keeps: that is how a
 * reader meets it.
 */
import type { SortOrder } from '../src/index/search.js';
import { urls } from '../src/web/urls.js';
import { queries } from './queries.js';
import { startServer } from './server.js';

export interface Fetched {
  readonly text: string;
  readonly sort: SortOrder;
  readonly bytes: number;
  readonly milliseconds: readonly number[];
}

/** Throws an Error that holds what the server said, where it does not start or a page is not 200. */
export async function askServer(trove: string, rounds: number): Promise<Fetched[]> {
  const server = await startServer(trove);
  try {
    const turn = queries.map((query) => ({ ...query, bytes: 0, milliseconds: [] as number[] }));
    for (let round = 0; round <= rounds; round++) {
      for (const query of turn) {
        const path = urls.search({ q: query.text, sort: query.sort });
        const { status, milliseconds, wireBytes } = await server.ask(path);
        if (status !== 200) throw new Error(`GET ${path}: ${status}`);
        query.bytes = wireBytes;
        if (round > 0) query.milliseconds.push(milliseconds);
      }
    }
    return turn.map(({ text, sort, bytes, milliseconds }) => ({ text, sort, bytes, milliseconds }));
  } finally {
    await server.stop();
  }
}
