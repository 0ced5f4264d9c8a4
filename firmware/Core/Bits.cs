// Owns: sets of zones, and of what else is few, as bits: the set of one, how many there are, which is the lowest and the highest.
// Must never: take longer for one set than for another; a tick's work is bounded by it.

namespace Gateway.Core
{
    /// <summary>
    /// A call costs the device a dozen instructions and more. Where a tick goes over all zones, rules, outputs or records the shift is
    /// written out: in Zones and Log, in the rules that are gone over and their acts, in the events that wait, in what the panel latches,
    /// reports and drives, in its keys, in Cases and ResponseClocks, and in Settings itself.
    /// </summary>
    public static class Bits
    {
        /// <summary>The set of one.</summary>
        public static int Of(int index)
        {
            return 1 << index;
        }

        /// <summary>The set of one zone.</summary>
        public static ZoneSet Zone(int zone)
        {
            return (ZoneSet)(1 << zone);
        }

        public static bool Has(int set, int index)
        {
            return (set & (1 << index)) != 0;
        }

        public static bool Has(ZoneSet set, int zone)
        {
            return (set & (ZoneSet)(1 << zone)) != 0;
        }

        /// <summary>How many: neighbours are summed side by side, as pairs, fours and bytes, and the bytes by one multiplication.</summary>
        public static int Count(ZoneSet zones)
        {
            uint x = (uint)zones;
            x -= (x >> 1) & 0x55555555;
            x = (x & 0x33333333) + ((x >> 2) & 0x33333333);
            x = (x + (x >> 4)) & 0x0F0F0F0F;
            return (int)((x * 0x01010101) >> 24);
        }

        public static int Count(int bits)
        {
            return Count((ZoneSet)bits);
        }

        /// <summary>The lowest, -1 of none.</summary>
        public static int Lowest(int bits)
        {
            return bits == 0 ? -1 : Count((ZoneSet)((bits & -bits) - 1));
        }

        public static int Lowest(ZoneSet zones)
        {
            return zones == 0 ? -1 : Count((ZoneSet)(((int)zones & -(int)zones) - 1));
        }

        /// <summary>The highest, -1 of none.</summary>
        public static int Highest(ZoneSet zones)
        {
            uint x = (uint)zones;
            x |= x >> 1;
            x |= x >> 2;
            x |= x >> 4;
            x |= x >> 8;
            x |= x >> 16;
            return Count((ZoneSet)x) - 1;
        }
    }
}
