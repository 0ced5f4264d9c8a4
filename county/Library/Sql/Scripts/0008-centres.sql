-- City centres that are served: what waits for each, what each was told of every part, and how its link is.
CREATE TABLE centres (
  name TEXT PRIMARY KEY, number BIGINT NOT NULL, frame_sequence INTEGER NOT NULL, link_up INTEGER NOT NULL, since_ms BIGINT NOT NULL,
  confirmed BIGINT NOT NULL, dropped BIGINT NOT NULL, why TEXT NOT NULL);

CREATE TABLE centre_waiting (
  centre TEXT NOT NULL, number BIGINT NOT NULL, lane INTEGER NOT NULL, failures INTEGER NOT NULL, station BIGINT NOT NULL,
  epoch BIGINT NOT NULL, event_lane INTEGER NOT NULL, sequence BIGINT NOT NULL, part INTEGER NOT NULL, time_ms BIGINT NOT NULL,
  frame_sequence INTEGER NOT NULL,
  PRIMARY KEY (centre, number));
CREATE INDEX centre_waiting_by_turn ON centre_waiting (centre, frame_sequence, failures, lane, number);

CREATE TABLE centre_parts (
  centre TEXT NOT NULL, station BIGINT NOT NULL, what INTEGER NOT NULL, system_type INTEGER NOT NULL, system_address INTEGER NOT NULL,
  component BIGINT NOT NULL, component_type INTEGER NOT NULL, status INTEGER NOT NULL,
  PRIMARY KEY (centre, station, what, system_type, system_address, component));
UPDATE meta SET value = 8 WHERE name = 'schema';
