-- The desk: what people made of the mail. Durable; migrated forward only.
-- Every table begins with the same columns (src/store/desk.ts states the rule that they serve):
--   id         128 random bits in base64url: the same row in every copy of the desk
--   act        what was written by one press of a button shares it, and is undone together
--   made_at    milliseconds since 1970-01-01T00:00Z
--   made_by    the name of who did it, as that person set it
--   undone_at, undone_by   NULL while the row stands
-- Messages are named by the SHA-256 of their bytes, never by number: numbers belong to one trove.

-- What the reader set: `reader` is the name that goes into made_by.
CREATE TABLE setting (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;

-- A tag on a message.
CREATE TABLE tag (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  message BLOB NOT NULL CHECK (length(message) = 32),
  name TEXT NOT NULL,                -- as written
  key TEXT NOT NULL,                 -- as compared: NFC, lower case
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_message ON tag (message, key) WHERE undone_at IS NULL;
CREATE INDEX tag_key ON tag (key, message) WHERE undone_at IS NULL;
CREATE INDEX tag_act ON tag (act);

-- A note on a message, or on a passage of its text (W3C Web Annotation: TextQuoteSelector and TextPositionSelector).
CREATE TABLE note (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  message BLOB NOT NULL CHECK (length(message) = 32),
  text TEXT NOT NULL,
  exact TEXT,                        -- the passage; NULL where the note is on the whole message
  prefix TEXT,                       -- what stood before it,
  suffix TEXT,                       -- and after it
  start INTEGER,                     -- UTF-16 units from the start of the message's text
  digest TEXT,                       -- SHA-256 (hex) of that text in UTF-8: where it still is the same, start alone decides
  replaces TEXT,                     -- id of the note that this one was written over
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX note_message ON note (message) WHERE undone_at IS NULL;
CREATE INDEX note_newest ON note (made_at) WHERE undone_at IS NULL;
CREATE INDEX note_act ON note (act);

-- A message that was read; undone, it is unread again.
CREATE TABLE mark (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  message BLOB NOT NULL CHECK (length(message) = 32),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_message ON mark (message) WHERE undone_at IS NULL;
CREATE INDEX mark_act ON mark (act);

-- A search that was given a name.
CREATE TABLE search (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  sort TEXT NOT NULL,                -- date, relevance
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;

-- A list of names and terms, as it was pasted; each line of it is a search.
CREATE TABLE list (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  name TEXT NOT NULL,
  content TEXT NOT NULL,             -- CSV
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
