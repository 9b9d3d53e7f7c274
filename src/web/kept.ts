/** What was counted for a search, kept until the trove, the desk or who is who changes: pages go back and forth. */
import type { Query } from '../index/query/query.js';
import type { OpenArchive } from './live-archive.js';

/** Results of counting kept, the latest asked for last. Each is a few kilobytes. */
const keptCounts = 32;

/** `what` names the count and everything but the query that it depends on. */
export function kept<T>(open: OpenArchive, query: Query, what: string, make: () => T): T {
  const { index } = open.archive;
  const counts = open.derived('kept counts', () => new Map<string, unknown>());
  const key = `${what} ${index.context.revision} ${index.keyOf(query)}`;
  const known = counts.get(key);
  counts.delete(key);
  const value = known === undefined ? open.counting(make) : (known as T);
  counts.set(key, value);
  const [oldest] = counts.keys();
  if (counts.size > keptCounts && oldest !== undefined) counts.delete(oldest);
  return value;
}
