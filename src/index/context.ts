/**
 * What the pictures and the conditions on people, clocks and gaps are answered from, made when first asked for: one
 * per state of the index, so that a page costs counting and nothing else.
 */
import type { Columns } from './columns.js';
import type { Correspondence } from './correspondence.js';
import { Missing } from './gaps.js';
import { Persons } from './persons.js';
import { clockAllows } from './query/clock-range.js';
import type {
  BetweenCondition,
  ClockCondition,
  PersonCondition,
  RecipientsCondition,
} from './query/query.js';
import { zoneClock } from './query/zone.js';
import type { StoredThreads } from './threads.js';

export type ContextCondition =
  | PersonCondition
  | BetweenCondition
  | RecipientsCondition
  | ClockCondition
  | { readonly kind: 'has-gap' };

export class Context {
  readonly columns: Columns;
  /** Raised when people state otherwise who is who. */
  revision = 0;
  readonly #loadCorrespondence: () => Correspondence;
  readonly #threads: StoredThreads;
  #persons: Persons | undefined;
  #missing: Missing | undefined;
  #groups: readonly (readonly string[])[];

  /** `groups`: addresses that someone stated to be one person's, in lower case. */
  constructor(
    columns: Columns,
    correspondence: () => Correspondence,
    threads: StoredThreads,
    groups: readonly (readonly string[])[],
  ) {
    this.columns = columns;
    this.#loadCorrespondence = correspondence;
    this.#threads = threads;
    this.#groups = groups;
  }

  /** Costs nothing where the groups are the same array as before. */
  regroup(groups: readonly (readonly string[])[]): void {
    if (groups === this.#groups) return;
    this.#groups = groups;
    this.#persons = undefined;
    this.revision += 1;
  }

  get correspondence(): Correspondence {
    return this.#loadCorrespondence();
  }

  get persons(): Persons {
    this.#persons ??= new Persons(this.correspondence, this.#groups, this.columns);
    return this.#persons;
  }

  get missing(): Missing {
    this.#missing ??= new Missing(this.#threads, this.columns.capacity);
    return this.#missing;
  }

  /** Whether a message fulfils the condition. */
  test(condition: ContextCondition): (number: number) => boolean {
    switch (condition.kind) {
      case 'has-gap': {
        const { missing } = this;
        return (number) => missing.has(number);
      }
      case 'weekday':
      case 'hour': {
        const clock = zoneClock(condition.zone);
        const { sentAt } = this.columns;
        return (number) => {
          const time = sentAt[number] ?? Number.NaN;
          return !Number.isNaN(time) && clockAllows(condition, clock, time);
        };
      }
      case 'between':
        return this.#testBetween(condition);
      case 'recipients': {
        const { persons } = this;
        const { min = 0, max = Number.POSITIVE_INFINITY } = condition;
        return (number) => {
          if (!this.columns.has(number)) return false;
          const count = persons.recipientCount(number);
          return count >= min && count <= max;
        };
      }
      default:
        return this.#testPerson(condition);
    }
  }

  #testBetween({ a, b }: BetweenCondition): (number: number) => boolean {
    const wroteA = this.#testPerson({ kind: 'writer', name: a });
    const wroteB = this.#testPerson({ kind: 'writer', name: b });
    const gotA = this.#testPerson({ kind: 'addressee', name: a });
    const gotB = this.#testPerson({ kind: 'addressee', name: b });
    return (number) => (wroteA(number) && gotB(number)) || (wroteB(number) && gotA(number));
  }

  #testPerson({ kind, name }: PersonCondition): (number: number) => boolean {
    const { persons } = this;
    const { correspondence } = persons;
    const wanted = new Set(persons.named(name));
    // By pair: every mailbox of every message is looked at.
    const isWanted = Uint8Array.from(correspondence.addressOf, (_, pair) =>
      wanted.has(persons.personOfPair(pair)) ? 1 : 0,
    );
    const wrote = (number: number): boolean => isWanted[correspondence.senderOf(number)] === 1;
    const got = (number: number): boolean => correspondence.recipients.hasAny(number, isWanted);
    if (kind === 'writer') return wrote;
    return kind === 'addressee' ? got : (number) => wrote(number) || got(number);
  }
}
