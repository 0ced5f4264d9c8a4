-- What a platform says of cases: the state that each has there, and the names of the messages that were taken, so that none counts twice.
CREATE TABLE hand_over_cases (
  case_id TEXT PRIMARY KEY, number TEXT NOT NULL, state TEXT NOT NULL, state_at_ms BIGINT NOT NULL);

CREATE TABLE hand_over_seen (message_id TEXT PRIMARY KEY, number BIGINT NOT NULL);
CREATE INDEX hand_over_seen_by_number ON hand_over_seen (number);
UPDATE meta SET value = 19 WHERE name = 'schema';
