-- The ledger of claims: who said what in public, through whom, offering what, and what the archive shows (docs/claims.md).
-- Rows of these tables are appended and never taken back: a correction is another row that names the one it replaces.
-- A capture is named by the SHA-256 of its bytes, spans by the text's digest, both ways (W3C Web Annotation).

-- A page or file of an outlet, as it was captured.
CREATE TABLE capture (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  bytes BLOB NOT NULL CHECK (length(bytes) = 32), -- SHA-256 of the original, which capture_part holds byte for byte
  size INTEGER NOT NULL,             -- bytes of the original
  format TEXT NOT NULL,              -- html, text, pdf, warc
  url TEXT NOT NULL,                 -- where it was fetched, or what its file was called
  canonical_url TEXT NOT NULL,       -- as the page says; '' where it does not
  outlet TEXT NOT NULL,
  title TEXT NOT NULL,
  byline TEXT NOT NULL,
  published_at TEXT NOT NULL,        -- as the page writes it
  modified_at TEXT NOT NULL,
  language TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32), -- SHA-256 of the text in UTF-8, which capture_part holds as well
  extractor TEXT NOT NULL,
  findings TEXT NOT NULL,            -- JSON: [{code, note}]
  version_of TEXT,                   -- id of the first capture of the same article
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_bytes ON capture (bytes);
CREATE INDEX capture_version ON capture (version_of);

