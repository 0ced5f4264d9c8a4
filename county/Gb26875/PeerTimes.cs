// Owns: which times of a box are believed.
// Must never: set a clock: a box's time names moments of its own events and nothing else.

using Gateway.Gb26875;

namespace Gateway.County.Gb26875;

internal static class PeerTimes
{
    private const int LastYear = 2255;
    private static readonly long s_firstMs = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
    private static readonly long s_endMs = new DateTimeOffset(LastYear + 1, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();

    /// <summary>
    /// A moment as frames carry it; the empty time where six bytes cannot say it: with a clock that is years off, frames are answered and
    /// told all the same.
    /// </summary>
    public static FrameTime ToFrame(long utcMs) =>
        utcMs >= s_firstMs && utcMs < s_endMs ? FrameTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(utcMs)) : default;

    /// <summary>This moment as frames carry it.</summary>
    public static FrameTime ToFrame(TimeProvider time) => ToFrame(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>The moment as told, ms since 1970 UTC; 0 when it is no date.</summary>
    public static long Told(FrameTime time, PeerFlags flags) =>
        !time.IsEmpty && time.TryGetMoment(out DateTimeOffset moment, (flags & PeerFlags.BcdTime) != PeerFlags.None)
            ? moment.ToUnixTimeMilliseconds() : 0;

    /// <summary>The moment where it can be true at its receipt, else 0.</summary>
    public static long Believed(long toldMs, Instant now)
    {
        DateTimeOffset receipt = DateTimeOffset.FromUnixTimeMilliseconds(now.UtcMs);
        DateTimeOffset told = DateTimeOffset.FromUnixTimeMilliseconds(toldMs);
        return toldMs > 0 && told >= receipt.AddMilliseconds(-PeerLimits.ClockBehindMs)
            && told <= receipt.AddMilliseconds(PeerLimits.ClockAheadMs) ? toldMs : 0;
    }
}
