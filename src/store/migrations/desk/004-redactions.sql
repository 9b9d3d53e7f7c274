-- What someone decided to leave out of releases, or to leave in although a rule found it.
CREATE TABLE redaction (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  message TEXT,                      -- SHA-256 in hex; null: wherever it stands
  target TEXT NOT NULL CHECK (target IN ('value', 'passage', 'field', 'message')),
  thing TEXT NOT NULL,               -- what kind of thing it is: phone, home, passage, …
  decision TEXT NOT NULL CHECK (decision IN ('redact', 'show')),
  reason TEXT NOT NULL,
  rule TEXT,                         -- that found it; null: a person marked it
  value TEXT NOT NULL,               -- what is the same elsewhere; the name of a header field
  written TEXT NOT NULL,             -- as it was seen
  place TEXT,                        -- where it was marked: text, html, field Subject, …
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX redaction_standing ON redaction (rule, value) WHERE undone_at IS NULL;
CREATE INDEX redaction_act ON redaction (act);

-- An attachment that may be published, and how.
CREATE TABLE clearance (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  attachment BLOB NOT NULL CHECK (length(attachment) = 32), -- SHA-256 of its bytes
  form TEXT NOT NULL CHECK (form IN ('original', 'pages', 'draft')), -- draft: boxes are being drawn, nothing is published yet
  boxes TEXT NOT NULL,               -- JSON: [{page, left, top, width, height}], in thousandths of the page
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX clearance_act ON clearance (act);

-- Whether an address, a domain or a number is a public person's. What is not here is private.
CREATE TABLE publicity (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  subject TEXT NOT NULL,             -- addr-spec in lower case, @domain, +number
  verdict TEXT NOT NULL CHECK (verdict IN ('public', 'private')),
  reason TEXT NOT NULL,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX publicity_subject ON publicity (subject) WHERE undone_at IS NULL;
CREATE INDEX publicity_act ON publicity (act);

-- The number that a placeholder got when it was first published: the same in every later release.
CREATE TABLE placeholder (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  thing TEXT NOT NULL,
  value TEXT NOT NULL,
  number INTEGER NOT NULL,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX placeholder_thing ON placeholder (thing, value);
CREATE INDEX placeholder_act ON placeholder (act);
