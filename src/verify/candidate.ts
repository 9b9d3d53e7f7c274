/** Keys as verification receives them. Where they come from (store, DNS, files) is the caller's business. */
import type { UnusableKey, UsableKey } from './key-record.js';

export interface CandidateKey {
  readonly record: UsableKey | UnusableKey;
  /** Its private half is public: anybody could have signed. */
  readonly burned: boolean;
}

/** All keys that are known for a selector, whenever they were published. Names in lower case. */
export type KeyFinder = (domain: string, selector: string) => readonly CandidateKey[];
