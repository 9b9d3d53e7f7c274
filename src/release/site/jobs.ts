/** Which pages a release has and what each of them shows, from what lists say of its messages. */
import type { Facet } from '../../index/facets.js';
import { type Timeline, timeline } from '../../web/timeline.js';
import { listLength, type Month, type PublicPerson } from './lists.js';
import type { HistoryLine, ThreadPlace } from './message.js';
import type { ListedMessage, SiteMessage } from './message-list.js';
import { monthOf, undated } from './places.js';
import type { PageJob } from './render.js';
import { partOf } from './search-index.js';
import { jsonLinesPath } from './tables.js';

/** Members of a thread by its key, in reading order; only of published messages. */
export type ThreadOrder = (key: number) => readonly { readonly number: number; readonly depth: number }[];

export interface SitePlan {
  readonly jobs: readonly PageJob[];
  readonly months: readonly Month[];
  readonly people: readonly PublicPerson[];
  readonly timeline: Timeline;
}

export interface WithdrawnMessage {
  readonly number: number;
  readonly reason: string;
  readonly history: readonly HistoryLine[];
}

/** `messages` in the order of their numbers. */
export function planSite(
  messages: readonly SiteMessage[],
  withdrawn: readonly WithdrawnMessage[],
  orderOf: ThreadOrder,
): SitePlan {
  const threads = threadPlaces(messages, orderOf);
  const byMonth = grouped(messages, ({ facts }) => [monthOf(facts.sentAt)]);
  const byPerson = grouped(messages, ({ facts }) => facts.people);
  const names = personNames(messages);
  const people = [...byPerson]
    .map(([address, { length: count }]) => ({ address, name: names.get(address) ?? address, count }))
    .sort((a, b) => b.count - a.count || (a.address < b.address ? -1 : 1));
  const months = [...byMonth]
    .map(([month, { length: count }]) => ({ month, count }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const jobs: PageJob[] = messages.map(({ number, history }) => ({
    kind: 'message',
    number,
    history,
    thread: threads.places.get(number),
  }));
  for (const message of withdrawn) jobs.push({ kind: 'withdrawn', ...message });
  for (const [part, members] of grouped(messages, ({ number }) => [String(partOf(number))]))
    jobs.push({ kind: 'search', part: Number(part), numbers: members.map(({ number }) => number) });
  for (const [thread, lines] of threads.threads) jobs.push({ kind: 'thread', thread, lines });
  for (const { month } of months)
    for (const list of pagesOf(byMonth.get(month) ?? [])) jobs.push({ kind: 'month', month, ...list });
  for (const person of people)
    for (const list of pagesOf(byPerson.get(person.address) ?? []))
      jobs.push({ kind: 'person', person, ...list });
  return { jobs, months, people, timeline: timeline(months.map(facetOf)) };
}

/** JSON Lines, which are part of the payload. */
export function planLines(messages: readonly ListedMessage[]): PageJob[] {
  return Array.from(
    grouped(messages, ({ number }) => [jsonLinesPath(number)]),
    ([path, members]) => ({ kind: 'lines', path, numbers: members.map(({ number }) => number) }),
  );
}

const facetOf = ({ month, count }: Month): Facet => ({
  value: month === undated ? '' : month,
  label: month,
  count,
});

interface Threads {
  readonly places: ReadonlyMap<number, ThreadPlace>;
  /** By the number of the page: the lowest of its members. */
  readonly threads: ReadonlyMap<number, readonly { readonly number: number; readonly depth: number }[]>;
}

/** Threads of one message have no page of their own. */
function threadPlaces(messages: readonly SiteMessage[], orderOf: ThreadOrder): Threads {
  const sizes = new Map<number, number>();
  for (const { threadKey } of messages) sizes.set(threadKey, (sizes.get(threadKey) ?? 0) + 1);
  const places = new Map<number, ThreadPlace>();
  const threads = new Map<number, readonly { readonly number: number; readonly depth: number }[]>();
  for (const [key, size] of sizes) {
    if (size < 2) continue;
    const lines = orderOf(key);
    const thread = lines.reduce((least, { number }) => Math.min(least, number), Number.MAX_SAFE_INTEGER);
    threads.set(thread, lines);
    for (const [at, { number }] of lines.entries())
      places.set(number, {
        thread,
        position: at + 1,
        size: lines.length,
        previous: lines[at - 1]?.number,
        next: lines[at + 1]?.number,
      });
  }
  return { places, threads };
}

function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}

interface ListPart {
  readonly messages: readonly ListedMessage[];
  readonly count: number;
  readonly page: number;
  readonly pages: number;
}

function pagesOf(group: readonly SiteMessage[]): ListPart[] {
  const sorted = [...group].sort(
    (a, b) => (a.facts.sentAt ?? 0) - (b.facts.sentAt ?? 0) || a.number - b.number,
  );
  const pages = Math.ceil(sorted.length / listLength);
  return Array.from({ length: pages }, (_, at) => ({
    messages: sorted
      .slice(at * listLength, (at + 1) * listLength)
      .map(({ number, facts }) => ({ number, facts })),
    count: sorted.length,
    page: at + 1,
    pages,
  }));
}

/** As most of their mail says it. */
function personNames(messages: readonly SiteMessage[]): Map<string, string> {
  const names = new Map<string, Map<string, number>>();
  for (const { facts } of messages) {
    const { from } = facts;
    if (from?.person === undefined || from.name === '') continue;
    const counts = names.get(from.person) ?? new Map<string, number>();
    names.set(from.person, counts.set(from.name, (counts.get(from.name) ?? 0) + 1));
  }
  return new Map(
    [...names].map(([address, counts]) => [
      address,
      [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? address,
    ]),
  );
}
