/**
 * What a speaker does by saying it: from the verb of the cue, its negation, and a few words of the content.
 *
 *   accused X of Y → accusation      did not deny → nothing (and the negation is shown)      declined to comment → no comment
 */
import type { Article, Range } from './article.js';
import type { Attribution } from './attribution.js';
import type { Span } from './span.js';
import { negations } from './words.js';

export const acts = [
  'accusation',
  'denial',
  'concession',
  'confirmation',
  'evaluation',
  'demand',
  'no_comment',
  'correction',
  'retraction',
] as const;
export type Act = (typeof acts)[number];

const isAct = (word: string): word is Act => (acts as readonly string[]).includes(word);

export interface ActsFound {
  readonly acts: readonly Act[];
  /** The word that turns the cue into its opposite. */
  readonly negation: Span | undefined;
}

export function findActs(article: Article, { cue, verb, rule, content }: Attribution): ActsFound {
  const negation = cue === undefined ? undefined : findNegation(article, cue);
  if (verb === undefined || cue === undefined) return { acts: [], negation };
  const [first] = content;
  const says = first === undefined ? '' : article.words(first).slice(0, 200).toLowerCase();
  if (isNoComment(verb.base, says, negation !== undefined)) return { acts: ['no_comment'], negation };
  // "Did not deny" is no denial, and "did not accuse" no accusation.
  if (negation !== undefined) return { acts: [], negation };
  const found = new Set<Act>(verb.acts.filter(isAct));
  if (verb.base === 'call') found.add(rule === 'speaker-preposition' ? 'demand' : 'evaluation');
  if (verb.base === 'point') found.delete('evaluation');
  for (const act of fromContent(says)) found.add(act);
  return { acts: acts.filter((act) => found.has(act)), negation };
}

function findNegation(article: Article, { first, last }: Range): Span | undefined {
  for (let at = first; at <= last; at += 1)
    if (negations.has(article.lower(at))) return article.spanOf({ first: at, last: at });
  return undefined;
}

const isNoComment = (base: string, says: string, isNegated: boolean): boolean =>
  (/^(?:decline|refuse)$/.test(base) &&
    /^(?:to )?(?:comment|answer|say|discuss|respond|speak|elaborate)\b/.test(says)) ||
  (isNegated && /^(?:respond|reply|answer|comment)$/.test(base));

/** Said with a verb that says nothing of it: "said he had no part in it", "said it was a mistake to". */
function fromContent(says: string): Act[] {
  const found: Act[] = [];
  if (
    /\b(?:had|has|have|with) (?:officially )?(?:no|nothing to do with|never had any) (?:involvement|part|role|knowledge|contact|connection)\b|\bnothing to do with\b|\bdid not (?:do|happen|take)\b|\bis (?:not true|untrue|false)\b/.test(
      says,
    )
  )
    found.push('denial');
  if (
    /\b(?:we|i) (?:helped|made mistakes?|were wrong|was wrong|should have|should not have)\b|\bi(?:'|’)m sorry\b/.test(
      says,
    )
  )
    found.push('concession');
  return found;
}
