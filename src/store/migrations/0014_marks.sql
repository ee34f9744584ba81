-- What an article has in common with others, in one row: hashes of parts of its text and of the names and numbers in it, 32 bits of each,
-- and those names and numbers themselves. Kept of the latest articles; they are looked up in memory, which is made from this.
CREATE TABLE article_marks (
    article_seq INTEGER NOT NULL PRIMARY KEY,
    filed_at    INTEGER NOT NULL,
    bands       BLOB    NOT NULL,
    keys        BLOB    NOT NULL,
    facts       BLOB    NOT NULL
) STRICT;

INSERT INTO article_marks
WITH banded AS (
    SELECT article_seq, unhex(group_concat(printf('%08x', band & 0xffffffff), '')) AS bands
    FROM article_band GROUP BY article_seq
), keyed AS (
    SELECT article_seq, unhex(group_concat(printf('%08x', (key >> 32) & 0xffffffff), '')) AS keys
    FROM story_key GROUP BY article_seq
), marked AS (
    SELECT article_seq FROM banded UNION SELECT article_seq FROM keyed
)
SELECT article_seq, first_seen_at, coalesce(bands, x''), coalesce(keys, x''), coalesce(facts, x'')
FROM marked JOIN article ON seq = article_seq
LEFT JOIN banded USING (article_seq) LEFT JOIN keyed USING (article_seq) LEFT JOIN story_facts USING (article_seq);

DROP TABLE article_band;
DROP TABLE story_key;
DROP TABLE story_facts;
