-- Keys of authors, which the operator imported: OpenPGP public keys and X.509 certificates.

CREATE TABLE author_key (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('openpgp', 'x509')),
  fingerprint TEXT NOT NULL,         -- hex: SHA-1 of a primary key (RFC 9580 5.5.4.2), SHA-256 of a certificate
  bytes BLOB NOT NULL,               -- packets, DER; the same key with other names or signatures is another row
  observer TEXT NOT NULL,            -- who gave it
  method TEXT NOT NULL,              -- how it came here: a file's name and SHA-256
  recorded_at INTEGER NOT NULL,
  UNIQUE (kind, bytes)
) STRICT;

-- Under what a signature may name an OpenPGP key: fingerprint and key id of the primary key and of subkeys that sign.
CREATE TABLE author_key_name (
  name TEXT NOT NULL,                -- hex, 40 or 16 digits
  author_key INTEGER NOT NULL REFERENCES author_key,
  PRIMARY KEY (name, author_key)
) STRICT, WITHOUT ROWID;
