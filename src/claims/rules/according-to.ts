/** `According to X, content.`   `content, according to X.`   `content, according to X, content` */
import type { Article, Range } from '../article.js';
import type { Attribution } from '../attribution.js';
import { contentEnd } from '../clause.js';
import { phraseAfter } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';
import type { Taken } from '../taken.js';

export function accordingTo(article: Article, sentence: Sentence, taken: Taken): Attribution | undefined {
  const cue = findCue(article, sentence);
  if (cue === undefined || taken.hasAny(cue)) return undefined;
  const end = contentEnd(article, sentence);
  const source = sourceAfter(article, cue.last + 1, end);
  if (source === undefined) return undefined;
  const content: Range[] = [];
  if (cue.first > sentence.first + 1) {
    const last =
      article.isMark(cue.first - 1, ',') || article.isMark(cue.first - 1, '-')
        ? cue.first - 2
        : cue.first - 1;
    content.push({ first: sentence.first, last });
  }
  const after = source.last + 1;
  if (article.isMark(after, ',') && after < end) content.push({ first: after + 1, last: end });
  else if (article.isOpening(after)) content.push({ first: after, last: end });
  return content.length === 0 ? undefined : { rule: 'according-to', source, cue, content, verb: undefined };
}

function findCue(article: Article, { first, last }: Sentence): Range | undefined {
  for (let at = first; at < last; at += 1)
    if (article.depth(at) === 0 && article.lower(at) === 'according' && article.lower(at + 1) === 'to')
      return { first: at, last: at + 1 };
  return undefined;
}

/** `a report in The Post`, `two officials who were told of it`: to the next comma, or the end. */
function sourceAfter(article: Article, first: number, end: number): Range | undefined {
  if (phraseAfter(article, first, end) === undefined) return undefined;
  let at = first;
  while (
    at + 1 <= end &&
    !article.isMark(at + 1, ',') &&
    !article.isMark(at + 1, ';') &&
    article.depth(at + 1) === 0
  )
    at += 1;
  return { first, last: at };
}
