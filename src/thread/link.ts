/**
 * From features to threads. A thread is a connected set of messages:
 *
 *   stated    References and In-Reply-To, also through msg-ids that are not in the trove (RFC 5322 3.6.4)
 *   quoted    a message without those fields quotes the beginning of an earlier one
 *   subject   a reply without those fields has the base subject of an earlier message, whose sender or
 *             recipient its own sender or recipient was
 *
 * Inferred edges carry their basis. The outcome is a function of the set of messages alone, whatever the order
 * of their arrival. Typed arrays throughout: about 100 bytes a message, so that a million fit in any machine.
 */
import { DisjointSets } from './disjoint-sets.js';
import { GrowingFloats, GrowingIntegers } from './growing.js';
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
  /** Whether a message has the msg-id with this hash as its own. */
  readonly isOwn: (id: number) => boolean;
}

const day = 24 * 60 * 60 * 1000;
/** A reply that quotes may come late. */
const quotedWindow = 180 * day;
/** The same subject between the same people is soon another conversation. */
const subjectWindow = 30 * day;
/** Earlier messages looked at for one reply: the nearest in time count. */
const maxCandidates = 64;
/** A beginning that so many messages share (a newsletter, a disclaimer) identifies none of them by itself. */
const maxLeadSharers = 32;
const nothing = 0xffffffff;

/** Links all messages of a trove, about `expected` of them. Linear in their number, but for one sort by date. */
export function linkThreads(messages: Iterable<NumberedFeatures>, expected?: number): Threads {
  const linker = new Linker(expected);
  for (const message of messages) linker.add(message);
  return linker.finish();
}

/** Bits of a message's flags. */
const isReply = 1;
const hasAncestors = 2;

class Linker {
  readonly #numbers: GrowingIntegers;
  readonly #sentAt: GrowingFloats;
  readonly #subject: GrowingIntegers;
  readonly #lead: GrowingIntegers;
  readonly #from: GrowingIntegers;
  readonly #flags: GrowingIntegers;
  /** `#quoted.at(i)` for i from `#quotedStart.at(m)` to `#quotedStart.at(m + 1)`; likewise recipients. Only what states no ancestors is asked what it quotes. */
  readonly #quotedStart: GrowingIntegers;
  readonly #quoted = new GrowingIntegers();
  readonly #recipientStart: GrowingIntegers;
  readonly #recipients: GrowingIntegers;
  readonly #named: NamedIds;
  readonly #sets: DisjointSets;

  constructor(expected = 1024) {
    this.#numbers = new GrowingIntegers(expected);
    this.#sentAt = new GrowingFloats(expected);
    this.#subject = new GrowingIntegers(expected);
    this.#lead = new GrowingIntegers(expected);
    this.#from = new GrowingIntegers(expected);
    this.#flags = new GrowingIntegers(expected);
    this.#quotedStart = new GrowingIntegers(expected + 1);
    this.#recipientStart = new GrowingIntegers(expected + 1);
    this.#recipients = new GrowingIntegers(expected * 2);
    this.#named = new NamedIds(expected);
    this.#sets = new DisjointSets(expected);
  }

  add({ number, sentAt, features }: NumberedFeatures): void {
    const index = this.#numbers.length;
    this.#numbers.push(number);
    this.#sentAt.push(sentAt ?? Number.NaN);
    this.#subject.push(features.subject);
    this.#lead.push(features.lead);
    this.#from.push(features.from);
    const stated = features.ancestors.length > 0;
    this.#flags.push((features.isReply ? isReply : 0) | (stated ? hasAncestors : 0));
    this.#quotedStart.push(this.#quoted.length);
    if (!stated) for (const lead of features.quotedLeads) this.#quoted.push(lead);
    this.#recipientStart.push(this.#recipients.length);
    for (const recipient of features.recipients) this.#recipients.push(recipient);
    this.#sets.add();
    // Messages that name the same msg-id belong together.
    if (features.id !== 0) this.#sets.join(this.#named.add(features.id, index, true), index);
    for (const id of features.ancestors) this.#sets.join(this.#named.add(id, index, false), index);
  }

