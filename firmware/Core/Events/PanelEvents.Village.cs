// Owns: the events of the village's work.
// Must never: know when one is due; the parts do.

using Gateway.Contract;

namespace Gateway.Core
{
    public sealed partial class PanelEvents
    {
        public void Disabled(int zone, Origin origin, int seconds, long nowMs)
        {
            Put(EventKind.Disabled, zone, ByPerson, Seconds, seconds, (int)origin, 0, nowMs);
        }

        public void DisablementEnded(int zone, Origin origin, long nowMs)
        {
            Put(EventKind.DisablementEnded, zone, origin == Origin.Timer ? 0 : ByPerson, 0, 0, (int)origin, 0, nowMs);
        }

        public void TestBegan(int zone, Origin origin, int seconds, long nowMs)
        {
            Put(EventKind.TestBegan, zone, ByPerson, Seconds, seconds, (int)origin, 0, nowMs);
        }

        public void TestEnded(int zone, Origin origin, long nowMs)
        {
            Put(EventKind.TestEnded, zone, origin == Origin.Timer ? 0 : ByPerson, 0, 0, (int)origin, 0, nowMs);
        }

        /// <param name="linkage">Whether relays work in it.</param>
        public void DrillBegan(ZoneSet zones, Origin origin, int seconds, bool linkage, long nowMs)
        {
            int why = Seconds | (linkage ? 1 << NumberAt : 0);
            Put(EventKind.DrillBegan, -1, OfDrill, why, seconds, (int)origin, _settings.NumberBits(zones), nowMs);
        }

        public void DrillEnding(int seconds, long nowMs)
        {
            Put(EventKind.DrillEnding, -1, OfDrill, Seconds, seconds, 0, 0, nowMs);
        }

        /// <param name="how">See <see cref="DrillEnd"/>.</param>
        /// <param name="zone">The zone whose fire broke it off, -1 for none.</param>
        public void DrillEnded(DrillEnd how, int zone, Origin origin, long nowMs)
        {
            Put(EventKind.DrillEnded, zone, OfDrill, 0, 0, (int)origin, (int)how, nowMs);
        }

        public void DutyCheckAsked(Origin origin, int seconds, long nowMs)
        {
            Put(EventKind.DutyCheckAsked, -1, 0, Seconds, seconds, (int)origin, 0, nowMs);
        }

        public void DutyCheckAnswered(long waitedMs, long nowMs)
        {
            Put(EventKind.DutyCheckAnswered, -1, ByPerson, Seconds, (int)(waitedMs / 1000), 0, 0, nowMs);
        }

        public void DutyCheckMissed(long waitedMs, long nowMs)
        {
            Put(EventKind.DutyCheckMissed, -1, 0, Seconds, (int)(waitedMs / 1000), 0, 0, nowMs);
        }

        public void DutyCheckReplaced(Origin origin, long waitedMs, long nowMs)
        {
            Put(EventKind.DutyCheckReplaced, -1, 0, Seconds, (int)(waitedMs / 1000), (int)origin, 0, nowMs);
        }

        public void CallOutAsked(Origin origin, int seconds, long nowMs)
        {
            Put(EventKind.CallOutAsked, -1, 0, Seconds, seconds, (int)origin, 0, nowMs);
        }

        public void CallOutAnswered(long waitedMs, long nowMs)
        {
            Put(EventKind.CallOutAnswered, -1, ByPerson, Seconds, (int)(waitedMs / 1000), 0, 0, nowMs);
        }

        public void CallOutMissed(long waitedMs, long nowMs)
        {
            Put(EventKind.CallOutMissed, -1, 0, Seconds, (int)(waitedMs / 1000), 0, 0, nowMs);
        }

        public void CallOutEnded(CallOutEnd how, Origin origin, long waitedMs, long nowMs)
        {
            Put(EventKind.CallOutEnded, -1, 0, Seconds, (int)(waitedMs / 1000), (int)origin, (int)how, nowMs);
        }

        /// <param name="clock">1..3, as below.</param>
        public void ClockStarted(int clock, int limitS, EventFlags flags, long nowMs)
        {
            Put(EventKind.ClockStarted, -1, (int)flags << FlagsAt, Seconds, limitS, clock, 0, nowMs);
        }

        public void ClockMet(int clock, long takenMs, EventFlags flags, long nowMs)
        {
            Put(EventKind.ClockMet, -1, ByPerson | ((int)flags << FlagsAt), Seconds, (int)(takenMs / 1000), clock, 0, nowMs);
        }

        public void ClockMissed(int clock, ClockLevel level, int limitS, EventFlags flags, long nowMs)
        {
            Severity severity =
                level == ClockLevel.Village ? Severity.General
                : level == ClockLevel.Township ? Severity.Larger
                : Severity.Major;
            int about = ((int)severity << SeverityAt) | ((int)flags << FlagsAt);
            Put(EventKind.ClockMissed, -1, about, Seconds, limitS, clock, (int)level, nowMs);
        }

