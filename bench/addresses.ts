/** Addresses of every kind of page of a trove, spread over what it holds, the longest threads among them. */
import { parseQuery } from '../src/index/query/parse.js';
import { Archive } from '../src/read/archive.js';
import { openTrove } from '../src/store/trove.js';
import { personOrders, pictureKinds, urls } from '../src/web/urls.js';
import { queries } from './queries.js';

export interface PageKind {
  readonly name: string;
  /** Different ones: each is asked once, so that nothing kept of an earlier answer helps. */
  readonly paths: readonly string[];
}

/** Pages of one kind. */
export const samples = 40;
/** What pictures and galleries are drawn for besides everything. */
const topics = ['gas', 'kernel', 'meeting', 'date:2001', 'from:john'];

export function pageKinds(dir: string): PageKind[] {
  const archive = new Archive(openTrove(dir));
  try {
    return kindsOf(archive);
  } finally {
    archive.close();
  }
}

function kindsOf({ index }: Archive): PageKind[] {
  const messages = spread(index.indexed, samples).map((at) => at + 1);
  const { persons } = index.context;
  const messagesOf = (person: number): number =>
    (persons.sent[person] ?? 0) + (persons.received[person] ?? 0);
  const byMessages = [...persons.all].sort((a, b) => messagesOf(b) - messagesOf(a));
  const people = [
    ...byMessages.slice(0, samples / 2),
    ...spread(byMessages.length, samples / 2).map((at) => byMessages[at] ?? 0),
  ];
  return [
    { name: 'first page', paths: Array.from({ length: samples }, () => urls.home()) },
    { name: 'search', paths: queries.map(({ text, sort }) => urls.search({ q: text, sort })) },
    {
      name: 'next page of a search',
      paths: queries.flatMap(({ text, sort }) => {
        const after = nextOf(index, text, sort);
        return after === undefined ? [] : [urls.search({ q: text, sort, after })];
      }),
    },
    { name: 'message', paths: messages.map((number) => urls.message(number)) },
    { name: 'message of a search', paths: messages.map((number) => urls.message(number, { q: 'gas' })) },
    { name: 'thread, one of the longest', paths: longestThreads(index).map((thread) => urls.thread(thread)) },
    { name: 'thread', paths: unique(messages.map((number) => urls.thread(index.threadOf(number)))) },
    { name: 'tree of a thread', paths: longestThreads(index).map((thread) => urls.threadTree(thread)) },
    { name: 'people', paths: personOrders.map((sort) => urls.people({ sort })) },
    { name: 'person', paths: unique(people.map((person) => urls.person(persons.address(person)))) },
    ...pictureKinds.map((show) => ({
      name: `picture: ${show}`,
      paths: ['', ...topics].map((q) => urls.pictures({ q, show })),
    })),
    { name: 'attachments', paths: ['', ...topics].map((q) => urls.attachments({ q })) },
    { name: 'containers', paths: [urls.containers({})] },
    { name: 'desk', paths: [urls.desk()] },
  ];
}

function nextOf(
  index: Archive['index'],
  text: string,
  sort: (typeof queries)[number]['sort'],
): string | undefined {
  const parsed = parseQuery(text);
  // As many as a page of hits shows.
  return parsed.ok ? index.page(parsed.query, sort, 25).next : undefined;
}

function longestThreads(index: Archive['index']): number[] {
  const threads = new Set<number>();
  index.evaluate({ kind: 'all' }).forEach((number) => {
    threads.add(index.threadOf(number));
  });
  return [...threads].sort((a, b) => index.threadSize(b) - index.threadSize(a)).slice(0, samples);
}

/** `count` of the numbers from 0 up to `length`, evenly spread. */
export function spread(length: number, count: number): number[] {
  const step = Math.max(1, length / count);
  return Array.from({ length: Math.min(length, count) }, (_, i) => Math.floor(i * step));
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];
