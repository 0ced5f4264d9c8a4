-- Whether a station is silent is judged by the receiver and kept, apart from whether it took leave.
ALTER TABLE presence ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
UPDATE presence SET silent = 1, online = 1 WHERE online = 2;
UPDATE meta SET value = 2 WHERE name = 'schema';
