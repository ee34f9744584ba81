-- Times are microseconds since 1970 in UTC, identifiers 16-byte UUIDs made by the application, hashes 32 bytes.
-- Rows that work is taken from carry a lease: who holds it, until when, and a generation that fences off
-- a holder whose lease ran out.

CREATE TABLE source (
    id             BLOB    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL UNIQUE,
    url            TEXT    NOT NULL,
    host_key       TEXT    NOT NULL,
    configured     INTEGER NOT NULL,
    state          TEXT    NOT NULL, -- new | ok | failing | gone
    state_since    INTEGER NOT NULL,
    failures       INTEGER NOT NULL DEFAULT 0,
    next_poll_at   INTEGER NOT NULL,
    last_polled_at INTEGER,
    last_ok_at     INTEGER,
    last_error     TEXT,
    repairs        TEXT,
    etag           TEXT,
    last_modified  TEXT,
    body_hash      BLOB,
    lease_owner    TEXT,
    lease_until    INTEGER NOT NULL DEFAULT 0,
    lease_gen      INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX source_due ON source (next_poll_at) WHERE configured = 1;

CREATE TABLE article (
    seq           INTEGER NOT NULL PRIMARY KEY, -- document number of the search index
    id            BLOB    NOT NULL UNIQUE,
    source_id     BLOB    NOT NULL REFERENCES source (id),
    title         TEXT    NOT NULL,
    published_at  INTEGER,
    first_seen_at INTEGER NOT NULL,
    content_hash  BLOB,
    document      TEXT    NOT NULL -- the article as JSON
) STRICT;
CREATE UNIQUE INDEX article_content ON article (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX article_seen ON article (first_seen_at);

-- Every address that an article is known under.
CREATE TABLE article_url (
    url_key    TEXT NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL REFERENCES article (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE article_source (
    article_id    BLOB    NOT NULL REFERENCES article (id),
    source_id     BLOB    NOT NULL REFERENCES source (id),
    url           TEXT    NOT NULL,
    first_seen_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, source_id)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE article_search USING fts5 (
    title, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE mention (
    article_id BLOB    NOT NULL REFERENCES article (id),
    entity     TEXT    NOT NULL,
    count      INTEGER NOT NULL,
    in_title   INTEGER NOT NULL,
    surfaces   TEXT    NOT NULL, -- JSON array
    PRIMARY KEY (article_id, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity, article_id);

-- What a source has listed; its keys stay, so that nothing is new twice.
CREATE TABLE entry (
    source_id     BLOB    NOT NULL REFERENCES source (id),
    key           TEXT    NOT NULL,
    url           TEXT,
    title         TEXT,
    published_at  INTEGER,
    first_seen_at INTEGER NOT NULL,
    state         TEXT    NOT NULL, -- pending | held | done
    held          TEXT,             -- why it does not alert: backfill | too_old
    article_id    BLOB REFERENCES article (id),
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_url ON entry (url);
CREATE INDEX entry_article ON entry (article_id) WHERE article_id IS NOT NULL;

-- The queue of entries whose articles are to be fetched; a row goes when its article is stored.
CREATE TABLE pending (
    source_id       BLOB    NOT NULL REFERENCES source (id),
    key             TEXT    NOT NULL,
    host_key        TEXT    NOT NULL,
    entry           TEXT    NOT NULL, -- the entry as JSON
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    last_error      TEXT,
    lease_owner     TEXT,
    lease_until     INTEGER NOT NULL DEFAULT 0,
    lease_gen       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_due ON pending (next_attempt_at);

-- The outbox: one message to one recipient. Identity and content are fixed before the first attempt.
CREATE TABLE delivery (
    id              BLOB    NOT NULL PRIMARY KEY,
    recipient       TEXT    NOT NULL,
    kind            TEXT    NOT NULL, -- alert | digest | notice
    message         TEXT    NOT NULL, -- JSON
    created_at      INTEGER NOT NULL,
    state           TEXT    NOT NULL, -- queued | sent | dead | dropped
    attempts        INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    last_error      TEXT,
    finished_at     INTEGER,
    lease_owner     TEXT,
    lease_until     INTEGER NOT NULL DEFAULT 0,
    lease_gen       INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_due ON delivery (next_attempt_at) WHERE state = 'queued';
CREATE INDEX delivery_recipient ON delivery (recipient, state, finished_at);

-- A cause: this rule held for this article, and this recipient is to know. It exists once.
CREATE TABLE alert (
    id          BLOB    NOT NULL PRIMARY KEY,
    rule        TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    article_id  BLOB    NOT NULL REFERENCES article (id),
    created_at  INTEGER NOT NULL,
    delivery_id BLOB    NOT NULL REFERENCES delivery (id),
    UNIQUE (rule, recipient, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_article ON alert (article_id);

-- An item is open until a period ends and its digest is frozen.
CREATE TABLE digest_item (
    digest      TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    article_id  BLOB    NOT NULL REFERENCES article (id),
    created_at  INTEGER NOT NULL,
    item        TEXT    NOT NULL, -- JSON
    delivery_id BLOB REFERENCES delivery (id),
    PRIMARY KEY (digest, recipient, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_item_open ON digest_item (digest, recipient) WHERE delivery_id IS NULL;
CREATE INDEX digest_item_article ON digest_item (article_id);

-- Since when a recipient's current period runs.
CREATE TABLE digest_window (
    digest    TEXT    NOT NULL,
    recipient TEXT    NOT NULL,
    opened_at INTEGER NOT NULL,
    PRIMARY KEY (digest, recipient)
) STRICT, WITHOUT ROWID;

-- The last sign of life of the writer, which also shows that the disk takes writes.
CREATE TABLE heartbeat (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
