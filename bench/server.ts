/** `impart serve` as a reader's browser meets it: in a process of its own, over connections that stay open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../src/store/package-root.js';

const startWithin = 60_000;

export interface Answer {
  readonly status: number;
  /** From the request to the last byte. */
  readonly milliseconds: number;
  /** As they came over the wire, without header fields. */
  readonly wireBytes: number;
  readonly body: Buffer;
}

export interface Server {
  /** Never throws for what the server answers; an answer that does not come has status 0. */
  ask(path: string): Promise<Answer>;
  /** Bytes that the process holds for itself now; undefined where the system does not say. */
  ownBytes(): number | undefined;
  /** Throws an Error that holds what the server said, where it ended by itself. */
  stop(): Promise<void>;
}

/** Throws an Error that holds what the server said, where it does not start. */
export async function startServer(trove: string, connections = 1): Promise<Server> {
  const child = spawn(join(packageRoot, 'impart'), ['serve', '--trove', trove, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaint = text(child.stderr);
  const ended = once(child, 'exit');
  const deadline = setTimeout(() => child.kill('SIGTERM'), startWithin);
  const url = await firstLine(child.stdout);
  clearTimeout(deadline);
  if (url === undefined) throw new Error(`impart serve gave no address: ${(await complaint).trim()}`);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    ask: (path) => fetchPage(new URL(path, url), agent),
    ownBytes: () => (child.pid === undefined ? undefined : ownBytesOf(child.pid)),
    async stop() {
      const { exitCode, signalCode } = child;
      agent.destroy();
      child.kill('SIGTERM');
      await ended;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`impart serve ended with ${exitCode ?? signalCode}: ${(await complaint).trim()}`);
    },
  };
}

/** What a process holds that is no file's: pages of the index that it has mapped are the system's to take back. */
export function ownBytesOf(process: number | 'self'): number | undefined {
  try {
    const kilobytes = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    // No /proc here, or the process is gone.
    return undefined;
  }
}

/** undefined where the stream ends before. */
async function firstLine(stream: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}

async function fetchPage(url: URL, agent: Agent): Promise<Answer> {
  const start = performance.now();
  try {
    const request = get(url, { agent, headers: { 'Accept-Encoding': 'gzip' } });
    // The 'response' event of a client request has exactly one argument, the response.
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const wire = await buffer(response);
    const milliseconds = performance.now() - start;
    const isPacked = response.headers['content-encoding'] === 'gzip';
    return {
      status: response.statusCode ?? 0,
      milliseconds,
      wireBytes: wire.length,
      body: isPacked ? gunzipSync(wire) : wire,
    };
  } catch {
    return { status: 0, milliseconds: performance.now() - start, wireBytes: 0, body: Buffer.alloc(0) };
  }
}
