/** The three ways to read a thread: each text once, every message, or the fewest messages that hold all of the text. */

import type { HitRow } from '../index/search.js';
import type { Archive, ThreadEntry } from '../read/archive.js';
import { containedIn } from '../read/inclusive.js';
import { type FoldedCopy, foldCopies } from '../thread/fold.js';
import type { Containers } from '../thread/quotation/contained.js';
import type { OpenArchive } from './live-archive.js';
import type { ThreadShow } from './urls.js';

export interface ViewedEntry extends ThreadEntry {
  /** Messages that say the same and are shown with it. */
  readonly copies: readonly FoldedCopy[];
  /** Messages that stand in it word for word and are not shown by themselves. */
  readonly holds: readonly HitRow[];
}

export interface ThreadView {
  /** undefined: each text once. */
  readonly show: ThreadShow | undefined;
  readonly entries: readonly ViewedEntry[];
  /** Messages that say the same as another of the thread, whatever is shown. */
  readonly copies: number;
  /** Messages left out because others hold their text; undefined where that is not shown. */
  readonly contained: number | undefined;
}

/** undefined where the fewest are asked for and the thread is too long to find them. */
export async function viewThread(
  open: OpenArchive,
  thread: number,
  show: ThreadShow | undefined,
): Promise<ThreadView | undefined> {
  const all = open.thread(thread) ?? [];
  const folded = foldCopies(all, groupsOf(open.archive));
  const copies = folded.reduce((sum, entry) => sum + entry.copies.length, 0);
  if (show === undefined) {
    const entries = folded.map((entry) => ({ ...entry, holds: [] }));
    return { show, entries, copies, contained: undefined };
  }
  if (show === 'every') {
    const entries = all.map((entry) => ({ ...entry, copies: [], holds: [] }));
    return { show, entries, copies, contained: undefined };
  }
  const containers = await containersOf(open, thread, all);
  if (containers === undefined) return undefined;
  return { show, entries: withoutContained(all, containers), copies, contained: containers.size };
}

function groupsOf({ index }: Archive): Parameters<typeof foldCopies>[1] {
  return (number) => {
    const group = index.nearCopies.groupOf(number);
    return group === 0 ? undefined : { group, kind: index.nearCopies.kindOf(number) };
  };
}

/** Threads whose containers are kept: their texts were all read for it. */
const keptThreads = 8;

async function containersOf(
  open: OpenArchive,
  thread: number,
  entries: readonly ThreadEntry[],
): Promise<Containers | undefined> {
  const kept = open.derived('contained', () => new Map<number, Containers | undefined>());
  if (kept.has(thread)) return kept.get(thread);
  const containers = await containedIn(open.archive, entries);
  kept.set(thread, containers);
  const [oldest] = kept.keys();
  if (kept.size > keptThreads && oldest !== undefined) kept.delete(oldest);
  return containers;
}

/** A list without levels: what stood between may be left out. */
function withoutContained(entries: readonly ThreadEntry[], containers: Containers): ViewedEntry[] {
  const holds = new Map<number, HitRow[]>();
  for (const { row } of entries) {
    const container = row === undefined ? undefined : containers.get(row.number);
    if (row === undefined || container === undefined) continue;
    const held = holds.get(container);
    if (held === undefined) holds.set(container, [row]);
    else held.push(row);
  }
  return entries
    .filter(({ number }) => number !== undefined && !containers.has(number))
    .map((entry) => ({ ...entry, depth: 0, copies: [], holds: holds.get(entry.number ?? 0) ?? [] }));
}
