// Owns: what a station may still cost now, and how long it waits when it has cost more.
// Must never: let a station wait longer than the limit, whatever it cost.

namespace Gateway.County;

/// <summary>Fills by a rate up to a bound; each message's work is taken from it.</summary>
internal sealed class WorkAccount
{
    private const long OwedMax = (long)CountyLimits.WorkWaitMaxMs * CountyLimits.WorkPerSecond;

    // Thousandths of a unit, so that a rate a second is a rate a ms.
    private long _balance = CountyLimits.WorkAtOnce * 1_000L;
    private long _atRunMs;
    private long? _toldRunMs;

    /// <summary>Whether the station is served.</summary>
    public bool IsEven(long runMs) => Balance(runMs) >= 0;

    /// <summary>True when it is to be told that the station waits.</summary>
    public bool Charge(int units, long runMs)
    {
        _balance = Math.Max(-OwedMax, Balance(runMs) - units * 1_000L);
        _atRunMs = runMs;
        bool tells = _balance < 0 && (_toldRunMs is not { } told || runMs - told >= CountyLimits.WorkLineMs);
        _toldRunMs = tells ? runMs : _toldRunMs;
        return tells;
    }

    private long Balance(long runMs)
    {
        const long Most = CountyLimits.WorkAtOnce * 1_000L;
        long passedMs = Math.Max(0, runMs - _atRunMs);
        return passedMs > (Most + OwedMax) / CountyLimits.WorkPerSecond
            ? Most
            : Math.Min(Most, _balance + passedMs * CountyLimits.WorkPerSecond);
    }
}
