-- What the gateway of a session can do beyond the least, as its hello said: after a restart of the county the session goes on.
ALTER TABLE sessions ADD COLUMN abilities BIGINT NOT NULL DEFAULT 0;
UPDATE meta SET value = 31 WHERE name = 'schema';
