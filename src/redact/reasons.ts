/**
 * Why something was left out of a release, and what kind of thing it was: two short lists, so that a release can count
 * both without telling anything of what was hidden.
 */

/** What was hidden. A placeholder names it: `[phone 2]`. */
export const redactionKinds = [
  'address',
  'phone',
  'home',
  'identity number',
  'card',
  'bank account',
  'passport',
  'birth date',
  'health',
  'assault',
  'password',
  'key',
  'tracking link',
  'name',
  'passage',
  'attachment',
  'header field',
  'signature',
  'message',
] as const;
export type RedactionKind = (typeof redactionKinds)[number];

/** Why. `unreviewed` is what nobody has decided on: it is left out until somebody does. */
export const redactionReasons = [
  'private person',
  'source',
  'security',
  'legal',
  'malware',
  'active content',
  'tells what is hidden',
  'unreviewed',
] as const;
export type RedactionReason = (typeof redactionReasons)[number];

/** How many redactions of one kind were made for one reason. */
export interface RedactionCount {
  readonly kind: RedactionKind;
  readonly reason: RedactionReason;
  readonly count: number;
}

export const isRedactionKind = (text: string): text is RedactionKind =>
  (redactionKinds as readonly string[]).includes(text);
export const isRedactionReason = (text: string): text is RedactionReason =>
  (redactionReasons as readonly string[]).includes(text);