-- Originals of captures byte for byte, and their texts in UTF-8, by SHA-256, in parts.
CREATE TABLE capture_part (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  bytes BLOB NOT NULL CHECK (length(bytes) = 32),
  part INTEGER NOT NULL,             -- from 0
  content TEXT NOT NULL,             -- base64
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX capture_part_bytes ON capture_part (bytes, part);

-- Who speaks: a person, an organisation, a group that nobody names.
CREATE TABLE agent (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  name TEXT NOT NULL,
  sort TEXT NOT NULL CHECK (sort IN ('person', 'organisation', 'unnamed')),
  is_living INTEGER NOT NULL CHECK (is_living IN (0, 1)), -- of a person: taken as living until someone says otherwise
  aliases TEXT NOT NULL,             -- JSON: other names
  address TEXT,                      -- an addr-spec of the trove's, where it is one of its people
  wikidata TEXT,
  replaces TEXT,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;

-- What an outlet says that an agent is. Never what the agent is.
CREATE TABLE capacity (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  agent TEXT NOT NULL,
  text TEXT NOT NULL,
  asserted_by TEXT NOT NULL,         -- id of the capture
  anchor TEXT NOT NULL,              -- JSON: {exact, prefix, suffix, start, end}
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX capacity_agent ON capacity (agent);

-- An agent said something, once: all its appearances are of this.
CREATE TABLE utterance (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  speaker TEXT NOT NULL,             -- id of the agent
  said_at TEXT NOT NULL,             -- a date; '' where unknown
  said_precision TEXT NOT NULL CHECK (said_precision IN ('day', 'month', 'year', 'published', 'unknown')),
  venue TEXT NOT NULL,
  language TEXT NOT NULL,            -- in which it was said; '' where unknown
  translation TEXT NOT NULL CHECK (translation IN ('no', 'yes', 'disputed', 'unknown')),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX utterance_speaker ON utterance (speaker);

-- An utterance as one capture has it.
CREATE TABLE appearance (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  utterance TEXT NOT NULL,
  capture TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32), -- of the text that the anchors are on
  mode TEXT NOT NULL CHECK (mode IN ('direct', 'partial', 'mixed', 'indirect', 'headline')),
  anchors TEXT NOT NULL,             -- JSON: what is attributed, each {exact, prefix, suffix, start, end}
  verbatim TEXT NOT NULL,            -- JSON: what of it stands between marks
  hedges TEXT NOT NULL,              -- JSON
  cue TEXT,                          -- JSON: one anchor
  negation TEXT,                     -- JSON: one anchor
  rule TEXT NOT NULL,                -- what proposed it: the name of a rule, or 'person'
  replaces TEXT,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX appearance_utterance ON appearance (utterance);
CREATE INDEX appearance_capture ON appearance (capture);

-- One who relays an appearance, the outermost first.
CREATE TABLE hop (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  appearance TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  cue TEXT NOT NULL,                 -- the words that say so
  type TEXT NOT NULL CHECK (type IN ('said', 'told', 'wrote', 'reported', 'cited', 'according_to')),
  anchor TEXT,                       -- JSON
  resolved TEXT,                     -- id of the capture that is relayed; NULL is a relay that nobody has checked
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX hop_appearance ON hop (appearance);

-- A neutral sentence that utterances take a stand on.
CREATE TABLE proposition (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  text TEXT NOT NULL,
  replaces TEXT,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;

-- What is done by an utterance, and its stand on a proposition. An utterance has as many as it does things.
CREATE TABLE statement (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  utterance TEXT NOT NULL,
  does TEXT NOT NULL CHECK (does IN ('assertion', 'accusation', 'denial', 'concession', 'confirmation', 'evaluation', 'demand', 'no_comment', 'correction', 'retraction')),
  target TEXT,                       -- id of the agent that it is about
  proposition TEXT,
  stance TEXT CHECK (stance IN ('asserts', 'denies', 'concedes')),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_utterance ON statement (utterance);
CREATE INDEX statement_proposition ON statement (proposition);

-- What the speaker or the outlet offers as evidence. It says nothing of what the archive shows.
CREATE TABLE invocation (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  appearance TEXT NOT NULL,
  offers TEXT NOT NULL CHECK (offers IN ('archive_document', 'other_document', 'named_source', 'unnamed_source', 'own_knowledge', 'none_in_this_text')),
  invoked_by TEXT NOT NULL CHECK (invoked_by IN ('speaker', 'outlet')),
  anchor TEXT,                       -- JSON; NULL where the text offers nothing
  message BLOB CHECK (message IS NULL OR length(message) = 32), -- the message that is meant, where a person says so
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX invocation_appearance ON invocation (appearance);
CREATE INDEX invocation_message ON invocation (message);

-- What the editors found. It says nothing of what was offered.
CREATE TABLE assessment (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  proposition TEXT NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('supports', 'contradicts', 'partly', 'silent', 'not_checkable')),
  message BLOB CHECK (message IS NULL OR length(message) = 32),
  anchor TEXT,                       -- JSON: a passage of the message's text
  digest BLOB CHECK (digest IS NULL OR length(digest) = 32), -- of that text
  search TEXT NOT NULL,              -- which query was asked; a silence says what for
  why TEXT NOT NULL,
  replaces TEXT,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  CHECK (relation IN ('silent', 'not_checkable') OR message IS NOT NULL),
  CHECK (relation <> 'silent' OR search <> '')
) STRICT, WITHOUT ROWID;
CREATE INDEX assessment_proposition ON assessment (proposition);
CREATE INDEX assessment_message ON assessment (message);

-- Who decided what of which row, one after the other.
CREATE TABLE review (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  subject TEXT NOT NULL,             -- the proposal (capture, place, rule), or id of a row
  decision TEXT NOT NULL CHECK (decision IN ('accepted', 'edited', 'rejected', 'approved', 'withdrawn', 'published')),
  proposer TEXT NOT NULL,            -- a rule with its version, a model with the hash of its prompt, or a person
  changes TEXT NOT NULL,             -- JSON: {field: [proposed, decided]}
  previous TEXT NOT NULL,            -- hash of the review before it of the same subject; '' for the first
  hash TEXT NOT NULL,                -- SHA-256 (hex) of this one in RFC 8785 JSON
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX review_subject ON review (subject, made_at);

-- What one who is concerned says of a row, or an outlet's correction: part of the record.
CREATE TABLE reply (
  id TEXT PRIMARY KEY, act TEXT NOT NULL,
  made_at INTEGER NOT NULL, made_by TEXT NOT NULL, undone_at INTEGER, undone_by TEXT,
  subject TEXT NOT NULL,             -- id of an utterance, a proposition or an assessment
  sort TEXT NOT NULL CHECK (sort IN ('correction', 'reply')),
  from_whom TEXT NOT NULL,
  received_at TEXT NOT NULL,         -- a date
  text TEXT NOT NULL,
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_subject ON reply (subject);
