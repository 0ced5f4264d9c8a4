-- Gaps of a lane that had too many become one that spans them. Loss records are kept only where they speak of what is ahead of their lane.
ALTER TABLE gaps ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
DELETE FROM losses WHERE EXISTS (SELECT 1 FROM lanes l
  WHERE l.station = losses.station AND l.epoch = losses.epoch AND l.lane = losses.lane AND l.highest >= losses.last);
UPDATE meta SET value = 13 WHERE name = 'schema';
