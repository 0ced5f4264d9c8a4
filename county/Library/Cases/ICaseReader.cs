// Owns: what people ask of cases.
// Must never: change anything.

namespace Gateway.County;

/// <summary>Which cases to read. What is null does not narrow.</summary>
public sealed class CaseQuery
{
    public bool OpenOnly { get; init; }

    public uint? Station { get; init; }

    public CaseClass? Class { get; init; }

    /// <summary>The level that owns them now.</summary>
    public EscalationLevel? Level { get; init; }

    public string? Township { get; init; }

    /// <summary>Only open ones that were due before this moment.</summary>
    public long? OverdueAtMs { get; init; }
}

/// <summary>Reads cases. A backend with its own screens need not implement this.</summary>
public interface ICaseReader
{
    /// <summary>Cases in the order of their beginnings, also those that are part of another.</summary>
    IReadOnlyList<Case> Cases(CaseQuery query);

    Case? Case(string id);

    /// <summary>Steps of a case that hold, in the order in which the county learned of them.</summary>
    IReadOnlyList<CaseStep> Steps(string id);

    /// <summary>Steps of all cases above a number, also withdrawn ones, in the order of their numbers: what a hand-over goes by.</summary>
    IReadOnlyList<CaseStep> StepsAfter(long number, int max);

    /// <summary>The last closed case of the same trouble before this one, or null: then this one is a relapse (复发).</summary>
    Case? RelapseOf(Case one);

    /// <summary>The file of a station's place, or null.</summary>
    PlaceFile? Place(uint station);

    /// <summary>Whom the plan of a station calls, or all plans, by station, ring and name.</summary>
    IReadOnlyList<CalloutParty> CalloutPlan(uint? station);

    /// <summary>When each station's place was last inspected, ms since 1970 UTC.</summary>
    IReadOnlyDictionary<uint, long> Inspections();
}
