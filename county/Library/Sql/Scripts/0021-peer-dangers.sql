-- Hidden dangers of other makers' boxes, which count no time themselves: a zone, or the kind of what has none, in trouble for too long.
CREATE TABLE peer_dangers (
  station BIGINT NOT NULL, zone INTEGER NOT NULL, kind INTEGER NOT NULL, zone_kind INTEGER NOT NULL, hours INTEGER NOT NULL,
  fault BIGINT NOT NULL, PRIMARY KEY (station, zone, kind));
UPDATE meta SET value = 21 WHERE name = 'schema';
