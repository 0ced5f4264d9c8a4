-- Which settings were in force in which start of a station, and their tables of names as they came.
CREATE TABLE settings_starts (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, boot BIGINT NOT NULL, settings_crc BIGINT NOT NULL, seen_ms BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, boot));
CREATE TABLE names (
  station BIGINT NOT NULL, settings_crc BIGINT NOT NULL, part INTEGER NOT NULL, last INTEGER NOT NULL, places $bytes$ NOT NULL,
  received_ms BIGINT NOT NULL, PRIMARY KEY (station, settings_crc, part));
UPDATE meta SET value = 30 WHERE name = 'schema';
