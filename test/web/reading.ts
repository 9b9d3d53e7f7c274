/** The web application over a small trove, asked without a network. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { receiveSources } from '../../src/pipeline.js';
import { openOrCreateTrove, type Trove } from '../../src/store/trove.js';
import { createApp } from '../../src/web/app.js';
import { liveArchive } from '../../src/web/live-archive.js';
import { tempDir } from '../impart.js';
import { mboxrd } from '../mail.js';

const port = 8025;
const host = `127.0.0.1:${port}`;

export interface Reading {
  readonly trove: Trove;
  /** Milliseconds; raise it to let the server look for news again. */
  now: number;
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** A form of one of its pages, sent by a browser. */
  post(path: string, fields: Readonly<Record<string, string>>): Promise<Response>;
  /** The page's markup. */
  page(path: string, status?: number): Promise<string>;
}

export async function troveOf(t: TestContext, messages: readonly string[]): Promise<Trove> {
  const dir = tempDir(t);
  const trove = openOrCreateTrove(join(dir, 'x.trove'), 'Harbour papers');
  if (messages.length > 0) await receive(trove, messages, 'box');
  return trove;
}

export async function receive(trove: Trove, messages: readonly string[], name: string): Promise<void> {
  const source = join(trove.dir, '..', name);
  writeFileSync(source, mboxrd(messages), 'latin1');
  await receiveSources(trove, [source], { inPlace: false }, { now: () => Date.now() });
}

export function reading(t: TestContext, trove: Trove): Reading {
  const it: Reading = {
    trove,
    now: 0,
    async ask(path, headers = {}, method = 'GET') {
      return app.request(`http://${host}${path}`, { method, headers: { Host: host, ...headers } });
    },
    async post(path, fields) {
      return app.request(`http://${host}${path}`, {
        method: 'POST',
        headers: { Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' },
        body: new URLSearchParams(fields),
      });
    },
    async page(path, status = 200) {
      const response = await it.ask(path);
      const markup = await response.text();
      if (response.status !== status)
        throw new Error(`${path}: ${response.status} instead of ${status}\n${markup}`);
      return markup;
    },
  };
  const live = liveArchive(trove, () => it.now);
  t.after(() => live.close());
  const app = createApp({ live, port: () => port });
  return it;
}

/** The application over a trove of these messages, numbered from 1. */
export const read = async (t: TestContext, messages: readonly string[]): Promise<Reading> =>
  reading(t, await troveOf(t, messages));

/** What a reader sees of markup: no tags, no repeated blanks. */
export function shown(markup: string): string {
  return markup
    .replace(/<(?:head|style)>[\s\S]*?<\/(?:head|style)>/g, '')
    .replace(/<\/?(?:a|bdi|code|mark|span|strong|time)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}

/** Addresses of the page's links, as a browser would read them. */
export const links = (markup: string): string[] =>
  Array.from(markup.matchAll(/ href="([^"]*)"/g), ([, href = '']) => href.replaceAll('&amp;', '&'));
