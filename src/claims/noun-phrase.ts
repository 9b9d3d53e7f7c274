/**
 * The noun phrase before a verb, or after it: who speaks. Without a dictionary: a phrase ends where a word of a closed
 * class, a verb or a mark says so.
 *
 *   But [Anna Moss, a spokeswoman for the port,] also said      In a letter, [the port’s director] said
 */
import { limits } from '../limits.js';
import type { Article, Range } from './article.js';
import { verbForms } from './lexicon/forms.js';
import {
  auxiliaries,
  conjunctions,
  determiners,
  irregularVerbs,
  isAdverb,
  modals,
  prepositions,
  standalonePronouns,
  subjectPronouns,
  subordinators,
  timeWords,
  weekdays,
} from './words.js';

export interface Subject {
  readonly range: Range;
  /** Where the verb with its auxiliaries and adverbs begins. */
  readonly verbFirst: number;
  /** Auxiliaries and adverbs before the verb, in lower case. */
  readonly before: readonly string[];
}

/** The subject of the verb at `at`, not before `from`. */
export function subjectBefore(article: Article, at: number, from: number): Subject | undefined {
  const before: string[] = [];
  let last = at - 1;
  for (;;) {
    const skipped = phrasalBefore(article, last);
    if (skipped > 0) {
      last -= skipped;
      before.push('went on');
    } else if (last >= from && isVerbal(article, last)) {
      before.push(article.lower(last));
      last -= 1;
    } else break;
  }
  if (last < from || before.at(0) === 'to') return undefined;
  const range = phraseBefore(article, last, from);
  return range === undefined ? undefined : { range, verbFirst: last + 1, before };
}

/** `went on to say`: as many words as stand between the subject and the verb that counts. */
function phrasalBefore(article: Article, at: number): number {
  if (article.lower(at) !== 'to' || article.lower(at - 1) !== 'on') return 0;
  return /^(?:went|goes|go|going|gone)$/.test(article.lower(at - 2)) ? 3 : 0;
}

function isVerbal(article: Article, at: number): boolean {
  const word = article.lower(at);
  if (!article.isWord(at) || article.depth(at) > 0) return false;
  if (auxiliaries.has(word)) return true;
  // "Police last month said", "Moss on Monday said".
  if (isTimeBefore(article, at)) return true;
  // "All said" is a subject; "has all but said" is not.
  return isAdverb(word) && !standalonePronouns.has(word) && !timeNoun(word);
}

function isTimeBefore(article: Article, at: number): boolean {
  const word = article.lower(at);
  if (weekdays.has(word)) return !determinerBefore(article, at);
  if (/^(?:week|month|year|night)$/.test(word)) return /^(?:last|this|next)$/.test(article.lower(at - 1));
  if (word === 'on') return weekdays.has(article.lower(at + 1));
  return /^(?:last|this|next)$/.test(word) && /^(?:week|month|year|night)$/.test(article.lower(at + 1));
}

const timeNoun = (word: string): boolean =>
  word === 'one' || word === 'all' || word === 'most' || word === 'both';

export function phraseBefore(article: Article, last: number, from: number): Range | undefined {
  if (article.depth(last) > 0 && !isNickname(article, last)) return undefined;
  if (article.isMark(last, ',')) return withInsertion(article, last, from);
  const first = startOfPhrase(article, last, from);
  return first === undefined ? undefined : { first, last };
}

const isNickname = (article: Article, at: number): boolean =>
  article.isClosing(at) && article.depth(at - 2) === 0;

/** `Anna Moss, a spokeswoman, said`: what stands before the first of two commas. */
function withInsertion(article: Article, comma: number, from: number): Range | undefined {
  let first: number | undefined;
  let end = comma;
  for (let round = 0; round < 3; round += 1) {
    const previous = previousComma(article, end - 1, from);
    if (previous === undefined) break;
    const start = startOfPhrase(article, previous - 1, from);
    if (start === undefined) break;
    first = start;
    end = previous;
    // A list of titles: the name stands before all of them.
    if (!article.isMark(start - 1, ',') || article.isCapitalized(start)) break;
    end = start - 1;
  }
  return first === undefined ? undefined : { first, last: comma };
}

function previousComma(article: Article, at: number, from: number): number | undefined {
  for (let index = at; index > from && index > at - 45; index -= 1) {
    if (article.isClosing(index) && article.isMark(index - 1, ',')) return undefined;
    if (article.depth(index) === 0 && article.isMark(index, ',')) return index;
    if (article.isMark(index, ';')) return undefined;
  }
  return undefined;
}

/** The first token of the noun phrase that ends at `last`. */
function startOfPhrase(article: Article, last: number, from: number): number | undefined {
  let at = last;
  if (article.isMark(at, ')')) {
    at = openingBracket(article, at, from) - 1;
    if (at < from) return undefined;
  }
  if (!canEndPhrase(article, at)) return undefined;
  if (article.isWord(at) && isPronoun(article.lower(at)) && !determinerBefore(article, at)) return at;
  while (at - 1 >= from && at > last - limits.maxPhraseTokens) {
    const next = stepBack(article, at, from);
    if (next === undefined) break;
    at = next;
  }
  return trimStart(article, at, last);
}

const isPronoun = (lower: string): boolean =>
  standalonePronouns.has(lower) || /^(?:he|she|they|it|we|i|you)'/.test(lower);
const determinerBefore = (article: Article, at: number): boolean => determiners.has(article.lower(at - 1));

function openingBracket(article: Article, at: number, from: number): number {
  for (let index = at; index >= from && index > at - 20; index -= 1)
    if (article.isMark(index, '(')) return index;
  return at;
}

