// Owns: what a moment is to the county: a name on the wall clock, and a place on a clock that never steps.
// Must never: let a duration be reckoned from the wall clock, which people and time servers set forwards and back.

namespace Gateway.County;

/// <summary>One moment, read from both clocks at once.</summary>
/// <param name="UtcMs">The wall clock, ms since 1970 UTC: names the moment in rows, messages and lists, and for other processes.</param>
/// <param name="RunMs">A clock that only runs forwards, ms from any beginning: between two of these of one process lies a duration.</param>
public readonly record struct Instant(long UtcMs, long RunMs)
{
    /// <summary>Reads both clocks.</summary>
    public static Instant Now(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        long runMs = (long)time.GetElapsedTime(0, time.GetTimestamp()).TotalMilliseconds;
        return new Instant(time.GetUtcNow().ToUnixTimeMilliseconds(), runMs);
    }

    /// <summary>
    /// Since when something waits that a row has as begun, on the clock that never steps: for the first look after a restart, which has
    /// nothing but what was stored. A wall clock that is wrong costs no more than what lies between the bounds.
    /// </summary>
    /// <param name="begunUtcMs">When it began, by the wall clock of then.</param>
    /// <param name="mostMs">What it has waited at most.</param>
    /// <param name="leastMs">What it has waited at least.</param>
    public long SinceRunMs(long begunUtcMs, long mostMs, long leastMs = 0) =>
        RunMs - Math.Max(leastMs, Math.Min(mostMs, UtcMs - begunUtcMs));

    /// <summary>Whether so much has gone by since the last time, <see cref="long.MinValue"/> where there was none.</summary>
    public bool IsPast(long lastRunMs, long everyMs) => lastRunMs == long.MinValue || RunMs - lastRunMs >= everyMs;
}
