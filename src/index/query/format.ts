/**
 * Query → canonical text, which `parseQuery` reads as the same tree. Saved searches and addresses of pages hold it.
 *
 *   from:( anna  OR "bob" ) NOT  draft   → (from:anna OR from:bob) -draft
 *
 * The same in plain English is `describeQuery`.
 */
import { formatClock } from './clock-range.js';
import { formatDateRange } from './date-range.js';
import { formatDeskCondition } from './desk-condition.js';
import { findTextField } from './fields.js';
import { formatJudgementCondition } from './judgement-condition.js';
import { formatRecipients } from './person-condition.js';
import { formatPhrase, isOperator, quote } from './phrase.js';
import type { Condition, Match, PathPattern, Query, TextCondition } from './query.js';
import { formatSizeRange } from './size-range.js';

export { describeQuery } from './describe.js';

/** The empty string for the query that selects everything. */
export function formatQuery(query: Query): string {
  return query.kind === 'all' ? '' : formatPart(query);
}

function formatPart(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '*';
    case 'and':
      return query.items.map(formatItem).join(' ');
    case 'or':
      return query.items
        .map((item) => (item.kind === 'and' ? `(${formatPart(item)})` : formatItem(item)))
        .join(' OR ');
    case 'not':
      return `-${formatItem(query.item)}`;
    case 'text':
      return formatText(query);
    default:
      return formatCondition(query);
  }
}

/** As an operand: an `and` or `or` needs parentheses. */
function formatItem(query: Query): string {
  return query.kind === 'and' || query.kind === 'or' ? `(${formatPart(query)})` : formatPart(query);
}

function formatMatch(match: Match): string {
  return match.kind === 'phrase'
    ? formatPhrase(match)
    : `NEAR(${match.phrases.map(formatPhrase).join(' ')}, ${String(match.distance)})`;
}

function formatText({ columns, match }: TextCondition): string {
  const text = formatMatch(match);
  if (columns === 'any') return text;
  const field = findTextField(columns);
  if (field !== undefined) return `${field}:${text}`;
  // No field has exactly these columns: each on its own.
  const parts = columns.map((column) => `${findTextField([column]) ?? column}:${text}`);
  return `(${parts.join(' OR ')})`;
}

function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'date':
      return `date:${formatDateRange(condition)}`;
    case 'size':
      return `size:${formatSizeRange(condition)}`;
    case 'attachment':
      return `attachment:${formatMatch(condition.match)}`;
    case 'type':
      return `type:${condition.name}`;
    case 'has-attachment':
      return 'has:attachment';
    case 'has-gap':
      return 'has:gap';
    case 'person':
    case 'writer':
    case 'addressee':
      return `${condition.kind}:${formatValue(condition.name)}`;
    case 'between':
      return `between:${formatValue(`${condition.a},${condition.b}`)}`;
    case 'recipients':
      return `recipients:${formatRecipients(condition)}`;
    case 'weekday':
    case 'hour':
      return `${condition.kind}:${formatClock(condition)}`;
    case 'folder':
      return `folder:${formatPath(condition.pattern)}`;
    case 'container':
      return `container:${formatContainer(condition.which)}`;
    case 'msgid':
      return `msgid:${formatValue(`<${condition.id}>`)}`;
    case 'thread':
      return `thread:${String(condition.number)}`;
    case 'tag':
    case 'note':
    case 'read':
      return formatDeskCondition(condition);
    case 'label':
    case 'finding':
    case 'signed-by':
    case 'selector':
      return formatJudgementCondition(condition);
  }
}

function formatContainer(which: number | PathPattern): string {
  if (typeof which === 'number') return String(which);
  return /^\d+$/.test(which.path) ? `${quote(which.path)}${which.prefix ? '*' : ''}` : formatPath(which);
}

function formatPath({ path, prefix }: PathPattern): string {
  return `${formatValue(path)}${prefix ? '*' : ''}`;
}

function formatValue(value: string): string {
  const plain = !/[\s()"“”„‟＂]|^-|\*$/.test(value) && !isOperator(value);
  return plain ? value : quote(value);
}
