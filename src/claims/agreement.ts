/** Whether a word that may be a verb is one, after its subject: "officials claim" is, "the claim" is not. */
import type { Article } from './article.js';
import type { VerbForm } from './lexicon/forms.js';
import type { Subject } from './noun-phrase.js';
import { auxiliaries, conjunctions, determiners, modals } from './words.js';

export const isPassive = ({ form }: VerbForm, { before }: Subject): boolean =>
  form === 'past' && before.some((word) => /^(?:is|are|was|were|be|been|being|am)$/.test(word));

export function agrees(article: Article, form: VerbForm, subject: Subject, at: number): boolean {
  const { range, before } = subject;
  const hasAuxiliary = before.some((word) => auxiliaries.has(word));
  if (form.isParticipleOnly && !hasAuxiliary) return false;
  const last = article.lower(range.last);
  if (form.form === 'past') return hasAuxiliary || article.lower(at + 1) !== 'by';
  if (/['’]s?$/.test(last) || article.isMark(at - 1, '’') || article.isMark(at - 1, "'")) return false;
  if (form.form === 'ing') return true;
  return form.form === 'third' ? thirdAgrees(article, range, at) : baseAgrees(article, subject, at);
}

function thirdAgrees(article: Article, { first, last }: Subject['range'], at: number): boolean {
  const word = article.lower(last);
  const next = article.lower(at + 1);
  if (/^(?:they|we|i|you|these|those|some|many)$/.test(word)) return false;
  if (plural.has(article.lower(first)) && first < last) return false;
  // A bare row of small words with an s at its end is one noun: "campaign finance promises".
  const isBare =
    !article.isCapitalized(last) &&
    !determiners.has(article.lower(first)) &&
    !/^(?:he|she|it|who|which|that|one)$/.test(word) &&
    !article.isCapitalized(first);
  return !isBare && !auxiliaries.has(next) && !conjunctions.has(next) && !/^(?:of|were|are|by)$/.test(next);
}

const plural = new Set([
  'both',
  'these',
  'those',
  'some',
  'many',
  'which',
  'other',
  'few',
  'several',
  'two',
  'three',
  'all',
]);

function baseAgrees(article: Article, { range, before }: Subject, at: number): boolean {
  const last = article.lower(range.last);
  if (before.some((word) => modals.has(word) || /^(?:do|does|did|don't|doesn't|didn't|went on)$/.test(word)))
    return true;
  if (/^(?:he|she|it|this|that|one)$/.test(last)) return false;
  const isPlural =
    /^(?:they|we|i|you|who|which|these|those|some|many|most|people|critics)$/.test(last) ||
    /[^s']s$/.test(last) ||
    article.lower(range.first + 1) === 'and';
  return isPlural && !/^(?:of|by|in|is|are|was|were)$/.test(article.lower(at + 1));
}
