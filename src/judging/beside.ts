/**
 * Messages beside each other: answers and gaps from stored features, copies and quotations from the mail itself,
 * group by group. A group whose members were compared before, and are the same, is left alone.
 */
import { hash } from 'node:crypto';
import type { SearchIndex } from '../index/search.js';
import type { Archive } from '../read/archive.js';
import type { NumberedFeatures } from '../thread/pack.js';
import { GroupComparer } from './groups.js';
import type { Copy, Found, Group } from './job.js';
import type { Judges } from './judges.js';
import { Relatives } from './relatives.js';
import { judgeSilences } from './silence.js';
import type { JudgementStore } from './store.js';

/** `features` are those of every message, each time they are asked for. */
export async function compareAll(
  archive: Archive,
  store: JudgementStore,
  judges: Judges,
  features: () => Iterable<NumberedFeatures>,
): Promise<void> {
  const { index } = archive;
  index.refresh();
  const relatives = new Relatives();
  for (const each of features()) relatives.add(each);
  compareRelatives(index, store, relatives, features());
  const comparer = new GroupComparer(archive, store, judges);
  try {
    for (const group of copyGroups(store, relatives)) await comparer.compare(group);
    for (const group of threadGroups(index, store)) await comparer.compare(group);
    await comparer.finish();
  } finally {
    comparer.close();
  }
}

/** All of them anew each time: that costs less than to know what has changed. */
function compareRelatives(
  index: SearchIndex,
  store: JudgementStore,
  relatives: Relatives,
  features: Iterable<NumberedFeatures>,
): void {
  const found: Found[] = judgeSilences(index.context);
  for (const each of features) found.push(...relatives.judge(each));
  const numbers = new Set(store.numbersWith('trove'));
  for (const { number } of found) numbers.add(number);
  store.replaceFindings('trove', numbers, found);
}

function* copyGroups(store: JudgementStore, relatives: Relatives): Generator<Group> {
  for (const numbers of relatives.copies()) {
    const copies = numbers.map((number): Copy => ({ number, isVerified: store.isVerified(number) }));
    // What a signature holds for is what the others are compared with; without one, what came first.
    const original = copies.find(({ isVerified }) => isVerified) ?? copies[0];
    if (original === undefined) continue;
    yield {
      name: `copies ${numbers[0]}`,
      members: membersOf(copies.map(({ number, isVerified }) => `${number}${isVerified ? ' holds' : ''}`)),
      scope: 'copies',
      shared: [original],
      facts: copies.filter((copy) => copy !== original),
    };
  }
}

function* threadGroups(index: SearchIndex, store: JudgementStore): Generator<Group> {
  const { known, sentAt } = index.context.columns;
  const threads = new Map<number, number[]>();
  known.forEach((number) => {
    const thread = index.threadOf(number);
    const members = threads.get(thread);
    if (members === undefined) threads.set(thread, [number]);
    else members.push(number);
  });
  // A message that belongs to another thread now may quote nothing there.
  const alone = store
    .numbersWith('thread')
    .filter((number) => (threads.get(index.threadOf(number))?.length ?? 0) < 2);
  store.replaceFindings('thread', alone, []);
  const timeOf = (number: number): number => sentAt[number] ?? Number.NaN;
  for (const [thread, numbers] of threads) {
    if (numbers.length < 2) continue;
    numbers.sort((a, b) => (timeOf(a) || 0) - (timeOf(b) || 0) || a - b);
    yield {
      name: `thread ${thread}`,
      members: membersOf(numbers),
      scope: 'thread',
      shared: [],
      facts: numbers.map((number) => {
        const time = timeOf(number);
        return { number, sentAt: Number.isNaN(time) ? undefined : time };
      }),
    };
  }
}

const membersOf = (members: readonly (string | number)[]): string =>
  hash('sha256', members.join(), 'hex').slice(0, 16);
