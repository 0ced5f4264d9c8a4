-- What waits for a centre goes by turns of the stations, and is counted and bounded by station.
DROP INDEX centre_waiting_by_turn;
CREATE INDEX centre_waiting_by_turn ON centre_waiting (centre, frame_sequence, failures, lane, station, number);
CREATE INDEX centre_waiting_by_station ON centre_waiting (centre, station, lane, number);
UPDATE meta SET value = 16 WHERE name = 'schema';
