CREATE TABLE public.clocks (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    boot bigint NOT NULL,
    source integer NOT NULL,
    uptime_ms bigint NOT NULL,
    utc_ms bigint NOT NULL
);

CREATE TABLE public.commands (
    station bigint NOT NULL,
    number bigint NOT NULL,
    code integer NOT NULL,
    a integer NOT NULL,
    b integer NOT NULL,
    c integer NOT NULL,
    text bytea NOT NULL,
    queued_ms bigint NOT NULL,
    expires_ms bigint NOT NULL,
    state integer NOT NULL,
    result integer NOT NULL,
    sent_ms bigint NOT NULL,
    times integer NOT NULL,
    answered_ms bigint NOT NULL
);

CREATE TABLE public.conflicts (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    sequence bigint NOT NULL,
    version integer NOT NULL,
    raw bytea NOT NULL,
    first_ms bigint NOT NULL,
    last_ms bigint NOT NULL,
    times bigint NOT NULL
);

CREATE TABLE public.escalations (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    sequence bigint NOT NULL,
    zone integer NOT NULL,
    started_ms bigint NOT NULL,
    level integer NOT NULL,
    level_ms bigint NOT NULL,
    ended_by integer NOT NULL,
    ended_ms bigint NOT NULL
);

CREATE TABLE public.events (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    sequence bigint NOT NULL,
    boot bigint NOT NULL,
    uptime_ms bigint NOT NULL,
    utc_ms bigint NOT NULL,
    utc_quality integer NOT NULL,
    time_ms bigint NOT NULL,
    time_quality integer NOT NULL,
    received_ms bigint NOT NULL,
    kind integer NOT NULL,
    severity integer NOT NULL,
    flags integer NOT NULL,
    zone integer NOT NULL,
    zone_kind integer NOT NULL,
    other_zone integer NOT NULL,
    rule integer NOT NULL,
    value integer NOT NULL,
    unit integer NOT NULL,
    a integer NOT NULL,
    b integer NOT NULL,
    c integer NOT NULL,
    county text NOT NULL,
    township text NOT NULL,
    village text NOT NULL,
    raw bytea NOT NULL
);

CREATE TABLE public.gaps (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    seen_ms bigint NOT NULL,
    owned_by bigint NOT NULL
);

CREATE TABLE public.lanes (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    held bigint NOT NULL,
    highest bigint NOT NULL
);

CREATE TABLE public.losses (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    lane integer NOT NULL,
    sequence bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL
);

CREATE TABLE public.meta (
    name text NOT NULL,
    value bigint NOT NULL
);

CREATE TABLE public.next_keys (
    station bigint NOT NULL,
    key bytea NOT NULL,
    until_ms bigint NOT NULL
);

CREATE TABLE public.presence (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    boot bigint NOT NULL,
    answer_counter bigint NOT NULL,
    online integer NOT NULL,
    since_ms bigint NOT NULL,
    last_seen_ms bigint NOT NULL,
    utc_ms bigint NOT NULL,
    utc_quality integer NOT NULL,
    uptime_ms bigint NOT NULL,
    firmware text NOT NULL,
    conditions integer NOT NULL,
    station_code integer NOT NULL,
    open_cases integer NOT NULL,
    zones_fire bigint NOT NULL,
    zones_fault bigint NOT NULL,
    zones_disabled bigint NOT NULL,
    zones_test bigint NOT NULL,
    zones_supervisory bigint NOT NULL,
    last_fire bigint NOT NULL,
    last_condition bigint NOT NULL,
    last_routine bigint NOT NULL,
    held_fire bigint NOT NULL,
    held_condition bigint NOT NULL,
    held_routine bigint NOT NULL,
    connections bigint NOT NULL,
    resends bigint NOT NULL,
    refused bigint NOT NULL,
    settings_crc bigint NOT NULL
);

CREATE TABLE public.refusals (
    station bigint NOT NULL,
    reason integer NOT NULL,
    count bigint NOT NULL,
    first_ms bigint NOT NULL,
    last_ms bigint NOT NULL,
    sample text NOT NULL
);

CREATE TABLE public.sessions (
    station bigint NOT NULL,
    epoch bigint NOT NULL,
    boot bigint NOT NULL,
    session bigint NOT NULL,
    counter bigint NOT NULL,
    will_boot bigint NOT NULL,
    will_session bigint NOT NULL
);

CREATE TABLE public.stations (
    station bigint NOT NULL,
    county text NOT NULL,
    township text NOT NULL,
    village text NOT NULL,
    name text NOT NULL,
    key bytea NOT NULL,
    added_ms bigint NOT NULL
);

INSERT INTO public.clocks (station, epoch, boot, source, uptime_ms, utc_ms) VALUES (330701, 77, 1, 1, 1000, 1780000000000);

INSERT INTO public.commands (station, number, code, a, b, c, text, queued_ms, expires_ms, state, result, sent_ms, times,
    answered_ms)
  VALUES (330701, 75932800, 2, 10, 0, 0, '\x', 1780000000000, 1780000600000, 0, 0, 0, 0, 0);

INSERT INTO public.escalations (station, epoch, lane, sequence, zone, started_ms, level, level_ms, ended_by, ended_ms)
  VALUES (330701, 77, 0, 1, 3, 1780000000000, 3, 1780001000000, 0, 0);

INSERT INTO public.events (station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality,
    received_ms, kind, severity, flags, zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township,
    village, raw)
  VALUES (330701, 77, 0, 1, 1, 1000, 0, 0, 1780000000000, 1, 1780000000000, 1, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0,
    '330726', '330726101', '330726101003',
    '\x01000100cd0b05004d0000000100000001000000e80300000000000000000000000300000301000000000000000000000000000000000000000000008400e0a7');
