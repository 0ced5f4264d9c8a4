// Owns: when each zone was last active, and when so many of some were.
// Must never: look at all zones for each question; every rule with a window asks in one tick.

namespace Gateway.Core
{
    /// <summary>
    /// Zones in the order of their last moment, newest first. Rules ask often about the same zones, so the order of the zones that
    /// were asked for last is kept, as far as it was worked out.
    /// </summary>
    public sealed class NewestZones
    {
        /// <summary>Stands for "it never happened".</summary>
        public const long Never = long.MinValue / 2;

        private readonly long[] _atMs;
        private readonly byte[] _order;

        /// <summary>Of the zones that were asked for last, the newest ones in their order.</summary>
        private readonly byte[] _found;
        private ZoneSet _asked;
        private int _count;
        private int _place;

        public NewestZones(int places)
        {
            _atMs = new long[places];
            _order = new byte[places];
            _found = new byte[places];
            for (int i = 0; i < places; i++)
            {
                _atMs[i] = Never;
                _order[i] = (byte)i;
            }
        }

        /// <summary>The last moment of a zone.</summary>
        public long AtMs(int zone)
        {
            return _atMs[zone];
        }

        /// <summary>A zone's moment is now.</summary>
        public void Note(int zone, long nowMs)
        {
            byte[] order = _order;
            int place = 0;
            while (order[place] != zone)
            {
                place++;
            }

            System.Array.Copy(order, 0, order, 1, place);
            order[0] = (byte)zone;
            _atMs[zone] = nowMs;
            _asked = 0;
        }

        /// <summary>Since when at least n of these zones have been active: the time of the n-th newest of them.</summary>
        public long NthMs(ZoneSet zones, int n)
        {
            if ((zones & (zones - 1)) == 0)
            {
                return n > 1 || zones == 0 ? Never : _atMs[Bits.Lowest(zones)];
            }

            if (zones != _asked)
            {
                _asked = zones;
                _count = 0;
                _place = 0;
            }

            byte[] order = _order;
            byte[] found = _found;
            int count = _count;
            int place = _place;
            int places = order.Length;
            while (count < n && place < places)
            {
                int zone = order[place];
                place++;
                if ((zones & (ZoneSet)(1 << zone)) != 0)
                {
                    found[count] = (byte)zone;
                    count++;
                }
            }

            _count = count;
            _place = place;
            return n <= count ? _atMs[found[n - 1]] : Never;
        }
    }
}
