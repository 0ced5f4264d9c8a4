// Owns: the prepared statements about cases, made at their first use on a connection.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Every statement that <see cref="SqlTransaction"/> runs for <see cref="ICaseRows"/>.</summary>
internal sealed class SqlCaseStatements : StatementSet
{
    // The name, then numbers, then texts: so their types are told by a count.
    public static readonly Columns CaseColumns = new(
        "id, station, epoch, lane, track, part, sequence, class, trouble, state, grade, level, judgement, test, zone, zone_kind, zones, "
        + "events, opened_ms, time_quality, received_ms, ended_ms, closed_ms, due_ms, next_ms, taken_ms, last_step, version, owner, cause, "
        + "words, merged_into, county, township, village");

    public static readonly string SelectCases = $"SELECT {CaseColumns.List} FROM cases";

    public const int CaseNumbers = 27;
    public const int CaseTexts = 7;

    public static readonly Columns StepColumns = new(
        "case_id, n, number, kind, at_ms, time_quality, zone, value, detail, level, withdrawn, source, who, words, "
        + "party");

    public static readonly Columns ActColumns = new(
        "number, kind, at_ms, station, epoch, lane, track, part, sequence, level, judgement, grade, value, by_name, cause, words, "
        + "county, township, village, party, reference");

    public static readonly Columns PlanColumns = new("station, party, ring, neighbour, within_s, metres, telephone");

    public static readonly Columns RunColumns = new("case_id, ring, called_ms, ring_ms, within_s, set_out, late");

    public static readonly string SelectPlan = $"SELECT {PlanColumns.List} FROM callout_plan";

    public static readonly Columns MarkColumns = new("station, epoch, lane, track, part, sequence, role");

    private const string OnTrack = "station = @p0 AND epoch = @p1 AND lane = @p2 AND track = @p3 AND part = @p4";
    private const string Within = OnTrack + " AND sequence > @p5 AND sequence <= @p6";
    public const string IsOpen = "closed_ms = 0";
    public const string IsOver = "closed_ms <> 0";

