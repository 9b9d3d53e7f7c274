/**
 * Who writes to whom, as the strongest ties of a set of messages.
 *
 *   Anna → Bob, Cara;  Bob → Anna;  Anna → Bob     Anna–Bob 2 + 1, Anna–Cara 1 + 0
 *
 * A tie is as strong as the number of messages that one of the two sent to the other. Messages to many people tie
 * nobody: a circular says who is on a list, not who talks to whom.
 */
import { GrowingIntegers } from '../../thread/growing.js';
import { IdTable } from '../../thread/id-table.js';
import type { Bitset } from '../bitset.js';
import { none } from '../columns.js';
import type { Persons } from '../persons.js';
import { topIndexes } from './top.js';

export interface Tie {
  /** Persons; `a` sent more of it than `b`, or as much. */
  readonly a: number;
  readonly b: number;
  /** Messages from `a` to `b`, and back. */
  readonly there: number;
  readonly back: number;
}

export interface Ties {
  /** Strongest first. */
  readonly ties: readonly Tie[];
  /** Pairs of persons with any tie at all. */
  readonly pairs: number;
  /** Messages that tie nobody because they went to more than `maxTiedRecipients` people. */
  readonly circulars: number;
}

/** Recipients beyond which a message is a circular. */
export const maxTiedRecipients = 20;

/** The `most` strongest; `mutual` keeps only those where each wrote to the other. */
export function countTies(set: Bitset, persons: Persons, most: number, mutual: boolean): Ties {
  const size = persons.of.length;
  const table = new IdTable(4096);
  const low = new GrowingIntegers();
  const high = new GrowingIntegers();
  const up = new GrowingIntegers();
  const down = new GrowingIntegers();
  let circulars = 0;
  const recipients: number[] = [];
  const count = (from: number, to: number): void => {
    const [lower, higher] = from < to ? [from, to] : [to, from];
    const key = lower * size + higher + 1;
    let at = table.get(key);
    if (at === undefined) {
      at = low.length;
      table.set(key, at);
      low.push(lower);
      high.push(higher);
      up.push(0);
      down.push(0);
    }
    const direction = from < to ? up : down;
    direction.set(at, direction.at(at) + 1);
  };
  set.forEach((number) => {
    const sender = persons.senderOf(number);
    recipients.length = 0;
    persons.visitRecipients(number, (person) => {
      if (person !== sender) recipients.push(person);
    });
    if (recipients.length > maxTiedRecipients) circulars += 1;
    else if (sender !== none) for (const person of recipients) count(sender, person);
  });
  const strength = Float64Array.from({ length: low.length }, (_, at) =>
    mutual && (up.at(at) === 0 || down.at(at) === 0) ? 0 : up.at(at) + down.at(at),
  );
  return {
    ties: topIndexes(strength, most).map((at) => tie(low.at(at), high.at(at), up.at(at), down.at(at))),
    pairs: low.length,
    circulars,
  };
}

const tie = (low: number, high: number, up: number, down: number): Tie =>
  up >= down ? { a: low, b: high, there: up, back: down } : { a: high, b: low, there: down, back: up };
