-- The catalog: what was received, from where, and what became of each thing. Durable; migrated forward only.
-- Times are milliseconds since 1970-01-01T00:00Z.

-- One row for each source that was handed over, per receive.
CREATE TABLE accession (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,              -- absolute path as given
  stamp TEXT NOT NULL,               -- size and modification times seen at the start; tells a changed source from the same one
  in_place INTEGER NOT NULL CHECK (in_place IN (0, 1)), -- 1: bytes stay where they are, only their hash is kept
  state TEXT NOT NULL CHECK (state IN ('receiving', 'complete', 'superseded')),
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  bytes_total INTEGER NOT NULL,      -- expected when the receive began, for progress
  bytes_done INTEGER NOT NULL,       -- read from the source at the last commit
  kept_bytes INTEGER NOT NULL,       -- of the original, on disk at the last commit; a resumed walk must reproduce them
  events INTEGER NOT NULL,           -- events of the walk that are committed; a resumed walk skips that many
  chain TEXT NOT NULL,               -- SHA-256 over those events, hex; a resumed walk must reproduce it
  original TEXT,                     -- SHA-256 of the original as kept, hex; NULL until complete
  original_size INTEGER
) STRICT;

-- An mbox, folder, archive or single file, nested as found. received = parsed + duplicate + failed, always.
CREATE TABLE container (
  id INTEGER PRIMARY KEY,
  accession INTEGER NOT NULL REFERENCES accession,
  ordinal INTEGER NOT NULL,          -- order of appearance in the walk; 0 is the source itself
  parent INTEGER REFERENCES container,
  kind TEXT NOT NULL,
  variant TEXT,                      -- how an mbox quotes From_ lines
  path TEXT NOT NULL,                -- inside the parent
  compressions TEXT NOT NULL,        -- space-separated, outermost first
  folder TEXT NOT NULL,
  bytes INTEGER,                     -- of its own stream; NULL until its end was reached
  received INTEGER NOT NULL DEFAULT 0,
  parsed INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  other INTEGER NOT NULL DEFAULT 0,  -- files that are no mail; not part of received
  CHECK (received = parsed + duplicate + failed),
  UNIQUE (accession, ordinal)
) STRICT;

-- Distinct bytes. The number is permanent and given in order of arrival.
CREATE TABLE message (
  number INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size INTEGER NOT NULL
) STRICT;

-- Folders as a reader would call them.
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- Each place where something was received, and its outcome.
CREATE TABLE occurrence (
  id INTEGER PRIMARY KEY,
  container INTEGER NOT NULL REFERENCES container,
  outcome TEXT NOT NULL CHECK (outcome IN ('parsed', 'duplicate', 'failed')),
  message INTEGER REFERENCES message, -- NULL for most failures: there was no message to number
  folder INTEGER REFERENCES folder,
  path TEXT NOT NULL,                -- of the entry inside the container
  offset INTEGER NOT NULL,           -- in the container's own stream
  length INTEGER NOT NULL,
  direct_offset INTEGER,             -- where the bytes lie as received in the original; NULL where they must be unpacked
  direct_length INTEGER,
  failure TEXT,                      -- code, for failed
  note TEXT
) STRICT;
CREATE INDEX occurrence_message ON occurrence (message) WHERE message IS NOT NULL;
CREATE INDEX occurrence_failed ON occurrence (container) WHERE outcome = 'failed';

-- Files found in containers that are no mail: kept in the original, named here.
CREATE TABLE other_file (
  id INTEGER PRIMARY KEY,
  container INTEGER NOT NULL REFERENCES container,
  path TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

-- What was done with what was received, when, and by which program version: the chain of custody.
CREATE TABLE custody_event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,                -- receiving, resumed, received, superseded, reparsed
  accession INTEGER REFERENCES accession,
  facts TEXT NOT NULL                -- JSON object
) STRICT;
