/**
 * All attributions of an article: its sentences in order, in each the rules in order. What one rule took as content
 * no other looks into: “he said she denied it” is one attribution, his.
 */
import { limits } from '../limits.js';
import type { Article, Range } from './article.js';
import { type Attribution, reportsSpeech } from './attribution.js';
import { accordingTo } from './rules/according-to.js';
import { clauseBefore } from './rules/clause-before.js';
import { introducedQuotation, orphanQuotation, quotationGoesOn } from './rules/following.js';
import { headline, transcript } from './rules/headline.js';
import { nouns } from './rules/noun.js';
import { passiveOrAdjective } from './rules/passive.js';
import { reportingVerb } from './rules/reporting-verb.js';
import type { Sentence } from './sentences.js';
import { Taken } from './taken.js';

export function attribute(article: Article): Attribution[] {
  const found: Attribution[] = [];
  /** The end of a paragraph that is a speaker's in a transcript. */
  let spokenUntil = -1;
  for (const [index, sentence] of article.sentences.entries()) {
    if (sentence.first <= spokenUntil) continue;
    const inSentence = attributeSentence(article, sentence, index, found.at(-1));
    if (inSentence.length > 0) {
      found.push(...inSentence);
      if (inSentence[0]?.rule === 'transcript') spokenUntil = inSentence[0].content[0]?.last ?? -1;
      continue;
    }
    const last = found.at(-1);
    const longer = quotationGoesOn(article, sentence, last);
    if (longer !== undefined) found[found.length - 1] = longer;
    else {
      const quotation =
        introducedQuotation(article, sentence, article.sentences[index - 1]) ??
        orphanQuotation(article, sentence, last);
      if (quotation !== undefined) found.push(quotation);
    }
  }
  return found;
}

function attributeSentence(
  article: Article,
  sentence: Sentence,
  index: number,
  previous: Attribution | undefined,
): Attribution[] {
  const spoken = transcript(article, sentence) ?? (index < 2 ? headline(article, sentence) : undefined);
  if (spoken?.rule === 'transcript') return [spoken];
  const found: Attribution[] = [];
  const taken = new Taken(sentence);
  const keep = (attribution: Attribution | undefined): void => {
    if (attribution === undefined) return;
    taken.take(attribution);
    found.push(attribution);
  };
  keep(spoken);
  keep(accordingTo(article, sentence, taken));
  keep(clauseBefore(article, sentence, taken));
  for (let at = sentence.first; at <= sentence.last; at += 1) {
    if (taken.has(at) || article.depth(at) > 0 || !article.isWord(at)) continue;
    keep(
      reportingVerb(article, at, sentence, taken, found.at(-1) ?? previous) ??
        passiveOrAdjective(article, at, sentence, taken) ??
        nouns(article, at, sentence, taken),
    );
  }
  return found;
}

/**
 * What is said within what a source relays: `“A,” Moss said, according to The Post` is The Post's to PolNeAR, which
 * gives each word to the outermost; here it is Moss's, relayed by The Post. Returns the attributions within, or the
 * one itself where there are none.
 */
export function unfold(
  article: Article,
  outer: Attribution,
  levels: number = limits.maxRelays,
): Attribution[] {
  if (levels === 0 || !mayRelay.has(outer.rule)) return [outer];
  const within = outer.content.flatMap((range) => attributeWithin(article, range, outer));
  if (within.length === 0) return [outer];
  // `“A,” he said, according to The Post. “B.”`: B is his as well.
  const rest = outer.content
    .slice(1)
    .filter((range) => isOneQuotation(article, range) && article.depth(range.first) > 0);
  const last = within.at(-1);
  if (last !== undefined && rest.length > 0)
    within[within.length - 1] = { ...last, content: [...last.content, ...rest] };
  return within
    .map((inner) => ({ ...inner, relayedBy: [...(outer.relayedBy ?? []), outer] }))
    .flatMap((inner) => unfold(article, inner, levels - 1));
}

const mayRelay: ReadonlySet<string> = new Set([
  'according-to',
  'clause-then-speaker',
  'quotation-then-speaker',
  'speaker-that',
  'speaker-clause',
  'headline',
]);

/** The content as a sentence of its own; a quotation in its own marks is not looked into. */
function attributeWithin(article: Article, range: Range, outer: Attribution): Attribution[] {
  const paragraph = article.sentenceAt(range.first)?.paragraph ?? 0;
  let { first } = range;
  if (outer.rule.startsWith('speaker') && article.lower(first) === 'that') first += 1;
  if (article.depth(first) > 0 && article.depth(range.last) > 0 && isOneQuotation(article, range)) return [];
  return attributeSentence(article, { first, last: range.last, paragraph }, 2, undefined).filter(
    ({ verb, rule, source }) =>
      rule === 'according-to' ||
      (verb !== undefined && reportsSpeech(verb) && !isOwnReport(article, outer, source)),
  );
}

/** "She said that she had asked": what she did, not another speaker. */
const isOwnReport = (article: Article, outer: Attribution, source: Range | undefined): boolean =>
  outer.rule.startsWith('speaker') &&
  (source === undefined || /^(?:he|she|they|it|we|i|who)$/.test(article.lower(source.first)));

function isOneQuotation(article: Article, { first, last }: Range): boolean {
  for (let at = first; at <= last; at += 1) if (article.depth(at) === 0) return false;
  return true;
}
