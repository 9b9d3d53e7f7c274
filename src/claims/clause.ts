/** Where what is attributed begins and ends within its sentence. */
import type { Article } from './article.js';
import { verbForms } from './lexicon/forms.js';
import { isVerbWord, subjectBefore } from './noun-phrase.js';
import type { Sentence } from './sentences.js';
import { conjunctions, determiners, isAdverb, prepositions, subordinators, timeWords } from './words.js';

/** The last token of a sentence that can be content: its full stop is, where a quotation ends with it. */
export function contentEnd(article: Article, { last }: Sentence): number {
  let at = last;
  while (at > 0 && article.depth(at) === 0 && /^(?:[.!?…]|\.\.\.+|[)\]—–-]|--+)$/.test(article.at(at).text))
    at -= 1;
  return at;
}

/**
 * The last token of the clause that begins at `first`: where another attribution begins in the same sentence
 * (", adding that …", ", and Moss denied …", ", according to …"), it ends before.
 */
export function clauseEnd(article: Article, first: number, sentence: Sentence): number {
  const end = contentEnd(article, sentence);
  for (let at = first + 1; at <= end; at += 1) {
    if (article.depth(at) > 0) continue;
    if (article.isMark(at, ';')) return at - 1;
    const isComma = article.isMark(at, ',');
    if (isComma && startsOther(article, at + 1, end)) return at - 1;
    if (
      !isComma &&
      conjunctions.has(article.lower(at)) &&
      at > first + 2 &&
      startsCoordinate(article, at + 1, end)
    )
      return article.isMark(at - 1, ',') ? at - 2 : at - 1;
  }
  return end;
}

/** Behind a comma: a participle that reports, a source, or a clause with its own speaker. */
function startsOther(article: Article, from: number, end: number): boolean {
  let at = from;
  const isJoined = /^(?:and|but|while|though|although|whereas)$/.test(article.lower(at));
  if (isJoined) at += 1;
  if (article.lower(at) === 'according' && article.lower(at + 1) === 'to') return true;
  while (isAdverb(article.lower(at)) && at < end) at += 1;
  const form = verbForms.get(article.lower(at));
  if (
    form?.form === 'ing' &&
    (form.verb.says || form.verb.takesObject || form.verb.prepositions.includes(article.lower(at + 1))) &&
    !article.isCapitalized(at)
  )
    return true;
  return hasOwnSpeaker(article, at, end, isJoined);
}

/** `and Moss said`, `and said`: the same or another speaker says something else. */
function startsCoordinate(article: Article, from: number, end: number): boolean {
  let at = from;
  while (isAdverb(article.lower(at)) && at < end) at += 1;
  const form = verbForms.get(article.lower(at));
  if (form?.form === 'past' && form.verb.says && article.depth(at) === 0) return true;
  return false;
}

function hasOwnSpeaker(article: Article, from: number, end: number, isJoined: boolean): boolean {
  const limit = Math.min(end, from + 14);
  for (let at = from; at <= limit; at += 1) {
    if (article.depth(at) > 0 || article.isMark(at, ',')) return false;
    const form = verbForms.get(article.lower(at));
    if (form === undefined || form.form === 'ing' || !form.verb.says || !isVerbWord(article, at)) continue;
    if (isJoined && at === from) return true;
    const subject = subjectBefore(article, at, from);
    if (subject === undefined) return false;
    return subject.range.first === from && (isJoined || at >= end - 6);
  }
  return false;
}

/** Behind the verb, what says when, where and to whom: the content begins after it. */
export interface AfterVerb {
  readonly content: number;
  readonly kind: 'that' | 'quotation' | 'clause' | 'infinitive' | 'nothing';
  /** The last token of the cue: a colon belongs to it. */
  readonly cueLast: number;
}

const nothingFollows = (cueLast: number): AfterVerb => ({ content: cueLast + 1, kind: 'nothing', cueLast });
const opensClause = new Set(['that', 'how', 'why', 'whether', 'what', 'if', 'where', 'who', 'when']);

export function afterVerb(article: Article, verb: number, sentence: Sentence, addresses: boolean): AfterVerb {
  const end = contentEnd(article, sentence);
  let at = verb + 1;
  if (at > end) return nothingFollows(verb);
  if (article.isMark(at, ':'))
    return { content: at + 1, kind: article.isOpening(at + 1) ? 'quotation' : 'clause', cueLast: at };
  if (article.isMark(at, ',') && article.isOpening(at + 1))
    return { content: at + 1, kind: 'quotation', cueLast: verb };
  if (article.isOpening(at)) return { content: at, kind: 'quotation', cueLast: verb };
  if (opensClause.has(article.lower(at))) return { content: at, kind: 'that', cueLast: verb };
  if (article.lower(at) === 'to' && !addresses) return { content: at, kind: 'infinitive', cueLast: verb };
  const later = laterOpening(article, at, end, addresses);
  if (later !== undefined) return { ...later, cueLast: verb };
  const direct = addresses ? afterAddressee(article, at, end) : afterAdjunct(article, at, end);
  if (direct === undefined) return nothingFollows(verb);
  at = direct;
  return { content: at, kind: article.lower(at) === 'to' ? 'infinitive' : 'clause', cueLast: verb };
}

