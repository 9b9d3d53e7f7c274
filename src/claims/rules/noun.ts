/** `X’s claim that …`, `their support for …`, `the belief that …`. */
import type { Article, Range } from '../article.js';
import type { Attribution } from '../attribution.js';
import { clauseEnd, contentEnd } from '../clause.js';
import { phraseBefore } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';
import type { Taken } from '../taken.js';
import { possessives } from '../words.js';

const reportingNouns = new Set(
  `belief beliefs claim claims assertion assertions allegation allegations accusation accusations call calls support opposition
  plan plans promise promises pledge pledges proposal proposals criticism criticisms warning warnings remarks comments statement statements
  decision desire hope hopes view views fear fears concern concerns argument arguments endorsement suggestion suggestions
  admission denial refusal threat threats vow idea question questions demand demands request announcement
  contention insistence conviction acknowledgment prediction complaint complaints rhetoric stance position attacks attack
  assessment conclusion conclusions condemnation commitment willingness intention intent disdain contempt enthusiasm rejection`.split(
    /\s+/,
  ),
);

export function nouns(
  article: Article,
  at: number,
  sentence: Sentence,
  taken: Taken,
): Attribution | undefined {
  if (!reportingNouns.has(article.lower(at)) || taken.has(at)) return undefined;
  const next = article.lower(at + 1);
  if (!/^(?:that|to|for|of|on|about|against|over|toward|towards)$/.test(next)) return undefined;
  if (at + 2 > contentEnd(article, sentence)) return undefined;
  const source = owner(article, at, sentence);
  if (source === undefined && next !== 'that') return undefined;
  if (source !== undefined && taken.hasAny(source)) return undefined;
  return {
    rule: 'noun',
    source,
    cue: { first: at, last: at },
    content: [{ first: at + 1, last: clauseEnd(article, at + 1, sentence) }],
    verb: undefined,
  };
}

/** `Moss’s`, `the port’s`, `his`: at most two words before the noun. */
function owner(article: Article, at: number, { first }: Sentence): Range | undefined {
  for (let before = at - 1; before >= Math.max(first, at - 3); before -= 1) {
    const word = article.lower(before);
    if (article.depth(before) > 0) return undefined;
    if (possessives.has(word)) return { first: before, last: before };
    if (/'s$/.test(word)) return phraseBefore(article, before, first);
    if ((article.isMark(before, '’') || article.isMark(before, "'")) && article.isWord(before - 1))
      return phraseBefore(article, before - 1, first);
  }
  return undefined;
}
