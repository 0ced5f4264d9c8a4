-- The broker's users come from the registry: a hash of each station's password, and those who read for a township.
CREATE TABLE passwords (station BIGINT PRIMARY KEY, hash TEXT NOT NULL);

CREATE TABLE readers (
  name TEXT PRIMARY KEY, county TEXT NOT NULL, township TEXT NOT NULL, hash TEXT NOT NULL, added_ms BIGINT NOT NULL);
UPDATE meta SET value = 3 WHERE name = 'schema';
