// Owns: what of the panel goes into the journal and comes back before the first scan.
// Must never: write more often than something changed, or a timed state's quarter of an hour passed.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Zones are kept by number, since their index follows the settings' text, which may have changed in between.</summary>
    public sealed class PanelStore
    {
        private const int ZonesPerKey = 16;
        private const int TestsAt = 8;
        private const int HoursAt = 4;

        private readonly Journal _journal;
        private readonly PanelState _state;

        // A latch that was found again in the fire lane's tail is not in the journal yet, so the first save is always due.
        private int _savedVersion = -1;
        private int _savedHours;
        private long _timedMs;

        public PanelStore(Journal journal, PanelState state)
        {
            _journal = journal;
            _state = state;
        }

        /// <summary>True when <see cref="Save"/> has something to do.</summary>
        public bool Due(long nowMs)
        {
            return _state.Version != _savedVersion || nowMs >= _timedMs;
        }

        /// <summary>Writes what changed. Called when every event so far is durable, so that no latch is kept whose alarm is not.</summary>
        /// <param name="fireSequence">Last sequence of the fire lane, which this state covers.</param>
        public void Save(uint fireSequence, long nowMs)
        {
            PanelState s = _state;
            bool close = s.Clocks.Running != 0 || s.Duty.Asked;
            bool timed = close || s.Shields.Bits != 0 || s.Tests.Bits != 0 || s.HotWork.DueMs != long.MaxValue || s.Drill.On;
            _timedMs =
                nowMs
                + (
                    close ? Limits.MinuteMs
                    : timed ? Limits.TimedSaveMs
                    : 6 * Limits.HourMs
                );
            PutPanel(fireSequence, nowMs);
            PutTimed(nowMs);
            if (
                s.Cases.Open != _journal.Get(JournalKey.Cases, 0)
                || s.SelfTests.Hours / 6 != _savedHours
                || s.SelfTests.Code != _journal.Get(JournalKey.Cases, 2)
            )
            {
                PutCases();
            }

            bool good = _journal.Save(JournalKey.Panel) && _journal.Save(JournalKey.Shields) && _journal.Save(JournalKey.Shields + 1);
            if (good && _journal.Save(JournalKey.Cases))
            {
                _savedVersion = s.Version;
            }
        }

        /// <summary>Takes everything up again.</summary>
        public void Restore(FireTail tail, long nowMs)
        {
            PanelState s = _state;
            int flags = _journal.Get(JournalKey.Panel, 2);
            int zones = _journal.Get(JournalKey.Panel, 3);
            s.Latched = s.Settings.IndexBits(tail.Latched);
            s.DrillLatched = s.Latched & s.Settings.IndexBits(_journal.Get(JournalKey.Panel, 4));
            s.Silenced = s.Latched != 0 && tail.Silenced;
            s.Delay.Clear(s.Latched != 0);
            s.First = FirstOf(s.Latched, zones & 0xFF);
            s.Latest = FirstOf(s.Latched, (zones >> 8) & 0xFF);
            s.Rules.Held = s.Latched == 0 ? 0 : _journal.Get(JournalKey.Panel, 5);
            s.Drill.Restore(_journal.Get(JournalKey.Panel, 6), s.Events, nowMs);
            int clocks = _journal.Get(JournalKey.Panel, 7);
            if (s.Latched != 0)
            {
                s.Clocks.Restore(clocks & 0xFF, (clocks >> 8) & 0xFF, clocks >> 16, nowMs);
            }

            s.Duty.Restore(_journal.Get(JournalKey.Panel, 8), nowMs);
            s.HotWork.Restore(
                s.Settings.IndexBits(_journal.Get(JournalKey.Panel, 9)),
                (flags & 2) != 0,
                _journal.Get(JournalKey.Panel, 10),
                nowMs
            );
            int patrols = _journal.Get(JournalKey.Panel, 11);
            s.Patrols.Restore(patrols & 0xFF, (patrols >> 8) & 0xFF, s.Settings.IndexBits(_journal.Get(JournalKey.Panel, 12)));
            for (int i = 0; i < s.Settings.ZoneCount; i++)
            {
                RestoreZone(i, s.Settings.ZoneNumber[i] - 1, nowMs);
            }

            s.Cases.Restore(s.Settings.IndexBits(_journal.Get(JournalKey.Cases, 0)), nowMs);
            int lastDay = _journal.Get(JournalKey.Cases, 3) - 1;
            s.SelfTests.Restore(_journal.Get(JournalKey.Cases, 1), _journal.Get(JournalKey.Cases, 2), lastDay);
            _savedHours = s.SelfTests.Hours / 6;
            _timedMs = nowMs + Limits.MinuteMs;
        }

        private void PutPanel(uint fireSequence, long nowMs)
        {
            PanelState s = _state;
            Settings settings = s.Settings;
            _journal.Set(JournalKey.Panel, 0, (int)fireSequence);
            _journal.Set(JournalKey.Panel, 1, settings.NumberBits(s.Latched));
            _journal.Set(JournalKey.Panel, 2, (s.Silenced ? 1 : 0) | (s.HotWork.LookAsked ? 2 : 0));
            _journal.Set(JournalKey.Panel, 3, NumberOf(s.First) | (NumberOf(s.Latest) << 8));
            _journal.Set(JournalKey.Panel, 4, settings.NumberBits(s.DrillLatched));
            _journal.Set(JournalKey.Panel, 5, s.Rules.Held);
            _journal.Set(JournalKey.Panel, 6, s.Drill.RemainingMin(nowMs));
            _journal.Set(JournalKey.Panel, 7, s.Clocks.Running | (s.Clocks.Level << 8) | (s.Clocks.ElapsedS(nowMs) << 16));
            _journal.Set(JournalKey.Panel, 8, s.Duty.RemainingS(nowMs));
            _journal.Set(JournalKey.Panel, 9, settings.NumberBits(s.HotWork.Zones));
            _journal.Set(JournalKey.Panel, 10, s.HotWork.RemainingMin(nowMs));
            _journal.Set(JournalKey.Panel, 11, s.Patrols.Open | (s.Patrols.Met << 8));
            _journal.Set(JournalKey.Panel, 12, settings.NumberBits(s.Patrols.Seen));
        }

        /// <summary>Two keys of sixteen zones: minutes of shields, two a number, then minutes of tests, four a number.</summary>
        private void PutTimed(long nowMs)
        {
            PanelState s = _state;
            for (int half = 0; half < 2; half++)
            {
                int key = JournalKey.Shields + half;
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
            _savedHours = s.SelfTests.Hours / 6;
            _journal.Set(JournalKey.Cases, 0, s.Settings.NumberBits(s.Cases.Open));
            _journal.Set(JournalKey.Cases, 1, s.SelfTests.Hours);
            _journal.Set(JournalKey.Cases, 2, s.SelfTests.Code);
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
            int key = JournalKey.Shields + numberBit / ZonesPerKey;
            int at = numberBit % ZonesPerKey;
            int shield = (_journal.Get(key, at / 2) >> ((at & 1) * 16)) & 0xFFFF;
            int test = (_journal.Get(key, TestsAt + at / 4) >> ((at & 3) * 8)) & 0xFF;
            if (shield > 0)
            {
                s.Shields.Set(index, nowMs + (shield > Limits.ShieldMinutesMax ? Limits.ShieldMinutesMax : shield) * (long)Limits.MinuteMs);
            }

            if (test > 0)
            {
                s.Tests.Set(index, nowMs + (test > Limits.TestMinutesMax ? Limits.TestMinutesMax : test) * (long)Limits.MinuteMs);
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
            int zone = _state.Settings.IndexOf(number);
            if (zone >= 0 && (latched & (1 << zone)) != 0)
            {
                return zone;
            }

            for (int i = 0; i < _state.Settings.ZoneCount; i++)
            {
                if ((latched & (1 << i)) != 0)
                {
                    return i;
                }
            }

            return -1;
        }

        private int NumberOf(int zone)
        {
            return zone < 0 ? 0 : _state.Settings.ZoneNumber[zone];
        }
    }
}
