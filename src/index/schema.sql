-- One shard of the index. Disposable: everything here follows from the originals and the program.

-- Full text. Contentless: snippets come from the message itself. rowid = message number. Nothing is ever deleted.
CREATE VIRTUAL TABLE text USING fts5(
  sender, recipient, copied, subject, own, quoted, filename,
  content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Distinct pairs of display name and addr-spec.
CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  addr TEXT NOT NULL
) STRICT;

-- What a list of hits shows and filters by.
CREATE TABLE doc (
  number INTEGER PRIMARY KEY,
  sent_at INTEGER,                 -- milliseconds since 1970; NULL where Date is missing or unreadable
  size INTEGER NOT NULL,
  sender INTEGER REFERENCES mailbox,
  recipients BLOB NOT NULL,        -- mailbox ids of To, Cc, Bcc as unsigned LEB128
  subject TEXT NOT NULL,
  msgid TEXT NOT NULL,
  attachments INTEGER NOT NULL,
  defects INTEGER NOT NULL,
  folders BLOB                     -- folder ids as unsigned LEB128; NULL where the header section names none
) STRICT;

-- Folders that header sections name (X-Folder, X-Gmail-Labels).
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE attachment (
  number INTEGER NOT NULL REFERENCES doc,
  entity INTEGER NOT NULL,         -- index into the message's entities
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,           -- decoded bytes
  sha256 BLOB NOT NULL,
  inline INTEGER NOT NULL,         -- 1: shown inside the HTML body
  PRIMARY KEY (number, entity)
) STRICT, WITHOUT ROWID;

-- Raw bytes of messages that the original holds only compressed or quoted: a cache beside the shard.
CREATE TABLE spooled (
  number INTEGER PRIMARY KEY,
  frame INTEGER NOT NULL,          -- byte offset of a zstd frame in the spool file
  frame_length INTEGER NOT NULL,
  offset INTEGER NOT NULL,         -- inside the unpacked frame
  length INTEGER NOT NULL
) STRICT;

-- What threading needs, one row for each batch of messages that was indexed together.
CREATE TABLE batch (
  first INTEGER PRIMARY KEY,       -- lowest number in it
  features BLOB NOT NULL
) STRICT;
