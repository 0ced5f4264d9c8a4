// Owns: who can be called to a case, and how far each is, as its panel shows it.
// Must never: leave out somebody who was called and is not in the plan.

namespace Gateway.County.Duty;

/// <param name="Party">Its name.</param>
/// <param name="Ring">Of the plan; 0 = not in it.</param>
/// <param name="Telephone">How it is reached; empty = not known.</param>
/// <param name="Steps">What happened with it, in its order.</param>
public sealed record CalloutLine(string Party, int Ring, string Telephone, IReadOnlyList<CaseStep> Steps)
{
    /// <summary>The station whose box can be called out; 0 = it has none.</summary>
    public uint Neighbour { get; init; }

    /// <summary>In this case, or in another one of the same fire, which is noted here.</summary>
    public bool Called => Has(CaseStepKind.Called) || Has(CaseStepKind.Noted);

    public bool SetOut => Has(CaseStepKind.SetOut);

    /// <summary>The first who is there meets the third clock.</summary>
    public bool Joined => Has(CaseStepKind.Joined) || Has(CaseStepKind.ClockMet);

    /// <summary>The plan ring by ring, then who else was called; since all were last sent home.</summary>
    public static IReadOnlyList<CalloutLine> All(IReadOnlyList<CalloutParty> plan, IReadOnlyList<CaseStep> steps)
    {
        int home = steps.Where(step => step.Kind == CaseStepKind.StoodDown).Select(step => step.N).DefaultIfEmpty().Max();
        ILookup<string, CaseStep> by = steps.Where(step => step.Party.Length > 0 && step.N > home)
            .ToLookup(step => step.Party, StringComparer.Ordinal);
        HashSet<string> planned = [.. plan.Select(party => party.Party)];
        return
        [
            .. plan.OrderBy(party => party.Ring).Select(party => new CalloutLine(
                party.Party, party.Ring, party.Telephone, [.. by[party.Party]]) { Neighbour = party.Neighbour }),
            .. by.Where(one => !planned.Contains(one.Key)).Select(one => new CalloutLine(one.Key, 0, "", [.. one])),
        ];
    }

    public static string Chinese(CaseStep step) => step.Kind switch
    {
        CaseStepKind.SetOut => "已出动",
        CaseStepKind.Joined or CaseStepKind.ClockMet => "已到场",
        _ => "已呼叫",
    };

    public static string English(CaseStep step) => step.Kind switch
    {
        CaseStepKind.SetOut => "set out",
        CaseStepKind.Joined or CaseStepKind.ClockMet => "is there",
        _ => "called",
    };

    private bool Has(CaseStepKind kind) => Steps.Any(step => step.Kind == kind);
}
