-- People who use the duty page, where they are signed in, and what they did there.
INSERT INTO meta (name, value) VALUES ('duty', 0) ON CONFLICT DO NOTHING;

CREATE TABLE duty_users (
  name TEXT PRIMARY KEY, person TEXT NOT NULL, role INTEGER NOT NULL, township TEXT NOT NULL, hash TEXT NOT NULL, added_ms BIGINT NOT NULL);

CREATE TABLE duty_sessions (
  token_hash TEXT PRIMARY KEY, name TEXT NOT NULL, began_ms BIGINT NOT NULL, until_ms BIGINT NOT NULL);
CREATE INDEX duty_sessions_of ON duty_sessions (name, began_ms);

CREATE TABLE duty_log (
  number BIGINT PRIMARY KEY, at_ms BIGINT NOT NULL, name TEXT NOT NULL, person TEXT NOT NULL, act TEXT NOT NULL, township TEXT NOT NULL,
  target TEXT NOT NULL, words TEXT NOT NULL);
UPDATE meta SET value = 23 WHERE name = 'schema';