    public SqlCaseStatements(DbConnection connection)
        : base(connection)
    {
        string events = string.Join(", ", SqlSchema.EventColumns.Split(", ").Select(name => "e." + name));
        const string EventOfMark = "JOIN events e ON e.station = m.station AND e.epoch = m.epoch AND e.lane = m.lane "
            + "AND e.sequence = m.sequence";
        string ends = $"role = {(int)MarkRole.End}";
        Next = Make("UPDATE meta SET value = value + 1 WHERE name = 'cases' RETURNING value");
        AddMark = Make(
            $"INSERT INTO case_marks ({MarkColumns.List}) VALUES ({SqlSchema.Parameters(7)}) ON CONFLICT DO NOTHING", Numbers(7));
        MarkActs = Make(
            $"INSERT INTO case_marks ({MarkColumns.List}) SELECT station, epoch, lane, track, part, sequence, "
            + $"CASE WHEN kind IN ({Kinds(MarkRole.End)}) THEN {(int)MarkRole.End} ELSE {(int)MarkRole.Begin} END FROM case_acts "
            + $"WHERE station = @p0 AND kind IN ({Kinds(MarkRole.Begin)}, {Kinds(MarkRole.End)}) ON CONFLICT DO NOTHING",
            Numbers(1));
        LastEnd = Make(
            $"SELECT sequence FROM case_marks WHERE {OnTrack} AND {ends} AND sequence < @p5 ORDER BY sequence DESC LIMIT 1", Numbers(6));
        FirstEnd = Make(
            $"SELECT sequence FROM case_marks WHERE {OnTrack} AND {ends} AND sequence >= @p5 ORDER BY sequence LIMIT 1", Numbers(6));
        FirstMark = Make(
            $"SELECT sequence FROM case_marks WHERE {OnTrack} AND sequence > @p5 ORDER BY sequence LIMIT 1", Numbers(6));
        Events = Make(
            $"SELECT {events} FROM case_marks m {EventOfMark} WHERE m.station = @p0 AND m.epoch = @p1 AND m.lane = @p2 AND m.track = @p3 "
            + "AND m.part = @p4 AND m.sequence > @p5 AND m.sequence <= @p6 ORDER BY m.sequence LIMIT @p7",
            Numbers(8));
        Clocks = Make(
            $"SELECT {events} FROM case_marks m {EventOfMark} WHERE m.station = @p0 AND m.epoch = @p1 AND m.lane = @p2 "
            + $"AND m.track = {(int)TrackKind.Clock} AND m.part > @p3 AND m.part <= @p4 ORDER BY m.sequence LIMIT @p5",
            Numbers(6));
        ClocksBetween = Make(
            $"SELECT {events} FROM (SELECT station, epoch, lane, sequence FROM case_marks WHERE station = @p0 AND epoch = @p1 "
            + $"AND lane = @p2 AND track = {(int)TrackKind.UnnamedClock} AND part >= @p3 AND part <= @p5 ORDER BY part, sequence "
            + $"LIMIT @p7) AS m {EventOfMark} WHERE (e.boot > @p3 OR e.uptime_ms >= @p4) AND (e.boot < @p5 OR e.uptime_ms <= @p6) "
            + "ORDER BY m.sequence",
            Numbers(8));
        AlarmBefore = Make(
            "SELECT m.sequence FROM (SELECT station, epoch, lane, sequence FROM case_marks WHERE station = @p0 AND epoch = @p1 "
            + $"AND lane = @p4 AND track = {(int)TrackKind.Fire} AND part = 0 AND role = {(int)MarkRole.Begin} ORDER BY sequence DESC "
            + $"LIMIT @p5) AS m {EventOfMark} JOIN events c ON c.station = @p0 AND c.epoch = @p1 AND c.lane = @p2 AND c.sequence = @p3 "
            + "WHERE e.boot < c.boot OR (e.boot = c.boot AND e.uptime_ms <= c.uptime_ms) ORDER BY m.sequence DESC LIMIT 1",
            Numbers(6));
        Untimed = Make(
            "SELECT m.station, m.epoch, m.lane, m.track, m.part, m.sequence, m.role FROM events e JOIN case_marks m "
            + "ON m.station = e.station AND m.epoch = e.epoch AND m.lane = e.lane AND m.sequence = e.sequence "
            + $"AND m.track < {(int)TrackKind.Found} WHERE e.station = @p0 AND e.epoch = @p1 AND e.boot = @p2 AND e.utc_quality = 0 "
            + "ORDER BY m.lane, m.sequence, m.track",
            Numbers(3));
        Tracks = Make(
            "SELECT DISTINCT station, epoch, lane, track, part FROM case_marks WHERE station = @p0 ORDER BY epoch, lane, track, part",
            Numbers(1));
        AddAct = Make(
            $"INSERT INTO case_acts ({ActColumns.List}) VALUES ({SqlSchema.Parameters(21)})",
            [.. Numbers(13), .. Texts(8)]);
        ActByReference = Make($"SELECT {ActColumns.List} FROM case_acts WHERE reference = @p0 AND reference <> ''", DbType.String);
        Plan = Make(SelectPlan + " WHERE station = @p0 ORDER BY ring, party", Numbers(1));
        Runs = Make($"SELECT {RunColumns.List} FROM callouts ORDER BY called_ms, case_id");
        Run = Make($"SELECT {RunColumns.List} FROM callouts WHERE case_id = @p0", DbType.String);
        PutRun = Make(new Upsert("callouts", RunColumns.List, keys: 1).OfOne, [DbType.String, .. Numbers(6)]);
        EndRun = Make("DELETE FROM callouts WHERE case_id = @p0", DbType.String);
        Acts = Make($"SELECT {ActColumns.List} FROM case_acts WHERE {Within} ORDER BY number", Numbers(7));
        One = Make(SelectCases + " WHERE id = @p0", DbType.String);
        OfTrack = Make($"{SelectCases} WHERE {Within} ORDER BY sequence, id", Numbers(7));
        Put = Make(
            new Upsert("cases", CaseColumns.List, keys: 1).OfOne, [DbType.String, .. Numbers(CaseNumbers), .. Texts(CaseTexts)]);
        Forget =
        [
            .. ((string[])[IsOver, IsOpen]).SelectMany(which => (Statement[])
            [
                Make($"DELETE FROM case_steps WHERE case_id IN (SELECT id FROM cases WHERE {Older(which)})", Numbers(2)),
                Make($"DELETE FROM cases WHERE {Older(which)}", Numbers(2)),
            ]),
        ];
        Steps = Make($"SELECT {StepColumns.List} FROM case_steps WHERE case_id = @p0 ORDER BY n", DbType.String);
        PutStep = Make(
            new Upsert("case_steps", StepColumns.List, keys: 2).OfOne, [DbType.String, .. Numbers(10), .. Texts(4)]);
        Open = Make($"{SelectCases} WHERE {IsOpen} AND class = @p0 ORDER BY opened_ms, id", Numbers(1));
        Standing = Make(
            $"{SelectCases} WHERE station = @p0 AND class = {(int)CaseClass.Alarm} AND {IsOpen} "
            + "AND ended_ms = 0 ORDER BY opened_ms DESC, id LIMIT 1",
            Numbers(1));
        Due = Make(
            SelectCases + " WHERE next_ms > 0 AND next_ms <= @p0 ORDER BY next_ms, id LIMIT @p1", Numbers(2));
        FalseAlarms = Make(
            $"{SelectCases} WHERE station = @p0 AND class = {(int)CaseClass.Alarm} AND opened_ms >= @p1 "
            + $"AND opened_ms < @p2 AND judgement = {(int)CaseJudgement.False} AND state <> {(int)CaseState.Merged} "
            + "ORDER BY opened_ms, epoch, sequence",
            Numbers(3));
        Settings = Make("SELECT from_ms, words FROM case_settings ORDER BY number");
        AddSettings = Make("INSERT INTO case_settings (number, from_ms, words) VALUES (@p0, @p1, @p2)", [.. Numbers(2), .. Texts(1)]);
    }

