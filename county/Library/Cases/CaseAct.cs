// Owns: what people did with a case, and what the county's own clock found of it: all that a case has beside its events.
// Must never: be changed or removed; what a person takes back is another act.

namespace Gateway.County;

/// <summary>The numbers stand in databases.</summary>
public enum CaseActKind
{
    Take = 1,
    Judge = 2,
    Note = 3,
    Close = 4,
    Grade = 5,

    /// <summary>Who has the case cannot end it: the next level has it now.</summary>
    PassUp = 6,

    /// <summary>A danger that people found.</summary>
    Found = 10,

    /// <summary>The county hears nothing of the station any more, and hears of it again.</summary>
    Silent = 20,
    Heard = 21,

    /// <summary>Heartbeats tell of a fire that does not come, and tell of none any more that is not here.</summary>
    HiddenFire = 22,
    Arrived = 23,

    /// <summary>A fire came under the name of another record.</summary>
    ConflictingFire = 24,

    /// <summary>Nobody answered in time.</summary>
    Escalated = 30,

    /// <summary>It was due and not closed.</summary>
    Overdue = 31,

    /// <summary>Somebody is called to a fire; with a cause, was called in that other case of the same fire.</summary>
    Called = 50,

    /// <summary>Somebody set out for it, and is there.</summary>
    SetOut = 51,
    Joined = 52,

    /// <summary>All who were called are sent home.</summary>
    StoodDown = 53,

    /// <summary>Of those who were called nobody is there in time.</summary>
    NotJoined = 54,

    /// <summary>Somebody inspected the place of a station; of no case.</summary>
    Inspected = 40,

    /// <summary>The platform above the county says how far the case is there: its state is the cause.</summary>
    Platform = 60,
}

/// <summary>One act.</summary>
public sealed record CaseAct
{
    /// <summary>Rising over all cases.</summary>
    public required long Number { get; init; }

    public required CaseActKind Kind { get; init; }

    /// <summary>When, ms since 1970 UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>The track of the case, and where on it the case began then.</summary>
    public required CaseTrack Track { get; init; }

    public required uint Sequence { get; init; }

    /// <summary>Who did it; empty = the county's program.</summary>
    public string By { get; init; } = "";

    /// <summary>The level of that person, or the one to which the case goes.</summary>
    public EscalationLevel Level { get; init; }

    public CaseJudgement Judgement { get; init; }

    public CaseGrade Grade { get; init; }

    public string Cause { get; init; } = "";

    public string Words { get; init; } = "";

    /// <summary>
    /// Of a call: seconds until somebody has to be there. Of a closing: how many events the case had then; 0 = not known. Of a passing up:
    /// the level that has it now.
    /// </summary>
    public long Value { get; init; }

    /// <summary>Who is called, set out, is there.</summary>
    public string Party { get; init; } = "";

    /// <summary>Of a danger: the name by which the program that registered it knows it; no two have the same.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Of a danger that people found: the station's place then.</summary>
    public string County { get; init; } = "";

    public string Township { get; init; } = "";

    public string Village { get; init; } = "";
}
