// Owns: the hidden-danger cases (隐患): a trouble that lasts opens one, it ages, and its restore strikes it off (销号).
// Must never: close a case by anything but the trouble's end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>One case a zone. Ages are counted in hours of running time, so that a wrong clock can't age them.</summary>
    public sealed class Cases
    {
        private readonly Settings _settings;
        private readonly int[] _dueS = new int[Limits.ZonesMax];
        private readonly short[] _hours = new short[Limits.ZonesMax];
        private int _troubled;
        private long _hourMs = Limits.HourMs;

        public Cases(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Zones with an open case, by index.</summary>
        public int Open { get; private set; }

        /// <summary>True when some case is open for as long as makes the station red.</summary>
        public bool Red { get; private set; }

        /// <summary>When a trouble becomes a case, or cases age; far away without troubles.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>How many cases are open.</summary>
        public int OpenCount
        {
            get
            {
                int count = 0;
                for (int bits = Open; bits != 0; bits &= bits - 1)
                {
                    count++;
                }

                return count;
            }
        }

        /// <summary>Hours that a zone's case is open.</summary>
        public int Hours(int zone)
        {
            return _hours[zone];
        }

        /// <param name="troubles">Zones in fault or supervisory condition, by index, whether shielded or not.</param>
        /// <param name="tested">Zones in test: what they show meanwhile opens and closes no case.</param>
        public void Step(int troubles, int tested, PanelEvents events, long nowMs)
        {
            troubles = (troubles & ~tested) | (_troubled & tested);
            if (troubles == _troubled && nowMs < DueMs)
            {
                return;
            }

            int changed = troubles ^ _troubled;
            _troubled = troubles;
            for (int i = 0; changed != 0; i++)
            {
                int bit = 1 << i;
                if ((changed & bit) == 0)
                {
                    continue;
                }

                changed &= ~bit;
                _dueS[i] = (int)((nowMs + 999) / 1000) + _settings.CaseAfterMin * 60;
                if ((troubles & bit) == 0 && (Open & bit) != 0)
                {
                    Open &= ~bit;
                    events.Begin(EventKind.CaseClosed, i, nowMs);
                    events.Value(_hours[i] * 3600, Unit.Second);
                }
            }

            if (nowMs >= DueMs)
            {
                OpenDue(events, nowMs);
                Age(events, nowMs);
            }

            Plan();
        }

        /// <summary>Goes on after a restart; the troubles are found again by the scan, or end and close their cases.</summary>
        public void Restore(int open, long nowMs)
        {
            Open = open;
            _troubled = open;
            _hourMs = nowMs + Limits.HourMs;
            JudgeRed();
            Plan();
        }

        public void RestoreHours(int zone, int hours)
        {
            _hours[zone] = (short)hours;
        }

        private void OpenDue(PanelEvents events, long nowMs)
        {
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                int bit = 1 << i;
                if ((_troubled & ~Open & bit) != 0 && nowMs >= _dueS[i] * 1000L)
                {
                    Open |= bit;
                    _hours[i] = 0;
                    events.Begin(EventKind.CaseOpened, i, nowMs);
                    events.Grade(Severity.General);
                }
            }
        }

        private void Age(PanelEvents events, long nowMs)
        {
            while (nowMs >= _hourMs)
            {
                _hourMs += Limits.HourMs;
                for (int i = 0; i < _settings.ZoneCount; i++)
                {
                    if ((Open & (1 << i)) != 0 && _hours[i] < short.MaxValue)
                    {
                        _hours[i]++;
                        AgeEvent(i, events, nowMs);
                    }
                }
            }

            JudgeRed();
        }

        private void AgeEvent(int zone, PanelEvents events, long nowMs)
        {
            int hours = _hours[zone];
            int level =
                hours == _settings.CaseRedDays * 24 ? 3
                : hours == Limits.CaseDayHours ? 1
                : hours == Limits.CaseWeekHours ? 2
                : 0;
            if (level != 0)
            {
                events.Begin(EventKind.CaseAged, zone, nowMs);
                events.Value(hours * 3600, Unit.Second);
                events.Grade(level == 3 ? Severity.Larger : Severity.General);
            }
        }

        private void JudgeRed()
        {
            Red = false;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                Red |= (Open & (1 << i)) != 0 && _hours[i] >= _settings.CaseRedDays * 24;
            }
        }

        private void Plan()
        {
            DueMs = Open != 0 ? _hourMs : long.MaxValue;
            int waiting = _troubled & ~Open;
            for (int i = 0; waiting != 0; i++)
            {
                if ((waiting & (1 << i)) != 0)
                {
                    waiting &= ~(1 << i);
                    DueMs = _dueS[i] * 1000L < DueMs ? _dueS[i] * 1000L : DueMs;
                }
            }
        }
    }
}
