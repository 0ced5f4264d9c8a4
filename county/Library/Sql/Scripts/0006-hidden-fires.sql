-- Since when heartbeats tell of a fire whose records do not come; and what an escalation waits for: a fire, or that.
ALTER TABLE presence ADD COLUMN hidden_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE escalations ADD COLUMN cause INTEGER NOT NULL DEFAULT 0;
UPDATE meta SET value = 6 WHERE name = 'schema';
