// Owns: what only a program reads: the board without its looks, and cases a page at a time, within the scope of its token.
// Must never: give anything of a township that the scope does not see.

namespace Gateway.County.Duty;

internal sealed partial class DutyView
{
    /// <summary>Open cases in the desk's order, all counts, and every station.</summary>
    public (IReadOnlyList<Case> Cases, BoardCounts Counts, IReadOnlyList<BoardCell> Cells) BoardNow() => store.With(rows =>
    {
        Case[] cases = [.. rows.CasesForDesk(Scope.Township, CountyLimits.DutyCasesShown).Where(one => Scope.Sees(one.Township))];
        return (
            cases, BoardLook.Count(rows.CountCases(), Scope),
            BoardLook.Cells(DutyStations.All(rows), rows.States().ToDictionary(state => state.Station), cases, Scope, rows.PlacesOf));
    });

    /// <summary>Cases, the newest first. One township is asked for within the scope alone.</summary>
    public IReadOnlyList<Case> NewestCases(
        bool openOnly, CaseClass? of, uint? station, string? township, (long OpenedMs, string Id)? before, int max) =>
    [
        .. store.With(rows => rows.NewestCases(
            new CaseQuery { OpenOnly = openOnly, Class = of, Station = station, Township = Scope.Township ?? township }, before, max))
            .Where(one => Scope.Sees(one.Township) && (township is null || one.Township == township)),
    ];
}
