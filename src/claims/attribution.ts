/** What a rule finds: who (if anybody is named), the words that say so, what is attributed to them. */
import type { Range } from './article.js';
import type { Verb } from './lexicon/forms.js';

export const ruleNames = [
  'quotation-then-speaker',
  'speaker-then-quotation',
  'introduced-quotation',
  'orphan-quotation',
  'transcript',
  'headline',
  'clause-then-speaker',
  'speaker-that',
  'speaker-clause',
  'thinker-that',
  'thinker-clause',
  'speaker-to',
  'speaker-object',
  'speaker-preposition',
  'participle',
  'according-to',
  'passive-by',
  'passive',
  'adjective',
  'noun',
] as const;
export type RuleName = (typeof ruleNames)[number];

export interface Attribution {
  readonly rule: RuleName;
  /** undefined where the text names nobody: "is expected to". */
  readonly source: Range | undefined;
  readonly cue: Range | undefined;
  readonly content: readonly Range[];
  /** The verb of the cue. */
  readonly verb: Verb | undefined;
}
