-- What `impart verify` found. Disposable: everything here follows from the originals, the keys and the program.

-- Each run that judged something.
CREATE TABLE pass (
  id INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,     -- milliseconds since 1970
  finished_at INTEGER,             -- NULL: it was interrupted; what it had judged stands
  tools TEXT NOT NULL,             -- JSON: versions of the programs that did the work
  rules TEXT NOT NULL              -- JSON: versions of the rules; where these differ from the program's, all is judged again
) STRICT;

-- One row for each message. The label waits until the messages of the trove were compared.
CREATE TABLE judgement (
  number INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL,
  pass INTEGER NOT NULL REFERENCES pass,
  label TEXT,                      -- NULL: judged by itself, not yet beside the others
  dated INTEGER,                   -- Date, milliseconds since 1970, for counting labels over time
  record TEXT NOT NULL             -- JSON: signatures, arc, author
) STRICT;

-- A selector with what was known of its keys. Importing a key makes another state of it; what was judged under the old one is judged again.
CREATE TABLE key_state (
  id INTEGER PRIMARY KEY,
  domain TEXT NOT NULL,
  selector TEXT NOT NULL,
  state TEXT NOT NULL,             -- '' where no key was known
  UNIQUE (domain, selector, state)
) STRICT;

-- Which states a message was judged under.
CREATE TABLE consulted (
  key_state INTEGER NOT NULL REFERENCES key_state,
  number INTEGER NOT NULL REFERENCES judgement,
  PRIMARY KEY (key_state, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX consulted_by ON consulted (number);

-- Signatures and seals again, for searching and counting.
CREATE TABLE signature (
  number INTEGER NOT NULL REFERENCES judgement,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,              -- dkim, arc
  domain TEXT NOT NULL,
  selector TEXT NOT NULL,
  result TEXT NOT NULL,            -- verified, headers-only, failed, no-key, unsupported, malformed
  body TEXT NOT NULL,              -- intact, differs, unchecked
  PRIMARY KEY (number, kind, ordinal)
) STRICT, WITHOUT ROWID;

-- Findings from context.
CREATE TABLE finding (
  number INTEGER NOT NULL,         -- of the message
  ordinal INTEGER NOT NULL,
  scope TEXT NOT NULL,             -- message: from itself; copies, thread, trove: from others
  code TEXT NOT NULL,
  level TEXT NOT NULL,             -- info, notice, conflict
  facts TEXT NOT NULL,             -- JSON: sentences
  others TEXT NOT NULL,            -- JSON: numbers of the messages that it was compared with
  PRIMARY KEY (number, scope, ordinal)
) STRICT, WITHOUT ROWID;

-- Groups of messages that were compared, as they were then: copies with one Message-ID, members of one thread.
CREATE TABLE compared (
  grp TEXT PRIMARY KEY,            -- 'copies 17', 'thread 4'
  members TEXT NOT NULL            -- a hash over them
) STRICT, WITHOUT ROWID;
