-- Other makers' boxes: who may speak, what is known of their components, which frames came last, and where each event came from.
CREATE TABLE peers (
  station BIGINT PRIMARY KEY, address BIGINT NOT NULL UNIQUE, county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL,
  name TEXT NOT NULL, profile INTEGER NOT NULL, sources TEXT NOT NULL, epoch BIGINT NOT NULL, added_ms BIGINT NOT NULL);

CREATE TABLE peer_components (
  station BIGINT NOT NULL, what INTEGER NOT NULL, system_type INTEGER NOT NULL, system_address INTEGER NOT NULL,
  component BIGINT NOT NULL, component_type INTEGER NOT NULL, status INTEGER NOT NULL, zone INTEGER NOT NULL,
  analog_type INTEGER NOT NULL, value INTEGER NOT NULL, text TEXT NOT NULL, seen_ms BIGINT NOT NULL,
  PRIMARY KEY (station, what, system_type, system_address, component));

CREATE TABLE peer_frames (
  station BIGINT NOT NULL, number BIGINT NOT NULL, sequence INTEGER NOT NULL, hash BIGINT NOT NULL, timed INTEGER NOT NULL,
  boot BIGINT NOT NULL, run_ms BIGINT NOT NULL,
  PRIMARY KEY (station, number));

CREATE TABLE peer_events (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
  what INTEGER NOT NULL, system_type INTEGER NOT NULL, system_address INTEGER NOT NULL, component BIGINT NOT NULL,
  component_type INTEGER NOT NULL, bit INTEGER NOT NULL, status INTEGER NOT NULL, text TEXT NOT NULL,
  frame_sequence INTEGER NOT NULL, sent_ms BIGINT NOT NULL, told_ms BIGINT NOT NULL, unit $bytes$ NOT NULL,
  PRIMARY KEY (station, epoch, lane, sequence));

CREATE TABLE peer_unregistered (
  address BIGINT PRIMARY KEY, source TEXT NOT NULL, reason INTEGER NOT NULL, count BIGINT NOT NULL, first_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL, sample $bytes$ NOT NULL);

CREATE TABLE peer_answers (
  station BIGINT NOT NULL, number BIGINT NOT NULL, unit $bytes$ NOT NULL, received_ms BIGINT NOT NULL,
  PRIMARY KEY (station, number));
UPDATE meta SET value = 7 WHERE name = 'schema';
