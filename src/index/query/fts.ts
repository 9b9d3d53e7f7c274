/**
 * A query as what the index can answer: FTS5 MATCH expressions (https://sqlite.org/fts5.html#full_text_query_syntax)
 * for everything about text, and conditions for the rest.
 *
 *   invoice -draft date:2016      → and( "invoice" NOT "draft", date )
 *   budget OR NOT own:memo        → not( {own} : "memo" NOT "budget" )
 *
 * FTS5 has no NOT without a left side. A part of a query that is about text alone is therefore one expression and a
 * sign: either what the expression finds, or everything else (De Morgan).
 */
import type { Condition, Match, Near, Phrase, Query, TextCondition } from './query.js';

export type Plan =
  | { readonly kind: 'all' }
  /** The rows of the full-text table that MATCH this. */
  | { readonly kind: 'fts'; readonly match: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Plan[] }
  | { readonly kind: 'not'; readonly item: Plan }
  | Condition;

/** What `match` finds, or where `negative` all that it does not. */
export interface SignedMatch {
  readonly match: string;
  readonly negative: boolean;
  /** Parentheses inside one another in `match`. */
  readonly nesting: number;
}

/**
 * FTS5's parser has a stack of 100 entries ("fts5: parser stack overflow") and takes three for an operator and its
 * parenthesis: 33 levels. Deeper queries become several expressions.
 */
const maxNesting = 24;

/** What `combine` can add to the nesting of its items. */
const nestingOfCombined = 2;

/**
 * How to evaluate a query: leaves are full-text matches, as large as they can be, and conditions; the rest are set
 * operations. `and` and `or` have at least two items; their order is that of the query, the text as one item where
 * its first part stood.
 */
export function plan(query: Query): Plan {
  const text = toFts(query);
  if (text !== undefined) return signed(text);
  switch (query.kind) {
    case 'not':
      return { kind: 'not', item: plan(query.item) };
    case 'and':
    case 'or':
      return planItems(query.kind, query.items);
    case 'text':
      throw new Error('toFts expresses every text condition');
    default:
      return query;
  }
}

function planItems(kind: 'and' | 'or', items: readonly Query[]): Plan {
  const texts: SignedMatch[] = [];
  const plans: Plan[] = [];
  let place = 0;
  for (const item of items) {
    const text = toFts(item);
    if (text === undefined || text.nesting > maxNesting - nestingOfCombined) plans.push(plan(item));
    else {
      if (texts.length === 0) place = plans.length;
      texts.push(text);
    }
  }
  if (texts.length > 0) plans.splice(place, 0, signed(combine(kind, texts)));
  return { kind, items: plans };
}

function signed({ match, negative }: SignedMatch): Plan {
  const leaf: Plan = { kind: 'fts', match };
  return negative ? { kind: 'not', item: leaf } : leaf;
}

/**
 * One MATCH expression for a query that is about text alone; undefined where any other condition, or `all`, is in it,
 * or where it would be nested too deeply for FTS5.
 */
export function toFts(query: Query): SignedMatch | undefined {
  switch (query.kind) {
    case 'text':
      return { match: ftsCondition(query), negative: false, nesting: 0 };
    case 'not': {
      const item = toFts(query.item);
      return item === undefined ? undefined : { ...item, negative: !item.negative };
    }
    case 'and':
    case 'or': {
      const items = query.items.map(toFts).filter((item) => item !== undefined);
      if (items.length < query.items.length) return undefined;
      const combined = combine(query.kind, items);
      return combined.nesting > maxNesting ? undefined : combined;
    }
    default:
      return undefined;
  }
}

/**
 * (a AND b AND NOT c AND NOT d) is a AND b NOT (c OR d); an `or` is the complement of the `and` of complements.
 * There is at least one item.
 */
function combine(kind: 'and' | 'or', items: readonly SignedMatch[]): SignedMatch {
  const negative = kind === 'or';
  const kept = items.filter((item) => item.negative === negative);
  const excluded = items.filter((item) => item.negative !== negative);
  if (kept.length === 0) return { ...join('OR', excluded), negative: !negative };
  const left = join('AND', kept);
  if (excluded.length === 0) return { ...left, negative };
  const right = join('OR', excluded);
  const nesting = Math.max(left.nesting, right.nesting) + 1;
  return { match: `(${left.match} NOT ${right.match})`, negative, nesting };
}

function join(operator: 'AND' | 'OR', items: readonly SignedMatch[]): { match: string; nesting: number } {
  const nesting = Math.max(...items.map((item) => item.nesting));
  const match = items.map((item) => item.match).join(` ${operator} `);
  return items.length === 1 ? { match, nesting } : { match: `(${match})`, nesting: nesting + 1 };
}

function ftsCondition({ columns, match }: TextCondition): string {
  const expression = ftsMatch(match);
  return columns === 'any' ? expression : `{${columns.join(' ')}} : ${expression}`;
}

/** A match as an expression about every column. */
export function ftsMatch(match: Match): string {
  return match.kind === 'phrase' ? ftsPhrase(match) : ftsNear(match);
}

/** Tokens hold letters and digits only, so that nothing in the quotation marks can end them. */
function ftsPhrase({ tokens, prefix }: Phrase): string {
  return `"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
}

function ftsNear({ phrases, distance }: Near): string {
  return `NEAR(${phrases.map(ftsPhrase).join(' ')}, ${String(distance)})`;
}
