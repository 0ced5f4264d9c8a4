// Owns: the bounds that only other makers' boxes and centres need, each with its reason; what the store knows of them is in CountyLimits.
// Must never: bound what was stored.

namespace Gateway.County.Gb26875;

/// <summary>Bounds that are not settings.</summary>
public static class PeerLimits
{
    /// <summary>Characters of a centre's name: a column of a list.</summary>
    public const int CentreNameCharsMax = 32;

    /// <summary>Longest wait for a centre's answer that its profile may set, s: the protocol's own.</summary>
    public const int CentreAnswerMaxS = 10;

    /// <summary>Bytes of one field that a report shows; more say nothing more to a reader.</summary>
    public const int FieldBytesShown = 32;

    /// <summary>Characters of a wrong value in JSON that its refusal shows: enough to find it by.</summary>
    public const int ValueCharsShown = 40;

    /// <summary>
    /// Frames of a centre that are served in one turn: one that asks without end does not keep the stations' messages waiting.
    /// </summary>
    public const int CentreFramesATurn = 32;

    /// <summary>Exchanges that ended and are kept: the county's list of open commands is up to half a second old.</summary>
    public const int CallsEndedKept = 1_024;

    /// <summary>
    /// Frames of a centre that wait: it answers one exchange at a time and asks little; more is a flood, and the connection not worth
    /// keeping.
    /// </summary>
    public const int CentreInMax = 256;

    /// <summary>Between two events about what cannot be read of one box, ms; those between are counted.</summary>
    public const int UnreadableApartMs = 60_000;

    /// <summary>
    /// Single frames that may fail in a turn: it is not the frames then, and each attempt may wait for a store that does not answer.
    /// </summary>
    public const int FrameFailuresMax = 3;

    /// <summary>
    /// How far a box's time of an event may be before its receipt, ms: an outage of a day is caught up with its own times; and behind it:
    /// a clock that runs ahead is wrong after minutes.
    /// </summary>
    public const int ClockBehindMs = 86_400_000;
    public const int ClockAheadMs = 600_000;

    /// <summary>
    /// A part in trouble for so long is a hidden danger, ms, which is told again after a day, a week and 15 days, h: as a gateway has it
    /// where its settings say nothing.
    /// </summary>
    public const int DangerAfterMs = 300_000;
    public const int DangerHourMs = 3_600_000;
    public const int DangerDayHours = 24;
    public const int DangerWeekHours = 7 * 24;
    public const int DangerRedHours = 15 * 24;

    /// <summary>Bytes of a frame for one unit of work: about what the state of one part takes.</summary>
    public const int ObjectBytes = 16;
}
