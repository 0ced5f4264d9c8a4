-- A station's oldest cases are found without sorting all of them: what is over beyond the newest is forgotten at each new one.
CREATE INDEX cases_over_by_age ON cases (station, opened_ms) WHERE closed_ms <> 0;
CREATE INDEX cases_open_by_age ON cases (station, opened_ms) WHERE closed_ms = 0;
UPDATE meta SET value = 22 WHERE name = 'schema';
