/**
 * Text → query. The grammar is in docs/query-language.md; recursive descent, as deep as `limits.maxQueryDepth`.
 *
 *   a b OR -c   → (a AND b) OR NOT c
 */
import { limits } from '../../limits.js';
import { parseCondition } from './condition.js';
import { attachmentField, type ConditionField, type Field, fieldNames, findIntendedField } from './fields.js';
import { type Lexeme, lex, Refusal, type Value } from './lex.js';
import { parsePhrase } from './phrase.js';
import {
  and,
  type Match,
  not,
  or,
  type Phrase,
  type Query,
  type QueryError,
  type QueryNote,
} from './query.js';

export type ParsedQuery =
  | { readonly ok: true; readonly query: Query; readonly notes: readonly QueryNote[] }
  | { readonly ok: false; readonly error: QueryError };

interface Parser {
  readonly lexemes: readonly Lexeme[];
  readonly notes: QueryNote[];
  position: number;
  depth: number;
}

/** NEAR without a number; FTS5 has the same. */
const defaultNearDistance = 10;

/** Reads a query. Never throws: what cannot be understood is returned with its place. Text without any term selects everything. */
export function parseQuery(text: string): ParsedQuery {
  try {
    if (text.length > limits.maxQueryCharacters) {
      const place = { offset: limits.maxQueryCharacters, length: text.length - limits.maxQueryCharacters };
      const message = `The query is longer than ${String(limits.maxQueryCharacters)} characters.`;
      throw new Refusal(message, place, 'Split it into several queries.');
    }
    const parser: Parser = { lexemes: lex(text), notes: [], position: 0, depth: 0 };
    const query = parseOr(parser, undefined) ?? and([]);
    const rest = parser.lexemes[parser.position];
    if (rest !== undefined) {
      throw new Refusal(
        'There is no opening parenthesis for this one.',
        rest,
        'Remove it, or add a ( before.',
      );
    }
    return { ok: true, query, notes: parser.notes };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    throw error;
  }
}

/** Every parse function returns undefined for a part in which nothing but punctuation stood; it is left out. */
function parseOr(parser: Parser, field: Field | undefined): Query | undefined {
  const items = [parseAnd(parser, field)];
  for (let next = peek(parser); next?.kind === 'or'; next = peek(parser)) {
    parser.position += 1;
    if (endsOperand(peek(parser))) throw missingSide(next, 'OR', 'after');
    items.push(parseAnd(parser, field));
  }
  return joined(items, or);
}

function parseAnd(parser: Parser, field: Field | undefined): Query | undefined {
  const first = peek(parser);
  if (first?.kind === 'or') throw missingSide(first, 'OR', 'before');
  if (first?.kind === 'and') throw missingSide(first, 'AND', 'before');
  const items: (Query | undefined)[] = [];
  for (let next = peek(parser); next !== undefined; next = peek(parser)) {
    if (next.kind === 'or' || next.kind === 'close') break;
    if (next.kind === 'and') {
      parser.position += 1;
      if (endsOperand(peek(parser))) throw missingSide(next, 'AND', 'after');
    }
    items.push(parseNot(parser, field));
  }
  return joined(items, and);
}

function joined(items: readonly (Query | undefined)[], join: typeof and): Query | undefined {
  const there = items.filter((item) => item !== undefined);
  return there.length === 0 ? undefined : join(there);
}

function parseNot(parser: Parser, field: Field | undefined): Query | undefined {
  let negative = false;
  for (let next = peek(parser); next?.kind === 'not' || next?.kind === 'minus'; next = peek(parser)) {
    negative = !negative;
    parser.position += 1;
    const name = next.kind === 'not' ? 'NOT' : '-';
    if (endsOperand(peek(parser))) throw missingSide(next, name, 'after');
  }
  const item = parseTerm(parser, field);
  return item !== undefined && negative ? not(item) : item;
}

