/** The speaker stands behind what is said, or in its middle: `“A,” said X.`   `A, X said.`   `A, X said, B.` */

import { agrees, isPassive } from '../agreement.js';
import type { Article, Range } from '../article.js';
import type { Attribution } from '../attribution.js';
import { contentEnd, skipAdjuncts } from '../clause.js';
import { type VerbForm, verbForms } from '../lexicon/forms.js';
import { phraseAfter, subjectBefore } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';
import type { Taken } from '../taken.js';
import { auxiliaries, determiners, prepositions, subordinators } from '../words.js';

interface Clause {
  readonly source: Range;
  readonly cue: Range;
  /** The last token of the clause that names the speaker. */
  readonly last: number;
  readonly isInverted: boolean;
}

export function clauseBefore(article: Article, sentence: Sentence, taken: Taken): Attribution | undefined {
  const end = contentEnd(article, sentence);
  for (let at = sentence.first + 2; at <= end; at += 1) {
    if (article.depth(at) > 0 || taken.has(at)) continue;
    const form = verbForms.get(article.lower(at));
    if (form === undefined || form.form === 'ing' || !(form.verb.says || form.verb.addresses)) continue;
    if (article.isCapitalized(at) && !isTitle(article, sentence)) continue;
    const found = clauseAt(article, at, form, sentence, end);
    if (found !== undefined) return found;
  }
  return undefined;
}

function clauseAt(
  article: Article,
  at: number,
  form: VerbForm,
  sentence: Sentence,
  end: number,
): Attribution | undefined {
  const clause = inverted(article, at, form, sentence, end) ?? straight(article, at, form, sentence, end);
  if (clause === undefined) return undefined;
  const before = contentBefore(article, clause, sentence);
  if (before === undefined) return undefined;
  const isQuotation = article.isClosing(before.last);
  const tail = contentAfter(article, clause.last + 1, end, isQuotation);
  if (tail === undefined) return undefined;
  return {
    rule: isQuotation ? 'quotation-then-speaker' : 'clause-then-speaker',
    source: clause.source,
    cue: clause.cue,
    content: [before, ...tail],
    verb: form.verb,
  };
}

/** `said X`, right behind a comma or a closing mark. */
function inverted(
  article: Article,
  at: number,
  { form, verb }: VerbForm,
  sentence: Sentence,
  end: number,
): Clause | undefined {
  if (form === 'base' || !verb.says || !isBoundary(article, at - 1) || at - 1 <= sentence.first)
    return undefined;
  const source = phraseAfter(article, at + 1, end);
  if (source === undefined || !looksLikeName(article, source)) return undefined;
  const last = withApposition(article, source, end);
  // "Moss, the director, said the ferry left": another clause begins behind the verb.
  if (!article.isClosing(at - 1) && !isWholeClause(article, source, last, end)) return undefined;
  return { source: { first: source.first, last }, cue: { first: at, last: at }, last, isInverted: true };
}

/** In a headline every word may begin with a capital letter. */
export function isTitle(article: Article, { first, last, paragraph }: Sentence): boolean {
  if (paragraph > 1) return false;
  let small = 0;
  for (let at = first; at <= last; at += 1) if (article.isWord(at) && !article.isCapitalized(at)) small += 1;
  return small * 4 < last - first;
}

