-- Call-out of reinforcements: who is called for a station, and the call-outs that are under way. An act says whom it is about, for how
-- long, and by which name another program knows what it registered.
CREATE TABLE callout_plan (
  station BIGINT NOT NULL, party TEXT NOT NULL, ring INTEGER NOT NULL, neighbour BIGINT NOT NULL, within_s INTEGER NOT NULL,
  metres INTEGER NOT NULL, telephone TEXT NOT NULL,
  PRIMARY KEY (station, party));
CREATE TABLE callouts (
  case_id TEXT PRIMARY KEY, ring INTEGER NOT NULL, called_ms BIGINT NOT NULL, ring_ms BIGINT NOT NULL, within_s INTEGER NOT NULL,
  set_out INTEGER NOT NULL, late INTEGER NOT NULL);
ALTER TABLE case_acts ADD COLUMN value BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_acts ADD COLUMN party TEXT NOT NULL DEFAULT '';
ALTER TABLE case_acts ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE case_steps ADD COLUMN party TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX case_acts_by_reference ON case_acts (reference) WHERE reference <> '';
UPDATE meta SET value = 20 WHERE name = 'schema';
