/** The speaker stands before: `X said that …`, `X told Y …`, `X vowed to …`, `X praised …`, `X called for …`, `…, adding that …` */

import { agrees, isPassive } from '../agreement.js';
import type { Article, Range } from '../article.js';
import type { Attribution, RuleName } from '../attribution.js';
import { type AfterVerb, afterVerb, clauseEnd, contentEnd } from '../clause.js';
import { type Verb, type VerbForm, verbForms } from '../lexicon/forms.js';
import { isVerbWord, type Subject, subjectBefore } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';
import type { Taken } from '../taken.js';
import { auxiliaries, conjunctions, determiners, isAdverb, prepositions, subordinators } from '../words.js';
import { isTitle } from './clause-before.js';

export function reportingVerb(
  article: Article,
  at: number,
  sentence: Sentence,
  taken: Taken,
  previous: Attribution | undefined,
): Attribution | undefined {
  const form = verbForms.get(article.lower(at));
  if (form === undefined) return undefined;
  if (article.isCapitalized(at) && at > sentence.first && !isTitle(article, sentence)) return undefined;
  if (form.form === 'ing' && !isProgressive(article, at, sentence.first))
    return participle(article, at, form, sentence, previous);
  const subject = subjectOf(article, at, form, sentence, taken, previous);
  if (subject === undefined || isPassive(form, subject)) return undefined;
  const found = follow(article, at, form, sentence);
  if (found === undefined) return undefined;
  return {
    rule: found.rule,
    source: subject.range,
    cue: { first: subject.verbFirst, last: found.cueLast },
    content: withinRelativeClause(article, subject.range, found.content),
    verb: form.verb,
  };
}

/** `Moss, who said it was late, left`: what she said ends at the comma. */
function withinRelativeClause(article: Article, source: Range, content: readonly Range[]): readonly Range[] {
  const isRelative =
    /^(?:who|which)$/.test(article.lower(source.first)) && article.isMark(source.first - 1, ',');
  const [range] = content;
  if (!isRelative || range === undefined) return content;
  for (let at = range.first + 2; at < range.last; at += 1)
    if (article.depth(at) === 0 && article.isMark(at, ',')) return [{ first: range.first, last: at - 1 }];
  return content;
}

