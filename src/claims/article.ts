/** An article taken apart once: tokens, quotations, sentences. All rules read this, by numbers of tokens. */
import { findQuotations, type Quotation } from './quotations.js';
import { findSentences, type Sentence } from './sentences.js';
import type { Span } from './span.js';
import { type Token, tokenize } from './tokens.js';

/** Tokens from `first` to `last`, both of them part of it. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

const nothing: Token = { text: '', lower: '', kind: 'break', start: 0, end: 0 };

export class Article {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly quotations: readonly Quotation[];
  readonly sentences: readonly Sentence[];
  readonly #depth: Uint8Array;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
    const map = findQuotations(this.tokens);
    this.quotations = map.quotations;
    this.#depth = map.depth;
    this.sentences = findSentences(this.tokens, map);
  }

  /** A break where the text has no such token. */
  at(index: number): Token {
    return this.tokens[index] ?? nothing;
  }

  lower(index: number): string {
    return this.at(index).lower;
  }

  isWord(index: number): boolean {
    return this.at(index).kind === 'word';
  }

  isMark(index: number, text: string): boolean {
    const token = this.at(index);
    return token.kind === 'mark' && token.text === text;
  }

  /** In how many quotations the token stands. */
  depth(index: number): number {
    return this.#depth[index] ?? 0;
  }

  isOpening(index: number): boolean {
    return this.depth(index) > this.depth(index - 1) || (this.isQuoteMark(index) && this.#startsPiece(index));
  }

  isClosing(index: number): boolean {
    return this.depth(index) > 0 && this.isQuoteMark(index) && this.depth(index + 1) < this.depth(index);
  }

  isQuoteMark(index: number): boolean {
    const { kind, text } = this.at(index);
    return kind === 'quote' || (kind === 'mark' && (text === "'" || text === '’'));
  }

  isCapitalized(index: number): boolean {
    const { kind, text } = this.at(index);
    return kind === 'word' && /^\p{Lu}/u.test(text);
  }

  /** The sentence that has the token; undefined for breaks between paragraphs. */
  sentenceAt(index: number): Sentence | undefined {
    let low = 0;
    let high = this.sentences.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sentences[middle]?.last ?? 0) >= index) high = middle;
      else low = middle + 1;
    }
    const found = this.sentences[low];
    return found !== undefined && found.first <= index && index <= found.last ? found : undefined;
  }

  spanOf({ first, last }: Range): Span {
    return { start: this.at(first).start, end: this.at(last).end };
  }

  words({ first, last }: Range): string {
    return this.text.slice(this.at(first).start, this.at(last).end);
  }

  #startsPiece(index: number): boolean {
    return this.depth(index) > 0 && !(this.depth(index - 1) > 0);
  }
}
