// Owns: which rows a county may let go of after years, and their removal in small steps beside a county that works.
// Must never: take away a fire, what an open case, a centre, a platform or a repeat of a station still needs, or more than was read before.

using System.Data;
using System.Data.Common;
using System.Globalization;
using Gateway.Contract;

namespace Gateway.County.Sql;

public sealed partial class SqlStore
{
    private const string OfLane = "station = @p0 AND epoch = @p1 AND lane = @p2";

    // A fire stays for good: whatever comes under its number is compared with it, and there are few. So does what another stands beside.
    private static readonly string s_goes =
        $"kind <> {(int)EventKind.FireAlarm} AND NOT EXISTS (SELECT 1 FROM conflicts c WHERE c.station = e.station AND c.epoch = e.epoch "
        + "AND c.lane = e.lane AND c.sequence = e.sequence)";

    private static readonly string s_goesThrough = $"FROM events e WHERE {OfLane} AND sequence <= @p3 AND {s_goes}";

    // A box's events have an origin beside them.
    private const string OfOrigin = "FROM peer_events WHERE " + OfLane + " AND sequence <= @p3 AND NOT EXISTS (SELECT 1 FROM events e "
        + "WHERE e.station = peer_events.station AND e.epoch = peer_events.epoch AND e.lane = peer_events.lane "
        + "AND e.sequence = peer_events.sequence)";

    private static readonly string s_originGoes = $"FROM peer_events p WHERE {OfLane} AND sequence <= @p3 AND EXISTS (SELECT 1 "
        + "FROM events e WHERE e.station = p.station AND e.epoch = p.epoch AND e.lane = p.lane AND e.sequence = p.sequence "
        + $"AND {s_goes})";

    private const string OnTrack = "station = @p0 AND epoch = @p1 AND lane = @p2 AND track = @p3 AND part = @p4";
    private const string InStretch = OnTrack + " AND sequence BETWEEN @p5 AND @p6";

    private const string OriginColumns =
        "station, epoch, lane, sequence, what, system_type, system_address, component, component_type, bit, status, text, frame_sequence, "
        + "sent_ms, told_ms, unit";

    /// <summary>What happened and came before a moment, and is needed for nothing any more.</summary>
    /// <param name="beforeMs">ms since 1970 UTC.</param>
    public OldRows FindOld(long beforeMs)
    {
        List<LaneKey> lanes =
        [
            .. Rows("SELECT DISTINCT station, epoch, lane FROM events WHERE time_ms < @p0 ORDER BY station, epoch, lane",
                [DbType.Int64], [beforeMs], LaneOf),
        ];
        List<OldLane> old = [];
        List<OldCase> cases = [];
        foreach (LaneKey lane in lanes)
        {
            (uint through, IReadOnlyList<OldCase> gone) = ThroughOf(lane, beforeMs, transaction: null);
            if (through > 0 && Count($"SELECT COUNT(*) {s_goesThrough}", On(lane, through)) > 0)
            {
                old.Add(new OldLane(lane, through));
                cases.AddRange(gone);
            }
        }

        cases.AddRange(CasesOf("track >= @p0", [(long)TrackKind.Found], beforeMs, null).Where(c => c.MayGo).Select(c => c.Case));
        return new OldRows(beforeMs, old, cases);
    }

    /// <summary>The rows of a lane that go, table by table.</summary>
    public IReadOnlyList<OldTable> RowsOf(OldLane lane) =>
    [
        Table("events", SqlSchema.EventColumns, s_goesThrough + " ORDER BY sequence", On(lane.Lane, lane.Through)),
        Table("peer_events", OriginColumns, s_originGoes + " ORDER BY sequence", On(lane.Lane, lane.Through)),
    ];

    /// <summary>The rows of a case that go, table by table.</summary>
    public IReadOnlyList<OldTable> RowsOf(OldCase one)
    {
        object[] stretch = Stretch(one);
        return
        [
            Table("cases", SqlCaseStatements.CaseColumns.List, "FROM cases WHERE id = @p0", [one.Id]),
            Table("case_steps", SqlCaseStatements.StepColumns.List, "FROM case_steps WHERE case_id = @p0 ORDER BY n", [one.Id]),
            Table("case_acts", SqlCaseStatements.ActColumns.List, $"FROM case_acts WHERE {InStretch} ORDER BY number", stretch),
        ];
    }

