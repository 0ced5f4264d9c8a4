// Owns: what all stations of a run have done, counted.
// Must never: be read as one moment: stations go on while it is read.

using System.Collections.Concurrent;

namespace Gateway.Tools.Load;

/// <summary>Counters of a run, and its fires.</summary>
internal sealed class LoadCounts
{
    private long _up;
    private long _down;
    private long _refused;
    private long _attempts;
    private long _broken;

    public long Up => Interlocked.Read(ref _up);

    public long Down => Interlocked.Read(ref _down);

    /// <summary>Refusals that the county sent, and answers that are none.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public long Attempts => Interlocked.Read(ref _attempts);

    /// <summary>Connections that ended otherwise than by the run's end.</summary>
    public long Broken => Interlocked.Read(ref _broken);

    /// <summary>Fires that are held.</summary>
    public ConcurrentQueue<LoadFire> Fires { get; } = new();

    public void Sent() => Interlocked.Increment(ref _up);

    public void Came() => Interlocked.Increment(ref _down);

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void Attempt() => Interlocked.Increment(ref _attempts);

    public void Break() => Interlocked.Increment(ref _broken);
}

/// <summary>A fire that the county holds.</summary>
/// <param name="Station">Whose.</param>
/// <param name="AtMs">When it was made, by the run's clock.</param>
/// <param name="TookMs">Until it was held.</param>
internal readonly record struct LoadFire(uint Station, long AtMs, long TookMs);
