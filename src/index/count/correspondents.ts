/** With whom one person exchanged messages, in a set of messages. */
import type { Bitset } from '../bitset.js';
import { none } from '../columns.js';
import type { Persons } from '../persons.js';
import { topIndexes } from './top.js';

export interface Correspondent {
  readonly person: number;
  /** Messages that the person of interest sent to this one, and got from this one. */
  readonly sentTo: number;
  readonly gotFrom: number;
}

/** Those with most messages in both directions first. */
export function countCorrespondents(
  set: Bitset,
  persons: Persons,
  person: number,
  most: number,
): Correspondent[] {
  const sentTo = new Uint32Array(persons.of.length);
  const gotFrom = new Uint32Array(persons.of.length);
  set.forEach((number) => {
    const sender = persons.senderOf(number);
    let isRecipient = false;
    persons.visitRecipients(number, (recipient) => {
      if (sender === person) sentTo[recipient] = (sentTo[recipient] ?? 0) + 1;
      if (recipient === person) isRecipient = true;
    });
    if (isRecipient && sender !== none) gotFrom[sender] = (gotFrom[sender] ?? 0) + 1;
  });
  // Notes to oneself are no correspondence.
  sentTo[person] = 0;
  gotFrom[person] = 0;
  const both = sentTo.map((count, other) => count + (gotFrom[other] ?? 0));
  return topIndexes(both, most).map((other) => ({
    person: other,
    sentTo: sentTo[other] ?? 0,
    gotFrom: gotFrom[other] ?? 0,
  }));
}
