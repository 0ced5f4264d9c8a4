// Owns: whether an analog zone rises faster than its limit.
// Must never: look more often than every ten seconds; a slope over less is noise.

namespace Gateway.Core
{
    /// <summary>Keeps six samples of the last minute for each zone with a rise limit and compares the newest with the oldest.</summary>
    public sealed class RateOfRise
    {
        private const int Samples = 6;
        private const int PeriodMs = 10000;

        private readonly Settings _settings;
        private readonly short[] _sample;
        private readonly bool _any;
        private int _count;
        private int _rising;

        public RateOfRise(Settings settings)
        {
            _settings = settings;
            for (int i = 0; i < settings.ZoneCount; i++)
            {
                _any |= settings.ZoneRise[i] > 0;
            }

            _sample = new short[_any ? settings.ZoneCount * Samples : 0];
            DueMs = _any ? 0 : long.MaxValue;
        }

        /// <summary>When the next samples are taken; far away without a zone that asks for it.</summary>
        public long DueMs { get; private set; }

        /// <summary>Zones whose answer changed in the last step.</summary>
        public int Changed { get; private set; }

        /// <summary>True while a zone rises by its limit or more in a minute.</summary>
        public bool Rising(int zone)
        {
            return (_rising & (1 << zone)) != 0;
        }

        public void Step(int[] raw, long nowMs)
        {
            DueMs = nowMs + PeriodMs;
            int slot = _count % Samples;
            int rising = 0;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                int limit = _settings.ZoneRise[i];
                if (limit == 0)
                {
                    continue;
                }

                // The slot about to be overwritten is a minute old; an unreadable sample (-1) proves no rise.
                int sample = raw[_settings.ZoneInput[i]];
                int at = i * Samples + slot;
                if (_count >= Samples && sample >= 0 && _sample[at] >= 0 && sample - _sample[at] >= limit)
                {
                    rising |= 1 << i;
                }

                _sample[at] = (short)sample;
            }

            _count = _count == Samples * 2 - 1 ? Samples : _count + 1;
            Changed = rising ^ _rising;
            _rising = rising;
        }
    }
}
