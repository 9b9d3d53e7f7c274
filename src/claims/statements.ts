/**
 * What an article says that somebody said: the attributions of `attribute.ts` with speaker, mode, acts, hedges, relays
 * and what is invoked. Every part is a span of the text.
 *
 *   readStatements('“Maybe we helped a bit,” Markov added.')
 *     → [{ speaker: Sergey Markov, mode: 'direct', hedges: ['Maybe', 'a bit'], acts: ['concession'], … }]
 */
import { type Act, findActs } from './acts.js';
import { Article, type Range } from './article.js';
import { attribute, unfold } from './attribute.js';
import { type Attribution, type RuleName, reportsSpeech } from './attribution.js';
import { findHedges } from './hedges.js';
import { findInvocation, type Invocation } from './invocation.js';
import type { Span } from './span.js';
import { type Speaker, Speakers } from './speakers.js';

export const modes = ['direct', 'partial', 'mixed', 'indirect', 'headline'] as const;
export type Mode = (typeof modes)[number];

export interface Hop {
  /** Who relays, by name. */
  readonly name: string;
  readonly source: Span | undefined;
  readonly cue: Span | undefined;
  readonly cueText: string;
}

export interface Statement {
  readonly rule: RuleName;
  readonly mode: Mode;
  readonly speaker: Speaker;
  readonly cue: Span | undefined;
  readonly content: readonly Span[];
  /** What of it stands between marks, the marks left out. */
  readonly verbatim: readonly Span[];
  readonly hedges: readonly Span[];
  readonly negation: Span | undefined;
  readonly acts: readonly Act[];
  /** From the outlet inwards: the first relays all others. */
  readonly hops: readonly Hop[];
  readonly invocation: Invocation;
  /** A quotation that the article never closes. */
  readonly isUnclosed: boolean;
}

export interface Reading {
  readonly article: Article;
  readonly statements: readonly Statement[];
}

/** Statements that report speech, in order of the text. `known` are names of the trove in lower case. */
export function readStatements(text: string, known: ReadonlyMap<string, string> = new Map()): Reading {
  const article = new Article(text);
  const speakers = new Speakers(article, known);
  const statements = attribute(article)
    .flatMap((outer) => unfold(article, outer))
    .filter(
      ({ verb, rule }) =>
        withoutVerb.has(rule) || (verb !== undefined && reportsSpeech(verb)) || rule.startsWith('quotation'),
    )
    .map((attribution) => statementOf(article, speakers, attribution));
  return { article, statements };
}

const withoutVerb: ReadonlySet<RuleName> = new Set([
  'according-to',
  'headline',
  'transcript',
  'orphan-quotation',
]);

function statementOf(article: Article, speakers: Speakers, attribution: Attribution): Statement {
  const { rule, cue, content, relayedBy = [] } = attribution;
  // Names of those who relay are no antecedents of "he".
  const hops = relayedBy.map((outer) => hopOf(article, outer));
  const verbatim = verbatimIn(article, content);
  return {
    rule,
    mode: modeOf(article, attribution),
    speaker: speakers.resolve(attribution.source),
    cue: cue === undefined ? undefined : article.spanOf(cue),
    content: content.map((range) => article.spanOf(range)),
    verbatim: verbatim.spans,
    hedges: findHedges(article, cue === undefined ? content : [cue, ...content]),
    ...findActs(article, attribution),
    hops,
    invocation: findInvocation(article, sentenceAround(article, attribution)),
    isUnclosed: verbatim.isUnclosed,
  };
}

function hopOf(article: Article, { source, cue }: Attribution): Hop {
  return {
    name: source === undefined ? '' : article.words(source).replace(/^the /i, '').replace(/,$/, ''),
    source: source === undefined ? undefined : article.spanOf(source),
    cue: cue === undefined ? undefined : article.spanOf(cue),
    cueText: cue === undefined ? '' : article.words(cue),
  };
}

function sentenceAround(article: Article, { content, cue, source }: Attribution): Range {
  const at = cue?.first ?? source?.first ?? content[0]?.first ?? 0;
  return article.sentenceAt(at) ?? { first: at, last: at };
}

/**
 * Direct: every word stands between marks. Partial: a few words in marks within a sentence of the outlet's. Mixed: a
 * whole quoted sentence beside the outlet's own words.
 */
function modeOf(article: Article, { rule, content }: Attribution): Mode {
  if (rule === 'headline') return 'headline';
  let quoted = 0;
  let own = 0;
  for (const { first, last } of content)
    for (let at = first; at <= last; at += 1) {
      if (!article.isWord(at)) continue;
      if (article.depth(at) > 0) quoted += 1;
      else own += 1;
    }
  if (quoted === 0) return 'indirect';
  if (own === 0) return 'direct';
  return quoted >= 8 ? 'mixed' : 'partial';
}

function verbatimIn(article: Article, content: readonly Range[]): { spans: Span[]; isUnclosed: boolean } {
  const spans: Span[] = [];
  let isUnclosed = false;
  for (const range of content)
    for (let at = range.first; at <= range.last; at += 1) {
      if (article.depth(at) === 0) continue;
      let last = at;
      while (
        last + 1 <= range.last &&
        article.depth(last + 1) > 0 &&
        !(article.isClosing(last) && article.depth(last) === 1)
      )
        last += 1;
      const first = article.isQuoteMark(at) ? at + 1 : at;
      const isClosed = article.isQuoteMark(last);
      if (!isClosed) isUnclosed = true;
      if (first <= (isClosed ? last - 1 : last))
        spans.push(article.spanOf({ first, last: isClosed ? last - 1 : last }));
      at = last;
    }
  return { spans, isUnclosed };
}
