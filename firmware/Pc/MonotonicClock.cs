// Owns: the milliseconds since the start of this process.
// Must never: follow the computer's wall clock, which may be set backwards.

namespace Gateway.Pc;

/// <summary>Uptime from the system's monotonic timer; a test brings a timer of its own.</summary>
public sealed class MonotonicClock(TimeProvider timer)
{
    private readonly long _start = timer.GetTimestamp();

    /// <summary>Whole milliseconds since the start, from 0.</summary>
    public long NowMs => (long)timer.GetElapsedTime(_start).TotalMilliseconds;
}
