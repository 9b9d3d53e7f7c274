/**
 * The words in which a signature is judged. Body and header are judged apart: intact headers over a body that
 * differs is a fact worth having, and a body hash needs no key.
 *
 *   { domain: 'gmail.com', selector: '20120113', body: 'intact', header: 'intact', result: 'verified', flags: [] }
 */

import type { KeySighting } from './candidate.js';

/**
 * `verified`      a key at hand signed these headers and this body (as far as the flags say)
 * `headers-only`  a key at hand signed these headers; the body is another
 * `failed`        there are keys, and none of them made this signature over these headers
 * `no-key`        no usable key for this domain and selector is at hand
 * `unsupported`   an algorithm, version or size that is not judged
 * `malformed`     the field breaks RFC 6376 so that nothing can be judged
 */
export type SignatureResult = 'verified' | 'headers-only' | 'failed' | 'no-key' | 'unsupported' | 'malformed';

/** `unchecked`: there was nothing to compare, or no key to compare with. */
export type PartState = 'intact' | 'differs' | 'unchecked';

/** Plain ones, `unsigned:<field>` and `repaired:<name>`. */
export type SignatureFlag =
  | 'weak-key'
  | 'sha1'
  | 'partial-body'
  | 'duplicate-header'
  | 'expired'
  | 'burned-key'
  | 'unaligned'
  | `unsigned:${string}`
  | `repaired:${string}`;

export interface SignatureJudgement {
  /** d= and s= in lower case, '' where they could not be read. */
  readonly domain: string;
  readonly selector: string;
  /** a= as written, in lower case. */
  readonly algorithm: string;
  /** c= with both halves, e.g. `relaxed/simple`. */
  readonly canonicalization: string;
  readonly body: PartState;
  readonly header: PartState;
  readonly result: SignatureResult;
  /** Why, in one sentence; '' where the result says it all. */
  readonly reason: string;
  readonly flags: readonly SignatureFlag[];
  /** SHA-256 (hex) of the SubjectPublicKeyInfo of the key that verified; undefined where none did. */
  readonly key: string | undefined;
  /** Who saw that key published, where the caller told. */
  readonly sighting: KeySighting | undefined;
  /** Names of the fields that the signature covers, in lower case, once each. */
  readonly signedFields: readonly string[];
  /** Bytes of the canonical body that l= leaves unsigned. */
  readonly unsignedBytes: number;
  /** t= and x= in seconds since 1970. */
  readonly signedAt: number | undefined;
  readonly expiresAt: number | undefined;
}
