-- A station has one open escalation, with the zones in it and the lives of its store that are not answered; of several that were open the
-- one that went up highest stays. New lives are counted by the hour, and those of long ago are forgotten but for their events.
ALTER TABLE escalations ADD COLUMN zones BIGINT NOT NULL DEFAULT 0;
ALTER TABLE escalations ADD COLUMN epochs TEXT NOT NULL DEFAULT '0';
UPDATE escalations SET zones = CASE WHEN zone BETWEEN 1 AND 32 THEN CAST(1 AS BIGINT) << (zone - 1) ELSE 0 END;
UPDATE escalations SET ended_by = 5, ended_ms = level_ms WHERE (station, epoch, lane, sequence) IN (
  SELECT station, epoch, lane, sequence FROM (
    SELECT station, epoch, lane, sequence, ROW_NUMBER() OVER (
      PARTITION BY station ORDER BY level DESC, started_ms, epoch, sequence) AS place
    FROM escalations WHERE ended_ms = 0) AS o WHERE place > 1);
ALTER TABLE presence ADD COLUMN epoch_hour_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN epochs_in_hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE presence ADD COLUMN epochs_forgotten INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen_ms BIGINT NOT NULL DEFAULT 0;
UPDATE meta SET value = 14 WHERE name = 'schema';
