// Owns: the prepared statements of the writing transaction, made once a connection.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;
using Gateway.Contract;

namespace Gateway.County.Sql;

/// <summary>Every statement that <see cref="SqlTransaction"/> runs.</summary>
internal sealed class SqlStatements : StatementSet
{
    public static readonly Columns ConflictColumns = new("version, raw");
    public static readonly Columns LaneColumns = new("station, epoch, lane, held, highest");
    // What was taken away of a lane is in a table of its own, since it outlives the lane's row.
    public static readonly Columns LaneReadColumns = new("station, epoch, lane, held, highest, pruned");
    public const string LanesRead = "(SELECT l.station, l.epoch, l.lane, l.held, l.highest, COALESCE(p.through, 0) AS pruned FROM lanes l "
        + "LEFT JOIN pruned p ON p.station = l.station AND p.epoch = l.epoch AND p.lane = l.lane) AS lanes";

    public static readonly Columns GapColumns = new("station, epoch, lane, first, last, seen_ms, owned_by, merged");
    public static readonly Columns LossColumns = new("sequence, first, last");
    public static readonly Columns ClockColumns = new("station, epoch, boot, source, uptime_ms, utc_ms");
    public static readonly Columns SessionColumns = new(
        "station, epoch, boot, session, counter, will_boot, will_session, key_id, seen_ms, abilities");

    public static readonly Upsert PutLaneText = new("lanes", LaneColumns.List, keys: 3);
    public static readonly Upsert PutSessionText = new("sessions", SessionColumns.List, keys: 2);
    public static readonly Upsert PutStateText = new("presence", SqlSchema.StateColumns, keys: 1);

    // What came while a stolen key was in use speaks for nobody.
    private const string NoDoubt =
        "NOT EXISTS (SELECT 1 FROM doubts d WHERE d.station = events.station "
        + "AND events.received_ms BETWEEN d.since_ms AND d.until_ms)";

    private const string OfLane = "station = @p0 AND epoch = @p1 AND lane = @p2";
    private SqlPeerStatements? _peers;
    private SqlCentreStatements? _centres;
    private SqlCaseStatements? _cases;
    private SqlHandOverStatements? _handOver;
    private SqlNameStatements? _names;

