-- Keys that domains published for signing mail (RFC 6376 3.6), and who says so. Durable; migrated forward only.
-- Times are milliseconds since 1970-01-01T00:00Z.

-- One row for each text that a selector is said to have published; a selector has many over the years.
CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  domain TEXT NOT NULL,              -- d=, lower case, A-labels
  selector TEXT NOT NULL,            -- s=, lower case
  txt TEXT NOT NULL,                 -- the TXT record, its strings joined
  spki_sha256 TEXT,                  -- SHA-256 of the SubjectPublicKeyInfo, hex; NULL where the record holds no usable key
  UNIQUE (domain, selector, txt)
) STRICT;
CREATE INDEX key_spki ON key (spki_sha256) WHERE spki_sha256 IS NOT NULL;

-- Who saw a record, when and how. Every import adds to this and changes nothing.
CREATE TABLE observation (
  id INTEGER PRIMARY KEY,
  key INTEGER NOT NULL REFERENCES key,
  source TEXT NOT NULL CHECK (source IN ('zone', 'answers', 'observations', 'statement', 'record', 'dns')),
  provenance TEXT NOT NULL CHECK (provenance IN
    ('dnssec', 'attested-observation', 'several-archives', 'single-archive', 'recovered', 'submitter-supplied')),
  observer TEXT NOT NULL,            -- who: an archive, a person, a resolver
  method TEXT NOT NULL,              -- how it came here: a file's name and SHA-256, a query
  first_seen INTEGER,                -- NULL where the source does not say
  last_seen INTEGER,
  recorded_at INTEGER NOT NULL,      -- when it was imported
  evidence TEXT NOT NULL,            -- the signed statement, or the lines that were read
  UNIQUE (key, source, provenance, observer, method, evidence)
) STRICT;

-- Keys whose private half is not private: a signature under one of them shows nothing.
CREATE TABLE burned (
  spki_sha256 TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  method TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;

-- Questions to live DNS that found no key, so that nobody has to ask again to know.
CREATE TABLE unanswered (
  id INTEGER PRIMARY KEY,
  domain TEXT NOT NULL,
  selector TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  observer TEXT NOT NULL,
  outcome TEXT NOT NULL              -- NXDOMAIN, timeout, no TXT record, too large
) STRICT;
