-- What is handed over of cases: to whom and how far, and the messages with what became of each. A number is that of a case's step, so it
-- rises over all cases; due_run_ms is on the clock of the process that sends, and each start begins it anew.
CREATE TABLE hand_over_targets (
  name TEXT PRIMARY KEY, last_step BIGINT NOT NULL, delivered BIGINT NOT NULL, delivered_ms BIGINT NOT NULL, failed_ms BIGINT NOT NULL,
  failed_status INTEGER NOT NULL, failed_words TEXT NOT NULL);

CREATE TABLE hand_over_out (
  target TEXT NOT NULL, number BIGINT NOT NULL, message_id TEXT NOT NULL, case_id TEXT NOT NULL, type TEXT NOT NULL,
  priority INTEGER NOT NULL, state INTEGER NOT NULL, tries INTEGER NOT NULL, due_run_ms BIGINT NOT NULL, created_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL, last_status INTEGER NOT NULL, last_words TEXT NOT NULL, body $bytes$ NOT NULL,
  PRIMARY KEY (target, number));
CREATE INDEX hand_over_by_turn ON hand_over_out (target, state, priority, number);
CREATE INDEX hand_over_by_case ON hand_over_out (target, case_id, number) WHERE state = 0;
UPDATE meta SET value = 18 WHERE name = 'schema';
