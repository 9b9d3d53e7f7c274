/**
 * Persons over the whole trove: which addresses are one person's, and what each sent and received.
 *
 * A person is known by the address that most of its messages bear. Before anyone said otherwise, each address is a
 * person of its own; `groups` are what people stated in the desk.
 */
import { parsePersonalName } from '../people/personal-name.js';
import { type Columns, none } from './columns.js';
import type { Correspondence } from './correspondence.js';

/** Of the messages that give a person any name, the share that must agree. */
const minLabelShare = 0.3;

export class Persons {
  readonly correspondence: Correspondence;
  /** By address: the address that stands for its person. */
  readonly of: Uint32Array;
  /** By address that stands for a person: messages, milliseconds (infinite where undated). */
  readonly sent: Uint32Array;
  readonly received: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  /** Addresses that stand for a person. */
  readonly all: readonly number[];
  /** By pair of `correspondence`: messages that bear it as sender, and as recipient. */
  readonly pairSent: Uint32Array;
  readonly pairReceived: Uint32Array;
  readonly #labels: readonly (string | undefined)[];
  /** By person: the visit that saw it last. */
  readonly #seenIn: Float64Array;
  #visits = 0;

  constructor(correspondence: Correspondence, groups: readonly (readonly string[])[], columns: Columns) {
    this.correspondence = correspondence;
    const { names, addresses } = correspondence;
    this.pairSent = new Uint32Array(names.length);
    this.pairReceived = new Uint32Array(names.length);
    countPairs(correspondence, columns, this.pairSent, this.pairReceived);
    this.of = representatives(correspondence, groups, this.pairSent, this.pairReceived);
    const size = addresses.names.length;
    this.sent = new Uint32Array(size);
    this.received = new Uint32Array(size);
    this.first = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.last = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#seenIn = new Float64Array(size);
    for (let number = 0; number < columns.capacity; number++)
      if (columns.has(number)) this.#count(number, columns.sentAt[number] ?? Number.NaN);
    this.all = Array.from({ length: size }, (_, address) => address).filter(
      (address) => this.of[address] === address,
    );
    this.#labels = this.#chooseLabels();
  }