        /// <param name="patrol">1.., as below.</param>
        public void PatrolMet(int patrol, ZoneSet zones, int intoWindowS, long nowMs)
        {
            Put(EventKind.PatrolMet, -1, 0, Seconds, intoWindowS, patrol, _settings.NumberBits(zones), nowMs);
        }

        /// <param name="zone">The first of those missed.</param>
        public void PatrolMissed(int patrol, ZoneSet zones, int zone, long nowMs)
        {
            Put(EventKind.PatrolMissed, zone, 0, 0, 0, patrol, _settings.NumberBits(zones), nowMs);
        }

        public void HotWorkBegan(ZoneSet zones, Origin origin, int seconds, long nowMs)
        {
            Put(EventKind.HotWorkBegan, -1, 0, Seconds, seconds, (int)origin, _settings.NumberBits(zones), nowMs);
        }

        public void HotWorkEnded(ZoneSet zones, Origin origin, long nowMs)
        {
            Put(EventKind.HotWorkEnded, -1, 0, 0, 0, (int)origin, _settings.NumberBits(zones), nowMs);
        }

        public void HotWorkLastLook(LastLook step, long nowMs)
        {
            int about =
                step == LastLook.Done ? ByPerson
                : step == LastLook.Missed ? (int)Severity.General << SeverityAt
                : 0;
            Put(EventKind.HotWorkLastLook, -1, about, 0, 0, (int)step, 0, nowMs);
        }

        public void CaseOpened(int zone, long nowMs)
        {
            Put(EventKind.CaseOpened, zone, 0, 0, 0, 0, 0, nowMs);
        }

        /// <param name="grave">Whether it makes the station red.</param>
        public void CaseAged(int zone, int hours, bool grave, long nowMs)
        {
            Severity severity = grave ? Severity.Larger : Severity.General;
            Put(EventKind.CaseAged, zone, (int)severity << SeverityAt, Seconds, hours * 3600, 0, 0, nowMs);
        }

        public void CaseClosed(int zone, int hours, long nowMs)
        {
            Put(EventKind.CaseClosed, zone, 0, Seconds, hours * 3600, 0, 0, nowMs);
        }

        public void DelayOn(int seconds, long nowMs)
        {
            Put(EventKind.DelayOn, -1, 0, Seconds, seconds, (int)Origin.Timer, 0, nowMs);
        }

        public void DelayOff(EventFlags flags, long nowMs)
        {
            Put(EventKind.DelayOff, -1, (int)flags << FlagsAt, 0, 0, (int)Origin.Timer, 0, nowMs);
        }

        public void DelayExpired(DelayPhase phase, int limitS, ZoneSet zones, EventFlags flags, long nowMs)
        {
            Put(EventKind.DelayExpired, -1, (int)flags << FlagsAt, Seconds, limitS, (int)phase, _settings.NumberBits(zones), nowMs);
        }

        public void StationCode(StationCode now, StationCode before, int openCases, long nowMs)
        {
            Severity severity =
                now == Core.StationCode.Red ? Severity.Larger
                : now == Core.StationCode.Yellow ? Severity.General
                : Severity.None;
            Put(EventKind.StationCode, -1, (int)severity << SeverityAt, Counted, openCases, (int)now, (int)before, nowMs);
        }

        /// <param name="failed">None = passed.</param>
        public void SelfTest(SelfTestPart failed, SelfTestPart tested, EventFlags flags, long nowMs)
        {
            Severity severity = failed != 0 ? Severity.Low : Severity.None;
            int about = ((int)severity << SeverityAt) | ((int)flags << FlagsAt);
            Put(EventKind.SelfTest, -1, about, 0, 0, (int)failed, (int)tested, nowMs);
        }

        /// <summary>Outputs that worked stand behind the ones that nobody tried.</summary>
        private const int WorkedAt = 8;

        /// <param name="asked">Zones of the walk test, by number.</param>
        /// <param name="seen">Of these, the ones that were set off.</param>
        /// <param name="untried">Outputs that nobody has seen at work, by role.</param>
        /// <param name="worked">Those that somebody has.</param>
        public void Commissioned(int asked, int seen, int untried, int worked, long nowMs)
        {
            int zones = 0;
            for (int rest = seen; rest != 0; rest &= rest - 1)
            {
                zones++;
            }

            Put(EventKind.Commissioned, -1, ByPerson, Counted | ((untried | (worked << WorkedAt)) << NumberAt), zones, asked, seen, nowMs);
        }

        public void SelfTestOverdue(int seconds, long nowMs)
        {
            Put(EventKind.SelfTestOverdue, -1, 0, Seconds, seconds, 0, 0, nowMs);
        }
    }
}