function parseTerm(parser: Parser, field: Field | undefined): Query | undefined {
  const next = peek(parser);
  if (next === undefined) return undefined;
  parser.position += 1;
  switch (next.kind) {
    case 'open':
      return parseGroup(parser, next, field);
    case 'field':
      return parseField(parser, next, field);
    case 'near-open':
      return parseNearGroup(parser, next, field);
    case 'value':
      return peek(parser)?.kind === 'near'
        ? parseNearPair(parser, next, field)
        : parseValue(parser, next, field);
    case 'near':
      throw missingNearSide(next);
    default:
      // Operators are taken by the callers; what is left is `distance`, which only a NEAR group contains.
      throw new Refusal('This is not expected here.', next, '');
  }
}

function parseGroup(parser: Parser, open: Lexeme, field: Field | undefined): Query | undefined {
  parser.depth += 1;
  if (parser.depth > limits.maxQueryDepth) {
    const message = `Parentheses are nested deeper than ${String(limits.maxQueryDepth)}.`;
    throw new Refusal(message, open, 'Write the query with fewer parentheses inside one another.');
  }
  if (peek(parser)?.kind === 'close') {
    throw new Refusal('There is nothing in these parentheses.', { offset: open.offset, length: 2 }, '');
  }
  const query = parseOr(parser, field);
  if (peek(parser)?.kind !== 'close') {
    throw new Refusal('This parenthesis is never closed.', open, 'Add a ) where the group ends.');
  }
  parser.position += 1;
  parser.depth -= 1;
  const near = peek(parser);
  if (near?.kind === 'near') throw missingNearSide(near);
  return query;
}

function parseField(
  parser: Parser,
  place: Lexeme & { kind: 'field' },
  outer: Field | undefined,
): Query | undefined {
  const { field } = place;
  if (outer !== undefined) {
    throw new Refusal(
      `${field.name}: stands inside ${outer.name}:( … ).`,
      place,
      `Close the parenthesis of ${outer.name}: before it, or put "${field.name}:…" in quotation marks to search for it as text.`,
    );
  }
  const value = peek(parser);
  if (value === undefined || !['value', 'open', 'near-open'].includes(value.kind)) {
    throw new Refusal(
      `${field.name}: has no value.`,
      place,
      value?.kind === 'minus' || value?.kind === 'not'
        ? `To exclude, write -${field.name}:… with the minus in front.`
        : `Write what to look for after the colon, or put "${field.name}" in quotation marks to search for it as text.`,
    );
  }
  const query = parseTerm(parser, field);
  const near = peek(parser);
  if (near?.kind === 'near') {
    const hint = `Write ${field.name}:(budget NEAR/5 overrun).`;
    throw new Refusal('NEAR joins words and phrases, not fields.', near, hint);
  }
  return query;
}

function parseValue(parser: Parser, value: Value, field: Field | undefined): Query | undefined {
  if (field !== undefined && isConditionField(field)) return parseCondition(field.name, value);
  if (field === undefined && isStar(value)) return and([]);
  checkFieldName(parser, value, field);
  const match = parsePhrase(value, parser.notes);
  return match === undefined ? undefined : textQuery(field, match);
}

const isConditionField = (field: Field): field is Field & { readonly name: ConditionField } =>
  !('columns' in field) && field.name !== attachmentField;

/** What is looked for, and where: in columns of the mail, or in attachments. */
function textQuery(field: Field | undefined, match: Match): Query {
  if (field?.name === attachmentField) return { kind: 'attachment', match };
  return { kind: 'text', columns: field !== undefined && 'columns' in field ? field.columns : 'any', match };
}

/** A lone `*` is every message. */
function isStar(value: Value): boolean {
  return !value.quoted && value.text === '*';
}

