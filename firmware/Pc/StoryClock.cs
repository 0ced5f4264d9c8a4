// Owns: the time of a story: one clock for the gateway and the county, moved tick by tick.
// Must never: move by itself, or backwards.

namespace Gateway.Pc;

/// <summary>
/// Uptime and UTC that begin at a moment and run as fast as the story's pace lets them. One thread moves it; any may read it.
/// </summary>
/// <param name="startUtcMs">UTC at uptime 0, ms since 1970.</param>
public sealed class StoryClock(long startUtcMs) : TimeProvider
{
    private long _ms;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Interlocked.Read(ref _ms);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(startUtcMs + GetTimestamp());

    public void Advance(long ms) => Interlocked.Add(ref _ms, ms);
}
