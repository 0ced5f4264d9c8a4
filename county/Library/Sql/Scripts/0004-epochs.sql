-- What a station's change to another epoch meant: a new store, or two boxes that speak under one number in turn.
ALTER TABLE presence ADD COLUMN epoch_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN epoch_returned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN renewed_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN twins_ms BIGINT NOT NULL DEFAULT 0;
UPDATE meta SET value = 4 WHERE name = 'schema';
