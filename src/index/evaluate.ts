/** A query → the set of messages that it selects: leaves from shards, columns and catalog, the rest by bit operations. */
import { Bitset } from './bitset.js';
import type { LoadedIndex } from './loaded-index.js';
import { selectMatches } from './postings/match.js';
import { ftsMatch } from './query/fts.js';
import {
  type DeskCondition,
  pathMatches,
  type Query,
  type TextCondition,
  type TypeCondition,
} from './query/query.js';

/**
 * `known` are text conditions of the query whose sets are known. Bounded recursion: the parser bounds the depth of a
 * query (limits.maxQueryDepth).
 */
export function evaluate(
  index: LoadedIndex,
  query: Query,
  known: ReadonlyMap<Query, Bitset> = new Map(),
): Bitset {
  const { columns } = index;
  switch (query.kind) {
    case 'all':
      return columns.known.clone();
    case 'text':
      return known.get(query)?.clone() ?? matching(index, query);
    case 'not':
      return columns.known.clone().andNot(evaluate(index, query.item, known));
    case 'and':
      return query.items.map((item) => evaluate(index, item, known)).reduce((a, b) => a.and(b));
    case 'or':
      return query.items.map((item) => evaluate(index, item, known)).reduce((a, b) => a.or(b));
    case 'date': {
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = query;
      // NaN compares false: undated messages are in no range.
      return where(index, (number) => {
        const sentAt = columns.sentAt[number] ?? Number.NaN;
        return sentAt >= from && sentAt < to;
      });
    }
    case 'size': {
      const { min = 0, max = Number.POSITIVE_INFINITY } = query;
      return where(index, (number) => {
        const size = columns.size[number] ?? 0;
        return size >= min && size <= max;
      });
    }
    case 'has-attachment':
      return where(index, (number) => (columns.attachments[number] ?? 0) > 0);
    case 'type':
      return withAttachment(index, query);
    case 'attachment':
      return ofNumbers(index, index.attachments.numbersMatching(ftsMatch(query.match)));
    case 'folder':
      return inFolders(index, (name) => pathMatches(query.pattern, name));
    case 'container':
      return inContainers(index, containerIds(index, query.which));
    case 'msgid':
      return selected(index, 'SELECT json_group_array(number) j FROM doc WHERE msgid = ?', query.id);
    case 'person':
    case 'writer':
    case 'addressee':
    case 'between':
    case 'recipients':
    case 'weekday':
    case 'hour':
    case 'has-gap':
      return where(index, index.context.test(query));
    case 'thread':
      return where(index, (number) => index.threads.of(number) === query.number);
    case 'tag':
    case 'note':
    case 'read':
      return fromDesk(index, query);
    case 'label':
    case 'finding':
    case 'signed-by':
    case 'selector':
      return where(index, index.judgementColumns.test(query));
  }
}

function where({ columns }: LoadedIndex, test: (number: number) => boolean): Bitset {
  const set = new Bitset(columns.capacity);
  for (let number = 0; number < columns.capacity; number++)
    if (columns.has(number) && test(number)) set.add(number);
  return set;
}

function matching(index: LoadedIndex, condition: TextCondition): Bitset {
  const set = new Bitset(index.columns.capacity);
  for (const { text } of index.shards) selectMatches(text, condition, set);
  return set.and(index.columns.known);
}

/** Numbers leave SQLite as one JSON text: a third of the cost of a row each. */
function selected(index: LoadedIndex, sql: string, value: string): Bitset {
  const set = new Bitset(index.columns.capacity);
  for (const shard of index.shards)
    set.or(ofNumbers(index, String(shard.db.prepare(sql).get(value)?.j ?? '[]')));
  return set;
}

function ofNumbers({ columns }: LoadedIndex, json: string): Bitset {
  const set = new Bitset(columns.capacity);
  for (const number of JSON.parse(json) as number[]) set.add(number);
  return set.and(columns.known);
}

function fromDesk(index: LoadedIndex, condition: DeskCondition): Bitset {
  const { columns, desk } = index;
  if (condition.kind === 'read' && !condition.isRead)
    return columns.known.clone().andNot(fromDesk(index, { kind: 'read', isRead: true }));
  const set = new Bitset(columns.capacity);
  for (const number of desk.numbers(condition)) set.add(number);
  return set.and(columns.known);
}

function withAttachment(index: LoadedIndex, condition: TypeCondition): Bitset {
  const { mediaTypes, types } = index.facetColumns;
  const wanted = new Set<number>();
  for (const [id, mediaType] of mediaTypes.names.entries()) {
    const family = mediaType.slice(0, mediaType.indexOf('/'));
    if (condition.mediaTypes.includes(mediaType) || condition.families.includes(family)) wanted.add(id);
  }
  const set = where(index, (number) => types.some(number, (id) => wanted.has(id)));
  for (const extension of condition.extensions) {
    const pattern = `%.${extension.replace(/[\\%_]/g, '\\$&')}`;
    const sql = "SELECT json_group_array(DISTINCT number) j FROM attachment WHERE name LIKE ? ESCAPE '\\'";
    set.or(selected(index, sql, pattern));
  }
  return set;
}

function inFolders(index: LoadedIndex, test: (name: string) => boolean): Bitset {
  const { folders, folderNames } = index.folderLists;
  const wanted = new Set<number>();
  for (const [id, name] of folderNames.entries()) if (name !== undefined && test(name)) wanted.add(id);
  return where(index, (number) => folders.some(number, (id) => wanted.has(id)));
}

function inContainers(index: LoadedIndex, ids: ReadonlySet<number>): Bitset {
  const { containers } = index.folderLists;
  return where(index, (number) => containers.some(number, (id) => ids.has(id)));
}

/** The containers that are meant, with everything inside them. */
function containerIds(
  { catalog }: LoadedIndex,
  which: Extract<Query, { kind: 'container' }>['which'],
): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const container of catalog.containers()) {
    const isMeant = typeof which === 'number' ? container.id === which : pathMatches(which, container.path);
    if (isMeant || (container.parent !== undefined && ids.has(container.parent))) ids.add(container.id);
  }
  return ids;
}
