-- Cases: which events stand on which track, what people and the county's clock did, and what follows: the cases and their steps. Numbers of
-- acts and steps come from meta. And the files of places, and the settings under which cases began.
INSERT INTO meta (name, value) VALUES ('cases', 0) ON CONFLICT DO NOTHING;

CREATE TABLE case_marks (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, track INTEGER NOT NULL, part BIGINT NOT NULL,
  sequence BIGINT NOT NULL, role INTEGER NOT NULL,
  PRIMARY KEY (station, epoch, lane, track, part, sequence));
CREATE INDEX case_ends ON case_marks (station, epoch, lane, track, part, sequence) WHERE role = 3;

CREATE TABLE case_acts (
  number BIGINT PRIMARY KEY, kind INTEGER NOT NULL, at_ms BIGINT NOT NULL, station BIGINT NOT NULL, epoch BIGINT NOT NULL,
  lane INTEGER NOT NULL, track INTEGER NOT NULL, part BIGINT NOT NULL, sequence BIGINT NOT NULL, level INTEGER NOT NULL,
  judgement INTEGER NOT NULL, grade INTEGER NOT NULL, by_name TEXT NOT NULL, cause TEXT NOT NULL, words TEXT NOT NULL,
  county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL);
CREATE INDEX case_acts_by_track ON case_acts (station, epoch, lane, track, part, sequence);
CREATE INDEX case_acts_inspections ON case_acts (station, at_ms) WHERE kind = 40;

CREATE TABLE cases (
  id TEXT PRIMARY KEY, station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, track INTEGER NOT NULL,
  part BIGINT NOT NULL, sequence BIGINT NOT NULL, class INTEGER NOT NULL, trouble INTEGER NOT NULL, state INTEGER NOT NULL,
  grade INTEGER NOT NULL, level INTEGER NOT NULL, judgement INTEGER NOT NULL, test INTEGER NOT NULL, zone INTEGER NOT NULL,
  zone_kind INTEGER NOT NULL, zones BIGINT NOT NULL, events INTEGER NOT NULL, opened_ms BIGINT NOT NULL, time_quality INTEGER NOT NULL,
  received_ms BIGINT NOT NULL, ended_ms BIGINT NOT NULL, closed_ms BIGINT NOT NULL, due_ms BIGINT NOT NULL, next_ms BIGINT NOT NULL,
  taken_ms BIGINT NOT NULL, last_step INTEGER NOT NULL, version INTEGER NOT NULL, owner TEXT NOT NULL, cause TEXT NOT NULL,
  words TEXT NOT NULL, merged_into TEXT NOT NULL, county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL);
CREATE INDEX cases_by_track ON cases (station, epoch, lane, track, part, sequence);
CREATE INDEX cases_by_time ON cases (station, class, opened_ms);
CREATE INDEX cases_open ON cases (class, opened_ms) WHERE closed_ms = 0;
CREATE INDEX cases_due ON cases (next_ms) WHERE next_ms > 0;

CREATE TABLE case_steps (
  case_id TEXT NOT NULL, n INTEGER NOT NULL, number BIGINT NOT NULL, kind INTEGER NOT NULL, at_ms BIGINT NOT NULL,
  time_quality INTEGER NOT NULL, zone INTEGER NOT NULL, value BIGINT NOT NULL, detail INTEGER NOT NULL, level INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL, source TEXT NOT NULL, who TEXT NOT NULL, words TEXT NOT NULL,
  PRIMARY KEY (case_id, n));
CREATE UNIQUE INDEX case_steps_by_number ON case_steps (number);

CREATE TABLE case_settings (number BIGINT PRIMARY KEY, from_ms BIGINT NOT NULL, words TEXT NOT NULL);

CREATE TABLE places (
  station BIGINT PRIMARY KEY, address TEXT NOT NULL, contact TEXT NOT NULL, telephone TEXT NOT NULL, sleeping INTEGER NOT NULL,
  gas TEXT NOT NULL, keys TEXT NOT NULL, notes TEXT NOT NULL, lon TEXT NOT NULL, lat TEXT NOT NULL, datum TEXT NOT NULL,
  changed_ms BIGINT NOT NULL);
UPDATE meta SET value = 17 WHERE name = 'schema';
