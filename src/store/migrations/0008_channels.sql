-- A message may take several requests: so many of so many were taken.
ALTER TABLE delivery ADD COLUMN parts_sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;

-- Webhooks, as far as they are to be left alone.
CREATE TABLE target (
    recipient   TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL,           -- of what sources.toml says of it; another one wakes it
    quiet_until INTEGER NOT NULL DEFAULT 0, -- 9223372036854775807: it is gone, until the file or a command wakes it
    quiet_since INTEGER,
    why         TEXT
) STRICT, WITHOUT ROWID;

-- Who wants no more mails of a list, whatever sources.toml says.
CREATE TABLE suppression (
    address TEXT    NOT NULL,
    list    TEXT    NOT NULL, -- alert:NAME | digest:NAME
    since   INTEGER NOT NULL,
    PRIMARY KEY (address, list)
) STRICT, WITHOUT ROWID;

-- Keys that were made for this database and that nobody else knows.
CREATE TABLE own_key (
    name    TEXT    NOT NULL PRIMARY KEY,
    key     BLOB    NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
