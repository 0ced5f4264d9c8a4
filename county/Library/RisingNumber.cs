// Owns: the lowest number that a county may give at a moment, so that numbers rise although a database was restored from an older copy.
// Must never: count from a year that makes 32 bits end while gateways of today still hang on walls.

namespace Gateway.County;

/// <summary>Answers and commands are numbered with 32 bits that only rise, also over a loss of what was said before.</summary>
internal static class RisingNumber
{
    /// <summary>2024-01-01 UTC, ms since 1970: 32 bits of seconds from here on last until 2160; from 1970 they would end in 2106.</summary>
    public const long FromMs = 1_704_067_200_000;

    /// <summary>The county's clock in seconds since 2024, at least 1.</summary>
    /// <param name="nowMs">The county's clock, ms since 1970 UTC.</param>
    /// <param name="max">Highest number to give.</param>
    public static uint AtLeast(long nowMs, uint max) => (uint)Math.Clamp((nowMs - FromMs) / 1000, 1, max);
}
