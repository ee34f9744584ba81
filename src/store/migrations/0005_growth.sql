-- A file that holds a million articles: texts packed, keys of 8 bytes in place of addresses, and what copies have in common.

-- The article as packed JSON; where it is NULL, `document` holds it as text still. Texts of earlier versions are packed little by little,
-- from the latest to the first: `packing` says which are left. Of a packed article `document` is empty.
ALTER TABLE article ADD COLUMN packed BLOB;
ALTER TABLE article ADD COLUMN verdict TEXT;
CREATE TABLE packing (
    id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    last_seq INTEGER NOT NULL -- no article after it is unpacked
) STRICT;
INSERT INTO packing (id, last_seq) SELECT 1, coalesce(max(seq), 0) FROM article;

-- Every address that an article is known under, by its hash.
CREATE TABLE article_address (
    address_hash INTEGER NOT NULL PRIMARY KEY,
    article_seq  INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO article_address (address_hash, article_seq)
SELECT address_hash(url_key), seq FROM article_url JOIN article ON article.id = article_id;
DROP TABLE article_url;
CREATE INDEX article_address_article ON article_address (article_seq);

-- What a source has listed. What the key or the article says is not said again: `url` and `title` may be NULL.
CREATE TABLE listed (
    seq           INTEGER NOT NULL PRIMARY KEY,
    key_hash      INTEGER NOT NULL, -- of source and key
    address_hash  INTEGER,
    source_id     BLOB    NOT NULL REFERENCES source (id),
    key           TEXT    NOT NULL,
    url           TEXT,
    title         TEXT,
    published_at  INTEGER,
    first_seen_at INTEGER NOT NULL,
    state         TEXT    NOT NULL, -- pending | held | done
    held          TEXT,             -- why it does not alert: backfill | too_old
    article_seq   INTEGER
) STRICT;
INSERT INTO listed (key_hash, address_hash, source_id, key, url, title, published_at, first_seen_at, state, held, article_seq)
SELECT entry_hash(source_id, key), address_hash(url), source_id, key, nullif(url, substr(key, 6)), iif(article_id IS NULL, title, NULL),
    published_at, first_seen_at, state, held, (SELECT seq FROM article WHERE id = article_id)
FROM entry;
DROP TABLE entry;
ALTER TABLE listed RENAME TO entry;
CREATE UNIQUE INDEX entry_key ON entry (key_hash);
CREATE INDEX entry_address ON entry (address_hash) WHERE address_hash IS NOT NULL;
CREATE INDEX entry_seen ON entry (source_id, first_seen_at);
CREATE INDEX entry_article ON entry (article_seq) WHERE article_seq IS NOT NULL;
CREATE INDEX entry_held ON entry (held) WHERE held IS NOT NULL;

-- The keys of entries that are kept no longer, so that nothing is new twice.
CREATE TABLE past_entry (
    key_hash INTEGER NOT NULL PRIMARY KEY
) STRICT;

-- What articles that may be copies have in common: hashes of parts of their texts, 32 bits of each. All of the latest articles …
CREATE TABLE article_band (
    band        INTEGER NOT NULL,
    article_seq INTEGER NOT NULL,
    PRIMARY KEY (band, article_seq)
) STRICT, WITHOUT ROWID;
-- … and a quarter of them of all others.
CREATE TABLE earlier_band (
    band        INTEGER NOT NULL,
    article_seq INTEGER NOT NULL,
    PRIMARY KEY (band, article_seq)
) STRICT, WITHOUT ROWID;

-- What is deleted with a message.
CREATE INDEX alert_delivery ON alert (delivery_id);
CREATE INDEX digest_item_delivery ON digest_item (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX delivery_finished ON delivery (finished_at) WHERE finished_at IS NOT NULL;
