// Owns: what a device does that a PC does not: how late its ticks come, how long it stands still, what its flash and its bus refuse.
// Must never: come by itself; a script asks for each.

namespace Gateway.Pc.Board;

/// <summary>What a listing of a folder of the flash gives.</summary>
public enum Listing
{
    Whole,

    /// <summary>The runtime takes an unreadable folder for an empty one.</summary>
    Empty,

    /// <summary>An error in the middle of a folder ends the list without a word.</summary>
    Short,
}

/// <summary>The troubles of one virtual board. One thread uses it, the loop's.</summary>
public sealed class Troubles
{
    private long _delayMs;
    private long _frozenMs;
    private long _tryMs;
    private int _pauseMs;
    private int _ticks;

    /// <summary>Ticks come on a grain of <see cref="PcLimits.GrainMs"/>: every third one is that much late.</summary>
    public bool Grain { get; set; }

    /// <summary>What each write and each deletion takes.</summary>
    public long StallMs { get; set; }

    public Listing Listing { get; set; }

    public bool BusJammed { get; private set; }

    /// <summary>The small display hangs on nothing.</summary>
    public bool DisplayUnplugged { get; set; }

    /// <summary>How much later than planned the next tick comes by the grain.</summary>
    public int LateMs() => Grain && ++_ticks % 3 == 0 ? PcLimits.GrainMs : 0;

    /// <summary>Everything stands still for so long: a TLS handshake, a look-up of a name.</summary>
    public void Freeze(long ms)
    {
        _delayMs += ms;
        _frozenMs += ms;
    }

    /// <summary>A write that takes its time.</summary>
    public void Write() => _delayMs += StallMs;

    /// <summary>Jams the bus, or frees it.</summary>
    public void Jam(bool jammed, long nowMs)
    {
        BusJammed = jammed;
        _tryMs = nowMs;
        _pauseMs = PcLimits.BusPauseMs;
    }

    /// <summary>A jammed bus is tried ever less often, and each try stops everything for <see cref="PcLimits.BusTransferMs"/>.</summary>
    public void TryBus(long nowMs)
    {
        if (BusJammed && nowMs >= _tryMs)
        {
            Freeze(PcLimits.BusTransferMs);
            _tryMs = nowMs + PcLimits.BusTransferMs + _pauseMs;
            _pauseMs = Math.Min(_pauseMs * 2, PcLimits.BusPauseMaxMs);
        }
    }

    /// <summary>How long the loop has to stand still before its next tick.</summary>
    public long TakeDelayMs()
    {
        long ms = _delayMs;
        _delayMs = 0;
        return ms;
    }

    /// <summary>How long it stood still, for who tells how the box fares.</summary>
    public int TakeFrozenMs()
    {
        long ms = _frozenMs;
        _frozenMs = 0;
        return (int)ms;
    }
}
