/**
 * Which stretches of an article stand between quotation marks: one pass over its tokens with a short stack.
 *
 *   “I never said ‘no’,” she said.      a quotation of six words, with one of a word inside
 *   “First paragraph.                   a paragraph that leaves its quotation open,
 *   “Second paragraph,” he wrote.       and one that opens it again: one quotation in two pieces
 *
 * Straight marks say nothing about their side: their neighbours do. What is never closed ends with its paragraph, and
 * says so.
 */
import { limits } from '../limits.js';
import type { Token } from './tokens.js';

/** A stretch of tokens, the marks included. */
export interface Piece {
  readonly first: number;
  /** The last token, not the one after it. */
  readonly last: number;
}

export interface Quotation {
  /** One a paragraph. */
  readonly pieces: readonly Piece[];
  /** 1 for what stands in the article's own text, 2 for a quotation inside a quotation. */
  readonly depth: number;
  readonly isUnclosed: boolean;
}

interface Open {
  readonly closers: string;
  first: number;
  readonly pieces: Piece[];
}

const closersOf: Readonly<Record<string, string>> = {
  '“': '”"',
  '„': '“”"',
  '”': '”"',
  '"': '"”',
  "''": "''",
  '``': "'' \"",
  ',,': "''",
  '«': '»',
  '»': '«',
  '‹': '›',
  '‘': '’',
  "'": "'’",
};

export interface QuotationMap {
  readonly quotations: readonly Quotation[];
  /** For each token, how many quotations it stands in; marks belong to theirs. */
  readonly depth: Uint8Array;
}

export function findQuotations(tokens: readonly Token[]): QuotationMap {
  const automaton = new Automaton(tokens);
  for (let at = 0; at < tokens.length; at += 1) automaton.step(at);
  automaton.endParagraph(tokens.length, false);
  const quotations = automaton.done.sort((a, b) => firstOf(a) - firstOf(b));
  return { quotations, depth: depthsOf(tokens.length, quotations) };
}

const firstOf = ({ pieces }: Quotation): number => pieces[0]?.first ?? 0;

class Automaton {
  readonly done: Quotation[] = [];
  readonly #tokens: readonly Token[];
  #stack: Open[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  step(at: number): void {
    const token = this.#tokens[at];
    if (token === undefined) return;
    if (token.kind === 'break') {
      this.endParagraph(at, this.#opensAgain(at + 1));
      return;
    }
    const mark = markOf(token);
    if (mark === undefined) return;
    const top = this.#stack.at(-1);
    if (top?.closers.includes(mark) && this.#maySeparate(at, mark, 'close')) {
      this.#close(at);
      return;
    }
    const outer = this.#stack.at(-2);
    if (outer?.closers.includes(mark) && this.#maySeparate(at, mark, 'close')) {
      this.#drop();
      this.#close(at);
      return;
    }
    if (closersOf[mark] === undefined || !this.#maySeparate(at, mark, 'open')) return;
    // The same mark cannot nest in itself; a second one opens anew, and the first was never closed.
    if (top !== undefined && top.closers === closersOf[mark]) return;
    if (this.#stack.length < limits.maxQuotationDepth)
      this.#stack.push({ closers: closersOf[mark] ?? '', first: at, pieces: [] });
  }

  /** What is open goes on in the next paragraph where that one opens it again, and ends here otherwise. */
  endParagraph(at: number, goesOn: boolean): void {
    const [outermost, ...inner] = this.#stack;
    if (outermost === undefined) return;
    for (const open of inner) if (!isSingle(open)) this.#record(open, at - 1, true);
    if (goesOn) {
      outermost.pieces.push({ first: outermost.first, last: at - 1 });
      // The mark that opens it again.
      outermost.first = at + 1;
      this.#stack = [outermost];
    } else {
      this.#stack = [outermost];
      // A single mark that nothing closes was an apostrophe: ’90s, ’em.
      if (!isSingle(outermost)) this.#record(outermost, at - 1, true);
      this.#stack = [];
    }
  }

  #opensAgain(next: number): boolean {
    const token = this.#tokens[next];
    const open = this.#stack[0];
    if (token === undefined || open === undefined) return false;
    const mark = markOf(token);
    if (mark === undefined || closersOf[mark] !== open.closers) return false;
    // Consumed by the quotation that goes on: skipped as an opening because the same mark does not nest.
    return mark === '“' || mark === '«' || !this.#isClosing(next);
  }

  #close(at: number): void {
    const open = this.#stack.at(-1);
    if (open !== undefined) this.#record(open, at, false);
    this.#stack.pop();
  }

  #drop(): void {
    this.#stack.pop();
  }

  #record(open: Open, last: number, isUnclosed: boolean): void {
    const pieces = [...open.pieces, { first: open.first, last }];
    this.done.push({ pieces, depth: this.#stack.indexOf(open) + 1, isUnclosed });
  }

  /** Whether a mark that could be either stands where one opens, or closes. */
  #maySeparate(at: number, mark: string, side: 'open' | 'close'): boolean {
    if (mark === '“' || mark === '„' || mark === '‘' || mark === '``') return side === 'open' || mark === '“';
    if (mark === '”' || mark === '»' || mark === '«') return true;
    if (mark === "'" || mark === '’') return this.#isApostropheLike(at, side);
    return side === 'close' ? this.#isClosing(at) : !this.#isClosing(at) || this.#stack.length === 0;
  }

  /** A single mark is an apostrophe unless it stands at the edge of a word, in a quotation that it can close. */
  #isApostropheLike(at: number, side: 'open' | 'close'): boolean {
    const [before, after] = this.#spaces(at);
    return side === 'close' ? !before && after : before && !after;
  }

  #isClosing(at: number): boolean {
    const [before, after] = this.#spaces(at);
    if (before === after) return this.#stack.length > 0;
    return after;
  }

  /** Whether there is a gap, or what counts as one, on each side. */
  #spaces(at: number): [before: boolean, after: boolean] {
    const token = this.#tokens[at];
    const previous = this.#tokens[at - 1];
    const next = this.#tokens[at + 1];
    if (token === undefined) return [true, true];
    const before =
      previous === undefined ||
      previous.end < token.start ||
      previous.kind === 'break' ||
      /^(?:[([{—–]|--+)$/.test(previous.text) ||
      (previous.kind === 'quote' && opens(previous));
    const after =
      next === undefined ||
      next.start > token.end ||
      next.kind === 'break' ||
      (next.kind === 'mark' && /^[.,;:?!)\]}—–-]/.test(next.text)) ||
      (next.kind === 'quote' && !opens(next));
    return [before, after];
  }
}

const isSingle = ({ closers }: Open): boolean => closers.startsWith('’') || closers.startsWith("'’");
const opens = (token: Token): boolean => /^[“„«‹‘]$|^``$/.test(token.text);

function markOf(token: Token): string | undefined {
  if (token.kind === 'quote') return token.text;
  return token.kind === 'mark' && (token.text === '’' || token.text === "'" || token.text === '`')
    ? token.text
    : undefined;
}

function depthsOf(length: number, quotations: readonly Quotation[]): Uint8Array {
  const depth = new Uint8Array(length);
  for (const { pieces, depth: own } of quotations)
    for (const { first, last } of pieces)
      for (let at = first; at <= last && at < length; at += 1) depth[at] = Math.max(depth[at] ?? 0, own);
  return depth;
}
