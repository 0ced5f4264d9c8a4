// Owns: the night patrols (夜巡): which buttons were pressed inside each window.
// Must never: judge a window while the clock is unknown, or a second time after a step back.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A window opens and closes by local time and belongs to the day on which it begins. It is met when all its patrol buttons were
    /// pressed inside, else missed when it closes. Each day's window is judged once, also when the clock is set back.
    /// </summary>
    public sealed class Patrols
    {
        /// <summary>A local day since 1970, up to the year 2149.</summary>
        private const int DayMask = 0xFFFF;

        private readonly Settings _settings;
        private readonly int[] _seen = new int[Limits.PatrolsMax];

        /// <summary>
        /// Local day on which the window began that is open or was open last, and above it that of the latest judged one.
        /// </summary>
        private readonly int[] _days = new int[Limits.PatrolsMax];

        /// <summary>Which windows are judged: a bit for each day back from the latest.</summary>
        private readonly byte[] _judged = new byte[Limits.PatrolsMax];

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
                    Judge(p);
                    events.Begin(EventKind.PatrolMet, -1, nowMs);
                    events.Details(p + 1, _settings.NumberBits(_seen[p]));
                    events.Value(IntoWindowS(p, minute), Unit.Second);
                }
            }
        }

        /// <summary>Called once a minute, and when the clock becomes known or moves. True when a window opened or closed.</summary>
        /// <param name="day">Local day since 1970.</param>
        public bool SetTime(int day, int minute, int weekdayBit, PanelEvents events, long nowMs)
        {
            int before = Open;
            for (int p = 0; p < _settings.PatrolCount && minute >= 0; p++)
            {
                int bit = 1 << p;
                int from = _settings.PatrolFromMin[p];
                int to = _settings.PatrolToMin[p];
                int begun = LocalTime.AfterMidnight(minute, from, to) ? day - 1 : day;
                bool inside = LocalTime.InWindow(minute, weekdayBit, from, to, _settings.PatrolDays[p]);
                if ((Open & bit) != 0 && (!inside || begun != Day(p)))
                {
                    int end = Day(p) * Limits.DayMinutes + to + (from > to ? Limits.DayMinutes : 0);
                    Leave(p, bit, day * Limits.DayMinutes + minute >= end, events, nowMs);
                }

                if (inside && (Open & bit) == 0 && !Judged(p, begun))
                {
                    Enter(p, bit, begun);
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

        /// <summary>Days of a patrol's windows for the journal, see <see cref="RestoreDays"/>.</summary>
        public int Days(int patrol)
        {
            return _days[patrol];
        }

        /// <summary>Which of the windows up to the last judged one were judged, for the journal.</summary>
        public int JudgedBits(int patrol)
        {
            return _judged[patrol];
        }

        public void RestoreDays(int patrol, int days, int judged)
        {
            _days[patrol] = days;
            _judged[patrol] = (byte)judged;

            // The power may have gone between this entry and the one with the open windows, which is written behind it.
            Met |= Judged(patrol, Day(patrol)) ? Open & (1 << patrol) : 0;
        }

        private void Enter(int p, int bit, int day)
        {
            if (Day(p) != day)
            {
                _days[p] = (_days[p] & ~DayMask) | day;
                _seen[p] = 0;
            }

            Open |= bit;
            Met &= ~bit;
        }

        /// <summary>A clock that was set back before a window's begin leaves it without a judgement; it may open again.</summary>
        private void Leave(int p, int bit, bool over, PanelEvents events, long nowMs)
        {
            Open &= ~bit;
            if (over && (Met & bit) == 0)
            {
                Judge(p);
                Missed(p, events, nowMs);
            }
        }

        private int Day(int p)
        {
            return _days[p] & DayMask;
        }

        private int LastJudged(int p)
        {
            return (_days[p] >> 16) & DayMask;
        }

        private bool Judged(int p, int day)
        {
            int back = LastJudged(p) - day;
            return back >= 0 && back < Limits.PatrolDaysKept && ((_judged[p] >> back) & 1) != 0;
        }

        private void Judge(int p)
        {
            int ahead = Day(p) - LastJudged(p);
            if (ahead <= 0 && ahead > -Limits.PatrolDaysKept)
            {
                _judged[p] |= (byte)(1 << -ahead);
                return;
            }

            // Far behind the last one: that one's clock was wrong, and the count begins anew.
            _judged[p] = (byte)(ahead > 0 && ahead < Limits.PatrolDaysKept ? (_judged[p] << ahead) | 1 : 1);
            _days[p] = Day(p) | (Day(p) << 16);
        }

        private int IntoWindowS(int patrol, int minute)
        {
            if (minute < 0)
            {
                return 0;
            }

            int minutes = minute - _settings.PatrolFromMin[patrol];
            return (minutes < 0 ? minutes + Limits.DayMinutes : minutes) * 60;
        }

        private void Missed(int patrol, PanelEvents events, long nowMs)
        {
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
