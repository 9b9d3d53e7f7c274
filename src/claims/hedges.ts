/** Words that make a statement weaker, inside the quotation and outside of it: a headline drops them first. */
import type { Article, Range } from './article.js';
import type { Span } from './span.js';

const words = new Set(
  `may might maybe perhaps possibly probably apparently allegedly reportedly seemingly supposedly presumably arguably
  somewhat likely unlikely seems seemed appears appeared suggests suggested roughly potentially conceivably so-called
  purportedly unclear alleged`.split(/\s+/),
);
const phrases = [
  'a bit',
  'a little',
  'sort of',
  'kind of',
  'to some extent',
  'in part',
  'as far as',
  'could have',
  'could be',
  'i think',
  'i believe',
  'i guess',
];

export function findHedges(article: Article, ranges: readonly Range[]): Span[] {
  const found: Span[] = [];
  for (const { first, last } of ranges)
    for (let at = first; at <= last; at += 1) {
      const length = hedgeAt(article, at, last);
      if (length === 0) continue;
      found.push(article.spanOf({ first: at, last: at + length - 1 }));
      at += length - 1;
    }
  return found;
}

function hedgeAt(article: Article, at: number, last: number): number {
  const word = article.lower(at);
  // May 4 is a date.
  if (words.has(word)) return word === 'may' && /^\d/.test(article.lower(at + 1)) ? 0 : 1;
  for (const phrase of phrases) {
    const parts = phrase.split(' ');
    if (parts[0] !== word || at + parts.length - 1 > last) continue;
    if (parts.every((part, index) => article.lower(at + index) === part)) return parts.length;
  }
  return 0;
}
