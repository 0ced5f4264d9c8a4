// Owns: the delay of sounders and relays while the station is manned (EN 54-2 7.11): t1 to answer, t2 to look.
// Must never: delay what is shown and reported, a call point, or a second zone.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Phases: none, t1 (answer me), t2 (somebody is looking), over (all outputs).</summary>
    public sealed class AlarmDelay
    {
        private readonly Settings _settings;
        private long _dueMs;
        private int _phase;

        public AlarmDelay(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>True while the delay would hold outputs back; shown as a disablement.</summary>
        public bool On { get; private set; }

        /// <summary>True while it does hold outputs back.</summary>
        public bool Holding
        {
            get { return _phase == 1 || _phase == 2; }
        }

        /// <summary>When the phase ends; far away without one.</summary>
        public long DueMs
        {
            get { return Holding ? _dueMs : long.MaxValue; }
        }

        /// <summary>Takes the local time, which switches the delay on and off. An unknown time means no delay.</summary>
        public void SetTime(int minute, int weekdayBit)
        {
            On =
                _settings.DelayT1S > 0
                && LocalTime.InWindow(minute, weekdayBit, _settings.DelayFromMin, _settings.DelayToMin, _settings.DelayDays);
            if (!On && Holding)
            {
                // The station is no longer manned: nobody would look.
                _phase = 3;
            }
        }

        /// <summary>New fires: the first automatic one starts t1, anything more ends the delay.</summary>
        public void Fire(int newFires, int latchedBefore, long nowMs)
        {
            bool single = latchedBefore == 0 && (newFires & (newFires - 1)) == 0;
            if (On && single && _phase == 0 && !HasCallPoint(newFires))
            {
                _phase = 1;
                _dueMs = nowMs + _settings.DelayT1S * 1000L;
                return;
            }

            _phase = 3;
        }

        /// <summary>Somebody answered in t1: they have t2 to look.</summary>
        public void Answered(long nowMs)
        {
            if (_phase == 1)
            {
                _phase = _settings.DelayT2S > 0 ? 2 : 3;
                _dueMs = nowMs + _settings.DelayT2S * 1000L;
            }
        }

        /// <summary>Lets a phase pass; the one that ran out, 0 for none.</summary>
        public int Step(long nowMs)
        {
            if (!Holding || nowMs < _dueMs)
            {
                return 0;
            }

            int expired = _phase;
            _phase = 3;
            return expired;
        }

        /// <summary>Ends it: at a reset, or after a restart, when nothing may be held back any more.</summary>
        public void Clear(bool over)
        {
            _phase = over ? 3 : 0;
        }

        private bool HasCallPoint(int zones)
        {
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                if ((zones & (1 << i)) != 0 && _settings.ZoneKind[i] == ZoneKind.CallPoint)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
