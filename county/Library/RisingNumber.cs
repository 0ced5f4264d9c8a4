// Owns: the lowest number that a county may give at a moment, so that numbers rise although a database was restored from an older copy.
// Must never: count from a year that makes 32 bits end while gateways of today still hang on walls.

namespace Gateway.County;

/// <summary>Answers and commands are numbered with 32 bits that only rise, also over a loss of what was said before.</summary>
internal static class RisingNumber
{
    /// <summary>2024-01-01 UTC, ms since 1970: 32 bits of seconds from here on last until 2160; from 1970 they would end in 2106.</summary>
    public const long FromMs = 1_704_067_200_000;

    /// <summary>
    /// 2124-01-01 UTC, ms since 1970: no gateway of today hangs on a wall then, so a clock above is a wrong one. It must not use up the
    /// numbers above, which a box would never get back.
    /// </summary>
    public const long EndMs = 4_859_740_800_000;

    /// <summary>The county's clock in seconds since 2024, at least 1 and at most what it is at the end of time as above.</summary>
    /// <param name="nowMs">The county's clock, ms since 1970 UTC.</param>
    /// <param name="max">Highest number to give.</param>
    public static uint AtLeast(long nowMs, uint max) => (uint)Math.Clamp((Math.Min(nowMs, EndMs) - FromMs) / 1000, 1, max);
}
