-- The story of each article: the event that it and others tell of.
CREATE TABLE story_article (
    article_id BLOB NOT NULL PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    story_id   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX story_article_story ON story_article (story_id);

-- What articles of one event may have in common: hashes of names and numbers, by the era (three days) in which an article was filed.
-- Only the latest eras are looked at; earlier ones go.
CREATE TABLE story_key (
    era         INTEGER NOT NULL,
    key         INTEGER NOT NULL,
    article_seq INTEGER NOT NULL,
    PRIMARY KEY (era, key, article_seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE story_facts (
    article_seq INTEGER NOT NULL PRIMARY KEY,
    era         INTEGER NOT NULL,
    facts       BLOB    NOT NULL
) STRICT;

-- Who was not told of a copy because an earlier article had told the same.
CREATE TABLE held_copy (
    article_id BLOB    NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL, -- alert | digest
    name       TEXT    NOT NULL,
    recipient  TEXT    NOT NULL,
    copy_of    BLOB    NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    held_at    INTEGER NOT NULL,
    PRIMARY KEY (article_id, kind, name, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_copy_of ON held_copy (copy_of);
