/** Sentences that are a quotation and nothing else: who said them is told nearby. */
import { limits } from '../../limits.js';
import type { Article } from '../article.js';
import type { Attribution } from '../attribution.js';
import { verbForms } from '../lexicon/forms.js';
import { subjectBefore } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';

/** `“A,” she said. “B.”`: B is hers as well. Returns the attribution with B. */
export function quotationGoesOn(
  article: Article,
  sentence: Sentence,
  last: Attribution | undefined,
): Attribution | undefined {
  const end = last?.content.at(-1)?.last;
  if (last === undefined || end === undefined || !isQuotation(article, sentence)) return undefined;
  if (last.content.length >= limits.maxContentPieces) return undefined;
  if (paragraphOf(article, last, end) !== sentence.paragraph) return undefined;
  return { ...last, content: [...last.content, { first: sentence.first, last: sentence.last }] };
}

/** `Moss wrote:` at the end of a paragraph, and her words in the next. */
export function introducedQuotation(
  article: Article,
  sentence: Sentence,
  before: Sentence | undefined,
): Attribution | undefined {
  if (before === undefined || !isQuotation(article, sentence) || !article.isMark(before.last, ':'))
    return undefined;
  for (let at = before.last - 1; at > before.first && at > before.last - 14; at -= 1) {
    const form = verbForms.get(article.lower(at));
    if (form === undefined || !form.verb.isSpeech || article.depth(at) > 0) continue;
    const subject = subjectBefore(article, at, before.first);
    if (subject === undefined) continue;
    return {
      rule: 'introduced-quotation',
      source: subject.range,
      cue: { first: subject.verbFirst, last: before.last },
      content: [{ first: sentence.first, last: sentence.last }],
      verb: form.verb,
    };
  }
  return undefined;
}

/**
 * A paragraph that is a quotation and names nobody: the speaker of the quotation that ended the paragraph before.
 * Anything between them, and nobody is guessed.
 */
export function orphanQuotation(
  article: Article,
  sentence: Sentence,
  last: Attribution | undefined,
): Attribution | undefined {
  if (last?.source === undefined || !isQuotation(article, sentence)) return undefined;
  const end = last.content.at(-1)?.last ?? 0;
  if (!article.isClosing(end) && article.depth(end) === 0) return undefined;
  if (paragraphOf(article, last, end) !== sentence.paragraph - 1) return undefined;
  if (article.at(sentence.first - 1).kind !== 'break') return undefined;
  return {
    rule: 'orphan-quotation',
    source: last.source,
    cue: undefined,
    content: [{ first: sentence.first, last: sentence.last }],
    verb: undefined,
  };
}

/** The paragraph in which an attribution ends. */
function paragraphOf(article: Article, { cue, source }: Attribution, end: number): number | undefined {
  return article.sentenceAt(Math.max(end, cue?.last ?? 0, source?.last ?? 0))?.paragraph;
}

function isQuotation(article: Article, { first, last }: Sentence): boolean {
  if (last - first < 3 || !article.isOpening(first)) return false;
  for (let at = first; at < last; at += 1) if (article.depth(at) === 0) return false;
  return true;
}
