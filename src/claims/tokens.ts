/**
 * An article's text in words and marks, each with its place. Quotation marks are tokens of their own, and so are two
 * apostrophes in a row, which some archives of newspapers write for one mark.
 *
 *   “I’m in,” he said.   →   “ · I’m · in · , · ” · he · said · .
 */
import { limits } from '../limits.js';

export type TokenKind = 'word' | 'mark' | 'quote' | 'break';

export interface Token {
  /** As it stands in the text; '\n' for a break between paragraphs. */
  readonly text: string;
  readonly lower: string;
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/*
 * One alternative a kind of token, tried at one place: the time is linear. An apostrophe or a full stop belongs to a
 * word where a letter follows (don’t, U.S), a hyphen too.
 */
const token =
  /(?<break>\n\s*)|(?<quote>[“”„"«»‹›‘]|''|``|,,)|(?<word>[\p{L}\p{N}\p{M}$€£#@%&](?:[\p{L}\p{N}\p{M}_%&]|[’'.@/-](?=[\p{L}\p{N}]))*)|(?<mark>--+|\.\.\.+|\S)/gu;

/** Tokens of the first `limits.maxArticleTokens`; what follows is not read. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const found of text.matchAll(token)) {
    if (tokens.length >= limits.maxArticleTokens) break;
    const { groups, index } = found;
    const kind = kindOf(groups ?? {});
    const written = kind === 'break' ? '\n' : found[0];
    tokens.push({
      text: written,
      lower: kind === 'word' ? written.toLowerCase().replaceAll('’', "'") : written,
      kind,
      start: index,
      end: index + found[0].length,
    });
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): TokenKind {
  if (groups.word !== undefined) return 'word';
  if (groups.quote !== undefined) return 'quote';
  return groups.break === undefined ? 'mark' : 'break';
}
