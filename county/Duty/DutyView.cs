// Owns: all that a signed-in person reads and does, within the scope of that person.
// Must never: give or change anything of a township that the scope does not see.

using Gateway.County.Sql;

namespace Gateway.County.Duty;

/// <summary>The only way from a page to the database. Made for one person, so nothing can be asked for without one.</summary>
internal sealed partial class DutyView(DutyStore store, DutyUser user)
{
    public Scope Scope { get; } = Scope.Of(user);

    public Case? Case(string id) => store.With(rows => Seen(rows, id));

    /// <summary>Steps by their times.</summary>
    public IReadOnlyList<CaseStep> Steps(Case one) => !Scope.Sees(one.Township) ? []
        : [.. store.With(rows => rows.Steps(one.Id)).OrderBy(step => step.AtMs).ThenBy(step => step.N)];

    public PlaceFile? Place(Case one) => Scope.Sees(one.Township) ? store.With(rows => rows.Place(one.Station)) : null;

    /// <summary>Whom the plan of its station calls to an alarm.</summary>
    public IReadOnlyList<CalloutParty> CalloutPlan(Case one) => one.Class == CaseClass.Alarm && Scope.Sees(one.Township)
        ? store.With(rows => rows.CalloutPlan(one.Station)) : [];

    public Case? RelapseOf(Case one) =>
        store.With(rows => rows.RelapseOf(one)) is { } before && Scope.Sees(before.Township) ? before : null;

    /// <summary>Stations and other makers' boxes.</summary>
    public IReadOnlyList<StationRegistration> Stations() =>
        [.. store.With(DutyStations.All).Where(one => Scope.Sees(one.Township))];

    /// <summary>The name of a case's station, and its township then, with that one's name where the station still belongs to it.</summary>
    public (string Station, string Township) NamesOf(Case one)
    {
        StationRegistration? at = store.With(rows => Seen(rows, one.Station));
        return (at?.Name ?? DutyStations.Gone, at is not null && at.Township == one.Township ? at.TownshipShown : one.Township);
    }

    /// <summary>A station of each township that the person sees, by the townships' codes.</summary>
    public IReadOnlyList<StationRegistration> Townships() =>
        [.. Stations().DistinctBy(one => one.Township).OrderBy(one => one.Township, StringComparer.Ordinal)];

    /// <summary>Whether the person may take, judge and close.</summary>
    public bool MayAct => DutyRoutes.May(user, DutyRight.Act);

    /// <summary>Does what the person wants done with a case, with the person's name and level.</summary>
    /// <exception cref="CaseRefusedException">It cannot be done; the message says what is allowed.</exception>
    public Case Act(CaseRequest asked)
    {
        if (!MayAct)
        {
            throw new CaseRefusedException($"user {user.Name}: {DutyUser.Chinese(user.Role)}; allowed: 县值班, 乡镇值班 people on duty");
        }

        return store.With(rows =>
        {
            Case one = Seen(rows, asked.Case) ?? throw Unknown(asked.Case);
            long nowMs = DutyStore.NowMs();
            Case done;
            try
            {
                done = CaseDesk.Act(rows, Named(asked, asked.Version), nowMs);
            }
            catch (CaseRefusedException e) when (e.Why == CaseRefusal.Changed)
            {
                // A further zone or a level changed it meanwhile, and nobody has it: one click takes a fire.
                if (asked.Kind != CaseActKind.Take || Seen(rows, asked.Case) is not { State: CaseState.Open } now)
                {
                    throw;
                }

                done = CaseDesk.Act(rows, Named(asked, now.Version), nowMs);
            }

            rows.Note(new DutyLogRow(
                0, nowMs, user.Name, user.Person, CaseNames.Of(asked.Kind), one.Township, one.Id,
                $"{asked.Party} {asked.Words}".Trim()));
            return done;
        });
    }

    private EscalationLevel Level => user.Role == DutyRole.County ? EscalationLevel.County : EscalationLevel.Township;

    private CaseRequest Named(CaseRequest asked, int? version) =>
        asked with { By = user.Person, Level = Level, Version = version };

    private Case? Seen(SqlStore rows, string id) => rows.Case(id) is { } one && Scope.Sees(one.Township) ? one : null;

    private static CaseRefusedException Unknown(string id) =>
        new($"case: '{PlainText.Clean(id)}' is not there; allowed: a case of the list") { Why = CaseRefusal.Unknown };
}
