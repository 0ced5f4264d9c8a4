// Owns: the rows of cases in one writing transaction.
// Must never: decide.

using System.Data.Common;
using System.Globalization;

namespace Gateway.County.Sql;

internal sealed partial class SqlTransaction : ICaseRows
{
    public ICaseRows? Cases => this;

    private SqlCaseStatements CaseSql => sql.Cases;

    public long NextCaseNumber() => Wide(CaseSql.Next.Scalar(transaction));

    public void Add(CaseMark mark) => CaseSql.AddMark.Run(transaction, [.. On(mark.Track), mark.Sequence, (int)mark.Role]);

    public void MarkActs(uint station) => CaseSql.MarkActs.Run(transaction, station);

    public uint LastEnd(CaseTrack track, uint before) => (uint)Wide(CaseSql.LastEnd.Scalar(transaction, [.. On(track), before]));

    public uint? FirstEnd(CaseTrack track, uint from) => Sequence(CaseSql.FirstEnd.Scalar(transaction, [.. On(track), from]));

    public uint? FirstMark(CaseTrack track, uint after) => Sequence(CaseSql.FirstMark.Scalar(transaction, [.. On(track), after]));

    public IReadOnlyList<StoredEvent> Events(CaseTrack track, uint after, uint through, int max) =>
        All(CaseSql.Events.Read(transaction, [.. On(track), after, through, max]), SqlRows.Event);

    public IReadOnlyList<StoredEvent> Clocks(uint station, uint epoch, uint after, uint through, int max) => All(
        CaseSql.Clocks.Read(transaction, station, epoch, (int)Gateway.Contract.Lane.Condition, after, through, max), SqlRows.Event);

    public IReadOnlyList<StoredEvent> ClocksBetween(BootKey from, long uptimeMs, StoredEvent? through, int max) => All(
        CaseSql.ClocksBetween.Read(
            transaction, from.Station, from.Epoch, (int)Gateway.Contract.Lane.Condition, from.Boot, uptimeMs,
            through?.Record.Boot ?? uint.MaxValue, through?.Record.UptimeMs ?? long.MaxValue, max),
        SqlRows.Event);

    public uint AlarmBefore(CaseTrack track, uint sequence) => (uint)Wide(CaseSql.AlarmBefore.Scalar(
        transaction, track.Station, track.Epoch, (int)track.Lane, sequence, (int)Gateway.Contract.Lane.Fire,
        CountyLimits.CaseEventsMax));

    public IReadOnlyList<CaseMark> Untimed(BootKey boot) => All(
        CaseSql.Untimed.Read(transaction, boot.Station, boot.Epoch, boot.Boot),
        row => new CaseMark(CaseSqlRows.Track(row), (uint)row.GetInt64(5), (MarkRole)row.GetInt32(6)));

    public IReadOnlyList<CaseTrack> Tracks(uint station) => All(CaseSql.Tracks.Read(transaction, station), CaseSqlRows.Track);

    public void Add(CaseAct act) => CaseSql.AddAct.Run(
        transaction,
        [
            act.Number, (int)act.Kind, act.AtMs, .. On(act.Track), act.Sequence, (int)act.Level, (int)act.Judgement, (int)act.Grade,
            act.Value, act.By, act.Cause, act.Words, act.County, act.Township, act.Village, act.Party, act.Reference,
        ]);

    public CaseAct? ActByReference(string reference) =>
        All(CaseSql.ActByReference.Read(transaction, reference), CaseSqlRows.Act).SingleOrDefault();

    public IReadOnlyList<CalloutParty> CalloutPlan(uint station) => All(CaseSql.Plan.Read(transaction, station), CaseSqlRows.Party);

    public IReadOnlyList<CalloutRun> Callouts() => All(CaseSql.Runs.Read(transaction), CaseSqlRows.Run);

    public CalloutRun? Callout(string id) => All(CaseSql.Run.Read(transaction, id), CaseSqlRows.Run).SingleOrDefault();

    public void Put(CalloutRun run) => CaseSql.PutRun.Run(
        transaction, run.Case, run.Calls, run.CalledMs, run.LastMs, run.WithinS, run.SetOut ? 1 : 0, run.Late ? 1 : 0);

    public void EndCallout(string id) => CaseSql.EndRun.Run(transaction, id);

    public IReadOnlyList<CaseAct> Acts(CaseTrack track, uint after, uint through) =>
        All(CaseSql.Acts.Read(transaction, [.. On(track), after, through]), CaseSqlRows.Act);

    public Case? Case(string id) => All(CaseSql.One.Read(transaction, id), CaseSqlRows.Case).SingleOrDefault();

    IReadOnlyList<Case> ICaseRows.Cases(CaseTrack track, uint after, uint through) =>
        All(CaseSql.OfTrack.Read(transaction, [.. On(track), after, through]), CaseSqlRows.Case);

    public void Put(Case one) => CaseSql.Put.Run(transaction, CaseSqlRows.Values(one));

    public void ForgetCases(uint station, int keep)
    {
        foreach (Statement forget in CaseSql.Forget)
        {
            forget.Run(transaction, station, keep);
        }
    }

    public IReadOnlyList<CaseStep> Steps(string id) => All(CaseSql.Steps.Read(transaction, id), CaseSqlRows.Step);

    public void Put(CaseStep step) => CaseSql.PutStep.Run(
        transaction, step.Case, step.N, step.Number, (int)step.Kind, step.AtMs, (int)step.TimeQuality, step.Zone, step.Value, step.Detail,
        step.Level, step.Withdrawn ? 1 : 0, step.Source, step.Who, step.Words, step.Party);

    public IReadOnlyList<Case> OpenCases(CaseClass of) => All(CaseSql.Open.Read(transaction, (int)of), CaseSqlRows.Case);

    public Case? StandingAlarm(uint station) => All(CaseSql.Standing.Read(transaction, station), CaseSqlRows.Case).SingleOrDefault();

    public IReadOnlyList<Case> DueCases(long nowMs, int max) => All(CaseSql.Due.Read(transaction, nowMs, max), CaseSqlRows.Case);

    public IReadOnlyList<Case> FalseAlarms(uint station, long fromMs, long untilMs) =>
        All(CaseSql.FalseAlarms.Read(transaction, station, fromMs, untilMs), CaseSqlRows.Case);

    public IReadOnlyList<CaseSettingsOf> CaseSettings() => All(
        CaseSql.Settings.Read(transaction), row => new CaseSettingsOf(row.GetInt64(0), County.CaseSettings.Parse(row.GetString(1))));

    public void Add(CaseSettingsOf settings) =>
        CaseSql.AddSettings.Run(transaction, NextCaseNumber(), settings.FromMs, settings.Settings.ToString());

    private static object[] On(CaseTrack track) => [track.Station, track.Epoch, (int)track.Lane, (int)track.Kind, track.Part];

    private static uint? Sequence(object? value) => value is null ? null : Convert.ToUInt32(value, CultureInfo.InvariantCulture);

    private static List<T> All<T>(DbDataReader reader, Func<DbDataReader, T> read)
    {
        List<T> all = [];
        using (reader)
        {
            while (reader.Read())
            {
                all.Add(read(reader));
            }
        }

        return all;
    }
}
