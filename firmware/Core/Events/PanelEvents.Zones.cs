// Owns: the events of fires, zones, rules and outputs, and of the box's own faults.
// Must never: know when one is due; who calls does.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>What CONTRACT.md calls measured is taken from the zone's input here.</summary>
    public sealed partial class PanelEvents
    {
        /// <param name="other">The zone that made it a fire together with this one, -1 for none.</param>
        /// <param name="rule">The rule that graded it, 0 for the kind's default.</param>
        /// <param name="repeat">See <see cref="AlarmRepeat"/>.</param>
        public void FireAlarm(int zone, int other, Severity severity, int rule, EventFlags flags, AlarmRepeat repeat, long nowMs)
        {
            int about = ((other + 1) << OtherAt) | ((int)severity << SeverityAt) | ((int)flags << FlagsAt);
            Measured(EventKind.FireAlarm, zone, about, rule, (int)Origin.Input, (int)repeat, nowMs);
        }

        /// <summary>
        /// A condition of a zone began or was restored: pre-alarm, fire-restored, supervisory and its restore, activated and deactivated,
        /// test-activation.
        /// </summary>
        public void ZoneCondition(EventKind kind, int zone, EventFlags flags, long nowMs)
        {
            flags |= kind == EventKind.TestActivation ? EventFlags.Test : 0;
            Measured(kind, zone, (int)flags << FlagsAt, 0, (int)Origin.Input, 0, nowMs);
        }

        /// <param name="cause">See <see cref="FaultCause"/>.</param>
        public void Fault(int zone, FaultCause cause, EventFlags flags, long nowMs)
        {
            Measured(EventKind.Fault, zone, (int)flags << FlagsAt, 0, (int)cause, 0, nowMs);
        }

        public void FaultRestored(int zone, FaultCause cause, EventFlags flags, long nowMs)
        {
            Measured(EventKind.FaultRestored, zone, (int)flags << FlagsAt, 0, (int)cause, 0, nowMs);
        }

        public void FireSignalLost(int zone, FaultCause cause, EventFlags flags, long nowMs)
        {
            Measured(EventKind.FireSignalLost, zone, (int)flags << FlagsAt, 0, (int)cause, 0, nowMs);
        }

        /// <param name="of">The kind that ended without being restored.</param>
        public void SignalLost(int zone, FaultCause cause, EventKind of, EventFlags flags, long nowMs)
        {
            Measured(EventKind.SignalLost, zone, (int)flags << FlagsAt, 0, (int)cause, (int)of, nowMs);
        }

        public void Chattering(int zone, int troubles, long nowMs)
        {
            Put(EventKind.Chattering, zone, 0, Counted, troubles, (int)FaultCause.Chatter, 0, nowMs);
        }

        public void ChatteringEnded(int zone, long nowMs)
        {
            Put(EventKind.FaultRestored, zone, 0, 0, 0, (int)FaultCause.Chatter, 0, nowMs);
        }

        public void Silenced(Origin origin, EventFlags flags, long nowMs)
        {
            Put(EventKind.Silenced, -1, ByPerson | ((int)flags << FlagsAt), 0, 0, (int)origin, 0, nowMs);
        }

        public void Reset(ZoneSet zones, EventFlags flags, long nowMs)
        {
            Put(EventKind.Reset, -1, ByPerson | ((int)flags << FlagsAt), 0, 0, _settings.NumberBits(zones), 0, nowMs);
        }

        public void ResetRefused(int zone, long nowMs)
        {
            Measured(EventKind.ResetRefused, zone, ByPerson, 0, (int)Origin.Input, 0, nowMs);
        }

        /// <summary>Nobody has turned the key switch.</summary>
        public void ResetLocked(long nowMs)
        {
            Put(EventKind.ResetRefused, -1, ByPerson, 1 << NumberAt, 0, (int)Origin.Key, 0, nowMs);
        }

        /// <summary>A rule goes on to hold an output.</summary>
        /// <param name="output">Of the board, from 1.</param>
        public void ResetRefusedByRule(int rule, int output, int zone, long nowMs)
        {
            Put(EventKind.ResetRefused, zone, ByPerson, rule, 0, (int)Origin.Input, output, nowMs);
        }

        /// <param name="cause">Why the zone can't say whether its condition is gone.</param>
        public void HoldReleased(int rule, int output, int zone, FaultCause cause, long nowMs)
        {
            Put(EventKind.HoldReleased, zone, ByPerson, rule, 0, output, (int)cause, nowMs);
        }

        /// <param name="waitedMs">Since the alarm; 0 = not known.</param>
        public void Acknowledged(ZoneSet zones, Origin origin, EventFlags flags, long waitedMs, long nowMs)
        {
            int about = ByPerson | ((int)flags << FlagsAt);
            int unit = waitedMs > 0 ? Seconds : 0;
            Put(EventKind.Acknowledged, -1, about, unit, (int)(waitedMs / 1000), _settings.NumberBits(zones), (int)origin, nowMs);
        }

        /// <param name="rule">That works the output, 0 when it rests again.</param>
        public void Linkage(int rule, int output, bool on, int zone, EventFlags flags, long nowMs)
        {
            Put(EventKind.Linkage, zone, (int)flags << FlagsAt, rule, 0, output, on ? 1 : 0, nowMs);
        }

        /// <summary>A rule has a broadcast message spoken.</summary>
        public void Message(int rule, int message, Severity severity, int zone, int other, EventFlags flags, long nowMs)
        {
            int about = ((other + 1) << OtherAt) | ((int)severity << SeverityAt) | ((int)flags << FlagsAt);
            Put(EventKind.Linkage, zone, about, rule | (message << NumberAt), 0, 0, 1, nowMs);
        }

        /// <param name="zones">Those that made the rule hold; the record has them by number.</param>
        public void RuleFired(int rule, ZoneSet zones, Severity severity, int zone, int other, EventFlags flags, long nowMs)
        {
            int about = ((other + 1) << OtherAt) | ((int)severity << SeverityAt) | ((int)flags << FlagsAt);
            Put(EventKind.RuleFired, zone, about, rule, 0, (int)zones, 0, nowMs);
        }

        /// <param name="key">The key's number, where that is the fault.</param>
        public void BoxFault(BoxFault fault, int key, long nowMs)
        {
            Put(EventKind.Fault, -1, 0, key << NumberAt, 0, (int)FaultCause.Box, (int)fault, nowMs);
        }

        public void BoxFaultRestored(BoxFault fault, int key, long nowMs)
        {
            Put(EventKind.FaultRestored, -1, 0, key << NumberAt, 0, (int)FaultCause.Box, (int)fault, nowMs);
        }

        public void NoCountyAnswer(long nowMs)
        {
            Put(EventKind.NoCountyAnswer, -1, 0, 0, 0, (int)FaultCause.Box, (int)Contract.BoxFault.NoCountyAnswer, nowMs);
        }

        public void CountyAnswers(long nowMs)
        {
            Put(EventKind.CountyAnswers, -1, 0, 0, 0, (int)FaultCause.Box, (int)Contract.BoxFault.NoCountyAnswer, nowMs);
        }

        /// <param name="key">The key's number in a record.</param>
        public void KeyPressed(int key, long nowMs)
        {
            Put(EventKind.KeyPressed, -1, ByPerson, 0, 0, key, 0, nowMs);
        }

        /// <param name="outcome">See <see cref="CommandOutcome"/>.</param>
        public void CommandDone(uint number, CommandCode code, CommandOutcome outcome, long nowMs)
        {
            Put(EventKind.CommandDone, -1, 0, 0, (int)outcome, (int)number, (int)code, nowMs);
        }

        /// <param name="why">See <see cref="DecodeResult"/>.</param>
        public void CommandRefused(uint number, CommandCode code, DecodeResult why, long nowMs)
        {
            Put(EventKind.CommandRefused, -1, 0, 0, (int)why, (int)number, (int)code, nowMs);
        }

        private void Measured(EventKind kind, int zone, int about, int why, int a, int b, long nowMs)
        {
            int value = 0;
            if (_settings.ZoneWiring[zone] >= Wiring.Current && _stages.ClassOf(zone) <= InputClass.Active)
            {
                value = AnalogScale.Value(_settings, zone, _scan.Sample(zone));
                why |= (int)AnalogScale.UnitOf(_settings.ZoneKind[zone]) << UnitAt;
            }

            Put(kind, zone, about, why, value, a, b, nowMs);
        }
    }
}
