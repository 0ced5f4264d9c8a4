// Owns: when self-tests are due, their results, and the station's code (赋码) that follows from cases and tests.
// Must never: count an automatic test as the test by a person that the code asks for.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Station codes.</summary>
    public enum StationCode : byte
    {
        /// <summary>None yet.</summary>
        None = 0,
        Green = 1,
        Yellow = 2,
        Red = 3,
    }

    /// <summary>
    /// A test by a person is due every month, week or day, as the code is green, yellow or red; an automatic one runs daily.
    /// </summary>
    public sealed class SelfTests
    {
        /// <summary>All parts, a record's B.</summary>
        private const int TestedParts =
            SelfTestPart.Flash | SelfTestPart.Inputs | SelfTestPart.Link | SelfTestPart.Clock | SelfTestPart.Power;

        private static readonly short[] s_intervalHours =
        {
            Limits.TestGreenHours, Limits.TestGreenHours, Limits.TestYellowHours, Limits.TestRedHours,
        };

        private long _hourMs = Limits.HourMs;
        private int _lastDay = -1;

        /// <summary>Hours of running time since the last test by a person.</summary>
        public int Hours { get; private set; }

        /// <summary>See <see cref="StationCode"/>.</summary>
        public StationCode Code { get; private set; } = StationCode.Green;

        /// <summary>True while the test by a person is overdue.</summary>
        public bool Overdue { get; private set; }

        public long DueMs
        {
            get { return _hourMs; }
        }

        /// <summary>Local day of the last automatic test, -1 for none.</summary>
        public int LastDay
        {
            get { return _lastDay; }
        }

        /// <summary>Counts hours and judges the code.</summary>
        public void Step(Cases cases, PanelEvents events, long nowMs)
        {
            while (nowMs >= _hourMs)
            {
                _hourMs += Limits.HourMs;
                Hours = Hours < short.MaxValue ? Hours + 1 : Hours;
            }

            int interval = s_intervalHours[(int)Code];
            bool overdue = Hours >= interval;
            if (overdue && !Overdue)
            {
                events.Begin(EventKind.SelfTestOverdue, -1, nowMs);
                events.Value((Hours - interval) * 3600, Unit.Second);
                events.Grade(Severity.Low);
            }

            Overdue = overdue;
            bool red = cases.Red || Hours >= s_intervalHours[(int)StationCode.Green] * 2;
            StationCode code =
                red ? StationCode.Red
                : cases.Open != 0 || Overdue ? StationCode.Yellow
                : StationCode.Green;
            if (code != Code)
            {
                events.Begin(EventKind.StationCode, -1, nowMs);
                events.Details((int)code, (int)Code);
                events.Value(cases.OpenCount, Unit.Count);
                events.Grade(
                    code == StationCode.Red ? Severity.Larger
                    : code == StationCode.Yellow ? Severity.General
                    : Severity.None
                );
                Code = code;
            }
        }

        /// <summary>True once a local day, when the hour of the automatic test is reached.</summary>
        public bool DailyDue(int day, int minute, int hour)
        {
            if (day < 0 || day == _lastDay || minute < hour * 60)
            {
                return false;
            }

            _lastDay = day;
            return true;
        }

        /// <summary>Notes a test's result.</summary>
        public void Done(int failed, bool byPerson, PanelEvents events, long nowMs)
        {
            events.Begin(EventKind.SelfTest, -1, nowMs);
            events.Details(failed, TestedParts);
            events.Grade(failed != 0 ? Severity.Low : Severity.None);
            if (byPerson)
            {
                events.Flag(EventFlags.ByPerson);
                Hours = 0;
            }
        }

        /// <summary>Goes on after a restart. What was overdue before has been said before.</summary>
        public void Restore(int hours, int code, int lastDay, long nowMs)
        {
            Hours = hours;
            Code = code >= (int)StationCode.Green && code <= (int)StationCode.Red ? (StationCode)code : StationCode.Green;
            Overdue = Hours >= s_intervalHours[(int)Code];
            _lastDay = lastDay;
            _hourMs = nowMs + Limits.HourMs;
        }
    }
}
