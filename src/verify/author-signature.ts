/**
 * Signatures that the author's own program made over the message: S/MIME (RFC 8551 3.5) and PGP/MIME (RFC 3156 5).
 *
 *   Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=…
 *   Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; boundary=…
 *   Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m
 */
import type { SignedMessage } from './signed-message.js';

export type AuthorSignatureKind = 'S/MIME' | 'PGP/MIME' | 'multipart/signed';

export interface AuthorSignature {
  readonly kind: AuthorSignatureKind;
  /** `unchecked`: it is there, and no certificate or key to check it with. */
  readonly result: 'verified' | 'failed' | 'unchecked' | 'unsupported' | 'malformed';
  /** Why, in one sentence; '' where the result says it all. */
  readonly reason: string;
  /** Whose certificate or key it is, as that says itself; '' where unknown. */
  readonly signer: string;
  /** How far the key is known to be the signer's, as the end of a sentence; '' where nothing was checked. */
  readonly trust: string;
  /** SHA-256 of the certificate, or the fingerprint of the key, in hex; undefined where none was at hand. */
  readonly key: string | undefined;
  readonly flags: readonly string[];
}

/** The signatures of the whole message, by its type. Never throws on mail. */
export function findAuthorSignatures(message: SignedMessage): AuthorSignature[] {
  const kind = kindOf((message.named('content-type')[0]?.body ?? '').toLowerCase());
  if (kind === undefined) return [];
  const reason = 'no certificate or key is at hand';
  return [{ kind, result: 'unchecked', reason, signer: '', trust: '', key: undefined, flags: [] }];
}

function kindOf(type: string): AuthorSignatureKind | undefined {
  if (/^application\/(?:x-)?pkcs7-mime/.test(type)) return type.includes('enveloped') ? undefined : 'S/MIME';
  if (!type.startsWith('multipart/signed')) return undefined;
  if (type.includes('pkcs7-signature')) return 'S/MIME';
  return type.includes('pgp-signature') ? 'PGP/MIME' : 'multipart/signed';
}
