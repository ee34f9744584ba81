-- The earlier article that holds all that this one says, where there was one when it was filed.
ALTER TABLE story_article ADD COLUMN copy_of BLOB;
