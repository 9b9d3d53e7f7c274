/**
 * Query → the query as it was understood, in plain English, to be shown above its hits.
 *
 *   invoice own:("cost overrun" OR budget*) -from:anna
 *     → invoice AND ("cost overrun" OR budget*) in own text AND NOT from anna
 */
import { clockWords } from './clock-range.js';
import { rangeDays } from './date-range.js';
import { describeDeskCondition } from './desk-condition.js';
import { findTextField } from './fields.js';
import { describeJudgementCondition } from './judgement-condition.js';
import { describePerson } from './person-condition.js';
import { formatPhrase } from './phrase.js';
import type { Condition, Match, PathPattern, Query, SizeCondition, TextCondition } from './query.js';
import { formatBytes } from './size-range.js';
import type { Column } from './tokens.js';

/** Address columns read better in front: "from anna". */
const before: ReadonlyMap<string, string> = new Map([
  ['from', 'from'],
  ['to', 'to'],
  ['cc', 'copied to'],
  ['any', 'from, to or copied to'],
]);

const after: ReadonlyMap<string, string> = new Map([
  ['subject', 'in the subject'],
  ['body', 'in own or quoted text'],
  ['own', 'in own text'],
  ['quoted', 'in quoted text'],
  ['filename', 'in a file name'],
]);

export function describeQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return 'every message';
    case 'and':
    case 'or':
      return describeGroup(query.kind, query.items);
    case 'not':
      return query.item.kind === 'all' ? 'no message' : `NOT ${describeItem(query.item)}`;
    case 'text':
      return inColumns(query.columns, describeMatch(query.match));
    default:
      return describeCondition(query);
  }
}

/** Words that are searched in the same place are named together: `(a OR b) in own text`. */
function describeGroup(kind: 'and' | 'or', items: readonly Query[]): string {
  const operator = kind === 'and' ? ' AND ' : ' OR ';
  const columns = commonColumns(items);
  if (columns === undefined) return items.map(describeItem).join(operator);
  const matches = items.filter((item): item is TextCondition => item.kind === 'text');
  return inColumns(columns, `(${matches.map((item) => describeMatch(item.match)).join(operator)})`);
}

function describeItem(item: Query): string {
  const group = (item.kind === 'and' || item.kind === 'or') && commonColumns(item.items) === undefined;
  return group ? `(${describeQuery(item)})` : describeQuery(item);
}

/** Undefined unless all items are text in the same columns, and not in every column. */
function commonColumns(items: readonly Query[]): readonly Column[] | undefined {
  const first = items[0];
  if (first?.kind !== 'text' || first.columns === 'any') return undefined;
  const wanted = first.columns.join();
  const same = items.every(
    (item) => item.kind === 'text' && item.columns !== 'any' && item.columns.join() === wanted,
  );
  return same ? first.columns : undefined;
}

function inColumns(columns: readonly Column[] | 'any', text: string): string {
  if (columns === 'any') return text;
  const field = findTextField(columns) ?? '';
  const lead = before.get(field);
  return lead === undefined
    ? `${text} ${after.get(field) ?? `in ${columns.join(' or ')}`}`
    : `${lead} ${text}`;
}

function describeMatch(match: Match): string {
  if (match.kind === 'phrase') return formatPhrase(match);
  const words = match.distance === 1 ? 'word' : 'words';
  return `${match.phrases.map(formatPhrase).join(' near ')} (at most ${String(match.distance)} ${words} between)`;
}

function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'date':
      return describeDays(rangeDays(condition));
    case 'size':
      return describeSize(condition);
    case 'attachment':
      return `${describeMatch(condition.match)} in an attachment`;
    case 'type':
      return `with an attachment of type ${condition.name}`;
    case 'has-attachment':
      return 'with an attachment';
    case 'has-gap':
      return 'referring to a message that is not here';
    case 'person':
    case 'writer':
    case 'addressee':
    case 'between':
    case 'recipients':
      return describePerson(condition);
    case 'weekday':
    case 'hour':
      return clockWords(condition);
    case 'folder':
      return `in ${describePath('folder', condition.pattern)}`;
    case 'container':
      return typeof condition.which === 'number'
        ? `in container ${String(condition.which)}`
        : `in ${describePath('container', condition.which)}`;
    case 'msgid':
      return `with Message-ID <${condition.id}>`;
    case 'thread':
      return `in thread ${String(condition.number)}`;
    case 'tag':
    case 'note':
    case 'read':
      return describeDeskCondition(condition);
    case 'label':
    case 'finding':
    case 'signed-by':
    case 'selector':
      return describeJudgementCondition(condition);
  }
}

function describeDays({ first, last }: { readonly first?: string; readonly last?: string }): string {
  if (first === undefined) return `dated ${last ?? ''} or before (UTC)`;
  if (last === undefined) return `dated ${first} or after (UTC)`;
  return first === last ? `dated ${first} (UTC)` : `dated ${first} to ${last} (UTC)`;
}

function describeSize({ min, max }: SizeCondition): string {
  if (min !== undefined && min === max) return `of exactly ${bytes(min)}`;
  if (min !== undefined && max !== undefined) return `of ${bytes(min)} to ${bytes(max)}`;
  if (max !== undefined)
    return max % 1024 === 1023 ? `smaller than ${bytes(max + 1)}` : `of at most ${bytes(max)}`;
  const least = min ?? 0;
  return least % 1024 === 1 ? `larger than ${bytes(least - 1)}` : `of at least ${bytes(least)}`;
}

function bytes(count: number): string {
  const text = formatBytes(count);
  return /\d$/.test(text) ? `${text} bytes` : text.replace(/(\D)$/, ' $1B');
}

function describePath(what: string, { path, prefix }: PathPattern): string {
  return prefix ? `a ${what} whose name starts with "${path}"` : `${what} "${path}"`;
}
