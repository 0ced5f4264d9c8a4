-- Programs that read the duty page's API: each has a token, of which only the hash is here.
CREATE TABLE api_tokens (
  name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, township TEXT NOT NULL, contacts INTEGER NOT NULL, added_ms BIGINT NOT NULL);
UPDATE meta SET value = 24 WHERE name = 'schema';
