/**
 * Signatures that the author's own program made: S/MIME (RFC 8551), PGP/MIME (RFC 3156), and OpenPGP text within a body.
 *
 *   Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary=…
 *   Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; boundary=…
 *   Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m
 *   -----BEGIN PGP SIGNED MESSAGE-----
 *
 * They cover the content. The header fields that a reader sees (From, Date, Subject) are outside.
 */
import type { Certificate } from './certificate.js';
import type { PgpKey } from './pgp-key.js';

export type AuthorSignatureKind = 'S/MIME' | 'PGP/MIME' | 'PGP inline' | 'multipart/signed';

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
  /** `weak-key sha1 md5 partial-body expired revoked-key unaligned repaired:<name>` */
  readonly flags: readonly string[];
  /** IMAP section number of the signed part; '' for the whole content. */
  readonly section: string;
  /** Issuer of an OpenPGP signature (key id or fingerprint, hex), by which a key for it is found; '' elsewhere. */
  readonly issuer: string;
  /** When it was made, as the signer says, in milliseconds since 1970. */
  readonly signedAt: number | undefined;
}

/** Keys and certificates that the operator imported. */
export interface AuthorKeys {
  /** By key id (16 digits) or fingerprint, lower-case hex. */
  readonly findPgpKeys: (issuer: string) => readonly PgpKey[];
  readonly listCertificates: () => readonly Certificate[];
}

/** Under which a judgement names the keys of authors that it consulted, where it names domains otherwise. No domain begins so. */
export const authorKeyNames = { openpgp: ':openpgp', certificates: ':x509' } as const;

export const noAuthorKeys: AuthorKeys = { findPgpKeys: () => [], listCertificates: () => [] };

/** What judging a signature of the author needs beside the bytes. */
export interface AuthorContext {
  readonly keys: AuthorKeys;
  /** addr-spec of the From field, lower case; '' where there is not exactly one. */
  readonly from: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A signature of which nothing is known but that it is there. */
export const unread = (
  kind: AuthorSignatureKind,
  result: AuthorSignature['result'],
  reason: string,
): AuthorSignature => ({
  kind,
  result,
  reason,
  signer: '',
  trust: '',
  key: undefined,
  flags: [],
  section: '',
  issuer: '',
  signedAt: undefined,
});
