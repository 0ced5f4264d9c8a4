// Owns: when each zone was last active, and which were so since a moment.
// Must never: look at all zones for each question; every rule with a window asks in one tick.

namespace Gateway.Core
{
    /// <summary>
    /// Zones in the order of their last moment, newest first. Sets of the newest ones are summed up as far as they were asked for.
    /// </summary>
    public sealed class NewestZones
    {
        private const long Never = long.MinValue / 2;
        private const int Block = 4;

        private readonly long[] _atMs = new long[Limits.ZonesMax];
        private readonly byte[] _order = new byte[Limits.ZonesMax];

        /// <summary>Bits of the zones up to the end of each block of the order.</summary>
        private readonly int[] _sums = new int[Limits.ZonesMax / Block];
        private int _summed;

        public NewestZones()
        {
            for (int i = 0; i < Limits.ZonesMax; i++)
            {
                _atMs[i] = Never;
                _order[i] = (byte)i;
            }
        }

        /// <summary>The last moment of a zone; very long ago if never.</summary>
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
            _summed = 0;
        }

        /// <summary>Zones whose moment is this one or a later one.</summary>
        public int Since(long oldestMs)
        {
            byte[] order = _order;
            long[] atMs = _atMs;
            int from = 0;
            int to = Limits.ZonesMax;
            while (from < to)
            {
                int middle = (from + to) >> 1;
                if (atMs[order[middle]] >= oldestMs)
                {
                    from = middle + 1;
                }
                else
                {
                    to = middle;
                }
            }

            int blocks = from / Block;
            while (_summed < blocks)
            {
                int sum = _summed == 0 ? 0 : _sums[_summed - 1];
                for (int place = _summed * Block; place < (_summed + 1) * Block; place++)
                {
                    sum |= 1 << order[place];
                }

                _sums[_summed++] = sum;
            }

            int zones = blocks == 0 ? 0 : _sums[blocks - 1];
            for (int place = blocks * Block; place < from; place++)
            {
                zones |= 1 << order[place];
            }

            return zones;
        }
    }
}
