// Owns: the events of zone conditions: what is reported is compared with what is, so that nothing is reported twice.
// Must never: report a fire late because of chatter, or repeat a chattering zone's troubles.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Keeps, for each condition, the zones that were last reported to be in it.</summary>
    public sealed class PanelReports
    {
        private readonly PanelState _state;
        private readonly ZoneScan _scan;
        private readonly int _fireKinds;
        private readonly int _activationKinds;
        private readonly byte[] _faultClass = new byte[Limits.ZonesMax];
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
            for (int i = 0; newFires != 0; i++)
            {
                int bit = 1 << i;
                if ((newFires & bit) == 0)
                {
                    continue;
                }

                newFires &= ~bit;
                int severity;
                int rule = _state.Rules.DecidedBy(bit, out severity);
                bool callPoint = _state.Settings.ZoneKind[i] == ZoneKind.CallPoint;
                Zone(
                    EventKind.FireAlarm,
                    i,
                    severity == 0 ? (callPoint ? Severity.Larger : Severity.General) : severity,
                    InputClass.Active,
                    nowMs
                );
                _state.Events.Why(rule, _state.Groups.OtherOf(i));
                _state.Events.Flag(first ? EventFlags.FirstAlarm : 0);
                Measured(i);
                first = false;
            }
        }

        /// <summary>Reports every other change of a condition.</summary>
        public void Changes(long nowMs)
        {
            PanelState s = _state;
            int chattering = s.Stages.Chattering;
            if (chattering != _chattering)
            {
                Chatter(chattering, nowMs);
            }

            int steady = ~chattering;
            int active = s.Stages.ConfirmedZones;
            _preAlarm = Differences(s.Conditions.Zones[Conditions.PreAlarm], _preAlarm, -1, EventKind.PreAlarm, 0, Severity.Low, nowMs);
            _fault = Faults(s.Conditions.Zones[Conditions.Fault] & ~(chattering & ~_fault), steady, nowMs);
            _supervisory = Differences(
                s.Conditions.Zones[Conditions.Supervisory],
                _supervisory,
                steady,
                EventKind.Supervisory,
                EventKind.SupervisoryRestored,
                Severity.Low,
                nowMs
            );
            _fireActive = Differences(active & _fireKinds & s.Latched, _fireActive, steady, 0, EventKind.FireRestored, 0, nowMs);
            int activated = active & _activationKinds & ~s.Disabled;
            int pressed = activated & ~_activated;
            _activated = Differences(activated, _activated, steady, EventKind.Activated, EventKind.Deactivated, 0, nowMs);
            if (pressed != 0)
            {
                s.Patrols.Pressed(pressed, s.Events, nowMs);
            }

            int flags = s.Events.CommonFlags;
            s.Events.CommonFlags |= EventFlags.Test;
            _tested = Differences(active & s.Tests.Bits, _tested, steady, EventKind.TestActivation, 0, 0, nowMs);
            s.Events.CommonFlags = flags;
        }

        /// <summary>One event of a zone with the class of its input.</summary>
        public void Zone(int kind, int zone, int severity, int inputClass, long nowMs)
        {
            _state.Events.Begin(kind, zone, nowMs);
            _state.Events.Grade(severity);
            _state.Events.Details(inputClass, 0);
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
                    Zone(kind, i, kind == began ? severity : Severity.None, InputClass.Active, nowMs);
                    Measured(i);
                }

                before ^= bit;
            }

            return before;
        }

        private int Faults(int now, int steady, long nowMs)
        {
            for (int i = 0; i < _state.Settings.ZoneCount && (now & _fault & steady) != 0; i++)
            {
                // A short that becomes an open line is another fault, and the technician looks elsewhere.
                int bit = 1 << i;
                int settled = _state.Stages.ClassOf(i);
                if ((now & _fault & steady & bit) != 0 && settled >= InputClass.Short && settled != _faultClass[i])
                {
                    _faultClass[i] = (byte)settled;
                    Zone(EventKind.Fault, i, Severity.General, settled, nowMs);
                }
            }

            int changed = (now ^ _fault) & steady;
            int reported = _fault;
            for (int i = 0; changed != 0 && i < Limits.ZonesMax; i++)
            {
                int bit = 1 << i;
                if ((changed & bit) == 0)
                {
                    continue;
                }

                changed &= ~bit;
                reported ^= bit;
                bool began = (now & bit) != 0;
                int settled = began ? _state.Stages.ClassOf(i) : _faultClass[i];
                _faultClass[i] = (byte)settled;
                Zone(began ? EventKind.Fault : EventKind.FaultRestored, i, began ? Severity.General : Severity.None, settled, nowMs);
            }

            return reported;
        }

        private void Chatter(int chattering, long nowMs)
        {
            int changed = chattering ^ _chattering;
            for (int i = 0; i < _state.Settings.ZoneCount; i++)
            {
                int bit = 1 << i;
                if ((changed & bit) != 0)
                {
                    bool began = (chattering & bit) != 0;
                    Zone(
                        began ? EventKind.Chattering : EventKind.FaultRestored,
                        i,
                        began ? Severity.General : Severity.None,
                        FaultCode.Chatter,
                        nowMs
                    );
                }
            }

            _chattering = chattering;
        }

        /// <summary>The measured value of an analog zone goes into the event begun last.</summary>
        private void Measured(int zone)
        {
            Settings s = _state.Settings;
            if (s.ZoneWiring[zone] == Wiring.Current || s.ZoneWiring[zone] == Wiring.Voltage)
            {
                _state.Events.Value(AnalogScale.Value(s, zone, _scan.Sample(zone)), AnalogScale.UnitOf(s.ZoneKind[zone]));
            }
        }
    }
}