    public SqlStatements(DbConnection connection)
        : base(connection)
    {
        RawOf = Make($"SELECT raw FROM events WHERE {OfLane} AND sequence = @p3", Numbers(4));
        UpdateTime = Make(
            $"UPDATE events SET utc_ms = @p4, utc_quality = @p5, time_ms = @p6, time_quality = @p7, raw = @p8 "
            + $"WHERE {OfLane} AND sequence = @p3",
            [.. Numbers(8), DbType.Binary]);
        Conflicts = Make($"SELECT {ConflictColumns.List} FROM conflicts WHERE {OfLane} AND sequence = @p3 ORDER BY version", Numbers(4));
        AddConflict = Make(
            "INSERT INTO conflicts (station, epoch, lane, sequence, version, first_ms, last_ms, times, raw) "
            + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p5, 1, @p6)",
            [.. Numbers(6), DbType.Binary]);
        CountConflict = Make(
            $"UPDATE conflicts SET times = times + 1, last_ms = @p5, raw = @p6 WHERE {OfLane} AND sequence = @p3 AND version = @p4",
            [.. Numbers(6), DbType.Binary]);
        Lane = Make($"SELECT {LaneReadColumns.List} FROM {LanesRead} WHERE {OfLane}", Numbers(3));
        PrunedThrough = Make($"SELECT through FROM pruned WHERE {OfLane}", Numbers(3));
        PutLane = Make(PutLaneText.OfOne, Numbers(5));
        Gaps = Make(
            $"SELECT {GapColumns.List} FROM gaps WHERE {OfLane} AND first <= @p4 AND last >= @p3 ORDER BY first",
            Numbers(5));
        AddGap = Make(
            "INSERT INTO gaps (station, epoch, lane, first, last, seen_ms, owned_by, merged) "
            + "VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)",
            Numbers(8));
        RemoveGaps = Make($"DELETE FROM gaps WHERE {OfLane} AND first BETWEEN @p3 AND @p4", Numbers(5));
        OwnGaps = Make(
            $"UPDATE gaps SET owned_by = @p5 WHERE {OfLane} AND first BETWEEN @p3 AND @p4 AND owned_by = 0", Numbers(6));
        Losses = Make(
            $"SELECT {LossColumns.List} FROM losses WHERE {OfLane} AND first <= @p4 AND last >= @p3 ORDER BY sequence",
            Numbers(5));
        AddLoss = Make(
            "INSERT INTO losses (station, epoch, lane, sequence, first, last) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) ON CONFLICT DO NOTHING",
            Numbers(6));
        RemoveLoss = Make($"DELETE FROM losses WHERE {OfLane} AND sequence = @p3", Numbers(4));
        Clock = Make($"SELECT {ClockColumns.List} FROM clocks WHERE station = @p0 AND epoch = @p1 AND boot = @p2", Numbers(3));
        PutClock = Make(new Upsert("clocks", ClockColumns.List, keys: 3).OfOne, Numbers(6));
        BackFill = Make(
            "UPDATE events SET time_ms = uptime_ms + @p3, time_quality = 1 "
            + "WHERE (station, epoch, lane, sequence) IN (SELECT station, epoch, lane, sequence FROM events "
            + "WHERE station = @p0 AND epoch = @p1 AND boot = @p2 AND utc_quality = 0 AND uptime_ms + @p3 > 0 "
            + "AND (time_quality <> 1 OR time_ms <> uptime_ms + @p3) ORDER BY lane, sequence LIMIT @p4)",
            Numbers(5));
        ForgetClocks = Make(
            "DELETE FROM clocks WHERE station = @p0 AND epoch = @p1 AND boot < (SELECT boot FROM clocks "
            + "WHERE station = @p0 AND epoch = @p1 ORDER BY boot DESC LIMIT 1 OFFSET @p2)",
            Numbers(3));
        CountConflicts = Make("SELECT COUNT(*) FROM conflicts WHERE station = @p0", Numbers(1));
        ForgetConflict = Make(
            "DELETE FROM conflicts WHERE (station, epoch, lane, sequence, version) IN (SELECT station, epoch, lane, sequence, version "
            + "FROM conflicts WHERE station = @p0 ORDER BY last_ms, epoch, lane, sequence, version LIMIT 1)",
            Numbers(1));
        CountEpochs = Make("SELECT COUNT(*) FROM sessions WHERE station = @p0", Numbers(1));

