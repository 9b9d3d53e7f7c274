/** What goes to a judging thread, and what comes back. */
import type { Finding } from '../verify/finding.js';
import type { KeyState } from '../verify/message-judgement.js';

/** Raw messages, one after the other; `ends[i]` is where message i ends in `bytes`. */
export interface Messages {
  readonly numbers: readonly number[];
  readonly ends: readonly number[];
  readonly bytes: ArrayBuffer;
}

export interface Copy {
  readonly number: number;
  /** A signature of it holds for headers and body, as far as it covers them. */
  readonly isVerified: boolean;
}

export interface Quoting {
  readonly number: number;
  /** Milliseconds since 1970; undefined where undated. */
  readonly sentAt: number | undefined;
}

export type Job =
  /** `hashes`: the SHA-256 that the bytes should have, hex. */
  | ({ readonly kind: 'examine'; readonly hashes: readonly string[] } & Messages)
  /** Messages of one piece after those of the other. */
  | ({ readonly kind: 'compare'; readonly pieces: readonly Piece[] } & Messages);

/** Messages to compare with each other. */
export type Piece =
  /** The first is the one that the others are compared with. */
  | { readonly scope: 'copies'; readonly facts: readonly Copy[] }
  | { readonly scope: 'thread'; readonly facts: readonly Quoting[] };

/** What was found of one message by itself, as it is stored. */
export interface Examined {
  readonly number: number;
  /** JSON of a SignatureRecord. */
  readonly record: string;
  readonly dated: number | undefined;
  readonly findings: readonly Finding[];
  readonly consulted: readonly KeyState[];
  readonly signatures: readonly ExaminedSignature[];
}

export interface ExaminedSignature {
  readonly kind: 'dkim' | 'arc';
  readonly domain: string;
  readonly selector: string;
  readonly result: string;
  readonly body: string;
}

export interface Found {
  readonly number: number;
  readonly finding: Finding;
}

export type Answer =
  | {
      readonly kind: 'examined';
      readonly examined: readonly Examined[];
      /** Bytes that are not those that were received. */
      readonly damaged: readonly number[];
      readonly failed: readonly { readonly number: number; readonly note: string }[];
    }
  /** What was found in each piece. */
  | { readonly kind: 'compared'; readonly pieces: readonly (readonly Found[])[] };

/** Where a finding comes from: what is found anew replaces what was found there before. */
export type Scope = 'message' | 'copies' | 'thread' | 'trove';

/** Messages that are compared with each other. */
export type Group = {
  /** Unique among all groups, whenever they are compared. */
  readonly name: string;
  /** Changes when another comparison could come out. */
  readonly members: string;
} & (
  | { readonly scope: 'copies'; readonly shared: readonly Copy[]; readonly facts: readonly Copy[] }
  | { readonly scope: 'thread'; readonly shared: readonly []; readonly facts: readonly Quoting[] }
);