  finish(): Threads {
    this.#quotedStart.push(this.#quoted.length);
    this.#recipientStart.push(this.#recipients.length);
    const inferred = this.#infer();
    const named = this.#named;
    return { ...this.#threads(), inferred, isOwn: (id) => named.isOwn(id) };
  }

  /** In order of date; equal dates by number, so that the order of arrival plays no part. */
  #inOrderOfDate(): Uint32Array {
    const dated = new GrowingIntegers();
    for (let i = 0; i < this.#numbers.length; i++) if (!Number.isNaN(this.#sentAt.at(i))) dated.push(i);
    return dated
      .toArray()
      .sort((a, b) => this.#sentAt.at(a) - this.#sentAt.at(b) || this.#numbers.at(a) - this.#numbers.at(b));
  }

  #infer(): InferredEdge[] {
    const edges: InferredEdge[] = [];
    const byLead = new Chains(this.#numbers.length);
    const bySubject = new Chains(this.#numbers.length);
    for (const child of this.#inOrderOfDate()) {
      if ((this.#flags.at(child) & hasAncestors) === 0) {
        const quoted = this.#findQuoted(child, byLead);
        const parent = quoted === nothing ? this.#findBySubject(child, bySubject) : quoted;
        if (parent !== nothing) {
          this.#sets.join(child, parent);
          edges.push({
            child: this.#numbers.at(child),
            parent: this.#numbers.at(parent),
            basis: quoted === nothing ? 'subject' : 'quoted',
          });
        }
      }
      byLead.push(this.#lead.at(child), child);
      bySubject.push(this.#subject.at(child), child);
    }
    return edges.sort((a, b) => a.child - b.child);
  }

  #findQuoted(child: number, byLead: Chains): number {
    // The first quoted block is the message that was answered; later blocks are its ancestors.
    for (let i = this.#quotedStart.at(child); i < this.#quotedStart.at(child + 1); i++) {
      const lead = this.#quoted.at(i);
      const parent = this.#nearest(
        child,
        byLead,
        lead,
        quotedWindow,
        byLead.count(lead, maxLeadSharers) >= maxLeadSharers,
      );
      if (parent !== nothing) return parent;
    }
    return nothing;
  }

  #findBySubject(child: number, bySubject: Chains): number {
    return (this.#flags.at(child) & isReply) !== 0
      ? this.#nearest(child, bySubject, this.#subject.at(child), subjectWindow, true)
      : nothing;
  }

  /** The latest earlier message of a chain within the window; `related` asks for a common participant. */
  #nearest(child: number, chains: Chains, key: number, window: number, related: boolean): number {
    const oldest = this.#sentAt.at(child) - window;
    let left = maxCandidates;
    for (let i = chains.last(key); i !== nothing && left > 0; i = chains.before(i), left--) {
      if (this.#sentAt.at(i) < oldest) return nothing;
      if (!related || this.#areRelated(child, i)) return i;
    }
    return nothing;
  }

  #areRelated(reply: number, earlier: number): boolean {
    const from = this.#from.at(reply);
    const earlierFrom = this.#from.at(earlier);
    if (from !== 0 && (earlierFrom === from || this.#isRecipient(earlier, from))) return true;
    return earlierFrom !== 0 && this.#isRecipient(reply, earlierFrom);
  }

  #isRecipient(message: number, address: number): boolean {
    for (let i = this.#recipientStart.at(message); i < this.#recipientStart.at(message + 1); i++) {
      if (this.#recipients.at(i) === address) return true;
    }
    return false;
  }

  #threads(): { numbers: Uint32Array; threads: Uint32Array; count: number } {
    const size = this.#numbers.length;
    const lowest = new Uint32Array(size).fill(nothing);
    let count = 0;
    for (let i = 0; i < size; i++) {
      const root = this.#sets.root(i);
      if (root === i) count += 1;
      lowest[root] = Math.min(lowest[root] ?? nothing, this.#numbers.at(i));
    }
    const order = Uint32Array.from({ length: size }, (_, i) => i).sort(
      (a, b) => this.#numbers.at(a) - this.#numbers.at(b),
    );
    return {
      numbers: order.map((i) => this.#numbers.at(i)),
      threads: order.map((i) => lowest[this.#sets.root(i)] ?? nothing),
      count,
    };
  }
}

/** First message that named a msg-id, as its own or as an ancestor's, and whether any has it as its own. */
class NamedIds {
  /** Twice the message's index, and one more where the msg-id is some message's own. */
  readonly #table: IdTable;

  constructor(expected: number) {
    this.#table = new IdTable(expected);
  }

  /** The index of the first message that named it. */
  add(id: number, index: number, isOwn: boolean): number {
    const known = this.#table.get(id);
    const value = known ?? index * 2;
    if (known === undefined || isOwn) this.#table.set(id, isOwn ? value | 1 : value);
    return value >>> 1;
  }

  isOwn(id: number): boolean {
    return ((this.#table.get(id) ?? 0) & 1) === 1;
  }
}

/** For each key, the messages that share it, latest first: a linked list in one array. */
class Chains {
  readonly #last = new IdTable();
  readonly #before: Uint32Array;

  constructor(size: number) {
    this.#before = new Uint32Array(size).fill(nothing);
  }

  /** Key 0 stands for nothing to share. */
  push(key: number, index: number): void {
    if (key === 0) return;
    this.#before[index] = this.#last.get(key) ?? nothing;
    this.#last.set(key, index);
  }

  last(key: number): number {
    return key === 0 ? nothing : (this.#last.get(key) ?? nothing);
  }

  before(index: number): number {
    return this.#before[index] ?? nothing;
  }

  /** How many share `key`, counted up to `limit`. */
  count(key: number, limit: number): number {
    let count = 0;
    for (let i = this.last(key); i !== nothing && count < limit; i = this.before(i)) count += 1;
    return count;
  }
}
