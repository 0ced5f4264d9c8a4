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
            Assert.Equal(BitOperations.PopCount((uint)bits), Bits.Count((ZoneSet)bits));
            Assert.Equal(bits == 0 ? -1 : BitOperations.TrailingZeroCount(bits), Bits.Lowest((ZoneSet)bits));
            Assert.Equal((Bits.Count((ZoneSet)bits), Bits.Lowest((ZoneSet)bits)), (Bits.Count(bits), Bits.Lowest(bits)));
            Assert.Equal(31 - BitOperations.LeadingZeroCount((uint)bits), Bits.Highest((ZoneSet)bits));
        }

        Assert.Equal((0, -1, -1), (Bits.Count(ZoneSet.None), Bits.Lowest(ZoneSet.None), Bits.Highest(ZoneSet.None)));
        Assert.Equal(32, Bits.Count(ZoneSet.All));
    }

    [Fact]
    public void So_many_zones_were_active_since_the_moment_of_the_nth_newest()
    {
        Random random = new(11);
        NewestZones newest = new(Limits.ZonesMax);
        long[] atMs = new long[Limits.ZonesMax];
        Array.Fill(atMs, NewestZones.Never);
        long nowMs = 0;
        ZoneSet zones = ZoneSet.All;
        for (int i = 0; i < 20_000; i++)
        {
            nowMs += random.Next(3) * Limits.TickMs;
            if (random.Next(3) == 0)
            {
                int zone = random.Next(Limits.ZonesMax);
                newest.Note(zone, nowMs);
                atMs[zone] = nowMs;
                Assert.Equal(nowMs, newest.AtMs(zone));
            }

            zones = random.Next(4) == 0 ? (ZoneSet)(random.Next(int.MinValue, int.MaxValue) & random.Next(int.MinValue, -1)) : zones;
            zones = random.Next(40) == 0 ? Bits.Zone(random.Next(Limits.ZonesMax)) : zones;
            int many = random.Next(1, Limits.ZonesMax + 1);
            ZoneSet asked = zones;
            long[] moments = [.. atMs.Where((_, zone) => Bits.Has(asked, zone)).OrderDescending()];
            Assert.Equal(many <= moments.Length ? moments[many - 1] : NewestZones.Never, newest.NthMs(zones, many));
        }
    }
}
