// Owns: for each bit of a part the number of the last event that a centre was told of it, as text in the part's row.
// Must never: throw on a text; what cannot be read has no number.

using System.Globalization;

namespace Gateway.County.Gb26875;

/// <summary>Such as 1=17 2=9: bit 1 by number 17, bit 2 by number 9.</summary>
internal static class BitNumbers
{
    private const int BitsMax = 32;

    /// <summary>Those of some bits of which something newer than a number was told.</summary>
    public static int Newer(string numbers, int bits, long number)
    {
        int newer = 0;
        foreach ((int bit, long told) in Parse(numbers))
        {
            newer |= told > number ? 1 << bit : 0;
        }

        return newer & bits;
    }

    /// <summary>The text after some bits were told by a number.</summary>
    public static string With(string numbers, int bits, long number)
    {
        SortedDictionary<int, long> all = new(Parse(numbers).ToDictionary(one => one.Bit, one => one.Number));
        for (int bit = 0; bit < BitsMax; bit++)
        {
            if ((bits & (1 << bit)) != 0)
            {
                all[bit] = number;
            }
        }

        return string.Join(' ', all.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}={one.Value}")));
    }

    private static IEnumerable<(int Bit, long Number)> Parse(string numbers)
    {
        foreach (string one in numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = one.Split('=');
            if (sides.Length == 2 && int.TryParse(sides[0], CultureInfo.InvariantCulture, out int bit) && bit is >= 0 and < BitsMax
                && long.TryParse(sides[1], CultureInfo.InvariantCulture, out long number))
            {
                yield return (bit, number);
            }
        }
    }
}