    /// <summary>Takes a case away. False: it is needed again since it was found, and stays.</summary>
    public bool Remove(OldCase one, long beforeMs)
    {
        Reopen();
        using DbTransaction transaction = _dialect.Begin(_connection);
        if (!CasesOf("id = @p0", [one.Id], beforeMs, transaction).Any(c => c.MayGo && c.Case == one))
        {
            return false;
        }

        Do(transaction, $"DELETE FROM case_acts WHERE {InStretch}", Stretch(one));
        Do(transaction, $"DELETE FROM case_marks WHERE {InStretch}", Stretch(one));
        foreach (string table in (string[])["case_steps WHERE case_id", "hand_over_cases WHERE case_id", "cases WHERE id"])
        {
            Do(transaction, $"DELETE FROM {table} = @p0", [one.Id]);
        }

        transaction.Commit();
        return true;
    }

    /// <summary>Takes the events of a lane through a number away. False: another number of them than was read, and all stay.</summary>
    /// <param name="lane">Where, and through which number in this step.</param>
    /// <param name="count">So many were read.</param>
    /// <param name="beforeMs">As they were found.</param>
    public bool Remove(OldLane lane, long count, long beforeMs)
    {
        Reopen();
        using DbTransaction transaction = _dialect.Begin(_connection);
        object[] values = On(lane.Lane, lane.Through);
        if (ThroughOf(lane.Lane, beforeMs, transaction).Through < lane.Through
            || Do(transaction, "DELETE " + s_goesThrough.Replace("events e", "events AS e", StringComparison.Ordinal), values) != count)
        {
            return false;
        }

        Do(transaction, "DELETE " + OfOrigin, values);
        Do(transaction, $"DELETE FROM case_marks WHERE {OfLane} AND sequence <= @p3 AND track < {(int)TrackKind.Found}", values);
        Do(
            transaction,
            "INSERT INTO pruned (station, epoch, lane, through) VALUES (@p0, @p1, @p2, @p3) "
            + "ON CONFLICT (station, epoch, lane) DO UPDATE SET through = excluded.through",
            values);
        transaction.Commit();
        return true;
    }

    /// <summary>
    /// Through which number nothing of a lane is needed, and the cases that end by it. The newest event stays, since numbers go on from it;
    /// so do the newest answer and all behind the first young one. A lane with an alarm that nobody has answered keeps everything.
    /// </summary>
    private (uint Through, IReadOnlyList<OldCase> Cases) ThroughOf(LaneKey lane, long beforeMs, DbTransaction? transaction)
    {
        object[] on = On(lane);
        if (Count($"SELECT COUNT(*) FROM escalations WHERE {OfLane} AND ended_ms = 0", on, transaction) > 0)
        {
            return (0, []);
        }

        // An alarm's clocks are on another lane, and came about when it did.
        long besides = First(
            "SELECT MIN(received_ms) FROM cases WHERE station = @p0 AND epoch = @p1 "
            + $"AND class = {(int)CaseClass.Alarm} AND (closed_ms = 0 OR closed_ms >= @p2)",
            [on[0], on[1], beforeMs],
            transaction) - CountyLimits.PruneBesideCaseMs ?? long.MaxValue;
        long[] stays =
        [
            First($"SELECT MAX(sequence) FROM events WHERE {OfLane}", on, transaction) ?? 0,
            First(
                $"SELECT MAX(sequence) FROM events WHERE {OfLane} AND kind IN ({(int)EventKind.Acknowledged}, {(int)EventKind.Reset})",
                on,
                transaction) ?? long.MaxValue,
            First(
                "SELECT MIN(sequence) FROM centre_waiting WHERE station = @p0 AND epoch = @p1 AND event_lane = @p2", on, transaction)
                ?? long.MaxValue,
            First(
                $"SELECT sequence FROM events WHERE {OfLane} AND (time_ms >= @p3 OR received_ms >= @p4) ORDER BY sequence LIMIT 1",
                [.. on, beforeMs, Math.Min(beforeMs, besides)],
                transaction) ?? long.MaxValue,
        ];
        long stay = stays.Min();

        // A case goes whole or not at all.
        List<(OldCase Case, bool MayGo)> cases =
            [.. CasesOf($"{OfLane} AND track < {(int)TrackKind.Found}", on, beforeMs, transaction)];
        bool lower;
        do
        {
            lower = false;
            foreach ((OldCase one, bool mayGo) in cases)
            {
                if (one.First < stay && (!mayGo || one.Last >= stay))
                {
                    stay = one.First;
                    lower = true;
                }
            }
        }
        while (lower);

        return ((uint)Math.Max(0, stay - 1), [.. cases.Where(c => c.Case.Last < stay).Select(c => c.Case)]);
    }