/** `said in an interview on Monday that`, `told the crowd: “`. */
function laterOpening(
  article: Article,
  from: number,
  end: number,
  addresses: boolean,
): Omit<AfterVerb, 'cueLast'> | undefined {
  const isAdjunct =
    addresses ||
    prepositions.has(article.lower(from)) ||
    timeWords.has(article.lower(from)) ||
    isAdverb(article.lower(from)) ||
    article.isMark(from, ',');
  if (!isAdjunct) return undefined;
  for (let at = from; at <= Math.min(end, from + 22); at += 1) {
    if (article.isOpening(at) && article.depth(at) === 1) {
      const isFull = article.isMark(at - 1, ',') || article.isMark(at - 1, ':');
      return isFull ? { content: at, kind: 'quotation' } : undefined;
    }
    const word = article.lower(at);
    if (word === 'that' && at > from && !prepositions.has(article.lower(at - 1)))
      return { content: at, kind: 'that' };
    if (addresses && at > from && (word === 'how' || word === 'why' || word === 'whether'))
      return { content: at, kind: 'that' };
    if (article.isMark(at, ';') || (at > from + 3 && isVerbWord(article, at))) return undefined;
    if (/^(?:he|she|they|it|i|we|there)$/.test(word) && at > from) return { content: at, kind: 'clause' };
  }
  return undefined;
}

/** `told CNN the plan`: the addressee is one phrase; what follows it is said. */
function afterAddressee(article: Article, from: number, end: number): number | undefined {
  let at = from;
  if (/^(?:him|her|them|me|us|you|it|reporters|supporters|people|voters)$/.test(article.lower(at))) at += 1;
  else {
    if (determiners.has(article.lower(at))) at += 1;
    const isName = article.isCapitalized(at);
    while (at <= end && article.isWord(at) && article.isCapitalized(at) === isName && !stops(article, at))
      at += 1;
  }
  at = skipAdjuncts(article, at, end);
  if (at > end || article.isMark(at, ',') || article.isMark(at, '.')) return undefined;
  return prepositions.has(article.lower(at)) && article.lower(at) !== 'to' ? undefined : at;
}

const stops = (article: Article, at: number): boolean => {
  const word = article.lower(at);
  return (
    prepositions.has(word) ||
    determiners.has(word) ||
    subordinators.has(word) ||
    conjunctions.has(word) ||
    article.depth(at) > 0
  );
};

function afterAdjunct(article: Article, from: number, end: number): number | undefined {
  const at = skipAdjuncts(article, from, end);
  if (at > end) return undefined;
  const token = article.at(at);
  if (token.kind !== 'word' && article.depth(at) === 0) return undefined;
  if (prepositions.has(token.lower) || (subordinators.has(token.lower) && !opensClause.has(token.lower)))
    return undefined;
  if (conjunctions.has(token.lower)) return undefined;
  return at;
}

/** `on Monday`, `in Ohio`, `last week`, `in a statement`: words of time, and prepositions with a short phrase. */
export function skipAdjuncts(article: Article, from: number, end: number): number {
  let at = from;
  for (let round = 0; round < 4 && at <= end; round += 1) {
    const start = at;
    while (
      at <= end &&
      (timeWords.has(article.lower(at)) ||
        (isAdverb(article.lower(at)) && !determiners.has(article.lower(at))))
    )
      at += 1;
    if (/^(?:on|in|at|during|to|after|before|from|via|with|for|by)$/.test(article.lower(at))) {
      const next = afterPrepositionalPhrase(article, at + 1, end);
      if (next === undefined) return start;
      at = next;
    }
    if (at === start) break;
  }
  return at;
}

function afterPrepositionalPhrase(article: Article, from: number, end: number): number | undefined {
  let at = from;
  if (determiners.has(article.lower(at))) at += 1;
  const first = at;
  while (at <= end && article.isWord(at) && at < first + 4 && !stops(article, at)) {
    if (at > first && article.isCapitalized(at) && !article.isCapitalized(at - 1)) break;
    at += 1;
  }
  return at === first ? undefined : at;
}
