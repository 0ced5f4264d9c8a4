// Owns: the rows of the hand-over in one writing transaction.
// Must never: decide what becomes of a message.

using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction : IHandOverRows
{
    public IHandOverRows? HandOver => this;

    private SqlHandOverStatements HandOverSql => sql.HandOver;

    public HandOverTarget? Target(string name) => All(HandOverSql.Target.Read(transaction, name), TargetOf).SingleOrDefault();

    public void Put(HandOverTarget target) => HandOverSql.PutTarget.Run(
        transaction, target.Name, target.LastStep, target.Delivered, target.DeliveredMs, target.FailedMs, target.FailedStatus,
        target.FailedWords);

    public long LastStepNumber() => Wide(HandOverSql.LastStep.Scalar(transaction));

    public IReadOnlyList<CaseStep> StepsAfter(long number, int max) =>
        All(HandOverSql.StepsAfter.Read(transaction, number, max), CaseSqlRows.Step);

    public string NameOf(uint station) => HandOverSql.Name.Scalar(transaction, station) as string ?? "";

    public PlaceFile? PlaceOf(uint station) => All(HandOverSql.Place.Read(transaction, station), CaseSqlRows.Place).SingleOrDefault();

    public void Add(HandOverRow row) => HandOverSql.Add.Run(
        transaction, row.Target, row.Number, row.MessageId, row.Case, row.Type, row.Priority, (int)row.State, row.Tries, row.DueRunMs,
        row.CreatedMs, row.EndedMs, row.LastStatus, row.LastWords, row.Body);

    public void Put(HandOverRow row) => HandOverSql.Put.Run(
        transaction, row.Target, row.Number, (int)row.State, row.Tries, row.DueRunMs, row.EndedMs, row.LastStatus, row.LastWords);

    public IReadOnlyList<HandOverRow> Due(string target, long runMs, int max) =>
        All(HandOverSql.Due.Read(transaction, target, runMs, max), RowOf);

    public void DueAnew(string target) => HandOverSql.DueAnew.Run(transaction, target, long.MinValue);

    public HandOverWaiting Waiting(string target) =>
        All(HandOverSql.Waiting.Read(transaction, target, CountyLimits.HandOverLesser), WaitingOf)[0];

    public int MakeRoom(string target, int keepWaiting, int keepEnded, long nowMs)
    {
        int givenUp = HandOverSql.GiveUp.Run(transaction, target, CountyLimits.HandOverLesser, keepWaiting, nowMs);
        foreach (HandOverState ended in (HandOverState[])[HandOverState.Delivered, HandOverState.Refused, HandOverState.GivenUp])
        {
            HandOverSql.Forget.Run(transaction, target, (int)ended, keepEnded);
        }

        return givenUp;
    }

    public IReadOnlyList<HandOverRow> After(string target, long number, int max) =>
        All(HandOverSql.After.Read(transaction, target, number, max), RowOf);

    public int Acknowledge(string target, long through, long nowMs)
    {
        int count = HandOverSql.Acknowledge.Run(transaction, target, through, nowMs);
        if (count > 0)
        {
            HandOverSql.Acknowledged.Run(transaction, target, count, nowMs);
        }

        return count;
    }

    public PlatformCase? PlatformCase(string id) => All(
        HandOverSql.PlatformCase.Read(transaction, id),
        reader =>
        {
            NamedRow row = new(reader, SqlHandOverStatements.PlatformColumns);
            return new PlatformCase
            {
                Case = row.Text("case_id"),
                Number = row.Text("number"),
                State = row.Text("state"),
                StateAtMs = row.Int64("state_at_ms"),
            };
        }).SingleOrDefault();

    public void Put(PlatformCase one) =>
        HandOverSql.PutPlatformCase.Run(transaction, one.Case, one.Number, one.State, one.StateAtMs);

    public bool Seen(string messageId) => Wide(HandOverSql.Seen.Scalar(transaction, messageId)) > 0;

    public void NoteSeen(string messageId, long number, int keep)
    {
        HandOverSql.AddSeen.Run(transaction, messageId, number);
        HandOverSql.ForgetSeen.Run(transaction, keep);
    }

    public HandOverRow? Row(string target, string messageId) =>
        All(HandOverSql.Row.Read(transaction, target, messageId), RowOf).SingleOrDefault();

    public int Again(string target, HandOverState ended) => HandOverSql.Again.Run(transaction, target, (int)ended, long.MinValue);

    internal static HandOverTarget TargetOf(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlHandOverStatements.TargetColumns);
        return new HandOverTarget
        {
            Name = row.Text("name"),
            LastStep = row.Int64("last_step"),
            Delivered = row.Int64("delivered"),
            DeliveredMs = row.Int64("delivered_ms"),
            FailedMs = row.Int64("failed_ms"),
            FailedStatus = row.Int32("failed_status"),
            FailedWords = row.Text("failed_words"),
        };
    }

    internal static HandOverWaiting WaitingOf(DbDataReader row) =>
        new(row.GetInt64(0), Convert.ToInt64(row.GetValue(1), CultureInfo.InvariantCulture), row.GetInt64(2),
            Convert.ToInt64(row.GetValue(3), CultureInfo.InvariantCulture));

    internal static HandOverRow RowOf(DbDataReader reader)
    {
        NamedRow row = new(reader, SqlHandOverStatements.RowColumns);
        return new HandOverRow
        {
            Target = row.Text("target"),
            Number = row.Int64("number"),
            MessageId = row.Text("message_id"),
            Case = row.Text("case_id"),
            Type = row.Text("type"),
            Priority = row.Int32("priority"),
            State = (HandOverState)row.Int32("state"),
            Tries = row.Int32("tries"),
            DueRunMs = row.Int64("due_run_ms"),
            CreatedMs = row.Int64("created_ms"),
            EndedMs = row.Int64("ended_ms"),
            LastStatus = row.Int32("last_status"),
            LastWords = row.Text("last_words"),
            Body = row.Bytes("body"),
        };
    }
}
