// Owns: the night patrols (夜巡): which buttons were pressed inside each window.
// Must never: judge a window while the clock is unknown, or a second time after a step back.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A window opens and closes by local time and belongs to the day on which it begins. It is met when all its patrol buttons were
    /// pressed inside, else missed when it closes. Each day's window is judged once, also when the clock is set back.
    /// </summary>
    public sealed class Patrols : PanelPart
    {
        /// <summary>A local day since 1970, up to the year 2149.</summary>
        private const int DayMask = 0xFFFF;

        private readonly ZoneSet[] _seen;

        /// <summary>
        /// Local day on which the window began that is open or was open last, and above it that of the latest judged one.
        /// </summary>
        private readonly int[] _days;

        /// <summary>Which windows are judged: a bit for each day back from the latest.</summary>
        private readonly byte[] _judged;

        public Patrols(Settings settings)
        {
            if (settings.PatrolCount != 0)
            {
                _seen = new ZoneSet[settings.PatrolCount];
                _days = new int[settings.PatrolCount];
                _judged = new byte[settings.PatrolCount];
            }
        }

        /// <summary>Bits of the windows that are open.</summary>
        public int Open { get; private set; }

        /// <summary>Bits of the open windows that are met already.</summary>
        public int Met { get; private set; }

        /// <summary>Zones pressed in any open window, by index.</summary>
        public ZoneSet Seen(int patrols)
        {
            ZoneSet seen = 0;
            for (int p = 0; p < patrols; p++)
            {
                seen |= Bits.Has(Open, p) ? _seen[p] : 0;
            }

            return seen;
        }

        public override void Pressed(PanelState s, ZoneSet zones, long nowMs)
        {
            PanelEvents events = s.Events;
            Settings settings = s.Settings;
            for (int p = 0; p < settings.PatrolCount && zones != 0; p++)
            {
                int bit = Bits.Of(p);
                if ((Open & bit) == 0 || (Met & bit) != 0)
                {
                    continue;
                }

                _seen[p] |= zones & settings.PatrolZones[p];
                if (_seen[p] == settings.PatrolZones[p])
                {
                    Met |= bit;
                    Judge(p);
                    events.PatrolMet(p + 1, _seen[p], IntoWindowS(settings.PatrolFromMin[p], s.Conditions.Minute), nowMs);
                }
            }
        }

        public override void SetTime(PanelState s, int day, bool becameKnown, long nowMs)
        {
            int before = Open;
            Settings settings = s.Settings;
            int minute = s.Conditions.Minute;
            int weekdayBit = s.Conditions.Weekday;
            for (int p = 0; p < settings.PatrolCount && minute >= 0; p++)
            {
                int bit = Bits.Of(p);
                int from = settings.PatrolFromMin[p];
                int to = settings.PatrolToMin[p];
                int begun = LocalTime.AfterMidnight(minute, from, to) ? day - 1 : day;
                bool inside = LocalTime.InWindow(minute, weekdayBit, from, to, settings.PatrolDays[p]);
                if ((Open & bit) != 0 && (!inside || begun != Day(p)))
                {
                    int end = Day(p) * Limits.DayMinutes + to + (from > to ? Limits.DayMinutes : 0);
                    Leave(p, bit, day * Limits.DayMinutes + minute >= end, s, nowMs);
                }

                if (inside && (Open & bit) == 0 && !Judged(p, begun))
                {
                    Enter(p, bit, begun);
                }
            }

            s.Version += Open != before ? 1 : 0;
        }

        public override void Contribute(PanelState s)
        {
            s.Shown |= Open != 0 ? ConditionBits.Patrol : 0;
        }

        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            Settings settings = s.Settings;
            Saved.Put(journal, SavedField.PatrolsOpen, Open);
            Saved.Put(journal, SavedField.PatrolsMet, Met);
            Saved.Put(journal, SavedField.PatrolsSeen, settings.NumberBits(Seen(settings.PatrolCount)));
            for (int p = 0; p < settings.PatrolCount; p++)
            {
                Saved.Put(journal, Saved.At(SavedField.PatrolDays, p), _days[p]);
                Saved.Put(journal, Saved.At(SavedField.PatrolJudged, p), _judged[p]);
            }
        }

        /// <summary>Goes on after a restart, if the lines of patrols are the same: windows are known by their place in the text.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            Settings settings = s.Settings;
            if (Saved.Get(journal, SavedField.PlansCrc) != (int)settings.PlansCrc)
            {
                return;
            }

            int open = Saved.Get(journal, SavedField.PatrolsOpen);
            int met = Saved.Get(journal, SavedField.PatrolsMet);
            ZoneSet seen = (open | met) == 0 ? 0 : settings.IndexBits(Saved.Get(journal, SavedField.PatrolsSeen));

            // Settings may have changed in between: a window that they no longer have is not open.
            Open = open & ((1 << settings.PatrolCount) - 1);
            Met = met & Open;
            for (int p = 0; p < settings.PatrolCount; p++)
            {
                _seen[p] = seen & settings.PatrolZones[p];
                _days[p] = Saved.Get(journal, Saved.At(SavedField.PatrolDays, p));
                _judged[p] = (byte)Saved.Get(journal, Saved.At(SavedField.PatrolJudged, p));

                // The power may have gone between this entry and the one with the open windows, which is written behind it.
                Met |= Judged(p, Day(p)) ? Open & Bits.Of(p) : 0;
            }
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
        private void Leave(int p, int bit, bool over, PanelState s, long nowMs)
        {
            Open &= ~bit;
            if (over && (Met & bit) == 0)
            {
                Judge(p);
                Missed(p, s, nowMs);
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

        private static int IntoWindowS(int fromMin, int minute)
        {
            if (minute < 0)
            {
                return 0;
            }

            int minutes = minute - fromMin;
            return (minutes < 0 ? minutes + Limits.DayMinutes : minutes) * 60;
        }

        private void Missed(int patrol, PanelState s, long nowMs)
        {
            PanelEvents events = s.Events;
            Settings settings = s.Settings;
            ZoneSet missing = settings.PatrolZones[patrol] & ~_seen[patrol];
            int zone = 0;
            while (zone < settings.ZoneCount && !Bits.Has(missing, zone))
            {
                zone++;
            }

            events.PatrolMissed(patrol + 1, missing, zone < settings.ZoneCount ? zone : -1, nowMs);
        }
    }
}
