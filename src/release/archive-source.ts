/** What a release is made from, out of a trove: what a query finds, the accounts, threads. */
import type { Query } from '../index/query/query.js';
import type { Archive } from '../read/archive.js';
import type { ReleaseSource } from './source.js';

export function archiveSource(
  archive: Archive,
  query: Query,
  { decide, basis }: Pick<ReleaseSource, 'decide' | 'basis'>,
): ReleaseSource {
  const { index } = archive;
  const { catalog } = index;
  const numberOf = (sha256: string): number => catalog.findNumber(Buffer.from(sha256, 'hex')) ?? 0;
  const chosen = index
    .evaluate(query)
    .toArray()
    .flatMap((number) => {
      const message = catalog.findMessage(number);
      return message === undefined ? [] : [{ sha256: message.sha256, sentAt: index.findRow(number)?.sentAt }];
    });
  const { received, parsed, duplicate, failed, messages } = catalog.totals();
  return {
    chosen,
    totals: { received, parsed, duplicate, failed, messages },
    decide,
    basis,
    thread(sha256) {
      const key = index.threadOf(numberOf(sha256));
      return { key, members: () => membersOf(archive, key) };
    },
  };
}

/** A gap between two messages tells nothing here: each is as deep as what is shown above it allows. */
function membersOf(archive: Archive, thread: number): { sha256: string; depth: number }[] {
  const members: { sha256: string; depth: number }[] = [];
  for (const { number, depth } of archive.thread(thread) ?? []) {
    const message = number === undefined ? undefined : archive.index.catalog.findMessage(number);
    if (message !== undefined) members.push({ sha256: message.sha256, depth });
  }
  return members;
}
