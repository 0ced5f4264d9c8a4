// Owns: what a signed-in person takes over from the shift before, and which places that person inspected, within the person's scope.
// Must never: take over anything of a township that the scope does not see.

using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <summary>An open case at the change of a shift.</summary>
/// <param name="Case">It.</param>
/// <param name="Station">Its station's name.</param>
/// <param name="May">Whether the person can take it over here.</param>
/// <param name="Taken">Whether somebody else has it.</param>
public sealed record ShiftCase(Case Case, string Station, bool May, bool Taken);

/// <param name="Cases">As the desk lists them, no more than are shown.</param>
/// <param name="Said">What was handed and taken over lately, the newest first.</param>
public sealed record ShiftModel(IReadOnlyList<ShiftCase> Cases, IReadOnlyList<DutyLogRow> Said);

internal sealed partial class DutyView
{
    private const string HandOverAct = "hand-over";
    private const string TakeOverAct = "take-over";
    private const int SaidShown = 10;

    public ShiftModel Shift() => store.With(rows => new ShiftModel(
        [
            .. rows.CasesForDesk(Scope.Township, CountyLimits.DutyCasesShown).Where(one => Scope.Sees(one.Township)).Select(one =>
                new ShiftCase(
                    one, rows.Registered(one.Station)?.Name ?? DutyStations.Gone, !IsUntaken(one) && one.Owner != user.Person,
                    one.Owner.Length > 0 && one.Owner != user.Person)),
        ],
        [
            .. rows.ShiftLog(null, CountyLimits.DutyHistoryRows)
                .Where(row => row.Act is HandOverAct or TakeOverAct && Scope.Sees(row.Township)).Take(SaidShown),
        ]));

    /// <summary>Notes what the person who goes has to say. Gives why it is not noted; null when it is.</summary>
    public string? HandOver(string words)
    {
        string? problem = PlainText.Problem("words", words, 1, CountyLimits.CaseWordsMax)
            ?? (MayAct ? null : "allowed: people on duty");
        if (problem is not null)
        {
            return problem;
        }

        return store.With<string?>(rows =>
        {
            rows.Note(new DutyLogRow(0, DutyStore.NowMs(), user.Name, user.Person, HandOverAct, user.Township, "", words));
            return null;
        });
    }

    /// <summary>Takes cases over by the person's name; gives why some are not.</summary>
    public IReadOnlyList<string> TakeOver(IReadOnlyList<(string Id, int Version)> cases)
    {
        List<string> problems = [];
        int taken = 0;
        foreach ((string id, int version) in cases)
        {
            Case? one = Case(id);
            if (one is null || IsUntaken(one))
            {
                problems.Add(one is null ? "无此案件 no such case" : $"{one.Id}: 未受理的火警须逐件受理 allowed: take a fire on the desk");
                continue;
            }

            try
            {
                Act(new CaseRequest
                {
                    Case = id,
                    Kind = CaseActKind.Take,
                    By = "",
                    Words = one.Owner.Length > 0 ? $"接班，自 {one.Owner}" : "接班",
                    Version = version,
                });
                taken++;
            }
            catch (CaseRefusedException e)
            {
                problems.Add(DeskRoutes.Refusal(this, id, "", e));
            }
        }

        if (taken > 0)
        {
            store.With(rows =>
            {
                rows.Note(new DutyLogRow(
                    0, DutyStore.NowMs(), user.Name, user.Person, TakeOverAct, user.Township, "", $"{taken}件 cases"));
                return true;
            });
        }

        return problems;
    }

    /// <summary>Notes that the person inspected the place of a station.</summary>
    /// <param name="station">Whose.</param>
    /// <param name="seenMs">The last inspection that the person saw.</param>
    /// <param name="words">What there is to say.</param>
    /// <exception cref="CaseRefusedException">There is none that the person sees, or somebody was quicker.</exception>
    public void Inspected(uint station, long seenMs, string words) => store.With(rows =>
    {
        StationRegistration at = (MayAct ? Seen(rows, station) : null)
            ?? throw new CaseRefusedException("station: not there; allowed: a station of the list") { Why = CaseRefusal.Unknown };
        long lastMs = rows.Inspections().GetValueOrDefault(station);
        if (lastMs != seenMs)
        {
            string who = lastMs == 0 ? "" : $"{rows.InspectedBy(station, lastMs)} 已于 {TimeText.Local(lastMs)} 登记检查；";
            throw new CaseRefusedException($"{who}last: allowed: the last inspection that the page shows");
        }

        long nowMs = DutyStore.NowMs();
        CaseDesk.Inspected(rows, station, user.Person, words, nowMs);
        rows.Note(new DutyLogRow(0, nowMs, user.Name, user.Person, "inspected", at.Township, $"{station}", words));
        return true;
    });

    private static bool IsUntaken(Case one) => one.Class == CaseClass.Alarm && one.TakenMs == 0;
}
