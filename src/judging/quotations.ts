/**
 * Quotations beside their originals, among the messages of one thread: where words of a quotation stand in the place of
 * other words of the message that it quotes. What was left out or added is custom, and no finding; what was put in the
 * place of something else deserves a look, and is never a conflict: people correct what they quote.
 *
 *   > The bar has lost 1.4 m on average      message 17: The bar has lost 0.4 m on average
 *   → notice: quoted "1.4", original "0.4"
 */
import type { Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import type { Segment } from '../message/text/segments.js';
import type { Part } from '../thread/quotation/compare.js';
import { Originals, type Quotation } from '../thread/quotation/originals.js';
import { originalText, quotedPassages } from '../thread/quotation/passages.js';
import type { Found, Quoting } from './job.js';
import { tellSpans } from './spans.js';

interface Member extends Quoting {
  readonly message: Message;
  readonly segments: readonly Segment[];
}

export function compareQuotations(facts: readonly Quoting[], raws: readonly Buffer[]): Found[] {
  const members = facts.flatMap((each, index): Member[] => {
    const raw = raws[index];
    if (raw === undefined) return [];
    const message = parseMessage(raw);
    return [{ ...each, message, segments: readableText(message).segments }];
  });
  const originals = new Originals();
  for (const { number, segments } of members) originals.add(number, originalText(segments));
  return members.flatMap((member) => {
    const isCandidate = candidatesOf(member, members);
    return quotedPassages(member.segments).flatMap(({ text }): Found[] => {
      const quotation = isPatch(text) ? undefined : originals.find(text, isCandidate);
      return quotation === undefined ? [] : judge(member.number, quotation);
    });
  });
}

/** Clocks differ: an original may seem to be a little later than what quotes it. */
const clockSkew = 60 * 60 * 1000;

/** What the message says it answers; without References, whatever is earlier. */
function candidatesOf(
  { number, message, sentAt }: Member,
  members: readonly Member[],
): (other: number) => boolean {
  const named = new Set([...message.references, ...message.inReplyTo]);
  const candidates = members.filter((other) => {
    // Another copy of it says what it says.
    if (other.number === number || other.message.messageId === message.messageId) return false;
    if (named.size > 0) return named.has(other.message.messageId);
    return sentAt !== undefined && other.sentAt !== undefined && other.sentAt <= sentAt + clockSkew;
  });
  const numbers = new Set(candidates.map((candidate) => candidate.number));
  return (other) => numbers.has(other);
}

/** The parts of a patch are so much alike that one is taken for the other; whoever applies it compares it. */
const isPatch = (text: string): boolean => /^(?:@@ -\d|diff --git |[+-]{3} \S)/m.test(text);

/** Share of the passage that its original must have: below it two texts are merely alike. */
const minShare = 0.8;
/** Places that differ: beyond it the passage is a rewriting, another version, or the same form filled in otherwise. */
const maxDifferences = 4;
/** Words on either side of one difference: more is a remark that lost its mark, or another passage. */
const maxReplacedWords = 4;

function judge(number: number, { of, agreement, parts }: Quotation): Found[] {
  const differing = parts.filter(({ isSame }) => !isSame).length;
  if (agreement !== 'words' || differing > maxDifferences || shareOf(parts) < minShare) return [];
  const replaced = parts.filter((part, at) => at > 0 && at < parts.length - 1 && isReplacement(part));
  if (replaced.length === 0) return [];
  const facts = [`it quotes message ${of} with other words`, ...tellSpans(replaced, 'quoted', 'original')];
  const level = replaced.some(changesMeaning) ? 'notice' : 'info';
  return [{ number, finding: { code: 'quotation-differs', level, facts, others: [of] } }];
}

function shareOf(parts: readonly Part[]): number {
  const letters = (of: readonly Part[]): number => of.reduce((sum, { quoted }) => sum + quoted.length, 0);
  return letters(parts.filter(({ isSame }) => isSame)) / Math.max(1, letters(parts));
}

/** Words for words, or a denial that came or went. */
function isReplacement({ isSame, quoted, original }: Part): boolean {
  if (isSame || wordsIn(quoted) > maxReplacedWords || wordsIn(original) > maxReplacedWords) return false;
  if (isItem(quoted) && isItem(original)) return false;
  if (quoted === '' || original === '') return isDenied(quoted) !== isDenied(original);
  return !isMarkup(quoted) && !isMarkup(original);
}

const wordsIn = (text: string): number => (text === '' ? 0 : text.split(' ').length);

/** The number of an item in a list that was numbered anew. */
const isItem = (text: string): boolean => /^\W?\d{1,3}[.)]$/.test(text);

/** What programs put around words: addresses, tags, cells of tables. */
const isMarkup = (text: string): boolean => /https?:|<[^>]*|mailto:|\||_{3}|-{3}|={3}|\*{3}/i.test(text);

/** A number, or whether something is denied, is not the same on both sides. */
function changesMeaning({ quoted, original }: Part): boolean {
  return numbersIn(quoted) !== numbersIn(original) || isDenied(quoted) !== isDenied(original);
}

const numbersIn = (text: string): string => (text.match(/\d+(?:[.,]\d+)*/g) ?? []).join(' ');

const isDenied = (text: string): boolean =>
  /\b(?:not|no|never|none|without|nicht|kein\w*|nie|pas|jamais)\b|n['’]t\b/i.test(text);
