/**
 * Values of the fields about people → conditions, back, and in words.
 *
 *   person:anna@x.example   writer:"Anna Berg"   between:anna@x.example,bob@y.example   recipients:21..
 *
 * A value is one of a person's addresses, or a whole display name, in any letter case.
 */
import { Refusal, type Value } from './lex.js';
import type { BetweenCondition, PersonCondition, RecipientsCondition } from './query.js';

export function parsePerson(kind: PersonCondition['kind'], value: Value): PersonCondition {
  return { kind, name: nameOf(value.text) };
}

/** Throws a Refusal that points at the value. */
export function parseBetween(value: Value): BetweenCondition {
  const [a = '', b = '', ...more] = value.text.split(',').map(nameOf);
  if (a === '' || b === '' || more.length > 0)
    throw new Refusal(
      'between: takes two addresses.',
      value,
      'Write between:anna@example.net,bob@example.net.',
    );
  return { kind: 'between', a, b };
}

/** Throws a Refusal that points at the value. */
export function parseRecipients(value: Value): RecipientsCondition {
  const parts = /^(\d{1,9})?(\.\.)?(\d{1,9})?$/.exec(value.text.trim());
  const [, first, dots, last] = parts ?? [];
  if (
    parts === null ||
    (first === undefined && last === undefined) ||
    (dots === undefined && last !== undefined)
  )
    throw new Refusal(
      'recipients: takes a number of people.',
      value,
      'Write recipients:1, recipients:2..20 or recipients:21...',
    );
  const min = first === undefined ? undefined : Number(first);
  const max = dots === undefined ? min : last === undefined ? undefined : Number(last);
  if (min !== undefined && max !== undefined && min > max)
    throw new Refusal('This range ends before it starts.', value, `Did you mean recipients:${max}..${min}?`);
  return {
    kind: 'recipients',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

const nameOf = (text: string): string => text.trim().replace(/\s+/gu, ' ').toLowerCase();

export function formatRecipients({ min, max }: RecipientsCondition): string {
  return min === max ? String(min) : `${min ?? ''}..${max ?? ''}`;
}

export function describePerson(condition: PersonCondition | BetweenCondition | RecipientsCondition): string {
  switch (condition.kind) {
    case 'person':
      return `of the person ${condition.name}`;
    case 'writer':
      return `written by the person ${condition.name}`;
    case 'addressee':
      return `sent to the person ${condition.name}`;
    case 'between':
      return `between the persons ${condition.a} and ${condition.b}`;
    case 'recipients':
      return describeRecipients(condition);
  }
}

function describeRecipients({ min, max }: RecipientsCondition): string {
  const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`);
  if (max === undefined) return `sent to ${people(min ?? 0)} or more`;
  if (min === max) return `sent to exactly ${people(max)}`;
  return min === undefined ? `sent to at most ${people(max)}` : `sent to ${min} to ${people(max)}`;
}
