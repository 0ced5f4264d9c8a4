-- The names of townships that have a station or a box, as the list of divisions had them that came with an import.
CREATE TABLE townships (code TEXT PRIMARY KEY, name TEXT NOT NULL);
UPDATE meta SET value = 32 WHERE name = 'schema';
