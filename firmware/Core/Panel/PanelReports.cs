// Owns: the events of zone conditions: what is reported is compared with what is, so that nothing is reported twice.
// Must never: report a fire late because of chatter, or repeat a chattering zone's troubles.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Keeps, for each condition, the zones that were last reported to be in it. What a zone does while it is shielded or chatters is not
    /// reported; what is different when that ends is.
    /// </summary>
    public sealed class PanelReports
    {
        private readonly PanelState _state;
        private readonly ZoneScan _scan;
        private readonly int _fireKinds;
        private readonly int _activationKinds;
        private readonly byte[] _faultCause = new byte[Limits.ZonesMax];
        private int _fault;
        private int _supervisory;
        private int _preAlarm;
        private int _fireActive;
        private int _activated;
        private int _tested;
        private int _chattering;

        public PanelReports(PanelState state, ZoneScan scan)
        {
            _state = state;
            _scan = scan;
            _fireKinds = state.Settings.ZonesMeaning(ZoneMeaning.Fire);
            _activationKinds = state.Settings.ZonesMeaning(ZoneMeaning.Activation);
        }

        /// <summary>Reports new fires; called after the rules, which say why.</summary>
        public void Fires(int newFires, bool first, long nowMs)
        {
            _state.Rules.Verdicts.Decide(newFires);
            for (int i = 0; newFires != 0; i++)
            {
                int bit = 1 << i;
                if ((newFires & bit) == 0)
                {
                    continue;
                }

                newFires &= ~bit;
                int severity = _state.Rules.Verdicts.SeverityOf(i);
                bool callPoint = _state.Settings.ZoneKind[i] == ZoneKind.CallPoint;
                Zone(EventKind.FireAlarm, i, severity == 0 ? (callPoint ? Severity.Larger : Severity.General) : severity, nowMs);
                _state.Events.Why(_state.Rules.Verdicts.DecidedBy(i), _state.Groups.OtherOf(i));
                _state.Events.Flag(first ? EventFlags.FirstAlarm : 0);
                first = false;
            }
        }

        /// <summary>Reports every other change of a condition.</summary>
        public void Changes(long nowMs)
        {
            PanelState s = _state;
            int[] zones = s.Conditions.Zones;
            int chattering = s.Stages.Chattering;
            if (chattering != _chattering)
            {
                Chatter(chattering, nowMs);
            }

            int disabled = s.Disabled;
            int steady = ~chattering;
            int heard = steady & ~disabled;
            int active = s.Stages.ConfirmedZones;
            int faults = s.FaultsNow & ~(chattering & ~_fault);
            if (zones[Conditions.PreAlarm] != _preAlarm)
            {
                _preAlarm = Differences(zones[Conditions.PreAlarm], _preAlarm, -1, EventKind.PreAlarm, 0, Severity.Low, nowMs);
            }

            if (((faults ^ _fault) & heard) != 0 || (faults & _fault & heard & s.Stages.Broken) != 0)
            {
                _fault = Faults(faults, heard, nowMs);
            }

            int supervisory = zones[Conditions.Supervisory];
            int untested = heard & ~s.Tests.Bits;
            if (((supervisory ^ _supervisory) & untested) != 0)
            {
                _supervisory = Differences(
                    supervisory,
                    _supervisory,
                    untested,
                    EventKind.Supervisory,
                    EventKind.SupervisoryRestored,
                    Severity.Low,
                    nowMs
                );
            }

            int fireActive = active & _fireKinds & s.Latched;
            if (fireActive != _fireActive)
            {
                _fireActive = Differences(fireActive, _fireActive, steady, 0, EventKind.FireRestored, 0, nowMs);
            }

            int activated = active & _activationKinds;
            if (((activated ^ _activated) & untested) != 0)
            {
                int pressed = activated & ~_activated & untested;
                _activated = Differences(activated, _activated, untested, EventKind.Activated, EventKind.Deactivated, 0, nowMs);
                if (pressed != 0)
                {
                    s.Patrols.Pressed(pressed, s.Conditions.Minute, s.Events, nowMs);
                    s.Version++;
                }
            }

            int tested = active & s.Tests.Bits;
            if (tested != _tested)
            {
                int flags = s.Events.CommonFlags;
                s.Events.CommonFlags |= EventFlags.Test;
                _tested = Differences(tested, _tested, steady, EventKind.TestActivation, 0, 0, nowMs);
                s.Events.CommonFlags = flags;
            }
        }

        /// <summary>One event of a zone: brought about by its input, with what that showed.</summary>
        public void Zone(int kind, int zone, int severity, long nowMs)
        {
            PanelEvents events = _state.Events;
            events.Begin(kind, zone, nowMs);
            events.Grade(severity);
            events.Details(Origin.Input, 0);
            Settings s = _state.Settings;
            if (s.ZoneWiring[zone] >= Wiring.Current && _state.Stages.ClassOf(zone) <= InputClass.Active)
            {
                events.Value(AnalogScale.Value(s, zone, _scan.Sample(zone)), AnalogScale.UnitOf(s.ZoneKind[zone]));
            }
        }

        private int Differences(int now, int before, int steady, int began, int ended, int severity, long nowMs)
        {
            int changed = (now ^ before) & steady;
            for (int i = 0; changed != 0 && i < Limits.ZonesMax; i++)
            {
                int bit = 1 << i;
                if ((changed & bit) == 0)
                {
                    continue;
                }

                changed &= ~bit;
                int kind = (now & bit) != 0 ? began : ended;
                if (kind != 0)
                {
                    Zone(kind, i, kind == began ? severity : Severity.None, nowMs);
                }

                before ^= bit;
            }

            return before;
        }

        private int Faults(int now, int heard, long nowMs)
        {
            int reported = _fault;
            int look = ((now ^ _fault) | (now & _state.Stages.Broken)) & heard;
            for (int i = 0; look != 0; i++)
            {
                int bit = 1 << i;
                if ((look & bit) == 0)
                {
                    continue;
                }

                look &= ~bit;
                bool isNow = (now & bit) != 0;
                int cause = isNow ? Cause(i) : _faultCause[i];
                bool changed = ((now ^ reported) & bit) != 0;

                // A short that becomes an open line is another fault, and the technician looks elsewhere.
                if (changed || cause != _faultCause[i])
                {
                    _faultCause[i] = (byte)cause;
                    Zone(isNow ? EventKind.Fault : EventKind.FaultRestored, i, isNow ? Severity.General : Severity.None, nowMs);
                    _state.Events.Details(cause, 0);
                }

                reported = isNow ? reported | bit : reported & ~bit;
            }

            return reported;
        }

        /// <summary>See <see cref="FaultCause"/>.</summary>
        private int Cause(int zone)
        {
            bool analog = _state.Settings.ZoneWiring[zone] >= Wiring.Current;
            switch (_state.Stages.ClassOf(zone))
            {
                case InputClass.Short:
                    return analog ? FaultCause.AboveRange : FaultCause.ShortCircuit;
                case InputClass.Open:
                    return analog ? FaultCause.BelowRange : FaultCause.OpenCircuit;
                case InputClass.Unreadable:
                    return FaultCause.NotRead;
                case InputClass.Unsteady:
                    return FaultCause.Unsteady;
                default:
                    return FaultCause.Reported;
            }
        }

        private void Chatter(int chattering, long nowMs)
        {
            int changed = chattering ^ _chattering;
            for (int i = 0; i < _state.Settings.ZoneCount; i++)
            {
                int bit = 1 << i;
                if ((changed & bit) == 0)
                {
                    continue;
                }

                if ((chattering & bit) != 0)
                {
                    _state.Events.Begin(EventKind.Chattering, i, nowMs);
                    _state.Events.Grade(Severity.General);
                    _state.Events.Details(FaultCause.Chatter, 0);
                    _state.Events.Value(_state.Stages.Troubles(i), Unit.Count);
                }
                else
                {
                    _state.Events.Begin(EventKind.FaultRestored, i, nowMs);
                    _state.Events.Details(FaultCause.Chatter, 0);
                }
            }

            _chattering = chattering;
        }
    }
}
