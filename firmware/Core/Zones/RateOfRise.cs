// Owns: whether an analog zone rises faster than its limit.
// Must never: look more often than every ten seconds; a slope over less is noise.

namespace Gateway.Core
{
    /// <summary>
    /// Keeps six samples of the last minute for each zone with a rise limit and compares the newest with each of them, so that a fast rise
    /// is seen before the minute is over. A sample outside of what a working sensor gives proves no rise.
    /// </summary>
    public sealed class RateOfRise
    {
        private const short None = -1;

        private readonly Settings _settings;
        private readonly short[] _sample;
        private int _slot;
        private ZoneSet _rising;

        public RateOfRise(Settings settings)
        {
            _settings = settings;
            _sample = new short[settings.ZoneCount * Limits.RiseSamples];
            for (int i = 0; i < _sample.Length; i++)
            {
                _sample[i] = None;
            }
        }

        /// <summary>When the next samples are taken.</summary>
        public long DueMs;

        /// <summary>Whether a zone asks for it.</summary>
        public static bool Any(Settings settings)
        {
            bool any = false;
            for (int i = 0; settings.ZoneRise != null && i < settings.ZoneCount; i++)
            {
                any |= settings.ZoneRise[i] > 0;
            }

            return any;
        }

        /// <summary>Zones whose answer changed in the last step.</summary>
        public ZoneSet Changed { get; private set; }

        /// <summary>True while a zone rises by its limit or more in a minute.</summary>
        public bool Rising(int zone)
        {
            return (_rising & (ZoneSet)(1 << zone)) != 0;
        }

        public void Step(int[] raw, long nowMs)
        {
            DueMs = nowMs + Limits.RisePeriodMs;
            ZoneSet rising = 0;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                int limit = _settings.ZoneRise[i];
                if (limit == 0)
                {
                    continue;
                }

                int sample = raw[_settings.ZoneInput[i]];
                bool valid = sample >= _settings.ZoneLimits[i * 4] && sample <= _settings.ZoneLimits[i * 4 + 3];
                int at = i * Limits.RiseSamples;
                for (int k = 0; k < Limits.RiseSamples && valid; k++)
                {
                    rising |= _sample[at + k] != None && sample - _sample[at + k] >= limit ? (ZoneSet)(1 << i) : 0;
                }

                _sample[at + _slot] = valid ? (short)sample : None;
            }

            _slot = (_slot + 1) % Limits.RiseSamples;
            Changed = rising ^ _rising;
            _rising = rising;
        }
    }
}
