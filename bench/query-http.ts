/**
 * The same queries through `impart serve`, a process of its own, over one kept-alive connection. A time runs from
 * the request to the last byte of the page. Warm, and in turn, as in library.ts; what the server may keep of
 * results it keeps: that is how a reader meets it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { SortOrder } from '../src/index/search.js';
import { packageRoot } from '../src/store/package-root.js';
import { urls } from '../src/web/urls.js';
import { queries } from './queries.js';

const startWithin = 60_000;

export interface Fetched {
  readonly text: string;
  readonly sort: SortOrder;
  readonly bytes: number;
  readonly milliseconds: readonly number[];
}

/** Throws an Error that holds what the server said, where it does not start or a page is not 200. */
export async function askServer(trove: string, rounds: number): Promise<Fetched[]> {
  const server = spawn(join(packageRoot, 'impart'), ['serve', '--trove', trove, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaint = text(server.stderr);
  const ended = once(server, 'exit');
  const deadline = setTimeout(() => server.kill('SIGTERM'), startWithin);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const url = await firstLine(server.stdout);
    clearTimeout(deadline);
    if (url === undefined) throw new Error(`impart serve gave no address: ${(await complaint).trim()}`);
    const turn = queries.map((query) => ({ ...query, bytes: 0, milliseconds: [] as number[] }));
    for (let round = 0; round <= rounds; round++) {
      for (const query of turn) {
        const start = performance.now();
        query.bytes = await fetchPage(new URL(urls.search({ q: query.text, sort: query.sort }), url), agent);
        if (round > 0) query.milliseconds.push(performance.now() - start);
      }
    }
    return turn.map(({ text, sort, bytes, milliseconds }) => ({ text, sort, bytes, milliseconds }));
  } finally {
    agent.destroy();
    server.kill('SIGTERM');
    await ended;
  }
}

/** undefined where the stream ends before. */
async function firstLine(stream: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}

async function fetchPage(url: URL, agent: Agent): Promise<number> {
  // The 'response' event of a client request has exactly one argument, the response.
  const [response] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  if (response.statusCode !== 200)
    throw new Error(`GET ${url.pathname}${url.search}: ${response.statusCode}`);
  return bytes;
}
