/** `/t/NUMBER`, a page of messages at a time. */
import type { Hono } from 'hono';
import type { Archive, ThreadEntry } from '../../read/archive.js';
import { QuotationFinder } from '../../read/quotations.js';
import { wantedTokens } from '../../read/snippet.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { type ThreadLine, ThreadPage } from '../pages/thread.js';
import { frameOf, getOpen, getThread, numberIn, page } from '../respond.js';
import { type BlockOptions, type Blocks, textBlocks } from '../text-blocks.js';
import { type ThreadView, type ViewedEntry, viewThread } from '../thread-view.js';
import { routes, type ThreadShow, threadShows, urls } from '../urls.js';

const linesPerPage = 25;
/** Characters of a message's text in the thread, and of one quoted passage: the thread has the rest of it. */
const briefly: Excerpt = { maxCharacters: 2_400, maxQuoted: 500, maxUnfoldedLines: 0 };
/** Where the quotations are what is to be read. */
const wholly: Excerpt = {
  maxCharacters: 40_000,
  maxQuoted: Number.POSITIVE_INFINITY,
  maxUnfoldedLines: Number.POSITIVE_INFINITY,
};

type Excerpt = Pick<BlockOptions, 'maxCharacters' | 'maxQuoted' | 'maxUnfoldedLines'>;

export function registerThread(app: Hono, live: LiveArchive): void {
  app.get(routes.thread, async (context) => {
    const wanted = numberIn(context.req.param('id')) ?? 0;
    const open = getOpen(live);
    const thread = getThread(open, wanted);
    // Messages that came in later may have joined two threads: the address of either leads to both.
    const { after, at, show } = context.req.query();
    const shown = threadShows.find((each) => each === show);
    if (thread !== wanted) return context.redirect(urls.inThread(thread, wanted, shown));
    const view = (await viewThread(open, thread, shown)) ?? (await viewThread(open, thread, undefined));
    return answerThread(live, open, thread, view, { after: numberIn(after), at: numberIn(at), asked: shown });
  });
}

interface Asked {
  /** The page begins after this message, or is the one that shows that. */
  readonly after: number | undefined;
  readonly at: number | undefined;
  readonly asked: ThreadShow | undefined;
}

async function answerThread(
  live: LiveArchive,
  open: OpenArchive,
  thread: number,
  view: ThreadView | undefined,
  { after, at, asked }: Asked,
): Promise<Response> {
  const all = open.thread(thread) ?? [];
  const entries = view?.entries ?? [];
  const start = startOf(entries, after, at);
  const shown = pageFrom(entries, start);
  const last = shown.findLast((entry) => entry.number !== undefined)?.number;
  const rows = all.flatMap(({ row }) => (row === undefined ? [] : [row]));
  const dates = rows.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]));
  return page(
    <ThreadPage
      frame={frameOf(live)}
      thread={thread}
      subject={rows[0]?.subject ?? ''}
      size={rows.length}
      gaps={all.length - rows.length}
      view={view}
      isTooLong={asked !== view?.show}
      people={new Set(rows.map((row) => row.fromAddr.toLowerCase())).size}
      span={
        dates.length === 0 ? undefined : { first: lowest(dates), last: -lowest(dates.map((date) => -date)) }
      }
      lines={await linesOf(open.archive, all, shown, view?.show === 'inclusive' ? wholly : briefly)}
      threadOf={(number) => open.archive.index.threadOf(number)}
      from={start + 1}
      isFirstPage={start === 0}
      next={start + shown.length < entries.length ? last : undefined}
    />,
  );
}

const lowest = (values: readonly number[]): number =>
  values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);

/** Whether the message is to be found at the entry. */
const isAt = ({ number, copies, holds }: ViewedEntry, wanted: number): boolean =>
  number === wanted ||
  copies.some((copy) => copy.number === wanted) ||
  holds.some((row) => row.number === wanted);

function startOf(entries: readonly ViewedEntry[], after: number | undefined, at: number | undefined): number {
  if (after !== undefined) return entries.findIndex((entry) => entry.number === after) + 1;
  if (at === undefined) return 0;
  // Pages begin where they begin when one reads on from the start.
  const wanted = entries.findIndex((entry) => isAt(entry, at));
  let start = 0;
  for (;;) {
    const end = start + pageFrom(entries, start).length;
    if (wanted < end || end <= start) return start;
    start = end;
  }
}

/** A page ends with a message, because a message's number names where the next page begins. */
function pageFrom(entries: readonly ViewedEntry[], start: number): readonly ViewedEntry[] {
  let end = Math.min(entries.length, start + linesPerPage);
  if (end === entries.length) return entries.slice(start);
  while (end > start && entries[end - 1]?.number === undefined) end -= 1;
  // A page of gaps alone: go on to the next message.
  if (end === start)
    end = entries.findIndex((entry, position) => position >= start && entry.number !== undefined) + 1;
  return entries.slice(start, end === 0 ? entries.length : end);
}

/** `entries`: the whole thread. */
async function linesOf(
  archive: Archive,
  entries: readonly ThreadEntry[],
  shown: readonly ViewedEntry[],
  excerpt: Excerpt,
): Promise<ThreadLine[]> {
  const answers = parentNames(entries);
  const finder = new QuotationFinder(archive);
  const lines: ThreadLine[] = [];
  for (const entry of shown) {
    lines.push({
      ...entry,
      messageId: await archive.messageIdOf(entry),
      answers: answers.get(entry.number) ?? '',
      text:
        entry.number === undefined
          ? undefined
          : await excerptOf(archive, finder, entry.number, entries, excerpt),
    });
  }
  return lines;
}

/** For each message, who wrote the one that it answers. */
function parentNames(entries: readonly ThreadEntry[]): Map<number | undefined, string> {
  const path: string[] = [];
  const names = new Map<number | undefined, string>();
  for (const { depth, number, row } of entries) {
    path.length = Math.min(path.length, depth);
    if (depth > 0) names.set(number, path[depth - 1] ?? '');
    path[depth] = row === undefined ? '' : row.fromName || row.fromAddr;
  }
  return names;
}

async function excerptOf(
  archive: Archive,
  finder: QuotationFinder,
  number: number,
  thread: readonly ThreadEntry[],
  excerpt: Excerpt,
): Promise<Blocks> {
  const segments = await archive.segmentsOf(number);
  const { blocks, omitted } = textBlocks(segments, {
    wanted: wantedTokens({ kind: 'all' }),
    ...excerpt,
    quotations: await finder.find(number, segments, thread),
  });
  return { blocks: blocks.filter(({ kind }) => kind !== 'signature'), omitted };
}
