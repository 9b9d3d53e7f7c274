/**
 * From features to threads. A thread is a connected set of messages:
 *
 *   stated    References and In-Reply-To, also through msg-ids that are not in the trove (RFC 5322 3.6.4)
 *   quoted    a message without those fields quotes the first distinctive line of an earlier one
 *   subject   a reply without those fields has the base subject of an earlier message, whose sender or
 *             recipient its own sender or recipient was
 *
 * Inferred edges carry their basis. The outcome is a function of the set of messages alone, whatever the order
 * of their arrival.
 */
import { IdTable } from './id-table.js';
import type { NumberedFeatures } from './pack.js';

export type EdgeBasis = 'quoted' | 'subject';

export interface InferredEdge {
  readonly child: number;
  readonly parent: number;
  readonly basis: EdgeBasis;
}

export interface Threads {
  /** Message numbers in ascending order and, beside each, its thread: the lowest number in it. */
  readonly numbers: Uint32Array;
  readonly threads: Uint32Array;
  readonly count: number;
  readonly inferred: readonly InferredEdge[];
}

const day = 24 * 60 * 60 * 1000;
/** A reply that quotes may come late. */
const quotedWindow = 180 * day;
/** The same subject between the same people is soon another conversation. */
const subjectWindow = 30 * day;
/** Earlier messages looked at for one reply: the nearest in time count. */
const maxCandidates = 64;
/** A first line that so many messages share (a newsletter, a disclaimer) identifies none of them. */
const maxLeadSharers = 32;

/** Links all messages of a trove. Linear in their number, but for one sort by date. */
export function linkThreads(messages: Iterable<NumberedFeatures>): Threads {
  const all = [...messages].sort((a, b) => a.number - b.number);
  const sets = new DisjointSets(all.length);
  joinStated(all, sets);
  const inferred = inferEdges(all);
  for (const [child, parent] of inferred.pairs) sets.join(child, parent);
  const numbers = Uint32Array.from(all, (message) => message.number);
  const threads = new Uint32Array(all.length);
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    // Roots are lowest indexes, and numbers ascend with indexes: the root is the lowest number of its set.
    const root = sets.root(i);
    if (root === i) count += 1;
    threads[i] = numbers[root] ?? 0;
  }
  return { numbers, threads, count, inferred: inferred.edges };
}

/** Union-find whose roots are the lowest members. */
class DisjointSets {
  readonly #parent: Uint32Array;

  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, i) => i);
  }

  root(i: number): number {
    let root = i;
    while ((this.#parent[root] ?? root) !== root) root = this.#parent[root] ?? root;
    for (let at = i; at !== root; ) {
      const next = this.#parent[at] ?? root;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const rootA = this.root(a);
    const rootB = this.root(b);
    if (rootA < rootB) this.#parent[rootB] = rootA;
    else if (rootB < rootA) this.#parent[rootA] = rootB;
  }
}

/** Messages that state the same msg-id, as their own or as an ancestor's, belong together. */
function joinStated(all: readonly NumberedFeatures[], sets: DisjointSets): void {
  const firstToName = new IdTable(all.length * 2);
  for (const [i, { features }] of all.entries()) {
    for (const id of features.id === 0 ? features.ancestors : [features.id, ...features.ancestors]) {
      const first = firstToName.get(id);
      if (first === undefined) firstToName.set(id, i);
      else sets.join(first, i);
    }
  }
}

function inferEdges(all: readonly NumberedFeatures[]): { pairs: [number, number][]; edges: InferredEdge[] } {
  const dated = all.flatMap((message, i) => (message.sentAt === null ? [] : [i]));
  dated.sort((a, b) => (all[a]?.sentAt ?? 0) - (all[b]?.sentAt ?? 0) || a - b);
  const byLead = new Map<number, number[]>();
  const bySubject = new Map<number, number[]>();
  const pairs: [number, number][] = [];
  const edges: InferredEdge[] = [];
  for (const child of dated) {
    const message = all[child];
    if (message === undefined) continue;
    if (message.features.ancestors.length === 0) {
      const found = findQuoted(all, message, byLead) ?? findBySubject(all, message, bySubject);
      if (found !== undefined) {
        pairs.push([child, found.parent]);
        edges.push({ child: message.number, parent: all[found.parent]?.number ?? 0, basis: found.basis });
      }
    }
    remember(byLead, message.features.lead, child);
    remember(bySubject, message.features.subject, child);
  }
  return { pairs, edges };
}

function remember(map: Map<number, number[]>, key: number, index: number): void {
  if (key === 0) return;
  const list = map.get(key);
  if (list === undefined) map.set(key, [index]);
  else list.push(index);
}

interface Found {
  readonly parent: number;
  readonly basis: EdgeBasis;
}

function findQuoted(all: readonly NumberedFeatures[], message: NumberedFeatures, byLead: ReadonlyMap<number, number[]>): Found | undefined {
  let best = -1;
  for (const lead of message.features.quotedLeads) {
    const sharers = byLead.get(lead);
    if (sharers === undefined) continue;
    const recent = nearest(all, message, sharers, quotedWindow, sharers.length > maxLeadSharers);
    if (recent > best) best = recent;
    // The first quoted block is the message that was answered; later blocks are its ancestors.
    if (best >= 0) break;
  }
  return best < 0 ? undefined : { parent: best, basis: 'quoted' };
}

function findBySubject(all: readonly NumberedFeatures[], message: NumberedFeatures, bySubject: ReadonlyMap<number, number[]>): Found | undefined {
  if (!message.features.isReply) return undefined;
  const parent = nearest(all, message, bySubject.get(message.features.subject) ?? [], subjectWindow, true);
  return parent < 0 ? undefined : { parent, basis: 'subject' };
}

/** The latest of `candidates` (in order of time) within the window, -1 if none; `related` asks for a common participant. */
function nearest(all: readonly NumberedFeatures[], message: NumberedFeatures, candidates: readonly number[], window: number, related: boolean): number {
  const oldest = (message.sentAt ?? 0) - window;
  const stop = Math.max(0, candidates.length - maxCandidates);
  for (let i = candidates.length - 1; i >= stop; i--) {
    const index = candidates[i] ?? -1;
    const candidate = all[index];
    if (candidate === undefined || (candidate.sentAt ?? 0) < oldest) return -1;
    if (!related || areRelated(message, candidate)) return index;
  }
  return -1;
}

function areRelated(reply: NumberedFeatures, earlier: NumberedFeatures): boolean {
  const { from, recipients } = reply.features;
  if (from !== 0 && (earlier.features.recipients.includes(from) || earlier.features.from === from)) return true;
  return earlier.features.from !== 0 && recipients.includes(earlier.features.from);
}
