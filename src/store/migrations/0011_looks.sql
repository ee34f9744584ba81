-- How long a text has not been there, what the last look at it came to, and why a change waits.
ALTER TABLE tracked ADD COLUMN state_since INTEGER;
ALTER TABLE tracked ADD COLUMN looked TEXT; -- unchanged | same_text | changed | failed
ALTER TABLE edit_hold ADD COLUMN why TEXT NOT NULL DEFAULT 'settle'; -- settle | restless
