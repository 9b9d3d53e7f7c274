/** The server: `createApp` on 127.0.0.1 and nowhere else. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { OperatorError } from '../errors.js';
import type { Trove } from '../store/trove.js';
import { createApp } from './app.js';
import { liveArchive } from './live-archive.js';
import { warmUp } from './warm-up.js';

/** Where Impart is looked for first. */
const defaultPort = 8025;
/** Ports tried after it, when none was asked for. */
const otherPorts = 50;

export interface RunningServer {
  /** `http://127.0.0.1:8025/` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a trove, which may be empty or being received into. `port` 0 is any free one; undefined is 8025 or the next
 * free one. `as` signs what is written on the desk. Throws OperatorError `port-taken`, `port-refused`.
 */
export async function serve(trove: Trove, port?: number, as?: string): Promise<RunningServer> {
  const live = liveArchive(trove, Date.now, as);
  let listening = 0;
  const app = createApp({ live, port: () => listening });
  // Without http2 options the adaptor makes a plain node:http server.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    // What is wrong with the trove is said here, not on the first page.
    live.current();
    listening = await listen(server, port);
  } catch (error) {
    live.close();
    throw error;
  }
  const url = `http://127.0.0.1:${listening}/`;
  let isClosed = false;
  const warmed = warmUp(
    live,
    async () => app.request(url, { headers: { Host: new URL(url).host } }),
    () => isClosed,
  );
  return {
    url,
    async close() {
      isClosed = true;
      await warmed;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      live.close();
    },
  };
}

async function listen(server: Server, wanted: number | undefined): Promise<number> {
  const last = wanted ?? defaultPort + otherPorts;
  for (let port = wanted ?? defaultPort; ; port++) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code !== 'EADDRINUSE' || port >= last) throw refused(code, port, error);
    }
  }
}

async function listenOn(server: Server, port: number): Promise<number> {
  const listening = once(server, 'listening');
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  await listening;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function refused(code: unknown, port: number, error: unknown): OperatorError {
  if (code === 'EADDRINUSE') {
    return new OperatorError(
      'port-taken',
      `another program listens on 127.0.0.1:${port}`,
      'Choose another port, or --port 0 for any free one.',
      error,
    );
  }
  return new OperatorError(
    'port-refused',
    `cannot listen on 127.0.0.1:${port}: ${String(error)}`,
    'Choose another port, or --port 0 for any free one.',
    error,
  );
}
