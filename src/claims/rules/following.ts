/** Sentences that are a quotation and nothing else: who said them is told nearby. */
import type { Article } from '../article.js';
import type { Attribution } from '../attribution.js';
import type { Sentence } from '../sentences.js';

/** `“A,” she said. “B.”`: B is hers as well. Returns the attribution with B. */
export function quotationGoesOn(article: Article, sentence: Sentence, last: Attribution | undefined): Attribution | undefined {
  const end = last?.content.at(-1)?.last;
  if (last === undefined || end === undefined || !isQuotation(article, sentence)) return undefined;
  const reach = Math.max(end, last.cue?.last ?? 0, last.source?.last ?? 0);
  for (let at = reach; at < sentence.first; at += 1) if (article.at(at).kind === 'break') return undefined;
  return { ...last, content: [...last.content, { first: sentence.first, last: sentence.last }] };
}

/** A paragraph that is a quotation and names nobody: the speaker of the paragraph before. */
export function orphanQuotation(article: Article, sentence: Sentence, last: Attribution | undefined): Attribution | undefined {
  if (!isQuotation(article, sentence) || last?.source === undefined) return undefined;
  return { rule: 'orphan-quotation', source: last.source, cue: undefined, content: [{ first: sentence.first, last: sentence.last }], verb: undefined };
}

function isQuotation(article: Article, { first, last }: Sentence): boolean {
  if (last - first < 3 || !article.isOpening(first)) return false;
  for (let at = first; at < last; at += 1) if (article.depth(at) === 0) return false;
  return true;
}