function isWholeClause(article: Article, source: Range, last: number, end: number): boolean {
  if (
    /^(?:he|she|they|it|we|i|you)['’]/.test(article.lower(source.first)) ||
    article.lower(last + 1) === 'to'
  )
    return false;
  for (let at = source.last + 1; at <= last; at += 1) if (auxiliaries.has(article.lower(at))) return false;
  return shortTail(article, last, end) !== undefined;
}

function looksLikeName(article: Article, { first, last }: Range): boolean {
  const word = article.lower(first);
  if (/^(?:he|she|they|it|we|i|you)$/.test(word)) return true;
  for (let at = first; at <= last; at += 1) if (article.isCapitalized(at)) return true;
  return determiners.has(word) || first < last;
}

/** `said X, a spokesman for Y, “…`: who X is belongs to the source. */
function withApposition(article: Article, source: Range, end: number): number {
  const comma = source.last + 1;
  if (!article.isMark(comma, ',') || comma + 1 > end || article.depth(comma + 1) > 0) return source.last;
  const word = article.lower(comma + 1);
  const isApposition =
    determiners.has(word) ||
    word === 'who' ||
    /^\d+$/.test(word) ||
    (!article.isCapitalized(comma + 1) &&
      !/^(?:adding|noting|and|but|as|while|in|on|at|when|referring)$/.test(word) &&
      !word.endsWith('ing'));
  if (!isApposition) return source.last;
  let at = comma + 1;
  while (at + 1 <= end && article.depth(at + 1) === 0) at += 1;
  return at;
}

/** `X said`, where X begins right behind a comma or a closing mark. */
function straight(
  article: Article,
  at: number,
  form: VerbForm,
  sentence: Sentence,
  end: number,
): Clause | undefined {
  const subject = subjectBefore(article, at, sentence.first);
  if (subject === undefined || isPassive(form, subject) || !agrees(article, form, subject, at))
    return undefined;
  const { range, verbFirst } = subject;
  const isAfter = article.isClosing(range.first - 1);
  if (range.first <= sentence.first + 1 || !isBoundary(article, range.first - 1)) return undefined;
  if (/^(?:who|which|that)$/.test(article.lower(range.first))) return undefined;
  if (!isAfter && !form.verb.says) return undefined;
  const last = isAfter ? tailOfClause(article, at, end) : shortTail(article, at, end);
  return last === undefined
    ? undefined
    : { source: range, cue: { first: verbFirst, last: at }, last, isInverted: false };
}

const isBoundary = (article: Article, at: number): boolean =>
  article.isClosing(at) ||
  (article.depth(at) === 0 && (article.isMark(at, ',') || /^(?:[—–-]|--+)$/.test(article.at(at).text)));

/** Behind a quotation, everything up to the next comma or mark says how it was said. */
function tailOfClause(article: Article, verb: number, end: number): number {
  let at = verb;
  while (
    at + 1 <= end &&
    article.depth(at + 1) === 0 &&
    !article.isMark(at + 1, ',') &&
    !article.isMark(at + 1, ';') &&
    !article.isMark(at + 1, ':')
  )
    at += 1;
  return at;
}

/** Behind a clause without marks only words of time and place may follow: else it is another sentence's verb. */
function shortTail(article: Article, verb: number, end: number): number | undefined {
  const at = skipAdjuncts(article, verb + 1, end);
  const isOver =
    at > end ||
    article.isMark(at, ',') ||
    article.isMark(at, ';') ||
    /^(?:[—–-]|--+)$/.test(article.at(at).text);
  return isOver ? at - 1 : undefined;
}

function contentBefore(article: Article, { source, cue }: Clause, sentence: Sentence): Range | undefined {
  const boundary = Math.min(source.first, cue.first) - 1;
  let last = article.isClosing(boundary) ? boundary : boundary - 1;
  let { first } = sentence;
  while (first < last && article.depth(first) === 0 && /^(?:and|but|so|[—–-])$/.test(article.lower(first)))
    first += 1;
  if (last - first < 1) return undefined;
  if (article.isClosing(last)) return { first: quotationStart(article, last, first), last };
  // "In a statement on Monday, Moss said": the words before the comma are no content.
  const word = article.lower(first);
  if (prepositions.has(word) || subordinators.has(word) || /ing$/.test(word) || last - first < 2) {
    if (last - first < 9 || prepositions.has(word)) return undefined;
  }
  while (last > first && article.isMark(last, ',')) last -= 1;
  return { first, last };
}

/** What is said begins with the sentence where the quotation is a part of it: `It is “a lie,” he said`. */
function quotationStart(article: Article, last: number, first: number): number {
  let at = last;
  while (at > first && article.depth(at - 1) > 0) at -= 1;
  if (at === first) return first;
  // A whole sentence in marks behind a colon or a comma stands for itself.
  return article.isMark(at - 1, ':') ? at : first;
}

/** `, “B.”` or `, B`: what goes on behind the speaker. undefined where the clause has another meaning. */
function contentAfter(
  article: Article,
  from: number,
  end: number,
  isQuotation: boolean,
): Range[] | undefined {
  if (from > end) return [];
  for (let at = from; at <= Math.min(end, from + 2); at += 1)
    if (article.isOpening(at) && article.depth(at) === 1) return [{ first: at, last: end }];
  if (isQuotation || !article.isMark(from, ',')) return [];
  const first = from + 1;
  const word = article.lower(first);
  const isOther =
    /ing$/.test(word) || /^(?:and|but|who|which|according|while|as|after|when|before)$/.test(word);
  return isOther || first > end ? [] : [{ first, last: end }];
}
