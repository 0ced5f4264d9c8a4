// Owns: the bounds of scripts, with their reasons.
// Must never: be needed by Core.

namespace Gateway.Pc.Script;

/// <summary>Sizes and times of scripts.</summary>
public static class ScriptLimits
{
    /// <summary>Bytes of a script: a day's story at a line a minute, 60 bytes each, fits.</summary>
    public const int FileBytesMax = 128 * 1024;

    /// <summary>Errors that one refusal names.</summary>
    public const int ErrorsMax = 8;

    /// <summary>An expectation without a time of its own: fifty ticks.</summary>
    public const long ExpectMs = 1_000;

    /// <summary>How long a line of the small display may take: a cell is drawn in a tick, and all 64 in 1.3 s.</summary>
    public const long DisplayMs = 2_000;

    /// <summary>How long no event of a kind must come, where the line gives no time: twenty-five ticks, five debounce windows.</summary>
    public const long NoEventMs = 500;

    /// <summary>
    /// How long the event of an action may take to come, where there is one: the longest debounce (160 ms), a storm of all zones
    /// (320 ms) and a slow write to flash.
    /// </summary>
    public const long FollowMs = 1_000;

    /// <summary>A wait for broker or county without a time of its own: the longest pause between connection attempts.</summary>
    public const long UntilMs = 60_000;

    /// <summary>Longest time that a line may name: a day.</summary>
    public const long TimeMaxMs = 24L * 60 * 60 * 1000;

    /// <summary>Events that no line has taken; older ones can't be expected any more.</summary>
    public const int UntakenMax = 4_096;

    /// <summary>Longest time in minutes that a step of a story may name: a day.</summary>
    public const int MinutesMax = 1_440;

    /// <summary>Years in which a story may play: from the first that a clock is believed on.</summary>
    public const int YearMin = 2024;
    public const int YearMax = 2100;
}
