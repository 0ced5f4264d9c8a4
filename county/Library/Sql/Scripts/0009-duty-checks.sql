-- Duty checks that wait for a box's answer: a restart of the county must not forget that nobody has answered.
CREATE TABLE peer_duty (station BIGINT PRIMARY KEY, minutes INTEGER NOT NULL);
UPDATE meta SET value = 9 WHERE name = 'schema';
