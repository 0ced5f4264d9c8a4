// Owns: the names of the columns, in the order in which rows are written and read.
// Must never: make or change a table: the numbered scripts in Scripts do.

namespace Gateway.County.Sql;

/// <summary>
/// The tables after all scripts; README.md describes them. 32-bit unsigned numbers are kept in BIGINT, times in ms since 1970 UTC.
/// </summary>
internal static class SqlSchema
{
    public const string EventColumns =
        "station, epoch, lane, sequence, boot, uptime_ms, utc_ms, utc_quality, time_ms, time_quality, received_ms, kind, severity, flags, "
        + "zone, zone_kind, other_zone, rule, value, unit, a, b, c, county, township, village, raw";

    public const int EventColumnCount = 27;

    public const string StateColumns =
        "station, epoch, boot, answer_counter, online, since_ms, last_seen_ms, utc_ms, utc_quality, "
        + "uptime_ms, firmware, conditions, station_code, open_cases, "
        + "zones_fire, zones_fault, zones_disabled, zones_test, zones_supervisory, "
        + "last_fire, last_condition, last_routine, held_fire, held_condition, held_routine, connections, resends, refused, settings_crc, "
        + "silent, epoch_before, epoch_returned, renewed_ms, twins_ms, hidden_ms, epoch_hour_ms, epochs_in_hour, epochs_forgotten";

    public const int StateColumnCount = 38;

    public const string EscalationColumns =
        "station, epoch, lane, sequence, zone, started_ms, level, level_ms, ended_by, ended_ms, cause, zones, epochs";

    public const int EscalationColumnCount = 13;

    public const string CommandColumns =
        "station, number, code, a, b, c, queued_ms, expires_ms, state, result, sent_ms, times, answered_ms, text";

    public const int CommandColumnCount = 14;

    /// <summary>The parameters @p0 to @pN of an INSERT.</summary>
    public static string Parameters(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"));
}
