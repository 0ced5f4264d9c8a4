// Owns: which times of a box are believed.
// Must never: set a clock: a box's time names moments of its own events and nothing else.

using System.Globalization;
using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

internal static class PeerTimes
{
    private static readonly long s_firstMs = BeginOf(2000);
    private static readonly long s_endMs = BeginOf(2256);
    private static readonly long s_bcdEndMs = BeginOf(2100);

    /// <summary>
    /// A moment as frames carry it; the empty time where six bytes cannot say it: with a clock that is years off, frames are answered and
    /// told all the same.
    /// </summary>
    public static FrameTime ToFrame(long utcMs, PeerFlags flags)
    {
        bool bcd = IsBcd(flags);
        return utcMs >= s_firstMs && utcMs < (bcd ? s_bcdEndMs : s_endMs)
            ? FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(utcMs), bcd) : default;
    }

    /// <summary>This moment as frames carry it.</summary>
    public static FrameTime ToFrame(TimeProvider time, PeerFlags flags) => ToFrame(time.GetUtcNow().ToUnixTimeMilliseconds(), flags);

    /// <summary>The moment as told, ms since 1970 UTC; 0 when it is no date.</summary>
    public static long Told(FrameTime time, PeerFlags flags) =>
        !time.IsEmpty && time.TryGetMoment(out DateTimeOffset moment, IsBcd(flags))
            ? moment.ToUnixTimeMilliseconds() : 0;

    /// <summary>The moment where it can be true at its receipt, else 0.</summary>
    public static long Believed(long toldMs, Instant now)
    {
        DateTimeOffset receipt = DateTimeOffset.FromUnixTimeMilliseconds(now.UtcMs);
        DateTimeOffset told = DateTimeOffset.FromUnixTimeMilliseconds(toldMs);
        return toldMs > 0 && told >= receipt.AddMilliseconds(-PeerLimits.ClockBehindMs)
            && told <= receipt.AddMilliseconds(PeerLimits.ClockAheadMs) ? toldMs : 0;
    }

    private static bool IsBcd(PeerFlags flags) => (flags & PeerFlags.BcdTime) != PeerFlags.None;

    private static long BeginOf(int year) =>
        DateTimeOffset.Parse($"{year}-01-01T00:00+08:00", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
