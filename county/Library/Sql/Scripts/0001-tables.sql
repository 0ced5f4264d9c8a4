-- The tables as they were when the scripts began; a database that was made before is left as it is.
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO meta (name, value) VALUES ('schema', 1), ('registry', 0) ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS stations (
  station BIGINT PRIMARY KEY, county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL,
  name TEXT NOT NULL, key $bytes$ NOT NULL, added_ms BIGINT NOT NULL);

CREATE TABLE IF NOT EXISTS next_keys (station BIGINT PRIMARY KEY, key $bytes$ NOT NULL, until_ms BIGINT NOT NULL);

CREATE TABLE IF NOT EXISTS events (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
  boot BIGINT NOT NULL, uptime_ms BIGINT NOT NULL, utc_ms BIGINT NOT NULL, utc_quality INTEGER NOT NULL,
  time_ms BIGINT NOT NULL, time_quality INTEGER NOT NULL, received_ms BIGINT NOT NULL,
  kind INTEGER NOT NULL, severity INTEGER NOT NULL, flags INTEGER NOT NULL,
  zone INTEGER NOT NULL, zone_kind INTEGER NOT NULL, other_zone INTEGER NOT NULL, rule INTEGER NOT NULL,
  value INTEGER NOT NULL, unit INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL,
  county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL, raw $bytes$ NOT NULL,
  PRIMARY KEY (station, epoch, lane, sequence));
CREATE INDEX IF NOT EXISTS events_by_time ON events (time_ms);
CREATE INDEX IF NOT EXISTS events_by_station_and_time ON events (station, time_ms);
CREATE INDEX IF NOT EXISTS events_without_clock ON events (station, epoch, boot) WHERE utc_quality = 0;

CREATE TABLE IF NOT EXISTS conflicts (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL, version INTEGER NOT NULL,
  raw $bytes$ NOT NULL, first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL, times BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane, sequence, version));

CREATE TABLE IF NOT EXISTS lanes (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, held BIGINT NOT NULL, highest BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane));

CREATE TABLE IF NOT EXISTS gaps (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL, owned_by BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane, first));

CREATE TABLE IF NOT EXISTS losses (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
  first BIGINT NOT NULL, last BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane, sequence));

CREATE TABLE IF NOT EXISTS clocks (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, boot BIGINT NOT NULL, source INTEGER NOT NULL,
  uptime_ms BIGINT NOT NULL, utc_ms BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, boot));

CREATE TABLE IF NOT EXISTS sessions (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, boot BIGINT NOT NULL, session BIGINT NOT NULL, counter BIGINT NOT NULL,
  will_boot BIGINT NOT NULL, will_session BIGINT NOT NULL,
  PRIMARY KEY (station, epoch));

CREATE TABLE IF NOT EXISTS presence (
  station BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, boot BIGINT NOT NULL, answer_counter BIGINT NOT NULL,
  online INTEGER NOT NULL, since_ms BIGINT NOT NULL, last_seen_ms BIGINT NOT NULL,
  utc_ms BIGINT NOT NULL, utc_quality INTEGER NOT NULL, uptime_ms BIGINT NOT NULL, firmware TEXT NOT NULL,
  conditions INTEGER NOT NULL, station_code INTEGER NOT NULL, open_cases INTEGER NOT NULL,
  zones_fire BIGINT NOT NULL, zones_fault BIGINT NOT NULL, zones_disabled BIGINT NOT NULL, zones_test BIGINT NOT NULL,
  zones_supervisory BIGINT NOT NULL,
  last_fire BIGINT NOT NULL, last_condition BIGINT NOT NULL, last_routine BIGINT NOT NULL,
  held_fire BIGINT NOT NULL, held_condition BIGINT NOT NULL, held_routine BIGINT NOT NULL,
  connections BIGINT NOT NULL, resends BIGINT NOT NULL, refused BIGINT NOT NULL, settings_crc BIGINT NOT NULL);

CREATE TABLE IF NOT EXISTS refusals (
  station BIGINT NOT NULL, reason INTEGER NOT NULL, count BIGINT NOT NULL, first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL,
  sample TEXT NOT NULL,
  PRIMARY KEY (station, reason));

CREATE TABLE IF NOT EXISTS escalations (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL, zone INTEGER NOT NULL,
  started_ms BIGINT NOT NULL, level INTEGER NOT NULL, level_ms BIGINT NOT NULL, ended_by INTEGER NOT NULL,
  ended_ms BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane, sequence));
CREATE INDEX IF NOT EXISTS escalations_open ON escalations (started_ms) WHERE ended_ms = 0;

CREATE TABLE IF NOT EXISTS commands (
  station BIGINT NOT NULL, number BIGINT NOT NULL, code INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL,
  c INTEGER NOT NULL, text $bytes$ NOT NULL, queued_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL,
  state INTEGER NOT NULL, result INTEGER NOT NULL, sent_ms BIGINT NOT NULL, times INTEGER NOT NULL, answered_ms BIGINT NOT NULL,
  PRIMARY KEY (station, number));
CREATE INDEX IF NOT EXISTS commands_open ON commands (station, number) WHERE state < 2;
