-- The trove's one log: whose it is, and the secret that salts are made from. Whoever has the secret can tell what is hidden.
CREATE TABLE log (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  salt_key BLOB NOT NULL CHECK (length(salt_key) = 32),
  -- Name and public key of the key that signs its checkpoints; null until the first is signed.
  origin TEXT,
  public_key BLOB CHECK (length(public_key) = 32)
) STRICT;

-- Append only. What was signed is never taken back: a correction is another row.
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'the log is append-only'); END;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'the log is append-only'); END;

-- A release is a checkpoint. `directory` is null where the run ended before its folder was complete.
CREATE TABLE release (
  number INTEGER PRIMARY KEY,
  size INTEGER NOT NULL UNIQUE,
  checkpoint TEXT NOT NULL,
  title TEXT NOT NULL,
  released_at INTEGER NOT NULL,
  directory TEXT
) STRICT;

-- What stands of each message that has a number in the log.
CREATE TABLE numbered (
  sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('published', 'withheld', 'withdrawn')),
  -- The release in which its last entry was made.
  release INTEGER NOT NULL,
  -- Of data/messages/NUMBER.json, where it is published.
  record BLOB CHECK (length(record) = 32),
  -- What lists say of it, JSON; where it is published.
  facts TEXT,
  reason TEXT,
  -- Equal where the same would be decided again.
  basis TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the pages of the last release were made from: what has the same basis is not made again.
CREATE TABLE rendered (
  job TEXT PRIMARY KEY,
  basis TEXT NOT NULL,
  -- Its files, one a line.
  paths TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What earlier releases were read for: keyed hashes of redacted terms. Their files need not be read for these again.
CREATE TABLE checked_secret (
  digest BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
