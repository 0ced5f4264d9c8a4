// Owns: sets of zones as bits, and the order of their last moments, held against the plain way.
// Must never: hold only for the sets that a station has by day; every set is one of some storm.

using System.Numerics;
using Gateway.Core;

namespace Gateway.Tests.PanelProperties;

public sealed class ZoneSetTests
{
    [Fact]
    public void Bits_are_counted_and_found_as_by_the_processor()
    {
        Random random = new(7);
        for (int i = 0; i < 100_000; i++)
        {
            int some = random.Next(int.MinValue, int.MaxValue) & random.Next(int.MinValue, -1);
            int bits = i < 32 ? 1 << i : i < 64 ? ~(1 << (i - 32)) : some;
            Assert.Equal(BitOperations.PopCount((uint)bits), Bits.Count(bits));
            Assert.Equal(bits == 0 ? -1 : BitOperations.TrailingZeroCount(bits), Bits.Lowest(bits));
            Assert.Equal(31 - BitOperations.LeadingZeroCount((uint)bits), Bits.Highest(bits));
        }

        Assert.Equal((0, -1, -1), (Bits.Count(0), Bits.Lowest(0), Bits.Highest(0)));
        Assert.Equal(32, Bits.Count(-1));
    }

    [Fact]
    public void Zones_since_a_moment_are_those_whose_last_moment_is_no_earlier()
    {
        Random random = new(11);
        NewestZones newest = new();
        long[] atMs = new long[Limits.ZonesMax];
        Array.Fill(atMs, newest.AtMs(0));
        long nowMs = 0;
        for (int i = 0; i < 20_000; i++)
        {
            nowMs += random.Next(3) * Limits.TickMs;
            if (random.Next(3) == 0)
            {
                int zone = random.Next(Limits.ZonesMax);
                newest.Note(zone, nowMs);
                atMs[zone] = nowMs;
            }

            long oldestMs = nowMs - random.Next(4000);
            int expected = 0;
            for (int zone = 0; zone < Limits.ZonesMax; zone++)
            {
                expected |= atMs[zone] >= oldestMs ? 1 << zone : 0;
                Assert.Equal(atMs[zone], newest.AtMs(zone));
            }

            Assert.Equal(expected, newest.Since(oldestMs));
        }
    }
}
