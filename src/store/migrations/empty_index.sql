-- The text stands in front: of a word in the first column the index does not note in which it is.
DROP TABLE article_search;
CREATE VIRTUAL TABLE article_search USING fts5 (
    body, title, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
