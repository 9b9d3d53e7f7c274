/**
 * A query's text cut into what the grammar is made of (docs/query-language.md).
 *
 *   -from:"Bob Smith" budget*   → minus, field from, phrase 'Bob Smith', word 'budget' with prefix
 *
 * Everything but an unclosed quotation mark can be cut; what makes no sense is the parser's to say.
 */
import { type Field, findField } from './fields.js';
import type { QueryError } from './query.js';

interface Placed {
  /** UTF-16 units of the query's text. */
  readonly offset: number;
  readonly length: number;
}

/** A value: a word, or what stood in quotation marks. */
export interface Value extends Placed {
  readonly kind: 'value';
  readonly text: string;
  readonly quoted: boolean;
  /** A `*` followed it directly. */
  readonly prefix: boolean;
}

export type Lexeme =
  | Value
  | (Placed & { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'minus' })
  /** `NEAR/5` between two values; `distance` undefined for a bare `NEAR`. */
  | (Placed & { readonly kind: 'near'; readonly distance: string | undefined })
  /** `NEAR(`: values follow, then perhaps `, 5`, then `close`. */
  | (Placed & { readonly kind: 'near-open' })
  /** `, 5` before the `)` of a `NEAR(`. */
  | (Placed & { readonly kind: 'distance'; readonly text: string })
  | (Placed & { readonly kind: 'field'; readonly field: Field });

/** Stops lexing and parsing; `parseQuery` catches it, and nothing else sees it. */
export class Refusal extends Error {
  readonly error: QueryError;
  constructor(message: string, place: Placed, hint: string) {
    super(message);
    this.error = { message, offset: place.offset, length: place.length, hint };
  }
}

