-- Texts that are looked at again: articles for silent edits, and watched pages, which are polled as sources. What an
-- article said last is read from the pages kept of it, as the code of the day reads them.
CREATE TABLE tracked (
    article_id    BLOB    NOT NULL PRIMARY KEY REFERENCES article (id),
    source_id     BLOB    NOT NULL REFERENCES source (id), -- whose rules it is read by
    kind          TEXT    NOT NULL,                        -- article | page
    url           TEXT    NOT NULL,
    host_key      TEXT    NOT NULL,
    since         INTEGER NOT NULL,
    until         INTEGER NOT NULL,
    next_check_at INTEGER NOT NULL,
    checked_at    INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    state         TEXT,    -- why the last answer was no version
    raised        TEXT,    -- taken_down | truncated, where that was told and still holds
    last_error    TEXT,
    epoch         TEXT,    -- by what the text was read that was judged last
    judged_hash   BLOB,    -- that text, which says what the baseline says
    revision_id   BLOB,    -- the baseline, where there is more than one version
    lease_owner   TEXT,
    lease_until   INTEGER NOT NULL DEFAULT 0,
    lease_gen     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX tracked_due ON tracked (next_check_at) WHERE kind = 'article';
CREATE INDEX tracked_source ON tracked (source_id) WHERE kind = 'page';

-- The pages that the baseline was read from, packed; validators and body hash are those of the last answer.
CREATE TABLE tracked_page (
    seq           INTEGER NOT NULL PRIMARY KEY,
    article_id    BLOB    NOT NULL REFERENCES tracked (article_id) ON DELETE CASCADE,
    number        INTEGER NOT NULL, -- from 1
    url           TEXT    NOT NULL,
    content_type  TEXT,
    etag          TEXT,
    last_modified TEXT,
    body_hash     BLOB    NOT NULL,
    kept_at       INTEGER NOT NULL,
    kept_hash     BLOB    NOT NULL,
    page          BLOB    NOT NULL,
    UNIQUE (article_id, number)
) STRICT;

-- Versions of articles and pages that were changed; the first is written together with the second.
CREATE TABLE revision (
    seq           INTEGER NOT NULL PRIMARY KEY,
    id            BLOB    NOT NULL UNIQUE,
    article_id    BLOB    NOT NULL REFERENCES article (id),
    fetched_at    INTEGER NOT NULL,
    url           TEXT    NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    body_hash     BLOB,
    epoch         TEXT,
    kind          TEXT,  -- what changed; nothing for the first version
    significance  REAL,
    change        TEXT,  -- JSON
    text_hash     BLOB    NOT NULL,
    base_id       BLOB,  -- of which version the text is the difference; nothing where it is whole
    text          BLOB    NOT NULL -- packed
) STRICT;
CREATE INDEX revision_article ON revision (article_id, seq);
CREATE INDEX revision_fetched ON revision (fetched_at);

-- A cause: this rule held for this change, and this recipient is to know. It exists once.
CREATE TABLE edit_alert (
    id          BLOB    NOT NULL PRIMARY KEY,
    rule        TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    article_id  BLOB    NOT NULL REFERENCES article (id),
    revision_id BLOB    NOT NULL,
    created_at  INTEGER NOT NULL,
    delivery_id BLOB    NOT NULL REFERENCES delivery (id),
    UNIQUE (rule, recipient, article_id, revision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_alert_article ON edit_alert (article_id);

-- A change that waits for company: when it is due, what was said before the first is compared with what is said then.
CREATE TABLE edit_hold (
    article_id  BLOB    NOT NULL REFERENCES article (id),
    rule        TEXT    NOT NULL,
    before_id   BLOB    NOT NULL,
    due_at      INTEGER NOT NULL,
    lease_owner TEXT,
    lease_until INTEGER NOT NULL DEFAULT 0,
    lease_gen   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (article_id, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_hold_due ON edit_hold (due_at);

-- Changes for digests; open until a period ends.
CREATE TABLE digest_edit (
    digest      TEXT    NOT NULL,
    recipient   TEXT    NOT NULL,
    article_id  BLOB    NOT NULL REFERENCES article (id),
    revision_id BLOB    NOT NULL,
    created_at  INTEGER NOT NULL,
    item        TEXT    NOT NULL, -- JSON
    delivery_id BLOB REFERENCES delivery (id),
    PRIMARY KEY (digest, recipient, article_id, revision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_edit_open ON digest_edit (digest, recipient) WHERE delivery_id IS NULL;
CREATE INDEX digest_edit_article ON digest_edit (article_id);
