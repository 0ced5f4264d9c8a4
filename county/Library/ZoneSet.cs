// Owns: the numbers in a set of zones, bits by zone number.
// Must never: know what a zone is.

using System.Numerics;

namespace Gateway.County;

internal static class ZoneSet
{
    /// <summary>1 to 32, in their order.</summary>
    public static IEnumerable<int> Numbers(uint zones)
    {
        for (uint left = zones; left != 0; left &= left - 1)
        {
            yield return BitOperations.TrailingZeroCount(left) + 1;
        }
    }
}
