-- A session belongs to the key that signed it, 0 = of before; and what came of a station while somebody else may have had its key.
ALTER TABLE sessions ADD COLUMN key_id BIGINT NOT NULL DEFAULT 0;
CREATE TABLE doubts (
  station BIGINT NOT NULL, since_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL,
  PRIMARY KEY (station, until_ms));
UPDATE meta SET value = 5 WHERE name = 'schema';
