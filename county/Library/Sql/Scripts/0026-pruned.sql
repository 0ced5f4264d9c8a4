-- Through which number the events of a lane were exported and taken away: what comes again of them is known, though its row is gone.
CREATE TABLE pruned (
  station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, through BIGINT NOT NULL,
  PRIMARY KEY (station, epoch, lane));
UPDATE meta SET value = 26 WHERE name = 'schema';