function canEndPhrase(article: Article, at: number): boolean {
  const word = article.lower(at);
  if (article.isMark(at, '.') || article.isMark(at, '!'))
    return article.isWord(at - 1) && article.at(at - 1).end === article.at(at).start;
  if (!article.isWord(at)) return false;
  if (standalonePronouns.has(word)) return true;
  return (
    !prepositions.has(word) &&
    !conjunctions.has(word) &&
    !subordinators.has(word) &&
    !determiners.has(word) &&
    !auxiliaries.has(word)
  );
}

/** One token further to the left, or several; undefined where the phrase begins at `at`. */
function stepBack(article: Article, at: number, from: number): number | undefined {
  const before = at - 1;
  const token = article.at(before);
  if (article.depth(before) > 0 && article.depth(at) === 0) return undefined;
  if (token.kind === 'mark') return stepOverMark(article, before, from);
  if (token.kind !== 'word') return undefined;
  const word = token.lower;
  if (conjunctions.has(word))
    return word === 'and' && joinsNouns(article, before, from) ? before - 1 : undefined;
  if (prepositions.has(word)) return isWithinPhrase(article, before, from) ? before - 1 : undefined;
  if (subordinators.has(word) || auxiliaries.has(word) || subjectPronouns.has(word)) return undefined;
  if (isVerbWord(article, before)) return undefined;
  // "An analyst closely connected to": an adverb within a phrase stands before a participle.
  if (isAdverb(word) && !determiners.has(word))
    return word.endsWith('ly') && /ed$/.test(article.lower(at)) && isWithinPhrase(article, before, from)
      ? before - 1
      : undefined;
  return before;
}

function stepOverMark(article: Article, at: number, from: number): number | undefined {
  const { text } = article.at(at);
  if (text === '.' && article.isWord(at - 1) && article.at(at - 1).end === article.at(at).start) return at;
  if (text === ')') {
    const open = openingBracket(article, at, from);
    return open < at && open > from ? open : undefined;
  }
  return /^[&/'’]$/.test(text) ? at : undefined;
}

/** `Moss and the director`; not `the ferry left and the director`. */
function joinsNouns(article: Article, at: number, from: number): boolean {
  const left = at - 1;
  if (left < from || !article.isWord(left)) return false;
  return canEndPhrase(article, left) && (article.isCapitalized(left) || article.lower(left).endsWith('s'));
}

/** A preposition in the middle of a phrase: `the head of the port`. At its start it makes an adjunct. */
function isWithinPhrase(article: Article, at: number, from: number): boolean {
  const left = at - 1;
  if (left < from || !article.isWord(left) || article.depth(left) > 0) return false;
  const word = article.lower(left);
  return canEndPhrase(article, left) && !isVerbWord(article, left) && !isAdverb(word) && !timeWords.has(word);
}

/** A verb that is not written as a name, and does not follow a word that makes it a noun. */
export function isVerbWord(article: Article, at: number): boolean {
  const word = article.lower(at);
  if (irregularVerbs.has(word)) return !determinerBefore(article, at);
  if (article.isCapitalized(at)) return false;
  const form = verbForms.get(word);
  if (form === undefined || determinerBefore(article, at)) return false;
  return form.form === 'past' || (form.form === 'ing' && determiners.has(article.lower(at + 1)));
}

/** Words that may stand between clauses and belong to no phrase. */
function trimStart(article: Article, first: number, last: number): number | undefined {
  let at = first;
  while (
    at <= last &&
    (conjunctions.has(article.lower(at)) ||
      article.at(at).kind === 'mark' ||
      (timeWords.has(article.lower(at)) && at < last))
  )
    at += 1;
  return at > last ? undefined : at;
}

/** The noun phrase that begins at `first`, with what is said of it between commas: `said Anna Moss, of the port`. */
export function phraseAfter(article: Article, first: number, end: number): Range | undefined {
  if (article.depth(first) > 0 || !article.isWord(first)) return undefined;
  const word = article.lower(first);
  if (/^(?:he|she|they|it|we|i|you)$/.test(word)) return { first, last: first };
  if (prepositions.has(word) || auxiliaries.has(word) || subordinators.has(word) || conjunctions.has(word))
    return undefined;
  let at = first;
  while (at + 1 <= end && at < first + limits.maxPhraseTokens && continuesPhrase(article, at + 1, end))
    at += 1;
  return { first, last: at };
}

function continuesPhrase(article: Article, at: number, end: number): boolean {
  const token = article.at(at);
  if (article.depth(at) > 0) return false;
  if (token.kind === 'mark')
    return (
      /^[&/'’(]$/.test(token.text) ||
      token.text === ')' ||
      (token.text === '.' &&
        at < end &&
        article.at(at - 1).end === token.start &&
        (article.isCapitalized(at + 1) || article.isMark(at + 1, ')')))
    );
  if (token.kind !== 'word') return false;
  const word = token.lower;
  if (subordinators.has(word) && word !== 'as') return false;
  if (auxiliaries.has(word) || modals.has(word) || subjectPronouns.has(word) || timeWords.has(word))
    return false;
  if (conjunctions.has(word))
    return word === 'and' && (article.isCapitalized(at + 1) || determiners.has(article.lower(at + 1)));
  if (prepositions.has(word))
    return (
      /^(?:of|for|from|at|with)$/.test(word) ||
      (word === 'in' && !/^(?:a|an|the|his|her)$/.test(article.lower(at + 1)))
    );
  if (isAdverb(word) && !determiners.has(word)) return false;
  return !isVerbWord(article, at);
}
