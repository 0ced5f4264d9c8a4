// Owns: the hidden-danger cases (隐患): a trouble that lasts opens one, it ages, and its restore strikes it off (销号).
// Must never: close a case by anything but the trouble's end.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>One case a zone. Ages are counted in hours of running time, so that a wrong clock can't age them.</summary>
    public sealed class Cases : PanelPart
    {
        private readonly int[] _dueS;
        private readonly short[] _hours;
        private ZoneSet _troubled;
        private long _hourMs = Limits.HourMs;

        public Cases(Settings settings)
        {
            _dueS = new int[settings.Places];
            _hours = new short[settings.Places];
        }

        /// <summary>Their hours are in the same entry of the journal and are written with the cases.</summary>
        public SelfTests Tests;

        /// <summary>Zones with an open case, by index.</summary>
        public ZoneSet Open { get; private set; }

        /// <summary>True when some case is open for as long as makes the station red.</summary>
        public bool Red { get; private set; }

        /// <summary>How many cases are open.</summary>
        public int OpenCount
        {
            get { return Bits.Count(Open); }
        }

        /// <summary>Hours that a zone's case is open.</summary>
        public int Hours(int zone)
        {
            return _hours[zone];
        }

        public override void Judge(PanelState s, long nowMs)
        {
            if (nowMs < s.SettledMs)
            {
                return;
            }

            // After a start, a zone that is not seen yet or waits for its delay closes no case.
            ZoneStages stages = s.Stages;
            ZoneSet pending = Open & (stages.Unseen | (stages.Active & ~stages.ConfirmedZones));
            ZoneSet troubles = s.FaultsNow | (stages.ConfirmedZones & s.SupervisoryKinds) | pending;

            // What zones show in a test or a drill opens and closes no case.
            ZoneSet tested = s.Tested | s.Events.DrillZones;
            troubles = (troubles & ~tested) | (_troubled & tested);
            if (troubles != _troubled || nowMs >= DueMs)
            {
                ZoneSet open = Open;
                Compare(troubles, s, nowMs);
                s.Version += open != Open ? 1 : 0;
            }
        }

        public override void Tell(Heartbeat beat)
        {
            beat.OpenCases = OpenCount;
        }

        /// <summary>
        /// Ages are kept in steps of two hours, one byte a zone. The entry is that of self-tests too, and is written as a whole when either
        /// has moved.
        /// </summary>
        public override void Save(Journal journal, PanelState s, long nowMs)
        {
            int open = s.Settings.NumberBits(Open);
            if (open == Saved.Get(journal, SavedField.Cases) && !Tests.Moved(journal))
            {
                return;
            }

            Saved.Put(journal, SavedField.Cases, open);
            for (int word = 0; word < Limits.ZonesMax; word += 4)
            {
                int ages = 0;
                for (int number = word + 4; number > word; number--)
                {
                    int zone = s.Settings.IndexOf(number);
                    int steps = zone < 0 ? 0 : _hours[zone] / 2;
                    ages = (ages << 8) | (steps > 255 ? 255 : steps);
                }

                Saved.PutWord(journal, Saved.At(SavedField.CaseAge, word), ages);
            }

            Tests.Put(journal);
        }

        /// <summary>Goes on after a restart; the troubles are found again by the scan, or end and close their cases.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                _hours[i] = (short)(Saved.Get(journal, Saved.At(SavedField.CaseAge, s.Settings.ZoneNumber[i] - 1)) * 2);
            }

            Open = s.Settings.IndexBits(Saved.Get(journal, SavedField.Cases));
            _troubled = Open;
            _hourMs = nowMs + Limits.HourMs;
            JudgeRed(s.Settings);
            Plan();
        }

        private void Compare(ZoneSet troubles, PanelState s, long nowMs)
        {
            PanelEvents events = s.Events;
            ZoneSet changed = troubles ^ _troubled;
            _troubled = troubles;
            for (int i = 0; changed != 0; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((changed & bit) == 0)
                {
                    continue;
                }

                changed &= ~bit;
                bool mains = s.Settings.ZoneKind[i] == ZoneKind.Mains;
                _dueS[i] = (int)((nowMs + 999) / 1000) + (mains ? s.Settings.MainsAfterMin : s.Settings.CaseAfterMin) * 60;
                if ((troubles & bit) == 0 && (Open & bit) != 0)
                {
                    Open &= ~bit;
                    events.CaseClosed(i, _hours[i], nowMs);
                }
            }

            if (nowMs >= DueMs)
            {
                OpenDue(s, nowMs);
                Age(s, nowMs);
            }

            Plan();
        }

        private void OpenDue(PanelState s, long nowMs)
        {
            PanelEvents events = s.Events;
            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((_troubled & ~Open & bit) != 0 && nowMs >= _dueS[i] * 1000L)
                {
                    Open |= bit;
                    _hours[i] = 0;
                    events.CaseOpened(i, nowMs);
                }
            }
        }

        private void Age(PanelState s, long nowMs)
        {
            while (nowMs >= _hourMs)
            {
                _hourMs += Limits.HourMs;
                for (int i = 0; i < s.Settings.ZoneCount; i++)
                {
                    if ((Open & (ZoneSet)(1 << i)) != 0 && _hours[i] < short.MaxValue)
                    {
                        _hours[i]++;
                        AgeEvent(i, s, nowMs);
                    }
                }
            }

            JudgeRed(s.Settings);
        }

        private void AgeEvent(int zone, PanelState s, long nowMs)
        {
            int hours = _hours[zone];
            int level =
                hours == s.Settings.CaseRedDays * 24 ? 3
                : hours == Limits.CaseDayHours ? 1
                : hours == Limits.CaseWeekHours ? 2
                : 0;
            if (level != 0)
            {
                s.Events.CaseAged(zone, hours, level == 3, nowMs);
            }
        }

        private void JudgeRed(Settings settings)
        {
            Red = false;
            for (int i = 0; i < settings.ZoneCount; i++)
            {
                Red |= (Open & (ZoneSet)(1 << i)) != 0 && _hours[i] >= settings.CaseRedDays * 24;
            }
        }

        private void Plan()
        {
            DueMs = Open != 0 ? _hourMs : long.MaxValue;
            ZoneSet waiting = _troubled & ~Open;
            for (int i = 0; waiting != 0; i++)
            {
                if ((waiting & (ZoneSet)(1 << i)) != 0)
                {
                    waiting &= ~(ZoneSet)(1 << i);
                    DueMs = _dueS[i] * 1000L < DueMs ? _dueS[i] * 1000L : DueMs;
                }
            }
        }
    }
}
