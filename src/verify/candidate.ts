/** Keys as verification receives them. Where they come from (store, DNS, files) is the caller's business. */
import type { UnusableKey, UsableKey } from './key-record.js';
import type { Provenance } from './keys/found-record.js';

/** Who saw a domain publish a key, and when: the best that all observations together say. */
export interface KeySighting {
  readonly provenance: Provenance;
  readonly observers: readonly string[];
  /** Milliseconds since 1970; undefined where nobody says. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
}

export interface CandidateKey {
  readonly record: UsableKey | UnusableKey;
  /** Its private half is public: anybody could have signed. */
  readonly burned: boolean;
  readonly sighting?: KeySighting;
}

/** All keys that are known for a selector, whenever they were published. Names in lower case. */
export type KeyFinder = (domain: string, selector: string) => readonly CandidateKey[];
