/** What a release is made from: which messages, and what may be shown of each. `redact` decides; nothing here reads mail. */
import type { RedactedMessage } from '../redact/redacted-message.js';

/** A message that was chosen for this release. */
export interface Chosen {
  /** Hex, of the message as received. It stays here: it is an oracle for what is hidden. */
  readonly sha256: string;
  /** Of the message as received; new messages are numbered in this order. */
  readonly sentAt: number | undefined;
}

export type Decision =
  | { readonly published: RedactedMessage }
  /** `withheld`: why. */
  | { readonly withheld: string };

export interface ReleaseSource {
  readonly chosen: readonly Chosen[];
  /** What the trove's accounts say. */
  readonly totals: {
    readonly received: number;
    readonly parsed: number;
    readonly duplicate: number;
    readonly failed: number;
    /** Different messages. */
    readonly messages: number;
  };
  /** `saltKey`: for the commitments. The same message and decisions give the same answer. */
  decide(sha256: string, saltKey: Buffer): Promise<Decision>;
  /** Equal where `decide` would give the same again: what did not change is not worked out anew. */
  basis(sha256: string): string;
  /** The thread that a message is in, in reading order, by SHA-256; what is not published is passed over. */
  thread(sha256: string): ThreadMembers;
}

export interface ThreadMembers {
  /** Equal for all members. */
  readonly key: number;
  readonly members: () => readonly { readonly sha256: string; readonly depth: number }[];
}