const blank = /\s/;
/** What ends a word: blanks, parentheses and quotation marks as keyboards and word processors make them. */
const wordEnd = /[\s()"“”„‟＂]/g;
const openingQuote = /["“”„‟＂]/;
const closingQuote = /["“”＂]/g;
const fieldName = /^([A-Za-z]+(?:-[A-Za-z]+)?):/;
const nearOperator = /^NEAR(?:\/(\S*))?$/;
/** Another comma in NEAR is punctuation; this one is followed by a number, or by what was meant as one. */
const nearDistance = /,\s*([-+]?\d[^\s,()"]*)\s*$/;
const operators: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['AND', 'and'],
  ['OR', 'or'],
  ['NOT', 'not'],
]);

/** Cuts the text from `start` to `end`. Throws a Refusal. */
export function lex(text: string, start = 0, end = text.length): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let position = skipBlanks(text, start, end);
  while (position < end) {
    const afterField = lexemes.at(-1)?.kind === 'field';
    const next = lexOne(text, position, end, afterField);
    for (const lexeme of next) lexemes.push(lexeme);
    const last = next.at(-1);
    position = skipBlanks(text, last === undefined ? end : last.offset + last.length, end);
  }
  return lexemes;
}

function skipBlanks(text: string, from: number, end: number): number {
  let position = from;
  while (position < end && blank.test(text.charAt(position))) position += 1;
  return position;
}

function lexOne(text: string, position: number, end: number, afterField: boolean): Lexeme[] {
  const character = text.charAt(position);
  if (character === '(') return [{ kind: 'open', offset: position, length: 1 }];
  if (character === ')') return [{ kind: 'close', offset: position, length: 1 }];
  if (openingQuote.test(character)) return [lexQuoted(text, position, end)];
  if (character === '-' && isMinus(text, position, end))
    return [{ kind: 'minus', offset: position, length: 1 }];
  const stop = findWordEnd(text, position, end);
  if (text.slice(position, stop) === 'NEAR' && text.charAt(stop) === '(' && stop < end) {
    return lexNearGroup(text, position, stop, end);
  }
  return [lexWord(text, position, stop, afterField)];
}

/** `-x` excludes x; `- x`, `--x` and a trailing `-` are punctuation. */
function isMinus(text: string, position: number, end: number): boolean {
  return position + 1 < end && !/[\s)-]/.test(text.charAt(position + 1));
}

function findWordEnd(text: string, position: number, end: number): number {
  wordEnd.lastIndex = position;
  return Math.min(wordEnd.exec(text)?.index ?? end, end);
}

function lexWord(text: string, offset: number, stop: number, afterField: boolean): Lexeme {
  const word = text.slice(offset, stop);
  const length = stop - offset;
  const operator = operators.get(word);
  if (operator !== undefined) return { kind: operator, offset, length };
  const near = nearOperator.exec(word);
  if (near !== null) return { kind: 'near', offset, length, distance: near[1] };
  const name = fieldName.exec(word)?.[1];
  const field = name === undefined || afterField ? undefined : findField(name);
  if (name !== undefined && field !== undefined)
    return { kind: 'field', field, offset, length: name.length + 1 };
  const prefix = word.length > 1 && word.endsWith('*');
  return { kind: 'value', text: prefix ? word.slice(0, -1) : word, quoted: false, prefix, offset, length };
}

/** A phrase. Between straight marks, two in a row stand for one, as in CSV and SQL. */
function lexQuoted(text: string, offset: number, end: number): Value {
  const straight = text.charAt(offset) === '"';
  let from = offset + 1;
  for (;;) {
    const close = findClosingQuote(text, from, end, straight);
    if (close === undefined) {
      throw new Refusal(
        'This quotation mark is never closed.',
        { offset, length: 1 },
        'Add a second quotation mark where the phrase ends.',
      );
    }
    if (straight && close + 1 < end && text.charAt(close + 1) === '"') {
      from = close + 2;
      continue;
    }
    const inner = text.slice(offset + 1, close);
    const prefix = close + 1 < end && text.charAt(close + 1) === '*';
    return {
      kind: 'value',
      text: straight ? inner.replaceAll('""', '"') : inner,
      quoted: true,
      prefix,
      offset,
      length: close + 1 - offset + (prefix ? 1 : 0),
    };
  }
}

function findClosingQuote(text: string, from: number, end: number, straight: boolean): number | undefined {
  closingQuote.lastIndex = from;
  const found = straight ? text.indexOf('"', from) : (closingQuote.exec(text)?.index ?? -1);
  return found < 0 || found >= end ? undefined : found;
}

/** `NEAR(budget "cost overrun", 5)`. What is between is cut as usual, but for the distance at its end. */
function lexNearGroup(text: string, offset: number, open: number, end: number): Lexeme[] {
  const close = findClose(text, open + 1, end);
  if (close === undefined) {
    throw new Refusal(
      'NEAR( has no closing parenthesis.',
      { offset, length: open + 1 - offset },
      'Write NEAR(budget overrun, 5).',
    );
  }
  const inside = text.slice(open + 1, close);
  const distance = nearDistance.exec(inside);
  const valuesEnd = distance === null ? close : open + 1 + distance.index;
  const lexemes: Lexeme[] = [{ kind: 'near-open', offset, length: open + 1 - offset }];
  // No parenthesis is left between the two, so this goes no deeper.
  for (const lexeme of lex(text, open + 1, valuesEnd)) lexemes.push(lexeme);
  if (distance !== null) {
    lexemes.push({ kind: 'distance', text: distance[1] ?? '', offset: valuesEnd, length: close - valuesEnd });
  }
  lexemes.push({ kind: 'close', offset: close, length: 1 });
  return lexemes;
}

/** Where the next parenthesis closes outside quotation marks; an opening one inside NEAR is not allowed and refused here. */
function findClose(text: string, from: number, end: number): number | undefined {
  let position = from;
  while (position < end) {
    const character = text.charAt(position);
    if (character === ')') return position;
    if (character === '(') {
      throw new Refusal(
        'NEAR takes words and phrases only.',
        { offset: position, length: 1 },
        'Write NEAR(budget overrun, 5), without parentheses inside.',
      );
    }
    if (openingQuote.test(character)) {
      const quoted = lexQuoted(text, position, end);
      position = quoted.offset + quoted.length;
    } else position += 1;
  }
  return undefined;
}
