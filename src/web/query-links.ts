/**
 * Queries made from queries: what the links of facets, conditions and suggestions lead to.
 *
 *   invoice  + from:"anna@example.net"   → invoice from:anna@example.net
 *   invoice date:2016  + date:2016-03    → invoice date:2016-03
 */
import { formatQuery } from '../index/query/format.js';
import { parseQuery } from '../index/query/parse.js';
import { quote } from '../index/query/phrase.js';
import { and, not, or, type Phrase, type Query } from '../index/query/query.js';
import { queryTokens, tokenSpans } from '../index/query/tokens.js';

/** A condition on a field, whatever its value holds; undefined where the value holds nothing to search for. */
export function conditionOn(field: string, value: string): Query | undefined {
  // A value longer than a query may be cannot be linked to.
  const parsed = parseQuery(`${field}:${quote(value)}`);
  return parsed.ok && parsed.query.kind !== 'all' ? parsed.query : undefined;
}

/** Dates as `date:` takes them; '' is "without a date". */
export function conditionOnDate(period: string): Query | undefined {
  if (period === '') return not({ kind: 'date', from: new Date(0).setUTCFullYear(1, 0, 1) });
  const parsed = parseQuery(`date:${period}`);
  return parsed.ok ? parsed.query : undefined;
}

/** Canonical text; '' for no query, which finds everything. */
export const queryText = (query: Query | undefined): string =>
  query === undefined ? '' : formatQuery(query);

/** The conditions that a query puts together with AND, each one on its own. */
export function conditionsOf(query: Query): readonly Query[] {
  if (query.kind === 'all') return [];
  return query.kind === 'and' ? query.items : [query];
}

/** Whether the query already asks for it, in these words. */
export function hasCondition(query: Query, condition: Query): boolean {
  const text = formatQuery(condition);
  return conditionsOf(query).some((item) => formatQuery(item) === text);
}

/** Conditions on time take the place of former ones of their kind: facets and pictures only ever narrow them. */
const replaced: ReadonlySet<Query['kind']> = new Set(['date', 'weekday', 'hour'] as const);

/** The query with the condition added. */
export function withCondition(query: Query, condition: Query): Query {
  const items = conditionsOf(query).filter(
    (item) => !(replaced.has(condition.kind) && item.kind === condition.kind),
  );
  return and([...items, condition]);
}

export function withoutCondition(query: Query, position: number): Query {
  return and(conditionsOf(query).filter((_, at) => at !== position));
}

/** The query with one token spelled otherwise, wherever a phrase holds it. As deep as the parser allows (limits.maxQueryDepth). */
export function respelled(query: Query, token: string, instead: string): Query {
  switch (query.kind) {
    case 'and':
      return and(query.items.map((item) => respelled(item, token, instead)));
    case 'or':
      return or(query.items.map((item) => respelled(item, token, instead)));
    case 'not':
      return not(respelled(query.item, token, instead));
    case 'text': {
      const { match } = query;
      if (match.kind === 'phrase') return { ...query, match: respelledPhrase(match, token, instead) };
      const phrases = match.phrases.map((phrase) => respelledPhrase(phrase, token, instead));
      return { ...query, match: { ...match, phrases } };
    }
    default:
      return query;
  }
}

function respelledPhrase(phrase: Phrase, token: string, instead: string): Phrase {
  if (!phrase.tokens.includes(token)) return phrase;
  let text = '';
  let at = 0;
  for (const span of tokenSpans(phrase.text)) {
    text +=
      phrase.text.slice(at, span.start) +
      (span.token === token ? instead : phrase.text.slice(span.start, span.end));
    at = span.end;
  }
  text += phrase.text.slice(at);
  return { ...phrase, text, tokens: queryTokens(text) };
}
