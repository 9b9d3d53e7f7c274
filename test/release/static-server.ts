/** A plain static server, as any host has one: files by their extension, index.html for a folder, nothing else. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.xml': 'application/xml',
};

export interface StaticServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Bytes of each answer, since the last look. */
  sent(): number;
  close(): void;
}

export async function serveFolder(dir: string): Promise<StaticServer> {
  let sent = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://static.example');
    const path = join(dir, decodeURIComponent(pathname));
    void (async () => {
      try {
        const isFolder = (await stat(path)).isDirectory();
        const bytes = await readFile(isFolder ? join(path, 'index.html') : path);
        sent += bytes.length;
        const type = types[isFolder ? '.html' : extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'Content-Type': type }).end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    sent() {
      const bytes = sent;
      sent = 0;
      return bytes;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
