// Owns: the tables.
// Must never: change a table of a released version without raising Version and saying how the old one is brought over.

namespace Gateway.County.Sql;

/// <summary>
/// Tables of schema version 1; README.md describes them. 32-bit unsigned numbers are kept in BIGINT, times in ms since 1970 UTC.
/// </summary>
internal static class SqlSchema
{
    public const int Version = 1;

    public const string EventColumns =
        "station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality, received_ms, kind, severity, flags, "
        + "zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township, village, raw";

    public const int EventColumnCount = 27;

    public const string StateColumns =
        "station, epoch, boot, answer_counter, online, since_ms, last_seen_ms, utc_ms, utc_quality, "
        + "uptime_ms, firmware, conditions, station_code, open_cases, "
        + "zones_fire, zones_fault, zones_disabled, zones_test, zones_supervisory, "
        + "last_fire, last_condition, last_routine, held_fire, held_condition, held_routine, connections, resends, refused, settings_crc";

    public const int StateColumnCount = 29;

    public const string EscalationColumns = "station, epoch, lane, sequence, zone, started_ms, level, level_ms, ended_by, ended_ms";

    public const int EscalationColumnCount = 10;

    public const string CommandColumns =
        "station, number, code, a, b, c, queued_ms, expires_ms, state, result, sent_ms, times, answered_ms, text";

    public const int CommandColumnCount = 14;

    public static string Text(string bytes) => $"""
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
        INSERT INTO meta (name, value) VALUES ('schema', {Version}), ('registry', 0) ON CONFLICT DO NOTHING;

        CREATE TABLE IF NOT EXISTS stations (
          station BIGINT PRIMARY KEY, county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL,
          name TEXT NOT NULL, key {bytes} NOT NULL, added_ms BIGINT NOT NULL);

        CREATE TABLE IF NOT EXISTS next_keys (station BIGINT PRIMARY KEY, key {bytes} NOT NULL, until_ms BIGINT NOT NULL);

        CREATE TABLE IF NOT EXISTS events (
          station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL,
          boot BIGINT NOT NULL, uptime_ms BIGINT NOT NULL, utc_ms BIGINT NOT NULL, utc_quality INTEGER NOT NULL,
          time_ms BIGINT NOT NULL, time_quality INTEGER NOT NULL, received_ms BIGINT NOT NULL,
          kind INTEGER NOT NULL, severity INTEGER NOT NULL, flags INTEGER NOT NULL,
          zone INTEGER NOT NULL, zone_kind INTEGER NOT NULL, other_zone INTEGER NOT NULL, rule INTEGER NOT NULL,
          value INTEGER NOT NULL, unit INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL,
          county TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL, raw {bytes} NOT NULL,
          PRIMARY KEY (station, epoch, lane, sequence));
        CREATE INDEX IF NOT EXISTS events_by_time ON events (time_ms);
        CREATE INDEX IF NOT EXISTS events_by_station_and_time ON events (station, time_ms);
        CREATE INDEX IF NOT EXISTS events_without_clock ON events (station, epoch, boot) WHERE utc_quality = 0;

        CREATE TABLE IF NOT EXISTS conflicts (
          station BIGINT NOT NULL, epoch BIGINT NOT NULL, lane INTEGER NOT NULL, sequence BIGINT NOT NULL, version INTEGER NOT NULL,
          raw {bytes} NOT NULL, first_ms BIGINT NOT NULL, last_ms BIGINT NOT NULL, times BIGINT NOT NULL,
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
          c INTEGER NOT NULL, text {bytes} NOT NULL, queued_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL,
          state INTEGER NOT NULL, result INTEGER NOT NULL, sent_ms BIGINT NOT NULL, times INTEGER NOT NULL, answered_ms BIGINT NOT NULL,
          PRIMARY KEY (station, number));
        CREATE INDEX IF NOT EXISTS commands_open ON commands (station, number) WHERE state < 2;
        """;

    /// <summary>The parameters @p0 to @pN of an INSERT.</summary>
    public static string Parameters(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"));
}
