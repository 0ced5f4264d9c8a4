// Owns: the prepared statements about the hand-over, made once a connection.
// Must never: contain a text that only one product understands.

using System.Data;
using System.Data.Common;

namespace Gateway.County.Sql;

/// <summary>Every statement that <see cref="SqlTransaction"/> runs for <see cref="IHandOverRows"/>.</summary>
internal sealed class SqlHandOverStatements : StatementSet
{
    public static readonly Columns TargetColumns = new(
        "name, last_step, delivered, delivered_ms, failed_ms, failed_status, failed_words");

    public static readonly Columns RowColumns = new(
        "target, number, message_id, case_id, type, priority, state, tries, due_run_ms, created_ms, ended_ms, last_status, last_words, "
        + "body");

    public static readonly Columns PlatformColumns = new("case_id, number, state, state_at_ms");

    public const string WaitingText =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN priority < @p1 THEN 1 ELSE 0 END), 0), COALESCE(MIN(created_ms), 0), "
        + "COALESCE(MAX(CASE WHEN priority < @p1 THEN tries ELSE 0 END), 0) FROM hand_over_out WHERE target = @p0 AND state = 0";

    public SqlHandOverStatements(DbConnection connection)
        : base(connection)
    {
        Target = Make($"SELECT {TargetColumns.List} FROM hand_over_targets WHERE name = @p0", DbType.String);
        PutTarget = Make(
            new Upsert("hand_over_targets", TargetColumns.List, keys: 1).OfOne, [DbType.String, .. Numbers(5), DbType.String]);
        LastStep = Make("SELECT value FROM meta WHERE name = 'cases'");
        StepsAfter = Make(
            $"SELECT {SqlCaseStatements.StepColumns.List} FROM case_steps WHERE number > @p0 ORDER BY number LIMIT @p1", Numbers(2));
        Name = Make(
            "SELECT name FROM stations WHERE station = @p0 UNION ALL SELECT name FROM peers WHERE station = @p0 LIMIT 1", DbType.Int64);
        Place = Make($"SELECT {CaseSqlRows.PlaceColumns.List} FROM places WHERE station = @p0", DbType.Int64);
        Add = Make(
            $"INSERT INTO hand_over_out ({RowColumns.List}) VALUES ({SqlSchema.Parameters(14)})",
            [DbType.String, DbType.Int64, DbType.String, DbType.String, DbType.String, .. Numbers(7), DbType.String, DbType.Binary]);
        Put = Make(
            "UPDATE hand_over_out SET state = @p2, tries = @p3, due_run_ms = @p4, ended_ms = @p5, last_status = @p6, last_words = @p7 "
            + "WHERE target = @p0 AND number = @p1",
            [DbType.String, .. Numbers(6), DbType.String]);
        Due = Make(
            $"SELECT {RowColumns.List} FROM hand_over_out AS o WHERE target = @p0 AND state = 0 AND due_run_ms <= @p1 AND NOT EXISTS ("
            + "SELECT 1 FROM hand_over_out AS e WHERE e.target = o.target AND e.case_id = o.case_id AND e.state = 0 "
            + "AND e.number < o.number) ORDER BY priority, number LIMIT @p2",
            [DbType.String, .. Numbers(2)]);
        DueAnew = Make("UPDATE hand_over_out SET due_run_ms = @p1 WHERE target = @p0 AND state = 0", DbType.String, DbType.Int64);
        Waiting = Make(WaitingText, DbType.String, DbType.Int64);
        GiveUp = Make(
            "UPDATE hand_over_out SET state = 3, ended_ms = @p3 WHERE target = @p0 AND state = 0 AND priority >= @p1 AND number <= ("
            + "SELECT number FROM hand_over_out WHERE target = @p0 AND state = 0 AND priority >= @p1 "
            + "ORDER BY number DESC LIMIT 1 OFFSET @p2)",
            [DbType.String, .. Numbers(3)]);
        Forget = Make(
            "DELETE FROM hand_over_out WHERE target = @p0 AND state = @p1 AND number <= (SELECT number FROM hand_over_out "
            + "WHERE target = @p0 AND state = @p1 ORDER BY number DESC LIMIT 1 OFFSET @p2)",
            [DbType.String, .. Numbers(2)]);
        After = Make(
            $"SELECT {RowColumns.List} FROM hand_over_out WHERE target = @p0 AND number > @p1 ORDER BY number LIMIT @p2",
            [DbType.String, .. Numbers(2)]);
        Acknowledge = Make(
            "UPDATE hand_over_out SET state = 1, ended_ms = @p2 WHERE target = @p0 AND state = 0 AND number <= @p1",
            [DbType.String, .. Numbers(2)]);
        Acknowledged = Make(
            "UPDATE hand_over_targets SET delivered = delivered + @p1, delivered_ms = @p2 WHERE name = @p0",
            DbType.String, DbType.Int64, DbType.Int64);
        PlatformCase = Make($"SELECT {PlatformColumns.List} FROM hand_over_cases WHERE case_id = @p0", DbType.String);
        PutPlatformCase = Make(
            new Upsert("hand_over_cases", PlatformColumns.List, keys: 1).OfOne,
            DbType.String, DbType.String, DbType.String, DbType.Int64);
        Seen = Make("SELECT COUNT(*) FROM hand_over_seen WHERE message_id = @p0", DbType.String);
        AddSeen = Make("INSERT INTO hand_over_seen (message_id, number) VALUES (@p0, @p1)", DbType.String, DbType.Int64);
        ForgetSeen = Make(
            "DELETE FROM hand_over_seen WHERE number < (SELECT number FROM hand_over_seen ORDER BY number DESC LIMIT 1 OFFSET @p0)",
            DbType.Int64);
        Row = Make(
            $"SELECT {RowColumns.List} FROM hand_over_out WHERE target = @p0 AND message_id = @p1", DbType.String, DbType.String);
        Again = Make(
            "UPDATE hand_over_out SET state = 0, tries = 0, due_run_ms = @p2, ended_ms = 0 WHERE target = @p0 AND state = @p1",
            [DbType.String, .. Numbers(2)]);
    }

    public Statement After { get; }

    public Statement Acknowledge { get; }

    public Statement Acknowledged { get; }

    public Statement PlatformCase { get; }

    public Statement PutPlatformCase { get; }

    public Statement Seen { get; }

    public Statement AddSeen { get; }

    public Statement ForgetSeen { get; }

    public Statement Row { get; }

    public Statement Again { get; }

    public Statement Target { get; }

    public Statement PutTarget { get; }

    public Statement LastStep { get; }

    public Statement StepsAfter { get; }

    public Statement Name { get; }

    public Statement Place { get; }

    public Statement Add { get; }

    public Statement Put { get; }

    public Statement Due { get; }

    public Statement DueAnew { get; }

    public Statement Waiting { get; }

    public Statement GiveUp { get; }

    public Statement Forget { get; }
}
