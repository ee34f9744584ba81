-- What earlier polls of a source taught, why the last one failed, what of its answer was left out, the shortest time between two polls as sources.toml last had it, and an index
-- that finds a source's latest entries. A source that is gone waits until someone asks for it.
ALTER TABLE source ADD COLUMN memory TEXT; -- JSON
ALTER TABLE source ADD COLUMN every INTEGER NOT NULL DEFAULT 0; -- microseconds
ALTER TABLE source ADD COLUMN last_cause TEXT;
ALTER TABLE source ADD COLUMN left_out TEXT; -- JSON
UPDATE source SET next_poll_at = 9223372036854775807 WHERE state = 'gone';
CREATE INDEX entry_seen ON entry (source_id, first_seen_at);
CREATE INDEX delivery_notice ON delivery (recipient, created_at) WHERE kind = 'notice';

-- Trouble of the daemon itself that its operators were told of and that has not passed.
CREATE TABLE trouble (
    name  TEXT    NOT NULL PRIMARY KEY, -- disk
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An address identifies an entry without its "www." and without a slash at its end; rows that become equal are one entry.
UPDATE OR REPLACE entry SET key = rtrim(replace(key, '://www.', '://'), '/')
WHERE key LIKE 'link:http%' AND key <> rtrim(replace(key, '://www.', '://'), '/');
UPDATE OR REPLACE pending SET key = rtrim(replace(key, '://www.', '://'), '/'),
    entry = json_set(entry, '$.key', rtrim(replace(key, '://www.', '://'), '/'))
WHERE key LIKE 'link:http%' AND key <> rtrim(replace(key, '://www.', '://'), '/');
