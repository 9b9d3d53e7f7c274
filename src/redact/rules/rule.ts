/**
 * What a rule is: it finds, in a text, places that may have to be redacted, and says of each what counts as the same
 * thing elsewhere. It decides nothing.
 *
 *   "Ring 07700 900345"   rule phone   → start 5, end 17, value "+447700900345"
 *
 * A rule takes time in proportion to the text, whatever the text: its patterns repeat nothing without a bound.
 */
import type { RedactionKind } from '../reasons.js';

export interface Place {
  readonly start: number;
  readonly end: number;
  /** The same for all places that one decision should reach. */
  readonly value: string;
}

export interface RuleContext {
  /** ISO 3166 codes of the countries whose numbers are written without a country code here. */
  readonly regions: readonly string[];
}

export interface Rule {
  /** Part of addresses of pages and of the desk's rows: never renamed. */
  readonly name: string;
  /** Raised whenever the rule may find otherwise: what it found before is then found anew. */
  readonly version: number;
  readonly kind: RedactionKind;
  /** For a heading: what it finds. */
  readonly title: string;
  /** What it is right about and what it takes for the same by mistake; for the one who decides. */
  readonly precision: string;
  readonly find: (text: string, context: RuleContext) => Iterable<Place>;
}
