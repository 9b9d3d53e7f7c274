/**
 * What people decided, as applying it needs it: values, no rows. The desk keeps the rows (store/desk/redactions.ts), and
 * review/decided.ts makes this of them.
 */
import type { RedactionKind, RedactionReason } from './reasons.js';

/** Something to be masked wherever it stands. */
export interface Everywhere {
  readonly kind: RedactionKind;
  readonly reason: RedactionReason;
  /** As rules give it; for what a person marked, the words themselves. */
  readonly value: string;
  /** As it was seen. */
  readonly written: string;
}

/** Words of one message to be masked in it alone. */
export interface Passage {
  readonly kind: RedactionKind;
  readonly reason: RedactionReason;
  readonly exact: string;
}

export interface MessageDecisions {
  /** The message is left out. */
  readonly withheld: RedactionReason | undefined;
  readonly passages: readonly Passage[];
  /** Names of header fields, in lower case, that are hidden as a whole. */
  readonly hiddenFields: ReadonlyMap<string, RedactionReason>;
}

/** A box over a page of a cleared file, in thousandths of its width and height from the upper left corner. */
export interface Box {
  /** From 1. */
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An attachment that may be published, and how. */
export interface Clearance {
  readonly form: 'original' | 'pages';
  readonly boxes: readonly Box[];
}

export interface Decisions {
  readonly everywhere: readonly Everywhere[];
  /** Values that somebody decided to show although a rule would mask them: `rule value`. */
  readonly shown: ReadonlySet<string>;
  /** Addr-specs in lower case, domains as `@example.org`, and numbers as `+447700900345` that are public. */
  readonly isPublic: (subject: string) => boolean;
  /** By SHA-256 of the message, hex. */
  readonly messages: ReadonlyMap<string, MessageDecisions>;
  /** By SHA-256 of the attachment's bytes, hex. */
  readonly clearances: ReadonlyMap<string, Clearance>;
  /** See RuleContext. */
  readonly regions: readonly string[];
}

export const shownKey = (rule: string, value: string): string => `${rule} ${value}`;

export const nothingDecided: MessageDecisions = {
  withheld: undefined,
  passages: [],
  hiddenFields: new Map(),
};
