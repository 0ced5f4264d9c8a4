// Owns: the run's clock: milliseconds since its start, and what they are in the world's.
// Must never: step when the machine's clock is set.

using System.Diagnostics;

namespace Gateway.Tools.Load;

internal sealed class LoadClock
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public long StartUtcMs { get; } = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Never 0: that would be no time in a record.</summary>
    public long NowMs => _watch.ElapsedMilliseconds + 1;

    public long UtcMs(long atMs) => StartUtcMs + atMs;
}
