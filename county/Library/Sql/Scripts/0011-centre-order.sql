-- What a centre was told of a part has the outbox's number of the last event for each bit, so that an older one undoes no newer one.
ALTER TABLE centre_parts ADD COLUMN numbers TEXT NOT NULL DEFAULT '';
UPDATE meta SET value = 11 WHERE name = 'schema';
