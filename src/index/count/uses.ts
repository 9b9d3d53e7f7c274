/** Under which names and addresses one person's messages went, and when. */
import type { Bitset } from '../bitset.js';
import { type Columns, none } from '../columns.js';
import type { Persons } from '../persons.js';

export interface NameUse {
  /** '' where the mailbox bore no display name. */
  readonly name: string;
  readonly address: string;
  readonly sent: number;
  readonly received: number;
  /** Milliseconds; undefined where all its messages are undated. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

interface Use {
  sent: number;
  received: number;
  first: number;
  last: number;
}

/** `set` holds the person's messages. Most used first. */
export function countUses(set: Bitset, { sentAt }: Columns, persons: Persons, person: number): NameUse[] {
  const { correspondence } = persons;
  const uses = new Map<number, Use>();
  const use = (pair: number, number: number): Use => {
    const known = uses.get(pair) ?? { sent: 0, received: 0, first: Number.NaN, last: Number.NaN };
    uses.set(pair, known);
    const time = sentAt[number] ?? Number.NaN;
    // A comparison with NaN is false: the first date that is there replaces it.
    if (!(known.first <= time) && !Number.isNaN(time)) known.first = time;
    if (!(known.last >= time) && !Number.isNaN(time)) known.last = time;
    return known;
  };
  set.forEach((number) => {
    const sender = correspondence.senderOf(number);
    if (sender !== none && persons.personOfPair(sender) === person) use(sender, number).sent += 1;
    correspondence.recipients.visit(number, (pair) => {
      if (persons.personOfPair(pair) === person) use(pair, number).received += 1;
    });
  });
  return Array.from(uses, ([pair, { sent, received, first, last }]) => ({
    name: correspondence.names[pair] ?? '',
    address: correspondence.addresses.names[correspondence.addressOf[pair] ?? 0] ?? '',
    sent,
    received,
    first: Number.isNaN(first) ? undefined : first,
    last: Number.isNaN(last) ? undefined : last,
  })).sort((a, b) => b.sent + b.received - a.sent - a.received);
}
