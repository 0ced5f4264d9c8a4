// Owns: what the county knows of an alarm that waits for somebody to answer.
// Must never: contain a rule; when it rises and ends is the escalation book's work.

using Gateway.Contract;

namespace Gateway.County;

/// <summary>Who has to see to an alarm, the lowest that can.</summary>
public enum EscalationLevel
{
    Village = 1,
    Township = 2,
    County = 3,
}

/// <summary>What was done at the box; the wait is over when <see cref="Escalation.EndedMs"/> is set.</summary>
public enum EscalationEnd
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A person answered in the village.</summary>
    Answered = 1,

    /// <summary>Somebody silenced the sounders: shown, and no end; the wait goes on.</summary>
    Silenced = 2,

    /// <summary>The alarm was reset at the box.</summary>
    Reset = 3,

    /// <summary>What was missing has come; a fire among it waits for its own answer.</summary>
    Arrived = 4,

    /// <summary>Another alarm of the station was open beside it; since then a station has one.</summary>
    Joined = 5,
}

/// <summary>What waits for an answer; the numbers stand in databases.</summary>
public enum EscalationCause
{
    /// <summary>A fire.</summary>
    Fire = 0,

    /// <summary>Heartbeats tell of a fire, and its records do not come: something on the way keeps them back.</summary>
    HiddenFire = 1,
}

/// <summary>
/// One alarm of a station; while it is open, further fires of the station belong to it, whatever life of its store they came under.
/// </summary>
public sealed class Escalation
{
    /// <summary>
    /// The event with which the wait began: an alarm, or the end of the time for a look. Of a hidden fire it has sequence 0, since no event
    /// is there.
    /// </summary>
    public required EventKey Alarm { get; init; }

    /// <summary>Its zone.</summary>
    public required int Zone { get; init; }

    /// <summary>The zones of all fires in it: bit n-1 is zone n of the first 32.</summary>
    public uint Zones { get; set; }

    /// <summary>
    /// The lives of the store under which fires in it came and were not answered. More than <see cref="CountyLimits.EscalationEpochsMax"/>
    /// are kept as one 0: then any answer of the station is one.
    /// </summary>
    public IReadOnlyList<uint> Epochs { get; set; } = [];

    public EscalationCause Cause { get; init; }

    /// <summary>When the county received it, ms since 1970 UTC: from then on it can act.</summary>
    public required long StartedMs { get; init; }

    public EscalationLevel Level { get; set; } = EscalationLevel.Village;

    /// <summary>When the level last rose.</summary>
    public required long LevelMs { get; set; }

    public EscalationEnd End { get; set; }

    /// <summary>0 while it is open.</summary>
    public long EndedMs { get; set; }
}
