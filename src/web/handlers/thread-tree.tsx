/** `/t/NUMBER/tree`: a thread as a picture. */
import type { Hono } from 'hono';
import type { ThreadEntry } from '../../read/archive.js';
import { formatTime } from '../figures.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { ThreadTreePage } from '../pages/thread-tree.js';
import { maxDrawnNodes, type TreeNode } from '../pictures/thread-tree.js';
import { frameOf, getOpen, getThread, numberIn, page } from '../respond.js';
import { routes, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';

export function registerThreadTree(app: Hono, live: LiveArchive): void {
  app.get(routes.threadTree, async (context) => {
    const wanted = numberIn(context.req.param('id')) ?? 0;
    const open = getOpen(live);
    const thread = getThread(open, wanted);
    if (thread !== wanted) return context.redirect(urls.threadTree(thread));
    const entries = open.thread(thread) ?? [];
    const subject = entries.find((entry) => entry.row !== undefined)?.row?.subject ?? '';
    const nodes: TreeNode[] = [];
    for (const entry of entries) nodes.push(nodeOf(thread, entry, await gapName(open, entry, nodes.length)));
    return page(<ThreadTreePage frame={frameOf(live)} thread={thread} subject={subject} nodes={nodes} />);
  });
}

/** Read from a message: only for what is drawn. */
async function gapName(open: OpenArchive, entry: ThreadEntry, at: number): Promise<string> {
  return entry.row === undefined && at < maxDrawnNodes ? open.archive.messageIdOf(entry) : '';
}

function nodeOf(thread: number, { number, depth, basis, row }: ThreadEntry, messageId: string): TreeNode {
  const isInferred = basis === 'quoted' || basis === 'subject';
  if (number === undefined || row === undefined) {
    const text = `Not in this trove: ${visibleName(messageId)}`;
    return { number: undefined, depth, isInferred, text, href: undefined, time: undefined };
  }
  const who = visibleName(row.fromName || row.fromAddr) || 'no sender';
  return {
    number,
    depth,
    isInferred,
    text: `${who}, ${row.sentAt === undefined ? 'undated' : formatTime(row.sentAt)}`,
    href: urls.inThread(thread, number),
    time: row.sentAt,
  };
}
