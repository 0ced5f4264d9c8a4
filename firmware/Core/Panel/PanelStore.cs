// Owns: what of the panel goes into the journal and comes back before the first scan.
// Must never: write more often than something changed, or a timed state's quarter of an hour passed.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Zones are kept by number, since their index follows the settings' text, which may have changed in between.</summary>
    public sealed class PanelStore
    {
        /// <summary>Zones by number: latched in fire, and those of the drill that is on.</summary>
        public const int LatchedAt = 1;
        public const int DrilledAt = 4;

        /// <summary>First and latest zone in the lower half; the upper one is the levels' of a start.</summary>
        public const int ZonesAt = 3;

        public const int QuietAt = 8;
        public const int BurningAt = 10;

        /// <summary>In the journal's entry of what a restart must not repeat.</summary>
        public const int UnheardAt = 13;

        /// <summary>Word 6 has the minutes of a drill, the seconds of a duty check and the minutes of hot work, ten bits each.</summary>
        private const int RemainingAt = 6;
        private const int RemainingBits = 10;
        private const int RemainingMask = (1 << RemainingBits) - 1;
        private const int ZonesPerKey = 16;
        private const int TestsAt = 8;
        private const int HoursAt = 4;
        private const int DaysAt = 3;
        private const int JudgedAt = DaysAt + Limits.PatrolsMax;

        private readonly Journal _journal;
        private readonly PanelState _state;

        // A latch that was found again in the fire lane's tail is not in the journal yet, so the first save is always due.
        private int _savedVersion = -1;
        private int _savedHours;
        private long _timedMs;
        private long _retryMs;
        private bool _timedSaved = true;

        public PanelStore(Journal journal, PanelState state)
        {
            _journal = journal;
            _state = state;
        }

        /// <summary>
        /// True when <see cref="Save"/> has something to do. A rule is not kept as one that holds before it has done what it does once.
        /// </summary>
        public bool Due(long nowMs)
        {
            return (_state.Version != _savedVersion || nowMs >= _timedMs) && nowMs >= _retryMs && !_state.Rules.Acting;
        }

        /// <summary>Writes what changed. Called when every event so far is durable, so that no latch is kept whose alarm is not.</summary>
        /// <param name="fireSequence">Last sequence of the fire lane, which this state covers.</param>
        /// <param name="conditionSequence">Likewise of the condition lane.</param>
        public void Save(uint fireSequence, uint conditionSequence, long nowMs)
        {
            PanelState s = _state;
            if (s.Reported.Changed)
            {
                // All else follows in the next tick: each entry costs a checksum and a write.
                ReportStore.Put(_journal, s, conditionSequence);
                s.Reported.Changed = !_journal.Save(JournalKey.Reports);
                _retryMs = s.Reported.Changed ? nowMs + Limits.FlashRetryMs : 0;
                return;
            }

            bool close = s.Clocks.Unmet != 0 || s.Duty.Asked;
            bool timed = s.Shields.Bits != 0 || s.Tests.Bits != 0 || s.HotWork.DueMs != long.MaxValue || s.Drill.On;
            _timedMs =
                nowMs
                + (
                    close ? Limits.ClockSaveMs
                    : timed ? Limits.TimedSaveMs
                    : 2 * Limits.HourMs
                );
            PutPanel(fireSequence, nowMs);
            if ((s.Shields.Bits | s.Tests.Bits) != 0 || _timedSaved)
            {
                _timedSaved = (s.Shields.Bits | s.Tests.Bits) != 0;
                PutTimed(nowMs);
            }

            if (
                s.Settings.NumberBits(s.Cases.Open) != _journal.Get(JournalKey.Cases, 0)
                || s.SelfTests.Hours / 2 != _savedHours
                || (int)s.SelfTests.Code != _journal.Get(JournalKey.Cases, 2)
                || s.SelfTests.LastDay + 1 != _journal.Get(JournalKey.Cases, 3)
            )
            {
                PutCases();
            }

            // The panel's entry behind the one with the windows' days: with a cut between them no window is open that has another's day.
            bool good = _journal.Save(JournalKey.Repeats) && _journal.Save(JournalKey.Panel);
            good = good && _journal.Save(JournalKey.Shields) && _journal.Save(JournalKey.Shields + 1);
            if (good && _journal.Save(JournalKey.Cases))
            {
                _savedVersion = s.Version;
            }
            else
            {
                _retryMs = nowMs + Limits.FlashRetryMs;
            }
        }

        /// <summary>
        /// Takes everything up again. A restart costs whatever runs for a time one minute of it, and that is written at once: a box that
        /// starts again and again must not keep a shield alive.
        /// </summary>
        public void Restore(FireTail tail, long nowMs)
        {
            PanelState s = _state;
            int flags = Panel(2);
            RestoreDrill(tail, nowMs);
            s.Silenced = s.Latched != 0 && tail.Silenced;
            s.UnansweredMs = s.Latched != 0 && !tail.Answered ? -1 : 0;
            s.Delay.Clear(s.Latched != 0);
            s.First = FirstOf(s.Latched, Panel(ZonesAt) & 0xFF);
            s.Latest = FirstOf(s.Latched, tail.Latest != 0 ? tail.Latest : (Panel(ZonesAt) >> 8) & 0xFF);
            int unheard = s.Silenced ? s.Settings.IndexBits(tail.Unheard) : 0;
            s.Signals.Restore(s.Latched, s.Settings.IndexBits(tail.Burning), s.Settings.IndexBits(tail.Quiet), unheard);
            ReportStore.Restore(_journal, s);
            s.Reported.PreAlarm |= s.Settings.IndexBits(tail.PreAlarm);
            int signalled = s.Signals.Burning | s.Reported.Fault | s.Reported.Supervisory | s.Reported.Activated | s.Reported.PreAlarm;
            s.Stages.Begin(s.Reported.Chattering, signalled, nowMs);
            s.Rules.Held = Panel(5);
            int clocks = Panel(7);
            s.Clocks.OfDrill = s.DrillLatched != 0;
            if (s.Latched != 0)
            {
                s.Clocks.Restore(clocks & 7, (clocks >> 3) & 7, (clocks >> 6) & 3, clocks >> 16, nowMs);
            }

            s.Duty.Restore(Remaining(1), nowMs);
            s.HotWork.Restore(s.Settings.IndexBits(Panel(9)), (flags & 2) != 0, Left(Remaining(2), Limits.HotWorkMinutesMax), nowMs);

            // Windows and rules are known by their place in the text: of other lines they are others.
            bool sameText = Panel(13) == (int)s.Settings.PlansCrc;
            int windows = sameText ? Panel(11) : 0;
            s.Patrols.Restore(windows & 0xFF, (windows >> 8) & 0xFF, windows == 0 ? 0 : s.Settings.IndexBits(Panel(12)));
            s.Rules.Restore(sameText ? Repeats(0) : 0, sameText ? Repeats(1) : 0);
            for (int p = 0; p < s.Settings.PatrolCount && sameText; p++)
            {
                s.Patrols.RestoreDays(p, Repeats(DaysAt + p), (Repeats(JudgedAt + p / 4) >> ((p & 3) * 8)) & 0xFF);
            }

            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                RestoreZone(i, s.Settings.ZoneNumber[i] - 1, nowMs);
            }

            s.Cases.Restore(s.Settings.IndexBits(_journal.Get(JournalKey.Cases, 0)), nowMs);
            int lastDay = _journal.Get(JournalKey.Cases, 3) - 1;
            s.SelfTests.Restore(_journal.Get(JournalKey.Cases, 1), _journal.Get(JournalKey.Cases, 2), lastDay, nowMs);
            _savedHours = s.SelfTests.Hours / 2;
            bool timed = s.Shields.Bits != 0 || s.Tests.Bits != 0 || s.HotWork.DueMs != long.MaxValue || s.Drill.On || s.Clocks.Unmet != 0;
            _timedMs = timed || s.Duty.Asked ? nowMs : nowMs + Limits.MinuteMs;
        }

        private static int Left(int minutes, int most)
        {
            return minutes > most ? most : minutes;
        }

        /// <summary>
        /// The drill and the latch. An alarm without its flag that the journal does not know of means that the drill was over; the zones of
        /// a drill that is over are let go, and what they still signal is found by the scan.
        /// </summary>
        private void RestoreDrill(FireTail tail, long nowMs)
        {
            PanelState s = _state;
            Settings settings = s.Settings;
            int minutes = tail.Real != 0 ? 0 : Left(Remaining(0), settings.DrillMaxMin);
            int drilled = settings.IndexBits(Panel(DrilledAt));
            s.Drill.Restore(drilled, minutes, settings.IndexBits(Repeats(2)), s.Events, nowMs);
            s.Latched = settings.LatchBits(tail.Latched);
            s.Latched &= ~((drilled | settings.IndexBits(tail.InDrill)) & ~(s.Drill.Zones | settings.IndexBits(tail.Real)));
        }

        private int Repeats(int index)
        {
            return _journal.Get(JournalKey.Repeats, index);
        }

        private int Remaining(int of)
        {
            return (Panel(RemainingAt) >> (of * RemainingBits)) & RemainingMask;
        }

        private int Panel(int index)
        {
            return _journal.Get(JournalKey.Panel, index);
        }

        private void PutPanel(uint fireSequence, long nowMs)
        {
            PanelState s = _state;
            Settings settings = s.Settings;
            _journal.Set(JournalKey.Panel, 0, (int)fireSequence);
            _journal.Set(JournalKey.Panel, LatchedAt, settings.NumberBits(s.Latched));
            _journal.Set(JournalKey.Panel, 2, (s.Silenced ? 1 : 0) | (s.HotWork.LookAsked ? 2 : 0) | (s.Unanswered ? 0 : 4));
            _journal.Set(JournalKey.Panel, ZonesAt, (Panel(ZonesAt) & ~0xFFFF) | NumberOf(s.First) | (NumberOf(s.Latest) << 8));
            _journal.Set(JournalKey.Panel, DrilledAt, settings.NumberBits(s.Drill.Zones));
            _journal.Set(JournalKey.Panel, 5, s.Rules.Held);
            int remaining = s.HotWork.RemainingMin(nowMs) << RemainingBits | s.Duty.RemainingS(nowMs);
            _journal.Set(JournalKey.Panel, RemainingAt, remaining << RemainingBits | s.Drill.RemainingMin(nowMs));
            int clocks = s.Clocks.Running | (s.Clocks.Unmet << 3) | (s.Clocks.Level << 6);
            _journal.Set(JournalKey.Panel, 7, clocks | (s.Clocks.ElapsedS(nowMs) << 16));
            _journal.Set(JournalKey.Panel, QuietAt, settings.NumberBits(s.Signals.Quiet));
            _journal.Set(JournalKey.Panel, 9, settings.NumberBits(s.HotWork.Zones));
            _journal.Set(JournalKey.Panel, BurningAt, settings.NumberBits(s.Signals.Burning));
            _journal.Set(JournalKey.Panel, 11, s.Patrols.Open | (s.Patrols.Met << 8));
            _journal.Set(JournalKey.Panel, 12, settings.NumberBits(s.Patrols.Seen));
            _journal.Set(JournalKey.Panel, 13, (int)settings.PlansCrc);
            if (s.Rules.Before.Moved)
            {
                s.Rules.Before.Moved = false;
                _journal.Set(JournalKey.Repeats, 0, s.Rules.Before.Bits(0));
                _journal.Set(JournalKey.Repeats, 1, s.Rules.Before.Bits(1));
            }

            _journal.Set(JournalKey.Repeats, 2, settings.NumberBits(s.Drill.Kept));
            _journal.Set(JournalKey.Repeats, UnheardAt, settings.NumberBits(s.Signals.Unheard));
            PutPatrols();
        }

        /// <summary>Days of each patrol, then its judged windows, four patrols a number.</summary>
        private void PutPatrols()
        {
            for (int p = 0; p < _state.Settings.PatrolCount; p++)
            {
                int at = JudgedAt + p / 4;
                int shift = (p & 3) * 8;
                _journal.Set(JournalKey.Repeats, DaysAt + p, _state.Patrols.Days(p));
                _journal.Set(JournalKey.Repeats, at, (Repeats(at) & ~(0xFF << shift)) | (_state.Patrols.JudgedBits(p) << shift));
            }
        }

        /// <summary>Two keys of sixteen zones: minutes of shields, two a number, then minutes of tests, four a number.</summary>
        private void PutTimed(long nowMs)
        {
            PanelState s = _state;
            for (int half = 0; half < 2; half++)
            {
                JournalKey key = (JournalKey)((int)JournalKey.Shields + half);
                for (int i = 0; i < ZonesPerKey; i += 2)
                {
                    int zone = half * ZonesPerKey + i;
                    _journal.Set(key, i / 2, Shield(zone, nowMs) | (Shield(zone + 1, nowMs) << 16));
                }

                for (int i = 0; i < ZonesPerKey; i += 4)
                {
                    int zone = half * ZonesPerKey + i;
                    int tests =
                        Test(zone, nowMs) | (Test(zone + 1, nowMs) << 8) | (Test(zone + 2, nowMs) << 16) | (Test(zone + 3, nowMs) << 24);
                    _journal.Set(key, TestsAt + i / 4, tests);
                }
            }
        }

        /// <summary>Ages are kept in steps of two hours, one byte a zone.</summary>
        private void PutCases()
        {
            PanelState s = _state;
            _savedHours = s.SelfTests.Hours / 2;
            _journal.Set(JournalKey.Cases, 0, s.Settings.NumberBits(s.Cases.Open));
            _journal.Set(JournalKey.Cases, 1, s.SelfTests.Hours);
            _journal.Set(JournalKey.Cases, 2, (int)s.SelfTests.Code);
            _journal.Set(JournalKey.Cases, 3, s.SelfTests.LastDay + 1);
            for (int group = 0; group < Limits.ZonesMax / 4; group++)
            {
                int hours = 0;
                for (int k = 3; k >= 0; k--)
                {
                    int zone = s.Settings.IndexOf(group * 4 + k + 1);
                    int steps = zone < 0 ? 0 : s.Cases.Hours(zone) / 2;
                    hours = (hours << 8) | (steps > 255 ? 255 : steps);
                }

                _journal.Set(JournalKey.Cases, HoursAt + group, hours);
            }
        }

        private void RestoreZone(int index, int numberBit, long nowMs)
        {
            PanelState s = _state;
            JournalKey key = (JournalKey)((int)JournalKey.Shields + numberBit / ZonesPerKey);
            int at = numberBit % ZonesPerKey;
            int shield = (_journal.Get(key, at / 2) >> ((at & 1) * 16)) & 0xFFFF;
            int test = (_journal.Get(key, TestsAt + at / 4) >> ((at & 3) * 8)) & 0xFF;
            if (shield > 0)
            {
                s.Shields.Set(index, nowMs + (Left(shield, Limits.ShieldMinutesMax) - 1) * (long)Limits.MinuteMs);
            }

            if (test > 0)
            {
                s.Tests.Set(index, nowMs + (Left(test, Limits.TestMinutesMax) - 1) * (long)Limits.MinuteMs);
            }

            int hours = (_journal.Get(JournalKey.Cases, HoursAt + numberBit / 4) >> ((numberBit & 3) * 8)) & 0xFF;
            s.Cases.RestoreHours(index, hours * 2);
        }

        private int Shield(int numberBit, long nowMs)
        {
            int zone = _state.Settings.IndexOf(numberBit + 1);
            return zone < 0 ? 0 : _state.Shields.RemainingMin(zone, nowMs);
        }

        private int Test(int numberBit, long nowMs)
        {
            int zone = _state.Settings.IndexOf(numberBit + 1);
            return zone < 0 ? 0 : _state.Tests.RemainingMin(zone, nowMs);
        }

        private int FirstOf(int latched, int number)
        {
            Settings settings = _state.Settings;
            int first = -1;
            for (int i = settings.ZoneCount + settings.Carried - 1; i >= 0; i--)
            {
                if ((latched & (1 << i)) != 0)
                {
                    first = first < 0 || settings.ZoneNumber[first] != number ? i : first;
                }
            }

            return first;
        }

        private int NumberOf(int zone)
        {
            return zone < 0 ? 0 : _state.Settings.ZoneNumber[zone];
        }
    }
}
