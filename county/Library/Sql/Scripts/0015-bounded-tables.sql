-- What is asked of the newest answer and the newest fire, and which events of a start wait for its clock, without going through others.
CREATE INDEX events_answers ON events (station, epoch, lane, sequence) WHERE kind IN (8, 5);
CREATE INDEX events_fires ON events (station, epoch, lane, sequence) WHERE kind IN (1, 5);
DROP INDEX events_without_clock;
CREATE INDEX events_without_clock ON events (station, epoch, boot, lane, sequence) WHERE utc_quality = 0;
UPDATE meta SET value = 15 WHERE name = 'schema';
