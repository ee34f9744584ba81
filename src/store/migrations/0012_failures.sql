-- When the first attempt at a message failed.
ALTER TABLE delivery ADD COLUMN failed_at INTEGER;
