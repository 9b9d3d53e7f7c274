-- Whether two addresses are one person's, as someone stated it.
CREATE TABLE person (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  address TEXT NOT NULL,             -- addr-specs in lower case; for a mailbox without one, its display name
  other TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  reason TEXT NOT NULL,              -- what the suggestion said, or what the person wrote
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
