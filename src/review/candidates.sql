-- What the rules found: candidates for redaction. Disposable: everything here follows from the originals and the rules.
-- What people decided on them is in desk.db.

-- The rules, countries and progress that this was made with.
CREATE TABLE state (
  name TEXT PRIMARY KEY,           -- rules, regions, last: number of the last message that was read
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A thing that a rule found, whatever the places it stands in: one decision.
CREATE TABLE candidate (
  id INTEGER PRIMARY KEY,
  rule TEXT NOT NULL,
  value TEXT NOT NULL,             -- the same for all its places
  written TEXT NOT NULL,           -- as it stands in the first of them
  places INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  UNIQUE (rule, value)
) STRICT;
CREATE INDEX candidate_by_messages ON candidate (rule, messages DESC, id);

-- Which messages bear it, all of them.
CREATE TABLE bearer (
  candidate INTEGER NOT NULL REFERENCES candidate,
  number INTEGER NOT NULL,
  PRIMARY KEY (candidate, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bearer_of_message ON bearer (number);

-- The first places of each, with what stands around it.
CREATE TABLE place (
  candidate INTEGER NOT NULL REFERENCES candidate,
  number INTEGER NOT NULL,
  part TEXT NOT NULL,              -- text, html, field Subject, file name, attachment <SHA-256>
  start INTEGER NOT NULL,
  before TEXT NOT NULL,
  exact TEXT NOT NULL,
  after TEXT NOT NULL
) STRICT;
CREATE INDEX place_of_candidate ON place (candidate);

-- Attachments whose text was read.
CREATE TABLE scanned_attachment (
  sha256 BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
