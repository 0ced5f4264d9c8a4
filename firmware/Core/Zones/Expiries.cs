// Owns: states of zones that end by themselves: shields and tests.
// Must never: hold a state without an end.

namespace Gateway.Core
{
    /// <summary>A bit and an end a zone. Ends are monotonic, in whole seconds; the journal keeps what remains in minutes.</summary>
    public sealed class Expiries
    {
        private readonly int[] _endS = new int[Limits.ZonesMax];
        private readonly int _zones;

        public Expiries(int zones)
        {
            _zones = zones;
        }

        /// <summary>Zones in the state, by index.</summary>
        public int Bits { get; private set; }

        /// <summary>The next end; far away when no zone is in the state.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>Puts a zone into the state until the second before <paramref name="endMs"/>, or moves its end.</summary>
        public void Set(int zone, long endMs)
        {
            _endS[zone] = (int)(endMs / 1000);
            Bits |= 1 << zone;
            Plan();
        }

        public void Clear(int zone)
        {
            Bits &= ~(1 << zone);
            Plan();
        }

        /// <summary>Minutes that remain, rounded up; 0 when the zone is not in the state.</summary>
        public int RemainingMin(int zone, long nowMs)
        {
            if ((Bits & (1 << zone)) == 0)
            {
                return 0;
            }

            long left = _endS[zone] * 1000L - nowMs;
            return left <= 0 ? 1 : (int)((left + Limits.MinuteMs - 1) / Limits.MinuteMs);
        }

        /// <summary>Ends what is due; the zones that left the state.</summary>
        public int Step(long nowMs)
        {
            if (nowMs < DueMs)
            {
                return 0;
            }

            int ended = 0;
            for (int i = 0; i < _zones; i++)
            {
                if ((Bits & (1 << i)) != 0 && nowMs >= _endS[i] * 1000L)
                {
                    ended |= 1 << i;
                }
            }

            Bits &= ~ended;
            Plan();
            return ended;
        }

        private void Plan()
        {
            int dueS = int.MaxValue;
            for (int i = 0; i < _zones; i++)
            {
                if ((Bits & (1 << i)) != 0 && _endS[i] < dueS)
                {
                    dueS = _endS[i];
                }
            }

            DueMs = Bits == 0 ? long.MaxValue : dueS * 1000L;
        }
    }
}
