/**
 * Messages that others refer to and that are not there: every msg-id in References and In-Reply-To (RFC 5322 3.6.4)
 * that no message has as its own.
 *
 *   2 refers to <1@x> and <gone@x>; <1@x> is message 1   → { number: 2, id: hash52('gone@x') }
 */
import type { NumberedFeatures } from './pack.js';

export interface MissingReference {
  /** The message that refers. */
  readonly number: number;
  /** 52-bit hash of the msg-id. */
  readonly id: number;
}

/** `isOwn` speaks of the whole trove (see Threads in link.ts). A message names each missing msg-id once. */
export function* missingReferences(
  messages: Iterable<NumberedFeatures>,
  isOwn: (id: number) => boolean,
): Generator<MissingReference> {
  for (const { number, features } of messages) {
    for (const [i, id] of features.ancestors.entries()) {
      if (!isOwn(id) && features.ancestors.indexOf(id) === i) yield { number, id };
    }
  }
}