function isProgressive(article: Article, at: number, from: number): boolean {
  let before = at - 1;
  while (before >= from && (isAdverb(article.lower(before)) || article.lower(before) === 'not')) before -= 1;
  return /^(?:is|are|was|were|be|been|am)$|(?:'s|'re|'m)$/.test(article.lower(before));
}

/** The noun phrase before the verb; behind "and", the speaker of the verb before. */
function subjectOf(
  article: Article,
  at: number,
  form: VerbForm,
  sentence: Sentence,
  taken: Taken,
  previous: Attribution | undefined,
): Subject | undefined {
  let first = at;
  while (first - 1 >= sentence.first && isAdverb(article.lower(first - 1))) first -= 1;
  if (
    /^(?:and|but)$/.test(article.lower(first - 1)) &&
    previous?.source !== undefined &&
    previous.source.first >= sentence.first &&
    form.form !== 'base'
  )
    return { range: previous.source, verbFirst: first, before: [] };
  const subject = subjectBefore(article, at, sentence.first);
  if (subject === undefined) return undefined;
  if (
    taken.hasAny({ first: subject.range.last, last: subject.range.last }) &&
    previous?.source?.last !== subject.range.last
  )
    return undefined;
  return agrees(article, form, subject, at) ? subject : undefined;
}

interface Found {
  readonly rule: RuleName;
  readonly content: readonly Range[];
  readonly cueLast: number;
}

function follow(article: Article, at: number, { verb }: VerbForm, sentence: Sentence): Found | undefined {
  const next = article.lower(at + 1);
  const end = contentEnd(article, sentence);
  if (verb.prepositions.includes(next) && at + 2 <= end && !opensLater(article, at + 1, end))
    return made(article, 'speaker-preposition', at + 2, particleEnd(article, at + 1), sentence);
  const after = afterVerb(article, at, sentence, verb.addresses);
  if (after.kind === 'nothing' || after.content > end) return undefined;
  if (verb.says || verb.addresses) {
    const said = saying(article, after, verb, sentence);
    if (said !== undefined) return said;
  }
  if (after.kind === 'infinitive')
    return verb.takesInfinitive ? made(article, 'speaker-to', after.content, at, sentence) : undefined;
  if (!verb.takesObject || !startsObject(article, at + 1)) return undefined;
  return made(article, 'speaker-object', at + 1, at, sentence);
}

/** `pointed out that`, `spoke out against the`: one more word of the cue. */
const particleEnd = (article: Article, at: number): number =>
  /^(?:against|about|at)$/.test(article.lower(at + 1)) ? at + 1 : at;
const opensLater = (article: Article, from: number, end: number): boolean => {
  for (let at = from; at <= Math.min(end, from + 8); at += 1)
    if (article.lower(at) === 'that' || (article.isOpening(at) && article.isMark(at - 1, ',')))
      return (
        article.lower(from) !== 'of' &&
        article.lower(from) !== 'out' &&
        article.lower(from) !== 'for' &&
        article.lower(from) !== 'to'
      );
  return false;
};

/** Their clause begins with "that" or a mark; what follows them otherwise is done, not said. */
const needsThat = new Set(
  'continue post charge state hold read rule maintain prove ask answer reply allow conclude determine'.split(
    ' ',
  ),
);

function saying(
  article: Article,
  after: AfterVerb,
  { base, isSpeech, takesInfinitive }: Verb,
  sentence: Sentence,
): Found | undefined {
  if (after.kind === 'quotation') {
    const isWhole = article.isClosing(contentEnd(article, sentence));
    if (isWhole) return made(article, 'speaker-then-quotation', after.content, after.cueLast, sentence);
    return made(
      article,
      isSpeech ? 'speaker-clause' : 'thinker-clause',
      after.content,
      after.cueLast,
      sentence,
    );
  }
  if (after.kind === 'that')
    return made(article, isSpeech ? 'speaker-that' : 'thinker-that', after.content, after.cueLast, sentence);
  if (after.kind === 'clause' && !needsThat.has(base) && startsClause(article, after.content, sentence))
    return made(
      article,
      isSpeech ? 'speaker-clause' : 'thinker-clause',
      after.content,
      after.cueLast,
      sentence,
    );
  return after.kind === 'infinitive' && takesInfinitive
    ? made(article, 'speaker-to', after.content, after.cueLast, sentence)
    : undefined;
}

/** A subject with its verb: `said the ferry would leave`, not `noted the delay`. */
function startsClause(article: Article, first: number, sentence: Sentence): boolean {
  if (!startsObject(article, first)) return false;
  const end = contentEnd(article, sentence);
  for (let at = first; at <= Math.min(end, first + 16); at += 1) {
    const word = article.lower(at);
    if (/^(?:he|she|they|it|we|i|you|there|'s)$|['’](?:s|re|ll|d|ve|m)$/.test(word) && at <= first + 1)
      return true;
    if (auxiliaries.has(word) && at > first) return true;
    if (at > first && (isVerbWord(article, at) || /[a-z]ed$/.test(word))) return true;
    if (article.isMark(at, ',') || article.isMark(at, ';')) return false;
    if (/^(?:who|which|that)$/.test(word) && at > first + 1) return false;
  }
  return false;
}

function startsObject(article: Article, at: number): boolean {
  const token = article.at(at);
  if (article.depth(at) > 0) return true;
  if (token.kind !== 'word') return false;
  return (
    !prepositions.has(token.lower) &&
    !conjunctions.has(token.lower) &&
    !(
      subordinators.has(token.lower) &&
      !determiners.has(token.lower) &&
      !/^(?:what|how|why|whether|where)$/.test(token.lower)
    )
  );
}

function made(
  article: Article,
  rule: RuleName,
  first: number,
  cueLast: number,
  sentence: Sentence,
): Found | undefined {
  const last = clauseEnd(article, first, sentence);
  return last < first ? undefined : { rule, content: [{ first, last }], cueLast };
}

/** `, adding that …`: the speaker of what came before. */
function participle(
  article: Article,
  at: number,
  form: VerbForm,
  sentence: Sentence,
  previous: Attribution | undefined,
): Attribution | undefined {
  let first = at;
  while (first - 1 >= sentence.first && isAdverb(article.lower(first - 1))) first -= 1;
  const before = article.lower(first - 1);
  const isFree =
    article.isMark(first - 1, ',') ||
    first === sentence.first ||
    /^(?:and|by|while|when|before|after)$/.test(before);
  if (!isFree || article.depth(at) > 0) return undefined;
  const found = follow(article, at, form, sentence);
  if (found === undefined) return undefined;
  const source =
    (previous?.source !== undefined && previous.source.first >= sentence.first
      ? previous.source
      : undefined) ?? mainSubject(article, first, sentence);
  return {
    rule: 'participle',
    source,
    cue: { first, last: found.cueLast },
    content: found.content,
    verb: form.verb,
  };
}

/** Who the sentence is about: the noun phrase before its first verb, or behind a participle at its start. */
function mainSubject(article: Article, before: number, sentence: Sentence): Range | undefined {
  const isStart = before === sentence.first;
  let comma = before;
  if (isStart) while (comma < sentence.last && !article.isMark(comma, ',')) comma += 1;
  const from = isStart ? comma + 1 : sentence.first;
  const to = isStart ? sentence.last : before;
  for (let at = from + 1; at < to; at += 1) {
    if (article.depth(at) > 0 || !article.isWord(at)) continue;
    const word = article.lower(at);
    if (!auxiliaries.has(word) && !looksFinite(word)) continue;
    const subject = subjectBefore(article, at, from);
    if (subject !== undefined) return subject.range;
  }
  return undefined;
}

const looksFinite = (word: string): boolean =>
  /(?:ed)$/.test(word) ||
  verbForms.get(word)?.form === 'past' ||
  /^(?:went|took|came|made|gave|ran|won|lost|began|left|met|held|sat|stood|led|spoke|sent|drew|kept|got)$/.test(
    word,
  );
