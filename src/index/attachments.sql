-- Text of attachments. Disposable: everything here follows from the originals and the program.

-- Distinct attachments by content: the same file in many messages is one blob with many places.
CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE,     -- of the decoded bytes
  size INTEGER NOT NULL,
  status TEXT NOT NULL,            -- waiting, extracted, empty, encrypted, unsupported, failed, too-large, timeout, out-of-memory
  note TEXT NOT NULL,              -- why there is no text
  media_type TEXT NOT NULL,        -- by content; '' while waiting
  grp TEXT NOT NULL,               -- document, sheet, slides, picture, …; '' while waiting
  first_piece INTEGER NOT NULL,    -- its pieces are numbered from here on
  pieces INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  excerpt TEXT NOT NULL,           -- how the text begins, for the gallery
  name TEXT NOT NULL,              -- in the newest message; this and what follows repeats what `place` says, for the gallery
  places INTEGER NOT NULL,
  first_at INTEGER,
  last_at INTEGER
) STRICT;
CREATE INDEX blob_by_date ON blob (grp, last_at);
CREATE INDEX blob_by_size ON blob (grp, size);

-- Where each is attached. Made anew whenever the shards have changed.
CREATE TABLE place (
  number INTEGER NOT NULL,         -- of the message
  entity INTEGER NOT NULL,
  blob INTEGER NOT NULL REFERENCES blob,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,        -- as declared
  inline INTEGER NOT NULL,
  sent_at INTEGER,                 -- of the message
  PRIMARY KEY (number, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_blob ON place (blob, number);

-- A stretch of text with a name: page 3, Budget!A1:D20.
CREATE TABLE piece (
  id INTEGER PRIMARY KEY,
  blob INTEGER NOT NULL REFERENCES blob,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,              -- text, table, facts
  frame INTEGER NOT NULL,
  start INTEGER NOT NULL,          -- byte offset inside the unpacked frame
  length INTEGER NOT NULL
) STRICT;

-- Texts of several pieces, packed together (zstd).
CREATE TABLE frame (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- What a reader should know of a file: macros, damage, hidden sheets.
CREATE TABLE finding (
  blob INTEGER NOT NULL REFERENCES blob,
  code TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE INDEX finding_of_blob ON finding (blob);

-- Full text of the pieces. Contentless: snippets come from the frames. rowid = id of the piece. Nothing is ever deleted.
CREATE VIRTUAL TABLE text USING fts5(
  body,
  content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- The state of the shards that the places were taken from.
CREATE TABLE taken (
  shard TEXT PRIMARY KEY,
  state TEXT NOT NULL
) STRICT;
