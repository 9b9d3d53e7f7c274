/** `/t/NUMBER`, a page of messages at a time. */
import type { Hono } from 'hono';
import type { Archive, ThreadEntry } from '../../read/archive.js';
import { QuotationFinder } from '../../read/quotations.js';
import { wantedTokens } from '../../read/snippet.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { type ThreadLine, ThreadPage } from '../pages/thread.js';
import { frameOf, getOpen, getThread, numberIn, page } from '../respond.js';
import { type Blocks, textBlocks } from '../text-blocks.js';
import { routes, urls } from '../urls.js';

const linesPerPage = 25;
/** Characters of a message's text in the thread, and of one quoted passage: the thread has the rest of it. */
const maxExcerpt = 2_400;
const maxQuoted = 500;

export function registerThread(app: Hono, live: LiveArchive): void {
  app.get(routes.thread, async (context) => {
    const wanted = numberIn(context.req.param('id')) ?? 0;
    const open = getOpen(live);
    const thread = getThread(open, wanted);
    // Messages that came in later may have joined two threads: the address of either leads to both.
    if (thread !== wanted) return context.redirect(urls.inThread(thread, wanted));
    const { after, at } = context.req.query();
    return answerThread(live, open, thread, numberIn(after), numberIn(at));
  });
}

async function answerThread(
  live: LiveArchive,
  open: OpenArchive,
  thread: number,
  after: number | undefined,
  at: number | undefined,
): Promise<Response> {
  const entries = open.thread(thread) ?? [];
  const start = startOf(entries, after, at);
  const shown = pageFrom(entries, start);
  const last = shown.findLast((entry) => entry.number !== undefined)?.number;
  const rows = entries.flatMap(({ row }) => (row === undefined ? [] : [row]));
  const dates = rows.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]));
  return page(
    <ThreadPage
      frame={frameOf(live)}
      thread={thread}
      subject={rows[0]?.subject ?? ''}
      size={rows.length}
      gaps={entries.length - rows.length}
      people={new Set(rows.map((row) => row.fromAddr.toLowerCase())).size}
      span={
        dates.length === 0 ? undefined : { first: lowest(dates), last: -lowest(dates.map((date) => -date)) }
      }
      lines={await linesOf(open.archive, entries, start, shown)}
      threadOf={(number) => open.archive.index.threadOf(number)}
      from={start + 1}
      isFirstPage={start === 0}
      next={start + shown.length < entries.length ? last : undefined}
    />,
  );
}

const lowest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

function startOf(entries: readonly ThreadEntry[], after: number | undefined, at: number | undefined): number {
  if (after !== undefined) return entries.findIndex((entry) => entry.number === after) + 1;
  if (at === undefined) return 0;
  // Pages begin where they begin when one reads on from the start.
  const wanted = entries.findIndex((entry) => entry.number === at);
  let start = 0;
  for (;;) {
    const end = start + pageFrom(entries, start).length;
    if (wanted < end || end <= start) return start;
    start = end;
  }
}

/** A page ends with a message, because a message's number names where the next page begins. */
function pageFrom(entries: readonly ThreadEntry[], start: number): readonly ThreadEntry[] {
  let end = Math.min(entries.length, start + linesPerPage);
  if (end === entries.length) return entries.slice(start);
  while (end > start && entries[end - 1]?.number === undefined) end -= 1;
  // A page of gaps alone: go on to the next message.
  if (end === start)
    end = entries.findIndex((entry, position) => position >= start && entry.number !== undefined) + 1;
  return entries.slice(start, end === 0 ? entries.length : end);
}

async function linesOf(
  archive: Archive,
  entries: readonly ThreadEntry[],
  start: number,
  shown: readonly ThreadEntry[],
): Promise<ThreadLine[]> {
  const answers = parentNames(entries);
  const finder = new QuotationFinder(archive);
  const lines: ThreadLine[] = [];
  for (const [i, entry] of shown.entries()) {
    lines.push({
      ...entry,
      messageId: await archive.messageIdOf(entry),
      answers: answers[start + i] ?? '',
      text: entry.number === undefined ? undefined : await excerptOf(archive, finder, entry.number, entries),
    });
  }
  return lines;
}

/** For each entry, who wrote the message it answers. */
function parentNames(entries: readonly ThreadEntry[]): string[] {
  const path: string[] = [];
  return entries.map(({ depth, row }) => {
    path.length = Math.min(path.length, depth);
    const parent = depth === 0 ? '' : (path[depth - 1] ?? '');
    path[depth] = row === undefined ? '' : row.fromName || row.fromAddr;
    return parent;
  });
}

async function excerptOf(
  archive: Archive,
  finder: QuotationFinder,
  number: number,
  thread: readonly ThreadEntry[],
): Promise<Blocks> {
  const segments = await archive.segmentsOf(number);
  const { blocks, omitted } = textBlocks(segments, {
    wanted: wantedTokens({ kind: 'all' }),
    maxCharacters: maxExcerpt,
    maxQuoted,
    maxUnfoldedLines: 0,
    quotations: await finder.find(number, segments, thread),
  });
  return { blocks: blocks.filter(({ kind }) => kind !== 'signature'), omitted };
}
