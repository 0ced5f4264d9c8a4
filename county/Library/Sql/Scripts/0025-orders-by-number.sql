-- Which command an act on the duty page asked of its station, by the command's number; 0 = none.
ALTER TABLE duty_log ADD COLUMN command BIGINT NOT NULL DEFAULT 0;
CREATE INDEX duty_log_orders ON duty_log (target, number) WHERE command <> 0;
UPDATE meta SET value = 25 WHERE name = 'schema';
