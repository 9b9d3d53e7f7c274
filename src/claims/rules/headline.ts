/** Forms without a verb: `Russian Official: Kremlin ‘Helped a Bit’` over the article, `MOSS: I never …` in a transcript. */
import type { Article } from '../article.js';
import type { Attribution } from '../attribution.js';
import { contentEnd } from '../clause.js';
import type { Sentence } from '../sentences.js';

/** A paragraph that begins with a short name and a colon. */
export function transcript(article: Article, sentence: Sentence): Attribution | undefined {
  if (
    !article.isWord(sentence.first) ||
    (sentence.first > 0 && article.at(sentence.first - 1).kind !== 'break')
  )
    return undefined;
  const colon = colonWithin(article, sentence, 6);
  if (colon === undefined) return undefined;
  for (let at = sentence.first; at < colon; at += 1)
    if (!article.isCapitalized(at) && !article.isMark(at, '.')) return undefined;
  if (labels.has(article.lower(colon - 1))) return undefined;
  const isTranscript =
    article.words({ first: sentence.first, last: colon - 1 }) ===
      article.words({ first: sentence.first, last: colon - 1 }).toUpperCase() || article.isOpening(colon + 1);
  if (!isTranscript) return undefined;
  return {
    rule: 'transcript',
    source: { first: sentence.first, last: colon - 1 },
    cue: { first: colon, last: colon },
    content: [{ first: colon + 1, last: paragraphEnd(article, colon) }],
    verb: undefined,
  };
}

export function headline(article: Article, sentence: Sentence): Attribution | undefined {
  const colon = colonWithin(article, sentence, 8);
  const end = contentEnd(article, sentence);
  if (colon === undefined || colon + 2 > end || sentence.paragraph > 1 || !article.isWord(sentence.first))
    return undefined;
  for (let at = sentence.first; at < colon; at += 1)
    if (!article.isCapitalized(at) && !article.isMark(at, '.')) return undefined;
  if (labels.has(article.lower(colon - 1))) return undefined;
  if (!article.isCapitalized(colon + 1) && !article.isOpening(colon + 1)) return undefined;
  return {
    rule: 'headline',
    source: { first: sentence.first, last: colon - 1 },
    cue: { first: colon, last: colon },
    content: [{ first: colon + 1, last: end }],
    verb: undefined,
  };
}

/** What stands before a colon and speaks not: marks of a newspaper's own. */
const labels = new Set(
  `note byline q question update updated correction editor photo image video watch read more related source sources
  exclusive breaking opinion analysis report poll wow summary abstract location date time credit tags topics here below`.split(
    /\s+/,
  ),
);

function paragraphEnd(article: Article, from: number): number {
  let at = from;
  while (at + 1 < article.tokens.length && article.at(at + 1).kind !== 'break') at += 1;
  return at;
}

function colonWithin(article: Article, { first, last }: Sentence, tokens: number): number | undefined {
  for (let at = first + 1; at <= Math.min(first + tokens, last); at += 1)
    if (article.isMark(at, ':') && article.depth(at) === 0) return at;
  return undefined;
}
