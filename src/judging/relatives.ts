/**
 * What stored features tell between messages, so that no mail is read: a parent that is dated after its child,
 * references to messages that are not here, and which messages are copies with one Message-ID.
 */
import { GrowingFloats, GrowingIntegers } from '../thread/growing.js';
import { IdTable } from '../thread/id-table.js';
import type { NumberedFeatures } from '../thread/pack.js';
import { show, showSpan } from '../verify/context-time.js';
import type { Finding } from '../verify/finding.js';
import type { Found } from './job.js';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** About 40 bytes a message: all must be seen before one counts as missing. */
export class Relatives {
  /** Hash of a msg-id → index in the lists below. */
  readonly #known = new IdTable();
  /** Of the copy with the earliest date. */
  readonly #numbers = new GrowingIntegers();
  readonly #dates = new GrowingFloats();
  readonly #copies = new Map<number, number[]>();

  add({ number, sentAt, features }: NumberedFeatures): void {
    if (features.id === 0) return;
    const time = sentAt ?? Number.NaN;
    const at = this.#known.get(features.id);
    if (at === undefined) {
      this.#known.set(features.id, this.#numbers.length);
      this.#numbers.push(number);
      this.#dates.push(time);
      return;
    }
    this.#addCopy(at, number);
    if (!(time < this.#dates.at(at)) && !Number.isNaN(this.#dates.at(at))) return;
    this.#numbers.set(at, number);
    this.#dates.set(at, time);
  }

  #addCopy(at: number, number: number): void {
    const copies = this.#copies.get(at);
    if (copies === undefined) this.#copies.set(at, [this.#numbers.at(at), number]);
    else copies.push(number);
  }

  /** Groups of messages with one Message-ID, ascending. */
  *copies(): Generator<readonly number[]> {
    for (const numbers of this.#copies.values()) yield numbers.sort((a, b) => a - b);
  }

  /** What the messages that this one refers to say of it, once all were added. */
  judge({ number, sentAt, features }: NumberedFeatures): Found[] {
    const { ancestors } = features;
    if (ancestors.length === 0) return [];
    const findings = [this.#compareParent(sentAt, ancestors.at(-1) ?? 0), this.#countMissing(ancestors)];
    return findings.flatMap((finding) => (finding === undefined ? [] : [{ number, finding }]));
  }

  /** An hour is what clocks and time zones are wrong by every day. */
  #compareParent(sentAt: number | null, parent: number): Finding | undefined {
    const at = this.#known.get(parent);
    if (at === undefined || sentAt === null) return undefined;
    const apart = this.#dates.at(at) - sentAt;
    if (!(apart > hour)) return undefined;
    const other = this.#numbers.at(at);
    const facts = [
      `Date says ${show(sentAt)}`,
      `message ${other}, which it answers, is dated ${show(this.#dates.at(at))}, ${showSpan(apart)} later`,
    ];
    return {
      code: 'parent-after-child',
      level: apart > 7 * day ? 'conflict' : 'notice',
      facts,
      others: [other],
    };
  }

  #countMissing(ancestors: readonly number[]): Finding | undefined {
    const missing = ancestors.reduce((sum, id) => sum + (this.#known.get(id) === undefined ? 1 : 0), 0);
    if (missing === 0) return undefined;
    const facts = [
      `${missing} of the ${ancestors.length} messages that it refers to are not in this collection`,
    ];
    return { code: 'reference-missing', level: 'info', facts, others: [] };
  }
}
