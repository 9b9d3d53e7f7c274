/**
 * All attributions of an article: its sentences in order, in each the rules in order. What one rule took as content
 * no other looks into: “he said she denied it” is one attribution, his.
 */
import { Article, type Range } from './article.js';
import type { Attribution } from './attribution.js';
import { accordingTo } from './rules/according-to.js';
import { introducedQuotation, orphanQuotation, quotationGoesOn } from './rules/following.js';
import { headline, transcript } from './rules/headline.js';
import { nouns } from './rules/noun.js';
import { clauseBefore } from './rules/clause-before.js';
import { reportingVerb } from './rules/reporting-verb.js';
import { passiveOrAdjective } from './rules/passive.js';
import type { Sentence } from './sentences.js';

/** Tokens that an attribution has already. */
export class Taken {
  readonly #taken: Uint8Array;

  constructor(length: number) {
    this.#taken = new Uint8Array(length);
  }

  has(at: number): boolean {
    return this.#taken[at] === 1;
  }

  take({ source, cue, content }: Attribution): void {
    for (const range of [source, cue, ...content])
      if (range !== undefined) this.#taken.fill(1, range.first, range.last + 1);
  }

  hasAny({ first, last }: Range): boolean {
    return this.#taken.subarray(first, last + 1).includes(1);
  }
}

export function attribute(article: Article): Attribution[] {
  const found: Attribution[] = [];
  const taken = new Taken(article.tokens.length);
  const keep = (attribution: Attribution | undefined): void => {
    if (attribution === undefined) return;
    taken.take(attribution);
    found.push(attribution);
  };
  for (const [index, sentence] of article.sentences.entries()) {
    const before = found.length;
    keep(transcript(article, sentence));
    if (found.length > before) continue;
    if (index < 2) keep(headline(article, sentence));
    keep(accordingTo(article, sentence, taken));
    keep(clauseBefore(article, sentence, taken));
    for (let at = sentence.first; at <= sentence.last; at += 1) {
      if (taken.has(at) || article.depth(at) > 0 || !article.isWord(at)) continue;
      keep(reportingVerb(article, at, sentence, taken, found.at(-1)) ?? passiveOrAdjective(article, at, sentence, taken) ?? nouns(article, at, sentence, taken));
    }
    if (found.length > before) continue;
    const last = found.at(-1);
    const introduced = introducedQuotation(article, sentence, article.sentences[index - 1]);
    if (introduced !== undefined) {
      keep(introduced);
      continue;
    }
    const longer = quotationGoesOn(article, sentence, last);
    if (longer !== undefined) {
      found.pop();
      keep(longer);
    } else keep(orphanQuotation(article, sentence, last));
  }
  return found;
}

export const attributeText = (text: string): { article: Article; attributions: Attribution[] } => {
  const article = new Article(text);
  return { article, attributions: attribute(article) };
};

export type { Sentence };
