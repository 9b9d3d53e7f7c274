/** What a thread of `verify-thread.ts` is given, asked and answers. */

export interface VerifyThreadData {
  /** Raw messages as they lie in the mbox. */
  readonly messages: readonly Uint8Array[];
  /** PEM of RSA-2048 private keys, one for each signing domain. */
  readonly keys: readonly string[];
}

export const verifyKinds = ['impart', 'mailauth', 'limit'] as const;
export type VerifyKind = (typeof verifyKinds)[number];

export type VerifyReply =
  | {
      readonly ready: true;
      readonly signatures: number;
      readonly bytes: number;
      readonly signed: number;
      readonly intact: number;
    }
  | { readonly verified: number };
