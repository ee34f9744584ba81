-- What articles that may be copies have in common: hashes of parts of their texts, 32 bits of each.
CREATE TABLE article_band (
    band        INTEGER NOT NULL,
    article_seq INTEGER NOT NULL,
    PRIMARY KEY (band, article_seq)
) STRICT, WITHOUT ROWID;
