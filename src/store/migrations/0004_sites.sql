-- What the articles of a host have taught, which rules of a source give nothing, and what an article depended on besides its page.
CREATE TABLE host (
    host_key TEXT    NOT NULL PRIMARY KEY,
    learnt   TEXT    NOT NULL, -- JSON
    seen_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX host_seen ON host (seen_at);
ALTER TABLE source ADD COLUMN rule_misses TEXT; -- JSON
ALTER TABLE article ADD COLUMN epoch TEXT;
