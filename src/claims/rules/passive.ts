/** `A was criticized by X`, `A is expected to …`, `X was confident that …`. */
import type { Article } from '../article.js';
import type { Attribution } from '../attribution.js';
import { clauseEnd, contentEnd } from '../clause.js';
import { verbForms } from '../lexicon/forms.js';
import { phraseAfter, subjectBefore } from '../noun-phrase.js';
import type { Sentence } from '../sentences.js';
import type { Taken } from '../taken.js';
import { isAdverb } from '../words.js';

const be = /^(?:is|are|was|were|be|been|being|am|isn't|aren't|wasn't|weren't)$/;

export function passiveOrAdjective(
  article: Article,
  at: number,
  sentence: Sentence,
  taken: Taken,
): Attribution | undefined {
  if (attitudes.has(article.lower(at))) return adjective(article, at, sentence, taken);
  return passive(article, at, sentence, taken);
}

function passive(article: Article, at: number, sentence: Sentence, taken: Taken): Attribution | undefined {
  const form = verbForms.get(article.lower(at));
  if (form?.form !== 'past') return undefined;
  const subject = subjectBefore(article, at, sentence.first);
  if (subject === undefined || !subject.before.some((word) => be.test(word)) || taken.hasAny(subject.range))
    return undefined;
  const end = contentEnd(article, sentence);
  const cue = { first: subject.verbFirst, last: at };
  if (article.lower(at + 1) === 'by') {
    const source = phraseAfter(article, at + 2, end);
    if (source === undefined) return undefined;
    const rest = source.last + 1;
    const content =
      rest <= end && !article.isMark(rest, ',')
        ? [subject.range, { first: rest, last: clauseEnd(article, rest, sentence) }]
        : [subject.range];
    return { rule: 'passive-by', source, cue, content, verb: form.verb };
  }
  const next = article.lower(at + 1);
  if (
    !reported.has(article.lower(at)) ||
    !(next === 'to' || next === 'of' || next === 'that' || next === 'as' || next === 'about')
  )
    return undefined;
  return {
    rule: 'passive',
    source: undefined,
    cue,
    content: [subject.range, { first: at + 1, last: clauseEnd(article, at + 1, sentence) }],
    verb: form.verb,
  };
}

/** Passives that report without saying who does. */
const reported = new Set([
  'expected',
  'believed',
  'said',
  'reported',
  'thought',
  'alleged',
  'accused',
  'considered',
  'suspected',
  'asked',
  'estimated',
  'known',
  'seen',
  'viewed',
  'described',
  'regarded',
  'projected',
]);

const attitudes = new Set(
  `confident concerned worried unhappy proud sure aware afraid hopeful convinced skeptical optimistic pleased disappointed
  surprised eager willing unwilling reluctant determined committed opposed supportive inclined angry furious glad happy
  grateful certain fearful shocked thrilled excited upset outraged frustrated critical interested ready prepared
  unaware wary leery adamant ashamed sorry tired sick dismissive appalled alarmed embarrassed`.split(/\s+/),
);

function adjective(article: Article, at: number, sentence: Sentence, taken: Taken): Attribution | undefined {
  const subject = subjectBefore(article, at, sentence.first);
  if (
    subject === undefined ||
    taken.hasAny(subject.range) ||
    !(subject.before.some((word) => be.test(word)) || /'(?:s|re|m)$/.test(article.lower(subject.range.last)))
  )
    return undefined;
  let next = at + 1;
  while (isAdverb(article.lower(next))) next += 1;
  if (!/^(?:that|to|about|of|with|over|at|by|for|in)$/.test(article.lower(next))) return undefined;
  return {
    rule: 'adjective',
    source: subject.range,
    cue: { first: subject.verbFirst, last: at },
    content: [{ first: at + 1, last: clauseEnd(article, at + 1, sentence) }],
    verb: undefined,
  };
}
