// Owns: the night patrols (夜巡): which buttons were pressed inside each window.
// Must never: judge a window while the clock is unknown.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A window opens and closes by local time. It is met when all its patrol buttons were pressed inside, else missed when it closes.
    /// </summary>
    public sealed class Patrols
    {
        private readonly Settings _settings;
        private readonly int[] _seen = new int[Limits.PatrolsMax];

        public Patrols(Settings settings)
        {
            _settings = settings;
        }

        /// <summary>Bits of the windows that are open.</summary>
        public int Open { get; private set; }

        /// <summary>Bits of the open windows that are met already.</summary>
        public int Met { get; private set; }

        /// <summary>Zones pressed in any open window, by index.</summary>
        public int Seen
        {
            get
            {
                int seen = 0;
                for (int p = 0; p < _settings.PatrolCount; p++)
                {
                    seen |= (Open & (1 << p)) != 0 ? _seen[p] : 0;
                }

                return seen;
            }
        }

        /// <summary>Patrol buttons that were just pressed, by index.</summary>
        /// <param name="minute">Local minute of the day, -1 while unknown.</param>
        public void Pressed(int zones, int minute, PanelEvents events, long nowMs)
        {
            for (int p = 0; p < _settings.PatrolCount && zones != 0; p++)
            {
                int bit = 1 << p;
                if ((Open & bit) == 0 || (Met & bit) != 0)
                {
                    continue;
                }

                _seen[p] |= zones & _settings.PatrolZones[p];
                if (_seen[p] == _settings.PatrolZones[p])
                {
                    Met |= bit;
                    events.Begin(EventKind.PatrolMet, -1, nowMs);
                    events.Details(p + 1, _settings.NumberBits(_seen[p]));
                    events.Value(IntoWindowS(p, minute), Unit.Second);
                }
            }
        }

        /// <summary>Called once a minute, and when the clock becomes known. True when a window opened or closed.</summary>
        public bool SetTime(int minute, int weekdayBit, PanelEvents events, long nowMs)
        {
            int before = Open;
            for (int p = 0; p < _settings.PatrolCount && minute >= 0; p++)
            {
                int bit = 1 << p;
                bool inside = LocalTime.Inside(minute, _settings.PatrolFromMin[p], _settings.PatrolToMin[p]);
                if (inside && (Open & bit) == 0 && (_settings.PatrolDays[p] & DayOfBegin(p, minute, weekdayBit)) != 0)
                {
                    Open |= bit;
                    Met &= ~bit;
                    _seen[p] = 0;
                }
                else if (!inside && (Open & bit) != 0)
                {
                    Close(p, bit, events, nowMs);
                }
            }

            return Open != before;
        }

        /// <summary>Goes on after a restart.</summary>
        public void Restore(int open, int met, int seen)
        {
            // Settings may have changed in between: a window that they no longer have is not open.
            Open = open & ((1 << _settings.PatrolCount) - 1);
            Met = met & Open;
            for (int p = 0; p < _settings.PatrolCount; p++)
            {
                _seen[p] = seen & _settings.PatrolZones[p];
            }
        }

        /// <summary>A window over midnight belongs to the day on which it begins.</summary>
        private int DayOfBegin(int patrol, int minute, int weekdayBit)
        {
            bool yesterday = _settings.PatrolFromMin[patrol] > _settings.PatrolToMin[patrol] && minute < _settings.PatrolToMin[patrol];
            return !yesterday ? weekdayBit
                : weekdayBit == 1 ? 1 << 6
                : weekdayBit >> 1;
        }

        private int IntoWindowS(int patrol, int minute)
        {
            if (minute < 0)
            {
                return 0;
            }

            int minutes = minute - _settings.PatrolFromMin[patrol];
            return (minutes < 0 ? minutes + LocalTime.MinutesPerDay : minutes) * 60;
        }

        private void Close(int patrol, int bit, PanelEvents events, long nowMs)
        {
            Open &= ~bit;
            if ((Met & bit) != 0)
            {
                return;
            }

            int missing = _settings.PatrolZones[patrol] & ~_seen[patrol];
            int zone = 0;
            while (zone < _settings.ZoneCount && (missing & (1 << zone)) == 0)
            {
                zone++;
            }

            events.Begin(EventKind.PatrolMissed, zone < _settings.ZoneCount ? zone : -1, nowMs);
            events.Details(patrol + 1, _settings.NumberBits(missing));
            events.Grade(Severity.General);
        }
    }
}
