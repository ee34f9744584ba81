-- Places in the order of filing by entity and by source, so that a search reads no article that it does not show.
ALTER TABLE mention ADD COLUMN article_seq INTEGER;
UPDATE mention SET article_seq = (SELECT seq FROM article WHERE id = article_id);
CREATE INDEX mention_place ON mention (entity, article_seq); -- and, as the key of the table, the article's identity, which tells when it was filed
DROP INDEX mention_entity;
CREATE INDEX entry_place ON entry (source_id, article_seq) WHERE article_seq IS NOT NULL;
