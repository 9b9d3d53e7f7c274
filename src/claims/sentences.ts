/**
 * Sentences of an article as runs of tokens. A quotation that ends in its own full stop ends the sentence around it
 * too, unless what follows says who spoke: “Are you in?” he asked.
 */
import { limits } from '../limits.js';
import type { QuotationMap } from './quotations.js';
import type { Token } from './tokens.js';
import { abbreviations } from './words.js';

export interface Sentence {
  readonly first: number;
  /** The last token, not the one after it. */
  readonly last: number;
  readonly paragraph: number;
}

export function findSentences(tokens: readonly Token[], { depth }: QuotationMap): Sentence[] {
  const sentences: Sentence[] = [];
  let first = 0;
  let paragraph = 0;
  const end = (last: number): void => {
    if (last >= first) sentences.push({ first, last, paragraph });
    first = last + 1;
    outside = 0;
  };
  let outside = 0;
  const isTooLong = (at: number): boolean => {
    if (depth[at] === 0) outside += 1;
    return (
      (outside > limits.maxSentenceTokens && depth[at] === 0) || at - first >= limits.maxSentenceTokensInAll
    );
  };
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'break') {
      end(at - 1);
      first = at + 1;
      paragraph += 1;
    } else if (isTerminal(token)) {
      const last = afterClosers(tokens, depth, at);
      if (endsSentence(tokens, depth, at, last)) end(last);
    } else if (isTooLong(at)) end(at);
  }
  end(tokens.length - 1);
  return sentences;
}

const isTerminal = ({ kind, text }: Token): boolean => kind === 'mark' && /^(?:[.!?…]|\.\.\.+)$/.test(text);

/** Closing marks and brackets belong to the sentence that they close. */
function afterClosers(tokens: readonly Token[], depth: Uint8Array, at: number): number {
  let last = at;
  for (let next = at + 1; next < tokens.length; next += 1) {
    const token = tokens[next];
    if (token === undefined) break;
    const isCloser = /^[)\]”’»]$/.test(token.text) || isTerminal(token) || isClosingMark(token, depth, next);
    if (!isCloser) break;
    last = next;
  }
  return last;
}

const isClosingMark = (token: Token, depth: Uint8Array, at: number): boolean =>
  (token.kind === 'quote' || token.text === "'") &&
  (depth[at] ?? 0) > 0 &&
  (depth[at + 1] ?? 0) < (depth[at] ?? 0);

function endsSentence(tokens: readonly Token[], depth: Uint8Array, at: number, last: number): boolean {
  const next = tokens[last + 1];
  if (next === undefined || next.kind === 'break') return false;
  // Within a quotation, all of it is one stretch: what it says is not taken apart.
  if ((depth[last] ?? 0) > 0 && (depth[last + 1] ?? 0) > 0 && depth[last] === depth[last + 1] && last === at)
    return isNewQuotation(tokens, last + 1, depth);
  const isQuoteEnd = last > at && (depth[at] ?? 0) > 0 && (depth[last + 1] ?? 0) < (depth[at] ?? 0);
  const startsAnew = next.kind === 'quote' || /^[\p{Lu}\p{N}([“"'‘—–-]/u.test(next.text);
  if (!startsAnew) return false;
  const text = tokens[at]?.text ?? '';
  if (isQuoteEnd && text !== '.') return next.kind === 'quote' || !maySaySo(tokens, last + 1);
  if (text !== '.') return true;
  const before = tokens[at - 1];
  if (before === undefined) return false;
  const isShort = before.end === tokens[at]?.start && isAbbreviated(before);
  return !isShort || (isQuoteEnd && next.kind === 'quote');
}

function isAbbreviated({ text, lower }: Token): boolean {
  return abbreviations.has(lower) || /^\p{Lu}$/u.test(text) || /^(?:\p{L}\.)+\p{L}$/u.test(text);
}

const isNewQuotation = (tokens: readonly Token[], at: number, depth: Uint8Array): boolean =>
  /^[“«„]$/.test(tokens[at]?.text ?? '') && depth[at] === 1;

/** `Trump asked.` after a question: a short clause with a verb of saying. */
function maySaySo(tokens: readonly Token[], from: number): boolean {
  for (let at = from; at < Math.min(from + 8, tokens.length); at += 1) {
    const { lower, kind } = tokens[at] ?? { lower: '', kind: 'break' };
    if (kind === 'break' || kind === 'quote') return false;
    if (speakingAfterQuestion.has(lower)) return true;
    if (/^[.!?]$/.test(lower)) return false;
  }
  return false;
}

const speakingAfterQuestion = new Set([
  'said',
  'says',
  'asked',
  'asks',
  'wrote',
  'writes',
  'told',
  'added',
  'tweeted',
  'shouted',
  'yelled',
  'replied',
  'responded',
  'wondered',
  'exclaimed',
  'declared',
  'chanted',
  'continued',
  'joked',
  'answered',
  'demanded',
  'argued',
  'cried',
]);
