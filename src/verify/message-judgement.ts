/**
 * The record of a judgement: everything that is said of one message, and what it was said from.
 *
 *   { number: 17, sha256: '9f…', label: 'domain-signed', sentence: 'A key that …', signatures: […], arc: …,
 *     author: [], findings: […], under: { at, tools, rules, keys: [{ domain, selector, state }] } }
 */
import type { ArcChain } from './arc.js';
import type { AuthorSignature } from './author/author-signature.js';
import { type Finding, findingRules } from './finding.js';
import type { SignatureJudgement } from './judgement.js';
import { type Label, labelVersion } from './label.js';

/** What was known of the keys of one selector when it was asked. */
export interface KeyState {
  readonly domain: string;
  readonly selector: string;
  /** Changes with every key, sighting or burn of the selector (`KeyReader.state`); '' where no key was known. */
  readonly state: string;
}

/** Versions of the programs that did the work, e.g. { impart: '0.4.0', node: '24.11.1', openssl: '3.5.4' }. */
export type ToolVersions = Readonly<Record<string, string>>;

/** Versions of the rules by name: `signatures`, `label`, and each code of a finding. */
export type RuleVersions = Readonly<Record<string, number>>;

/** Raised whenever a signature would be judged otherwise. */
export const signatureVersion = 1;

export const ruleVersions: RuleVersions = {
  signatures: signatureVersion,
  label: labelVersion,
  ...Object.fromEntries(Object.entries(findingRules).map(([code, { version }]) => [code, version])),
};

export interface JudgedUnder {
  /** Milliseconds since 1970: start of the pass that judged the message. */
  readonly at: number;
  readonly tools: ToolVersions;
  readonly rules: RuleVersions;
  /** Every selector that the message's signatures and seals name. */
  readonly keys: readonly KeyState[];
}

export interface MessageJudgement {
  readonly number: number;
  /** Of the original bytes, hex. */
  readonly sha256: string;
  readonly label: Label;
  /** What the label says of this message, exactly. */
  readonly sentence: string;
  /** DKIM-Signature fields, top to bottom. */
  readonly signatures: readonly SignatureJudgement[];
  readonly arc: ArcChain;
  readonly author: readonly AuthorSignature[];
  readonly findings: readonly Finding[];
  readonly under: JudgedUnder;
}