    /// <summary>
    /// Cases with their stretches. One may go that is over, whose steps every platform was told, and that began and ended long ago.
    /// </summary>
    private List<(OldCase Case, bool MayGo)> CasesOf(string which, object[] values, long beforeMs, DbTransaction? transaction)
    {
        List<(string Id, CaseTrack Track, uint Sequence, bool MayGo)> found =
        [
            .. Read(
                transaction,
                "SELECT id, station, epoch, lane, track, part, sequence, CASE WHEN closed_ms <> 0 "
                + $"AND closed_ms < @p{values.Length} AND opened_ms < @p{values.Length} AND received_ms < @p{values.Length} "
                + "AND NOT EXISTS (SELECT 1 FROM hand_over_out o WHERE o.case_id = cases.id AND o.state IN (0, 2, 3)) "
                + "AND NOT EXISTS (SELECT 1 FROM callouts o WHERE o.case_id = cases.id) THEN 1 ELSE 0 END "
                + $"FROM cases WHERE {which}",
                [.. values, beforeMs],
                row => (
                    row.GetString(0),
                    new CaseTrack(
                        (uint)row.GetInt64(1), (uint)row.GetInt64(2), (Lane)row.GetInt32(3), (TrackKind)row.GetInt32(4),
                        (uint)row.GetInt64(5)),
                    (uint)row.GetInt64(6),
                    row.GetInt32(7) != 0)),
        ];
        return [.. found.Select(one =>
        {
            if (one.Track.Kind == TrackKind.FalseAlarms)
            {
                return (new OldCase(one.Id, one.Track, one.Sequence, one.Sequence), one.MayGo);
            }

            object[] on = [.. OnOf(one.Track), (long)one.Sequence];
            string end = $"role = {(int)MarkRole.End}";
            long before = First($"SELECT MAX(sequence) FROM case_marks WHERE {OnTrack} AND {end} AND sequence < @p5", on, transaction) ?? 0;
            long last = First($"SELECT MIN(sequence) FROM case_marks WHERE {OnTrack} AND {end} AND sequence >= @p5", on, transaction)
                ?? First($"SELECT MAX(sequence) FROM case_marks WHERE {OnTrack} AND sequence >= @p5", on, transaction) ?? one.Sequence;
            long first = First(
                $"SELECT MIN(sequence) FROM case_marks WHERE {OnTrack} AND sequence > @p5", [.. OnOf(one.Track), before], transaction)
                ?? one.Sequence;
            return (new OldCase(one.Id, one.Track, (uint)Math.Min(first, one.Sequence), (uint)last), one.MayGo);
        })];
    }

    private static object[] On(LaneKey lane) => [(long)lane.Station, (long)lane.Epoch, (long)lane.Lane];

    private static object[] On(LaneKey lane, uint through) => [.. On(lane), (long)through];

    private static object[] OnOf(CaseTrack track) =>
        [(long)track.Station, (long)track.Epoch, (long)track.Lane, (long)track.Kind, (long)track.Part];

    private static object[] Stretch(OldCase one) => [.. OnOf(one.Track), (long)one.First, (long)one.Last];

    private OldTable Table(string table, string columns, string from, object[] values)
    {
        int count = columns.Split(", ").Length;
        return new OldTable(table, columns, Read(null, $"SELECT {columns} {from}", values, row =>
        {
            object[] cells = new object[count];
            row.GetValues(cells);
            return (IReadOnlyList<object>)cells;
        }));
    }

    private long Count(string sql, object[] values, DbTransaction? transaction = null) => First(sql, values, transaction) ?? 0;

    private long? First(string sql, object[] values, DbTransaction? transaction)
    {
        using Statement select = new(_connection, sql, TypesOf(values));
        return select.Scalar(transaction, values) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
    }

    private int Do(DbTransaction transaction, string sql, object[] values)
    {
        using Statement statement = new(_connection, sql, TypesOf(values));
        return statement.Run(transaction, values);
    }

    private IEnumerable<T> Read<T>(DbTransaction? transaction, string sql, object[] values, Func<DbDataReader, T> read) =>
        Rows(sql, TypesOf(values), values, read, transaction);

    private static DbType[] TypesOf(object[] values) => [.. values.Select(v => v is string ? DbType.String : DbType.Int64)];
}
