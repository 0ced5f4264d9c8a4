-- A component measures more than one thing; boxes may share an address where they come from different places, and so may strangers.
CREATE TABLE peer_values (
  station BIGINT NOT NULL, system_type INTEGER NOT NULL, system_address INTEGER NOT NULL, component BIGINT NOT NULL,
  analog_type INTEGER NOT NULL, value INTEGER NOT NULL, told_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL,
  PRIMARY KEY (station, system_type, system_address, component, analog_type));
INSERT INTO peer_values (station, system_type, system_address, component, analog_type, value, told_ms, seen_ms)
  SELECT station, system_type, system_address, component, analog_type, value, 0, seen_ms FROM peer_components
  WHERE what = 2 AND analog_type <> 0;
ALTER TABLE peer_components DROP COLUMN analog_type;
ALTER TABLE peer_components DROP COLUMN value;

ALTER TABLE peers RENAME TO peers_before;
CREATE TABLE peers (
  station BIGINT PRIMARY KEY, address BIGINT NOT NULL, county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL,
  name TEXT NOT NULL, profile INTEGER NOT NULL, sources TEXT NOT NULL, epoch BIGINT NOT NULL, added_ms BIGINT NOT NULL);
INSERT INTO peers (station, address, county, township, village, name, profile, sources, epoch, added_ms)
  SELECT station, address, county, township, village, name, profile, sources, epoch, added_ms FROM peers_before;
DROP TABLE peers_before;

DROP TABLE peer_unregistered;
CREATE TABLE peer_unregistered (
  address BIGINT NOT NULL, source TEXT NOT NULL, reason INTEGER NOT NULL, count BIGINT NOT NULL, first_ms BIGINT NOT NULL,
  last_ms BIGINT NOT NULL, sample $bytes$ NOT NULL, PRIMARY KEY (address, source));
UPDATE meta SET value = 12 WHERE name = 'schema';
