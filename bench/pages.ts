/**
 * How long each kind of page takes at the server, and what it weighs. Each address is asked once, in turn, of a server
 * that was warmed up with others: what it keeps of answers helps none of them, but for the first page, which has one
 * address.
 */
import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { urls } from '../src/web/urls.js';
import { type PageKind, pageKinds, samples, spread } from './addresses.js';
import { imparted } from './contestants.js';
import { queries } from './queries.js';
import { type Server, startServer } from './server.js';

/** Addresses of a kind with many that warm the server up and are not counted. */
const warming = 3;
/** Milliseconds after which a reader has opened the address that `impart serve` printed. */
const untilVisit = 3_000;

export interface PageTimes {
  readonly name: string;
  readonly milliseconds: readonly number[];
  /** Of the longest page: as sent, and unpacked. */
  readonly wireBytes: number;
  readonly bytes: number;
  /** Answers that were not 200. */
  readonly failed: number;
}

export interface PagesResult {
  /** Milliseconds of the first page, asked the moment the server is ready, and a little later. */
  readonly firstVisit: number;
  readonly laterVisit: number;
  readonly kinds: readonly PageTimes[];
  /** What the serving process held for itself at the end; undefined where the system does not say. */
  readonly ownBytes: number | undefined;
}

/** Throws an Error where the server does not start. */
export async function measurePages(trove: string): Promise<PagesResult> {
  const [program, ...extract] = imparted('extract', '--trove', trove);
  await promisify(execFile)(program, extract, { maxBuffer: 64 * 1024 * 1024 });
  const kinds = pageKinds(trove);
  const firstVisit = await visit(trove, 0);
  const server = await startServer(trove);
  try {
    await wait(untilVisit);
    const later = await server.ask(urls.home());
    const all = [...kinds, { name: 'an attachment', paths: await attachments(server) }];
    await warmUp(server, all);
    const times: PageTimes[] = [];
    for (const kind of all) times.push(await timesOf(server, kind));
    return {
      firstVisit,
      laterVisit: later.milliseconds,
      kinds: times,
      ownBytes: server.ownBytes(),
    };
  } finally {
    await server.stop();
  }
}

async function visit(trove: string, after: number): Promise<number> {
  const server = await startServer(trove);
  try {
    await wait(after);
    return (await server.ask(urls.home())).milliseconds;
  } finally {
    await server.stop();
  }
}

/** Addresses of files, as the gallery links them. */
async function attachments(server: Server): Promise<string[]> {
  const found = new Set<string>();
  for (let from = 0; from < 400; from += 50) {
    const { body } = await server.ask(urls.attachments({ from }));
    for (const [, path = ''] of body.toString().matchAll(/href="(\/a\/[0-9a-f]{64})"/g)) found.add(path);
  }
  const all = [...found];
  return spread(all.length, samples).flatMap((at) => all[at] ?? []);
}

async function warmUp(server: Server, kinds: readonly PageKind[]): Promise<void> {
  for (const { text, sort } of queries) await server.ask(urls.search({ q: `${text} -zebra`.trim(), sort }));
  for (const { paths } of kinds)
    if (paths.length > warming * 4) for (const path of paths.slice(0, warming)) await server.ask(path);
}

async function timesOf(server: Server, { name, paths }: PageKind): Promise<PageTimes> {
  const counted = paths.length > warming * 4 ? paths.slice(warming) : paths;
  const milliseconds: number[] = [];
  let wireBytes = 0;
  let bytes = 0;
  let failed = 0;
  for (const path of counted) {
    const answer = await server.ask(path);
    milliseconds.push(answer.milliseconds);
    wireBytes = Math.max(wireBytes, answer.wireBytes);
    bytes = Math.max(bytes, answer.body.length);
    if (answer.status !== 200) failed += 1;
  }
  return { name, milliseconds, wireBytes, bytes, failed };
}
