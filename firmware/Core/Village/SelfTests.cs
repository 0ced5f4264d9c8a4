// Owns: when self-tests are due, their results, and the station's code (赋码) that follows from cases and tests.
// Must never: count an automatic test as the test by a person that the code asks for.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A test by a person is due every month, week or day, as the code is green, yellow or red; an automatic one runs daily.
    /// </summary>
    public sealed class SelfTests : PanelPart
    {
        /// <summary>All parts, a record's B.</summary>
        private const SelfTestPart TestedParts =
            SelfTestPart.Flash | SelfTestPart.Inputs | SelfTestPart.Link | SelfTestPart.Clock | SelfTestPart.Power;

        private static readonly short[] s_intervalHours =
        {
            Limits.TestGreenHours, Limits.TestGreenHours, Limits.TestYellowHours, Limits.TestRedHours,
        };

        private readonly Cases _cases;
        private long _hourMs = Limits.HourMs;
        private int _lastDay = -1;

        /// <summary>Until when lamps and sounds show themselves after a test by a person; 0 otherwise.</summary>
        private long _showEndMs;

        /// <summary>Until when siren and strobe sound in it; 0 otherwise.</summary>
        private long _soundEndMs;

        /// <param name="cases">The code follows from them, and they are written with it.</param>
        public SelfTests(Cases cases)
        {
            _cases = cases;
            cases.Tests = this;
        }

        /// <summary>Hours of running time since the last test by a person.</summary>
        public int Hours { get; private set; }

        /// <summary>See <see cref="StationCode"/>.</summary>
        public StationCode Code { get; private set; } = StationCode.Green;

        /// <summary>True while the test by a person is overdue.</summary>
        public bool Overdue { get; private set; }

        /// <summary>The show of lamps and sounds is over.</summary>
        public override void Step(PanelState s, long nowMs)
        {
            _showEndMs = nowMs < _showEndMs ? _showEndMs : 0;
            _soundEndMs = nowMs < _soundEndMs ? _soundEndMs : 0;
            Plan();
        }

        public override void Contribute(PanelState s)
        {
            if (_showEndMs != 0)
            {
                s.Signs |= PanelSign.AllLamps | (_soundEndMs != 0 ? PanelSign.TestSounds : 0);
                s.Sounds(Pattern.Fault);
            }
        }

        public override void Tell(Heartbeat beat)
        {
            beat.StationCode = (int)Code;
        }

        /// <summary>A test by a person: lamps and sounds show themselves, and what can be tested is tested.</summary>
        public override CommandOutcome Key(PanelState s, Button button, long nowMs)
        {
            return button == Button.Test ? ByPerson(s, nowMs) : CommandOutcome.Unknown;
        }

        public override CommandOutcome Command(PanelState s, CommandCode code, int a, int b, long nowMs)
        {
            return code == CommandCode.SelfTest ? ByPerson(s, nowMs) : CommandOutcome.Unknown;
        }

        /// <summary>Counts hours and judges the code.</summary>
        public override void Judge(PanelState s, long nowMs)
        {
            if (nowMs < s.SettledMs)
            {
                return;
            }

            Cases cases = _cases;
            PanelEvents events = s.Events;
            while (nowMs >= _hourMs)
            {
                _hourMs += Limits.HourMs;
                Hours = Hours < short.MaxValue ? Hours + 1 : Hours;
                Plan();
            }

            int interval = s_intervalHours[(int)Code];
            bool overdue = Hours >= interval;
            if (overdue && !Overdue)
            {
                events.SelfTestOverdue((Hours - interval) * 3600, nowMs);
            }

            Overdue = overdue;
            bool red = cases.Red || Hours >= s_intervalHours[(int)StationCode.Green] * 2;
            StationCode code =
                red ? StationCode.Red
                : cases.Open != 0 || Overdue ? StationCode.Yellow
                : StationCode.Green;
            if (code != Code)
            {
                events.StationCode(code, Code, cases.OpenCount, nowMs);
                Code = code;
                s.Version++;
            }
        }

        /// <summary>
        /// The automatic one, once a local day when its hour is reached. Without a clock a day is one of running time, numbered so that it
        /// can't be mistaken for a local one.
        /// </summary>
        public override void SetTime(PanelState s, int day, bool becameKnown, long nowMs)
        {
            int minute = s.Conditions.Minute;
            int runningDay = (int)(nowMs / Limits.DayMs);
            day =
                minute >= 0 ? day
                : runningDay > 0 ? 1 << 24 | runningDay
                : -1;
            minute = minute < 0 ? Limits.DayMinutes : minute;
            if (day >= 0 && day != _lastDay && minute >= s.Settings.SelfTestHour * 60)
            {
                _lastDay = day;
                s.Events.SelfTest(Failed(s), TestedParts, 0, nowMs);
                s.Version++;
            }
        }

        /// <summary>True when the entry of the journal has something else.</summary>
        public bool Moved(Journal journal)
        {
            return Hours / 2 != Saved.Get(journal, SavedField.TestHours) / 2
                || (int)Code != Saved.Get(journal, SavedField.Code)
                || _lastDay + 1 != Saved.Get(journal, SavedField.TestDay);
        }

        /// <summary>Puts it there, with the cases.</summary>
        public void Put(Journal journal)
        {
            Saved.Put(journal, SavedField.TestHours, Hours);
            Saved.Put(journal, SavedField.Code, (int)Code);
            Saved.Put(journal, SavedField.TestDay, _lastDay + 1);
        }

        /// <summary>Goes on after a restart. What was overdue before has been said before.</summary>
        public override void Restore(Journal journal, FireTail tail, PanelState s, long nowMs)
        {
            int code = Saved.Get(journal, SavedField.Code);
            Hours = Saved.Get(journal, SavedField.TestHours);
            Code = code >= (int)StationCode.Green && code <= (int)StationCode.Red ? (StationCode)code : StationCode.Green;
            Overdue = Hours >= s_intervalHours[(int)Code];
            _lastDay = Saved.Get(journal, SavedField.TestDay) - 1;
            _hourMs = nowMs + Limits.HourMs;
            Plan();
        }

        private CommandOutcome ByPerson(PanelState s, long nowMs)
        {
            bool sounds = MaySound(s);
            _showEndMs = nowMs + Limits.LampTestMs;
            _soundEndMs = sounds ? nowMs + Limits.SoundTestMs : 0;
            Plan();
            SelfTestPart sounders = sounds ? SelfTestPart.Sounders : 0;
            s.Events.SelfTest(Failed(s), TestedParts | SelfTestPart.Lamps | sounders, EventFlags.ByPerson, nowMs);
            Hours = 0;
            return s.Noted(true);
        }

        /// <summary>Siren and strobe wake a village: only where the settings allow it at this hour, which has to be known.</summary>
        private static bool MaySound(PanelState s)
        {
            Settings settings = s.Settings;
            return settings.TestSounds && s.Conditions.Minute >= 0
                && LocalTime.Inside(s.Conditions.Minute, settings.TestFromMin, settings.TestToMin);
        }

        /// <summary>Bits of the parts that fail, from what the panel sees.</summary>
        private static SelfTestPart Failed(PanelState s)
        {
            Settings settings = s.Settings;
            ZoneSet power = settings.ZonesOfKind(ZoneKind.Mains) | settings.ZonesOfKind(ZoneKind.Battery);
            SelfTestPart failed = (s.BoxFaults & BoxFault.Flash) != 0 ? SelfTestPart.Flash : 0;
            failed |= (s.BoxFaults & (BoxFault.Link | BoxFault.NoCountyAnswer)) != 0 ? SelfTestPart.Link : 0;
            failed |= s.Clock.Quality == UtcQuality.Unknown ? SelfTestPart.Clock : 0;
            failed |= s.Stages.Broken != 0 ? SelfTestPart.Inputs : 0;
            return failed | ((s.Stages.ConfirmedZones & power) != 0 ? SelfTestPart.Power : 0);
        }

        private void Plan()
        {
            DueMs = _showEndMs != 0 && _showEndMs < _hourMs ? _showEndMs : _hourMs;
            DueMs = _soundEndMs != 0 && _soundEndMs < DueMs ? _soundEndMs : DueMs;
        }
    }
}
