/** The first message of a writer after an unusual silence (index/count/silences.ts), as a finding of that message. */
import { none } from '../index/columns.js';
import type { Context } from '../index/context.js';
import { findSilences, type Silence } from '../index/count/silences.js';
import type { Found } from './job.js';

/** Those furthest beyond the writer's own habit; a large trove has many of everything. */
const maxSilences = 500;

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function judgeSilences(context: Context): Found[] {
  const { columns, persons } = context;
  const silences = findSilences(columns.known, columns, persons, maxSilences);
  const first = firstMessages(context, silences);
  return silences.flatMap((silence): Found[] => {
    const number = first.get(keyOf(silence.person, silence.to));
    if (number === undefined) return [];
    const { days, usual, from, to } = silence;
    const facts = [
      `nothing by this writer lies between ${dayOf(from)} and ${dayOf(to)}, ${days} days`,
      `19 of 20 of the writer's pauses last ${usual === 1 ? 'at most a day' : `at most ${usual} days`}`,
    ];
    return [{ number, finding: { code: 'volume-gap', level: 'info', facts, others: [] } }];
  });
}

const keyOf = (person: number, dayStart: number): string => `${person} ${dayStart}`;

/** The earliest message of each writer on the day on which the silence ends. */
function firstMessages({ columns, persons }: Context, silences: readonly Silence[]): Map<string, number> {
  const wanted = new Set(silences.map(({ person, to }) => keyOf(person, to)));
  const first = new Map<string, number>();
  if (wanted.size === 0) return first;
  const days = new Set(silences.map(({ to }) => to));
  for (const number of columns.order) {
    const time = columns.sentAt[number] ?? Number.NaN;
    const dayStart = Math.floor(time / 86_400_000) * 86_400_000;
    if (!days.has(dayStart)) continue;
    const writer = persons.senderOf(number);
    // Newest first: the last one that is met is the earliest.
    if (writer !== none && wanted.has(keyOf(writer, dayStart))) first.set(keyOf(writer, dayStart), number);
  }
  return first;
}