    public Statement Next { get; }

    public Statement AddMark { get; }

    public Statement MarkActs { get; }

    public Statement LastEnd { get; }

    public Statement FirstEnd { get; }

    public Statement FirstMark { get; }

    public Statement Events { get; }

    public Statement Clocks { get; }

    public Statement ClocksBetween { get; }

    public Statement AlarmBefore { get; }

    public Statement Untimed { get; }

    public Statement Tracks { get; }

    public Statement AddAct { get; }

    public Statement Acts { get; }

    public Statement ActByReference { get; }

    public Statement Plan { get; }

    public Statement Runs { get; }

    public Statement Run { get; }

    public Statement PutRun { get; }

    public Statement EndRun { get; }

    public Statement One { get; }

    public Statement OfTrack { get; }

    public Statement Put { get; }

    public IReadOnlyList<Statement> Forget { get; }

    public Statement Steps { get; }

    public Statement PutStep { get; }

    public Statement Open { get; }

    public Statement Standing { get; }

    public Statement Due { get; }

    public Statement FalseAlarms { get; }

    public Statement Settings { get; }

    public Statement AddSettings { get; }

    private static string Kinds(MarkRole role) =>
        string.Join(", ", Enum.GetValues<CaseActKind>().Where(kind => CaseBuilder.RoleOf(kind) == role).Select(kind => (int)kind));

    private static DbType[] Texts(int count) => Enumerable.Repeat(DbType.String, count).ToArray();

    /// <summary>Which cases of a station are beyond the newest @p1 of their sort.</summary>
    public static string Older(string which) =>
        $"station = @p0 AND {which} AND opened_ms < (SELECT opened_ms FROM cases WHERE station = @p0 AND {which} "
        + "ORDER BY opened_ms DESC LIMIT 1 OFFSET @p1)";
}