  #count(number: number, sentAt: number): void {
    const sender = this.senderOf(number);
    if (sender !== none) {
      this.sent[sender] = (this.sent[sender] ?? 0) + 1;
      this.#date(sender, sentAt);
    }
    this.visitRecipients(number, (person) => {
      this.received[person] = (this.received[person] ?? 0) + 1;
      this.#date(person, sentAt);
    });
  }

  #date(person: number, sentAt: number): void {
    if (sentAt < (this.first[person] ?? 0)) this.first[person] = sentAt;
    if (sentAt > (this.last[person] ?? 0)) this.last[person] = sentAt;
  }

  /** The person who sent a message, or `none`. */
  senderOf(number: number): number {
    const pair = this.correspondence.senderOf(number);
    return pair === none ? none : this.personOfPair(pair);
  }

  personOfPair(pair: number): number {
    return this.of[this.correspondence.addressOf[pair] ?? 0] ?? 0;
  }

  /** Each person among the recipients once, however many of its addresses are there. */
  visitRecipients(number: number, visit: (person: number) => void): void {
    this.#visits += 1;
    this.correspondence.recipients.visit(number, (pair) => {
      const person = this.personOfPair(pair);
      if (this.#seenIn[person] === this.#visits) return;
      this.#seenIn[person] = this.#visits;
      visit(person);
    });
  }

  /** Persons that a message went to, its sender not counted. */
  recipientCount(number: number): number {
    const sender = this.senderOf(number);
    let count = 0;
    this.visitRecipients(number, (person) => {
      if (person !== sender) count += 1;
    });
    return count;
  }

  /** The person that has this address, in any letter case; undefined where no message bears it. */
  find(address: string): number | undefined {
    const { addresses } = this.correspondence;
    const id = addresses.find(address.toLowerCase()) ?? addresses.find(address);
    return id === undefined ? undefined : this.of[id];
  }

  /** The persons that a query means by a name: who has this address, else all who bear this whole display name. */
  named(name: string): number[] {
    const byAddress = this.find(name);
    if (byAddress !== undefined) return [byAddress];
    const found = new Set<number>();
    for (const [pair, displayName] of this.correspondence.names.entries())
      if (displayName.length === name.length && displayName.toLowerCase() === name)
        found.add(this.personOfPair(pair));
    return [...found];
  }

  /** The addr-spec that a person is known by; the display name of one who has none. */
  address(person: number): string {
    return this.correspondence.addresses.names[person] ?? '';
  }

  /** The display name that most messages give this person; '' where none does. */
  name(person: number): string {
    return this.#labels[person] ?? '';
  }

  addressesOf(person: number): number[] {
    const addresses: number[] = [];
    for (let id = 0; id < this.of.length; id++) if (this.of[id] === person) addresses.push(id);
    return addresses;
  }

  #chooseLabels(): (string | undefined)[] {
    const labels: (string | undefined)[] = [];
    const best = new Float64Array(this.of.length);
    const total = new Float64Array(this.of.length);
    for (const [pair, name] of this.correspondence.names.entries()) {
      const person = this.personOfPair(pair);
      // Whom a person says to be counts for more than what others call them.
      const weight = (this.pairSent[pair] ?? 0) * 4 + (this.pairReceived[pair] ?? 0);
      if (name === '') continue;
      total[person] = (total[person] ?? 0) + weight;
      if (weight <= (best[person] ?? 0)) continue;
      best[person] = weight;
      labels[person] = name;
    }
    // An address that many names share (a list, "no address") has none of its own.
    for (const person of labels.keys())
      if ((best[person] ?? 0) < (total[person] ?? 0) * minLabelShare) labels[person] = undefined;
    this.#labelFromDirectory(labels);
    return labels;
  }

  /** Where no message gives a name: the directory's, if it is a personal one and gives no other. */
  #labelFromDirectory(labels: (string | undefined)[]): void {
    const keys = new Map<number, string>();
    const shared = new Set<number>();
    const found: (string | undefined)[] = [];
    for (const { address, name } of this.correspondence.directory) {
      const person = this.of[address] ?? 0;
      const personal = parsePersonalName(name);
      if (personal === undefined) continue;
      const mailbox = this.correspondence.addresses.names[address] ?? '';
      // Of several names, one that the address spells out is its own.
      if (personal.key.split(' ').every((word) => mailbox.includes(word))) labels[person] ??= name;
      if ((keys.get(person) ?? personal.key) !== personal.key) shared.add(person);
      keys.set(person, personal.key);
      found[person] ??= name;
    }
    for (const person of keys.keys()) if (!shared.has(person)) labels[person] ??= found[person];
  }
}

function countPairs(
  correspondence: Correspondence,
  columns: Columns,
  sent: Uint32Array,
  received: Uint32Array,
): void {
  for (let number = 0; number < columns.capacity; number++) {
    const pair = correspondence.senderOf(number);
    if (pair !== none) sent[pair] = (sent[pair] ?? 0) + 1;
    correspondence.recipients.tally(number, received);
  }
}

/** Of the addresses of a group, the one that most messages bear; of equals, the first in the alphabet. */
function representatives(
  { addresses, addressOf }: Correspondence,
  groups: readonly (readonly string[])[],
  pairSent: Uint32Array,
  pairReceived: Uint32Array,
): Uint32Array {
  const messages = new Float64Array(addresses.names.length);
  for (const [pair, address] of addressOf.entries())
    messages[address] = (messages[address] ?? 0) + (pairSent[pair] ?? 0) + (pairReceived[pair] ?? 0);
  const of = Uint32Array.from(messages, (_, address) => address);
  for (const group of groups) {
    const ids = [...group].sort().flatMap((address) => addresses.find(address) ?? []);
    const main = ids.reduce((a, b) => ((messages[b] ?? 0) > (messages[a] ?? 0) ? b : a), ids[0] ?? 0);
    for (const id of ids) of[id] = main;
  }
  return of;
}
