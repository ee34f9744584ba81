-- What is known of each sitemap that a source's sitemap leads to, and of that one itself.
CREATE TABLE sitemap_part (
    source_id     BLOB    NOT NULL REFERENCES source (id),
    url           TEXT    NOT NULL,
    lastmod       TEXT,             -- as its index gave it when it was last read to its end
    baseline      INTEGER NOT NULL, -- 1: listed when the source was first polled, and not read to its end since
    tried_at      INTEGER NOT NULL, -- 0: never
    etag          TEXT,
    last_modified TEXT,
    body_hash     BLOB,
    PRIMARY KEY (source_id, url)
) STRICT, WITHOUT ROWID;