/** `form:anna` is refused, `re:budget` is text with a note, `10:30` and `http://example.net` are text. */
function checkFieldName(parser: Parser, value: Value, field: Field | undefined): void {
  const name =
    value.quoted || field !== undefined ? undefined : /^([A-Za-z]+):(?!\/\/|$)/.exec(value.text)?.[1];
  if (name === undefined) return;
  const place = { offset: value.offset, length: name.length + 1 };
  const intended = findIntendedField(name);
  if (intended !== undefined) {
    throw new Refusal(
      `${name}: is not a field.`,
      place,
      `Did you mean ${intended}? To search for it as text, put it in quotation marks: "${value.text}".`,
    );
  }
  const known = fieldNames.map((each) => `${each}:`).join(' ');
  parser.notes.push({
    message: `${name}: is not a field, so this is searched as text. Fields are ${known}`,
    ...place,
  });
}

/** `budget NEAR/5 "cost overrun"`. */
function parseNearPair(parser: Parser, left: Value, field: Field | undefined): Query | undefined {
  const operator = peek(parser);
  const right = parser.lexemes[parser.position + 1];
  if (operator?.kind !== 'near') return undefined;
  if (right?.kind !== 'value') throw missingNearSide(operator);
  parser.position += 2;
  const another = peek(parser);
  if (another?.kind === 'near') {
    throw new Refusal('NEAR joins two terms only.', another, 'For more, write NEAR(budget cost overrun, 5).');
  }
  return nearQuery(parser, [left, right], parseDistance(operator.distance, operator), operator, field);
}

/** `NEAR(budget "cost overrun", 5)`. */
function parseNearGroup(parser: Parser, open: Lexeme, field: Field | undefined): Query | undefined {
  const values: Value[] = [];
  let distance = defaultNearDistance;
  for (let next = peek(parser); next !== undefined && next.kind !== 'close'; next = peek(parser)) {
    if (next.kind === 'distance') distance = parseDistance(next.text, next);
    else if (next.kind === 'value') values.push(next);
    else throw new Refusal('NEAR takes words and phrases only.', next, 'Write NEAR(budget overrun, 5).');
    parser.position += 1;
  }
  parser.position += 1;
  if (values.length < 2) {
    throw new Refusal('NEAR needs at least two words or phrases.', open, 'Write NEAR(budget overrun, 5).');
  }
  return nearQuery(parser, values, distance, open, field);
}

function nearQuery(
  parser: Parser,
  values: readonly Value[],
  distance: number,
  place: Lexeme,
  field: Field | undefined,
): Query | undefined {
  if (field !== undefined && isConditionField(field)) {
    throw new Refusal(`${field.name}: does not take NEAR.`, place, 'NEAR is for text.');
  }
  const phrases = values
    .map((value) => parsePhrase(value, parser.notes))
    .filter((phrase): phrase is Phrase => phrase !== undefined);
  const only = phrases[0];
  if (only === undefined) return undefined;
  return textQuery(field, phrases.length > 1 ? { kind: 'near', phrases, distance } : only);
}

function parseDistance(text: string | undefined, place: Lexeme): number {
  if (text === undefined) return defaultNearDistance;
  const distance = /^\d{1,6}$/.test(text) ? Number(text) : -1;
  if (distance >= 0 && distance <= limits.maxNearDistance) return distance;
  throw new Refusal(
    `The distance of NEAR is a number from 0 to ${String(limits.maxNearDistance)}.`,
    place,
    'It says how many words may stand between: budget NEAR/5 overrun.',
  );
}

function peek(parser: Parser): Lexeme | undefined {
  return parser.lexemes[parser.position];
}

function endsOperand(next: Lexeme | undefined): boolean {
  return next === undefined || next.kind === 'close' || next.kind === 'or' || next.kind === 'and';
}

function missingSide(place: Lexeme, operator: string, side: 'before' | 'after'): Refusal {
  const hint =
    operator === '-' ? '' : `To search for the word, write it in lower case: ${operator.toLowerCase()}.`;
  return new Refusal(`There is nothing ${side} ${operator}.`, place, hint);
}

function missingNearSide(place: Lexeme): Refusal {
  return new Refusal(
    'NEAR needs a word or phrase on either side.',
    place,
    'Write budget NEAR/5 overrun, or NEAR(budget overrun, 5).',
  );
}
