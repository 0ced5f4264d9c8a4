// Owns: the prepared statements about city centres, made once a connection.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Every statement that <see cref="SqlTransaction"/> runs for <see cref="ICentreRows"/>.</summary>
internal sealed class SqlCentreStatements : StatementSet
{
    public static readonly Columns CentreColumns = new("number, frame_sequence, link_up, since_ms, confirmed, dropped, name, why");
    public static readonly Columns WaitingColumns = new(
        "number, lane, failures, station, epoch, event_lane, sequence, part, time_ms, frame_sequence, raw");

    public static readonly Columns PartColumns = new(
        "station, what, system_type, system_address, component, component_type, status, numbers");

    private const string OfPart = "centre = @p0 AND station = @p1";

    public SqlCentreStatements(DbConnection connection)
        : base(connection)
    {
        Centre = Make($"SELECT {CentreColumns.List} FROM centres WHERE name = @p0", DbType.String);
        PutCentre = Make(
            $"INSERT INTO centres ({CentreColumns.List}) VALUES ({SqlSchema.Parameters(8)}) ON CONFLICT (name) DO UPDATE SET "
            + "number = excluded.number, frame_sequence = excluded.frame_sequence, link_up = excluded.link_up, "
            + "since_ms = excluded.since_ms, confirmed = excluded.confirmed, dropped = excluded.dropped, why = excluded.why",
            [.. Numbers(6), DbType.String, DbType.String]);
        Count = Make("SELECT COUNT(*) FROM centre_waiting WHERE centre = @p0", DbType.String);

        CountOf = Make($"SELECT COUNT(*) FROM centre_waiting WHERE {OfPart} AND lane BETWEEN @p2 AND @p3", [DbType.String, .. Numbers(3)]);
        ByStation = Make(
            "SELECT station, COUNT(*) FROM centre_waiting WHERE centre = @p0 AND lane > 0 GROUP BY station ORDER BY COUNT(*) DESC, station",
            DbType.String);

        // Looks along the index: what was begun; which denials and lane have their turn; and of these, which station.
        Begun = Make(
            $"SELECT {WaitingColumns.List} FROM centre_waiting WHERE centre = @p0 AND frame_sequence >= 0 LIMIT 1", DbType.String);
        First = Make(
            "SELECT failures, lane FROM centre_waiting WHERE centre = @p0 AND frame_sequence = -1 ORDER BY failures, lane LIMIT 1",
            DbType.String);
        FirstDenied = Make(
            "SELECT failures, lane FROM centre_waiting WHERE centre = @p0 AND frame_sequence = -1 AND failures > 0 AND lane = 0 "
            + "ORDER BY failures LIMIT 1",
            DbType.String);
        Next = Make(
            $"SELECT {WaitingColumns.List} FROM centre_waiting WHERE centre = @p0 AND frame_sequence = -1 AND failures = @p1 "
            + "AND lane = @p2 AND station > @p3 ORDER BY station, number LIMIT 1",
            [DbType.String, .. Numbers(3)]);
        AddWaiting = Make(
            $"INSERT INTO centre_waiting (centre, {WaitingColumns.List}) VALUES ({SqlSchema.Parameters(12)})",
            [DbType.String, .. Numbers(10), DbType.Binary]);
        PutWaiting = Make(
            "UPDATE centre_waiting SET failures = @p2, frame_sequence = @p3, lane = @p4, part = @p5 WHERE centre = @p0 AND number = @p1",
            [DbType.String, .. Numbers(5)]);
        RemoveWaiting = Make("DELETE FROM centre_waiting WHERE centre = @p0 AND number = @p1", DbType.String, DbType.Int64);
        RemoveLeast = Make(
            "DELETE FROM centre_waiting WHERE centre = @p0 AND number = (SELECT number FROM centre_waiting "
            + $"WHERE {OfPart} AND frame_sequence = -1 AND lane BETWEEN @p2 AND @p3 ORDER BY lane DESC, number LIMIT 1)",
            [DbType.String, .. Numbers(3)]);
        Part = Make(
            $"SELECT {PartColumns.List} FROM centre_parts WHERE {OfPart} AND what = @p2 AND system_type = @p3 "
            + "AND system_address = @p4 AND component = @p5",
            [DbType.String, .. Numbers(5)]);
        Parts = Make(
            $"SELECT {PartColumns.List} FROM centre_parts WHERE {OfPart} ORDER BY what, system_type, system_address, component",
            DbType.String, DbType.Int64);
        PutPart = Make(
            new Upsert("centre_parts", $"centre, {PartColumns.List}", keys: 6).OfOne, [DbType.String, .. Numbers(7), DbType.String]);
        Event = Make(
            $"SELECT {SqlSchema.EventColumns} FROM events WHERE station = @p0 AND epoch = @p1 AND lane = @p2 AND sequence = @p3",
            Numbers(4));
    }

    public Statement Centre { get; }

    public Statement PutCentre { get; }

    public Statement Count { get; }

    public Statement CountOf { get; }

    public Statement ByStation { get; }

    public Statement Begun { get; }

    public Statement First { get; }

    public Statement FirstDenied { get; }

    public Statement Next { get; }

    public Statement AddWaiting { get; }

    public Statement PutWaiting { get; }

    public Statement RemoveWaiting { get; }

    public Statement RemoveLeast { get; }

    public Statement Part { get; }

    public Statement Parts { get; }

    public Statement PutPart { get; }

    public Statement Event { get; }
}