INSERT INTO public.events (station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality,
    received_ms, kind, severity, flags, zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township,
    village, raw)
  VALUES (330701, 77, 0, 2, 1, 1000, 0, 0, 1780000000000, 1, 1780000000000, 1, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0,
    '330726', '330726101', '330726101003',
    '\x01000100cd0b05004d0000000200000001000000e8030000000000000000000000030000030100000000000000000000000000000000000000000000e03532e1');
INSERT INTO public.events (station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality,
    received_ms, kind, severity, flags, zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township,
    village, raw)
  VALUES (330701, 77, 2, 1, 1, 1000, 0, 0, 1780000000000, 1, 1780000000000, 200, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0,
    '330726', '330726101', '330726101003',
    '\x0102c800cd0b05004d0000000100000001000000e803000000000000000000000003000003010000000000000000000000000000000000000000000005af6b0e');
INSERT INTO public.events (station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality,
    received_ms, kind, severity, flags, zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township,
    village, raw)
  VALUES (330701, 77, 2, 2, 1, 1000, 0, 0, 1780000000000, 1, 1780000000000, 200, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0,
    '330726', '330726101', '330726101003',
    '\x0102c800cd0b05004d0000000200000001000000e8030000000000000000000000030000030100000000000000000000000000000000000000000000619ab948');
INSERT INTO public.events (station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality,
    received_ms, kind, severity, flags, zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township,
    village, raw)
  VALUES (330701, 77, 2, 3, 1, 1000, 0, 0, 1780000000000, 1, 1780000000000, 200, 3, 0, 3, 1, 0, 0, 0, 0, 0, 0, 0,
    '330726', '330726101', '330726101003',
    '\x0102c800cd0b05004d0000000300000001000000e8030000000000000000000000030000030100000000000000000000000000000000000000000000bd760875');

INSERT INTO public.lanes (station, epoch, lane, held, highest) VALUES (330701, 77, 0, 2, 2);
INSERT INTO public.lanes (station, epoch, lane, held, highest) VALUES (330701, 77, 2, 3, 3);

INSERT INTO public.meta (name, value) VALUES ('schema', 1);
INSERT INTO public.meta (name, value) VALUES ('registry', 2);

INSERT INTO public.presence (station, epoch, boot, answer_counter, online, since_ms, last_seen_ms, utc_ms, utc_quality,
    uptime_ms, firmware, conditions, station_code, open_cases, zones_fire, zones_fault, zones_disabled, zones_test,
    zones_supervisory, last_fire, last_condition, last_routine, held_fire, held_condition, held_routine, connections,
    resends, refused, settings_crc)
  VALUES (330701, 77, 1, 75932802, 2, 1780000000000, 1780000000000, 0, 0, 1000, '0.1.0', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0);

INSERT INTO public.refusals (station, reason, count, first_ms, last_ms, sample)
  VALUES (330701, 1, 1, 1780000000000, 1780000000000, 'fgw/1/330726/330726101/330726101003/330701/up/heartbeat');

INSERT INTO public.sessions (station, epoch, boot, session, counter, will_boot, will_session) VALUES (330701, 77, 1, 1, 4, 0, 0);

INSERT INTO public.stations (station, county, township, village, name, key, added_ms)
  VALUES (330701, '330726', '330726101', '330726101003', '330701号站',
    '\xcececececececececececececececececececececececececececececececece', 0);
INSERT INTO public.stations (station, county, township, village, name, key, added_ms)
  VALUES (330702, '330726', '330726101', '330726101003', '330702号站',
    '\xcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcf', 0);

ALTER TABLE ONLY public.clocks
    ADD CONSTRAINT clocks_pkey PRIMARY KEY (station, epoch, boot);

ALTER TABLE ONLY public.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (station, number);

ALTER TABLE ONLY public.conflicts
    ADD CONSTRAINT conflicts_pkey PRIMARY KEY (station, epoch, lane, sequence, version);

ALTER TABLE ONLY public.escalations
    ADD CONSTRAINT escalations_pkey PRIMARY KEY (station, epoch, lane, sequence);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (station, epoch, lane, sequence);

ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT gaps_pkey PRIMARY KEY (station, epoch, lane, first);

ALTER TABLE ONLY public.lanes
    ADD CONSTRAINT lanes_pkey PRIMARY KEY (station, epoch, lane);

ALTER TABLE ONLY public.losses
    ADD CONSTRAINT losses_pkey PRIMARY KEY (station, epoch, lane, sequence);

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.next_keys
    ADD CONSTRAINT next_keys_pkey PRIMARY KEY (station);

ALTER TABLE ONLY public.presence
    ADD CONSTRAINT presence_pkey PRIMARY KEY (station);

ALTER TABLE ONLY public.refusals
    ADD CONSTRAINT refusals_pkey PRIMARY KEY (station, reason);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (station, epoch);

ALTER TABLE ONLY public.stations
    ADD CONSTRAINT stations_pkey PRIMARY KEY (station);

CREATE INDEX commands_open ON public.commands USING btree (station, number) WHERE (state < 2);

CREATE INDEX escalations_open ON public.escalations USING btree (started_ms) WHERE (ended_ms = 0);

CREATE INDEX events_by_station_and_time ON public.events USING btree (station, time_ms);

CREATE INDEX events_by_time ON public.events USING btree (time_ms);

CREATE INDEX events_without_clock ON public.events USING btree (station, epoch, boot) WHERE (utc_quality = 0);
