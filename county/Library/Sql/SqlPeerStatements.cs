// Owns: the prepared statements about other makers' boxes, made once a connection.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Every statement that <see cref="SqlTransaction"/> runs for <see cref="IPeerRows"/>.</summary>
internal sealed class SqlPeerStatements : StatementSet
{
    public static readonly Columns FrameColumns = new("number, sequence, hash, timed, boot, run_ms");
    public static readonly Columns ComponentColumns = new(
        "station, what, system_type, system_address, component, component_type, status, zone, seen_ms, text");

    public static readonly Columns ValueColumns = new(
        "station, system_type, system_address, component, analog_type, value, told_ms, seen_ms");

    public static readonly Columns DangerColumns = new("station, zone, kind, zone_kind, hours, fault");

    public static readonly Columns OriginColumns = new(
        "what, system_type, system_address, component, component_type, bit, status, frame_sequence, sent_ms, told_ms, text, unit");

    private const string OfComponent = "station = @p0 AND system_type = @p1 AND system_address = @p2 AND component = @p3";
    private const int OriginCount = 12;
    private const string OfEvent = "station = @p0 AND epoch = @p1 AND lane = @p2 AND sequence = @p3";

    public SqlPeerStatements(DbConnection connection)
        : base(connection)
    {
        LastFrame = Make($"SELECT {FrameColumns.List} FROM peer_frames WHERE station = @p0 ORDER BY number DESC LIMIT 1", Numbers(1));
        Frame = Make(
            $"SELECT {FrameColumns.List} FROM peer_frames WHERE station = @p0 AND sequence = @p1 ORDER BY number DESC LIMIT 1", Numbers(2));
        AddFrame = Make(
            $"INSERT INTO peer_frames (station, {FrameColumns.List}) VALUES ({SqlSchema.Parameters(7)})", Numbers(7));
        ForgetFrames = Make("DELETE FROM peer_frames WHERE station = @p0 AND number <= @p1", Numbers(2));
        Component = Make(
            $"SELECT {ComponentColumns.List} FROM peer_components WHERE station = @p0 AND what = @p1 AND system_type = @p2 "
            + "AND system_address = @p3 AND component = @p4",
            Numbers(5));
        Components = Make(
            "SELECT COUNT(*) AS parts, COALESCE(MAX(zone), 0) AS zones FROM peer_components WHERE station = @p0", Numbers(1));
        ComponentsWith = Make(
            $"SELECT {ComponentColumns.List} FROM peer_components WHERE station = @p0 AND (status & @p1) <> 0 "
            + "ORDER BY what, system_type, system_address, component",
            [DbType.Int64, DbType.Int64]);
        PutComponent = Make(new Upsert("peer_components", ComponentColumns.List, keys: 5).OfOne, [.. Numbers(9), DbType.String]);
        AnyWithoutZone = Make(
            "SELECT 1 FROM peer_components WHERE station = @p0 AND what = @p1 AND zone = 0 AND (status & @p2) <> 0 LIMIT 1", Numbers(3));
        Dangers = Make($"SELECT {DangerColumns.List} FROM peer_dangers ORDER BY station, zone, kind");
        PutDanger = Make(new Upsert("peer_dangers", DangerColumns.List, keys: 3).OfOne, Numbers(6));
        EndDanger = Make("DELETE FROM peer_dangers WHERE station = @p0 AND zone = @p1 AND kind = @p2", Numbers(3));
        Values = Make("SELECT COUNT(*) FROM peer_values WHERE station = @p0", Numbers(1));
        ValuesOf = Make($"SELECT {ValueColumns.List} FROM peer_values WHERE {OfComponent} ORDER BY analog_type", Numbers(4));
        ReplaceValue = Make(
            $"UPDATE peer_values SET value = @p5, told_ms = @p6, seen_ms = @p7 WHERE {OfComponent} AND analog_type = @p4", Numbers(8));
        AddValue = Make($"INSERT INTO peer_values ({ValueColumns.List}) VALUES ({SqlSchema.Parameters(8)})", Numbers(8));
        AddOrigin = Make(
            $"INSERT INTO peer_events (station, epoch, lane, sequence, {OriginColumns.List}) "
            + $"VALUES ({SqlSchema.Parameters(4 + OriginCount)})",
            [.. Numbers(2 + OriginCount), DbType.String, DbType.Binary]);
        Origin = Make($"SELECT {OriginColumns.List} FROM peer_events WHERE {OfEvent}", Numbers(4));
        DutyChecks = Make("SELECT station, minutes FROM peer_duty ORDER BY station", []);
        PutDutyCheck = Make(
            "INSERT INTO peer_duty (station, minutes) VALUES (@p0, @p1) ON CONFLICT (station) DO UPDATE SET minutes = excluded.minutes",
            Numbers(2));
        EndDutyCheck = Make("DELETE FROM peer_duty WHERE station = @p0", Numbers(1));
        AddAnswer = Make(
            "INSERT INTO peer_answers (station, number, received_ms, unit) VALUES (@p0, @p1, @p2, @p3) "
            + "ON CONFLICT (station, number) DO UPDATE SET received_ms = excluded.received_ms, unit = excluded.unit",
            [.. Numbers(3), DbType.Binary]);
    }

    public Statement LastFrame { get; }

    public Statement Frame { get; }

    public Statement AddFrame { get; }

    public Statement ForgetFrames { get; }

    public Statement Component { get; }

    public Statement Components { get; }

    public Statement ComponentsWith { get; }

    public Statement PutComponent { get; }

    public Statement AnyWithoutZone { get; }

    public Statement Dangers { get; }

    public Statement PutDanger { get; }

    public Statement EndDanger { get; }

    public Statement Values { get; }

    public Statement ValuesOf { get; }

    public Statement ReplaceValue { get; }

    public Statement AddValue { get; }

    public Statement AddOrigin { get; }

    public Statement Origin { get; }

    public Statement DutyChecks { get; }

    public Statement PutDutyCheck { get; }

    public Statement EndDutyCheck { get; }

    public Statement AddAnswer { get; }
}
