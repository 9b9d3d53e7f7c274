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
  /** Who relays it, the outermost first: `“A,” he said, according to The Guardian`. */
  readonly relayedBy?: readonly Attribution[];
  /** The verb of the cue. */
  readonly verb: Verb | undefined;
}

/** Something was said, and not only thought or wanted: called, praised and blamed are said as well. */
export const reportsSpeech = ({ isSpeech, acts, base }: Verb): boolean =>
  isSpeech || acts.length > 0 || base === 'call' || base === 'describe';