        // The sessions last, since they say which lives are meant.
        ForgetEpochs =
        [
            .. ((string[])["lanes", "gaps", "losses", "clocks", "sessions"]).Select(table => Make(
                $"DELETE FROM {table} WHERE station = @p0 AND epoch IN (SELECT epoch FROM sessions WHERE station = @p0 "
                + $"ORDER BY seen_ms DESC, epoch LIMIT {int.MaxValue} OFFSET @p1)",
                Numbers(2))),
        ];
        HighestOf = Make($"SELECT MAX(sequence) FROM events WHERE {OfLane}", Numbers(3));
        NewestBoot = Make(
            "SELECT MAX(boot) FROM (" + string.Join(" UNION ALL ", Enumerable.Range(0, Gateway.Contract.Lanes.Count).Select(lane =>
                "SELECT boot FROM (SELECT boot FROM events WHERE station = @p0 AND epoch = @p1 "
                + $"AND lane = {lane} ORDER BY sequence DESC LIMIT 1) AS of{lane}")) + ") AS newest",
            Numbers(2));
        ForgetEscalations = Make(
            "DELETE FROM escalations WHERE station = @p0 AND ended_ms <> 0 AND started_ms < (SELECT started_ms FROM escalations "
            + "WHERE station = @p0 AND ended_ms <> 0 ORDER BY started_ms DESC LIMIT 1 OFFSET @p1)",
            Numbers(2));
        State = Make($"SELECT {SqlSchema.StateColumns} FROM presence WHERE station = @p0", Numbers(1));
        PutState = Make(PutStateText.OfOne, SqlRows.StateTypes());
        Session = Make(
            $"SELECT {SessionColumns.List} FROM sessions WHERE station = @p0 AND epoch = @p1",
            Numbers(2));
        PutSession = Make(PutSessionText.OfOne, Numbers(10));
        OpenEscalations = Make($"SELECT {SqlSchema.EscalationColumns} FROM escalations WHERE ended_ms = 0 ORDER BY started_ms", []);
        LastAnswer = Make(
            $"SELECT {SqlSchema.EventColumns} FROM events WHERE {OfLane} AND sequence < @p3 "
            + $"AND kind IN ({(int)EventKind.Acknowledged}, {(int)EventKind.Reset}) AND {NoDoubt} ORDER BY sequence DESC LIMIT 1",
            Numbers(4));
        LastFire = Make(
            $"SELECT {SqlSchema.EventColumns} FROM events WHERE {OfLane} "
            + $"AND kind IN ({(int)EventKind.FireAlarm}, {(int)EventKind.Reset}) AND {NoDoubt} ORDER BY sequence DESC LIMIT 1",
            Numbers(3));
        Escalation = Make($"SELECT {SqlSchema.EscalationColumns} FROM escalations WHERE {OfLane} AND sequence = @p3", Numbers(4));
        PutEscalation = Make(
            new Upsert("escalations", SqlSchema.EscalationColumns, keys: 4).OfOne,
            [.. Numbers(SqlSchema.EscalationColumnCount - 1), DbType.String]);
        OpenCommands = Make($"SELECT {SqlSchema.CommandColumns} FROM commands WHERE state < 2 ORDER BY station, number", []);
        LastCommand = Make("SELECT MAX(number) FROM commands WHERE station = @p0", Numbers(1));
        Command = Make($"SELECT {SqlSchema.CommandColumns} FROM commands WHERE station = @p0 AND number = @p1", Numbers(2));
        AddCommand = Make(
            $"INSERT INTO commands ({SqlSchema.CommandColumns}) VALUES ({SqlSchema.Parameters(SqlSchema.CommandColumnCount)}) "
            + "ON CONFLICT DO NOTHING",
            [.. Numbers(SqlSchema.CommandColumnCount - 1), DbType.Binary]);
        PutCommand = Make(
            "UPDATE commands SET state = @p2, result = @p3, sent_ms = @p4, times = @p5, answered_ms = @p6 "
            + "WHERE station = @p0 AND number = @p1",
            Numbers(7));
    }

    public Statement RawOf { get; }

    public Statement UpdateTime { get; }

    public Statement Conflicts { get; }

    public Statement AddConflict { get; }

    public Statement CountConflict { get; }

    public Statement Lane { get; }

    public Statement PutLane { get; }

    public Statement PrunedThrough { get; }

    public Statement Gaps { get; }

    public Statement AddGap { get; }

    public Statement RemoveGaps { get; }

    public Statement OwnGaps { get; }

    public Statement Losses { get; }

    public Statement AddLoss { get; }

    public Statement RemoveLoss { get; }

    public Statement Clock { get; }

    public Statement PutClock { get; }

    public Statement BackFill { get; }

    public Statement ForgetClocks { get; }

    public Statement CountConflicts { get; }

    public Statement ForgetConflict { get; }

    public Statement CountEpochs { get; }

    public IReadOnlyList<Statement> ForgetEpochs { get; }

    public Statement HighestOf { get; }

    public Statement NewestBoot { get; }

    public Statement ForgetEscalations { get; }

    public Statement State { get; }

    public Statement PutState { get; }

    public Statement Session { get; }

    public Statement PutSession { get; }

    public Statement OpenEscalations { get; }

    public Statement LastAnswer { get; }

    public Statement LastFire { get; }

    public Statement Escalation { get; }

    public Statement PutEscalation { get; }

    public Statement OpenCommands { get; }

    public Statement LastCommand { get; }

    public Statement Command { get; }

    public Statement AddCommand { get; }

    public Statement PutCommand { get; }

    /// <summary>Those about other makers' boxes, made at their first use.</summary>
    public SqlPeerStatements Peers => _peers ??= new SqlPeerStatements(Connection);

    /// <summary>Those about city centres, made at their first use.</summary>
    public SqlCentreStatements Centres => _centres ??= new SqlCentreStatements(Connection);

    /// <summary>Those about cases, made at their first use.</summary>
    public SqlCaseStatements Cases => _cases ??= new SqlCaseStatements(Connection);

    /// <summary>Those about the hand-over, made at their first use.</summary>
    public SqlHandOverStatements HandOver => _handOver ??= new SqlHandOverStatements(Connection);

    /// <summary>Those about names of places, made at their first use.</summary>
    public SqlNameStatements Names => _names ??= new SqlNameStatements(Connection);

    public override void Dispose()
    {
        base.Dispose();
        _names?.Dispose();
        _handOver?.Dispose();
        _cases?.Dispose();
        _peers?.Dispose();
        _centres?.Dispose();
    }
}
