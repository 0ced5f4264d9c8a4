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
        private readonly int _patrolKinds;
        private readonly byte[] _faultCause = new byte[Limits.ZonesMax];
        private int _fault;
        private int _supervisory;
        private int _supervisoryLost;
        private int _preAlarm;
        private int _activated;
        private int _activatedLost;
        private int _patrol;
        private int _tested;
        private int _chattering;

        public PanelReports(PanelState state, ZoneScan scan)
        {
            _state = state;
            _scan = scan;
            _fireKinds = state.Settings.ZonesMeaning(ZoneMeaning.Fire);
            _activationKinds = state.Settings.ZonesMeaning(ZoneMeaning.Activation);
            _patrolKinds = state.Settings.ZonesOfKind(ZoneKind.PatrolButton);
        }

        /// <summary>Reports new fires, and latched zones that signal anew; called after the rules, which say why.</summary>
        public void Fires(int newFires, int anew, bool first, long nowMs)
        {
            int zones = newFires | anew;
            int unheard = _state.Silenced ? anew : 0;
            _state.Rules.Verdicts.Decide(zones);
            for (int i = 0; zones != 0; i++)
            {
                int bit = 1 << i;
                if ((zones & bit) == 0)
                {
                    continue;
                }

                zones &= ~bit;
                int severity = _state.Rules.Verdicts.SeverityOf(i);
                bool callPoint = _state.Settings.ZoneKind[i] == ZoneKind.CallPoint;
                Zone(EventKind.FireAlarm, i, severity == 0 ? (callPoint ? Severity.Larger : Severity.General) : severity, nowMs);
                _state.Events.Details(Origin.Input, Repeat(bit, anew, unheard));
                _state.Events.Why(_state.Rules.Verdicts.DecidedBy(i), _state.Groups.OtherOf(i));
                _state.Events.Flag(first ? EventFlags.FirstAlarm : 0);
                first = false;
            }
        }

        private static int Repeat(int bit, int anew, int unheard)
        {
            return (unheard & bit) != 0 ? AlarmRepeat.AnewUnheard
                : (anew & bit) != 0 ? AlarmRepeat.Anew
                : AlarmRepeat.First;
        }

        /// <summary>
        /// Reports latched zones whose input is back in its normal class, and those whose line broke: that is not restored.
        /// </summary>
        public void FireSignals(long nowMs)
        {
            PanelState s = _state;
            FireSignals signals = s.Signals;
            int looked = s.Latched & _fireKinds & ~signals.Unseen;
            int restored = looked & ~signals.Quiet & ~(s.Stages.Active | s.Stages.Broken);
            int lost = looked & signals.Burning & s.Stages.Broken;
            signals.Burning &= ~(restored | lost);
            signals.Quiet |= restored;
            for (int i = 0; (restored | lost) != 0; i++)
            {
                int bit = 1 << i;
                if ((restored & bit) != 0)
                {
                    Zone(EventKind.FireRestored, i, Severity.None, nowMs);
                }
                else if ((lost & bit) != 0)
                {
                    SignalLost(EventKind.FireSignalLost, i, Cause(i), 0, nowMs);
                }

                restored &= ~bit;
                lost &= ~bit;
            }
        }

        /// <summary>
        /// A reset lets go of zones that still signal only where they are shielded: they are not restored, and that is said.
        /// </summary>
        public void LetGo(int zones, long nowMs)
        {
            zones &= _state.Stages.Active;
            for (int i = 0; zones != 0; i++)
            {
                if ((zones & (1 << i)) != 0)
                {
                    zones &= ~(1 << i);
                    SignalLost(EventKind.FireSignalLost, i, FaultCause.Shielded, 0, nowMs);
                }
            }
        }

        private void SignalLost(int kind, int zone, int cause, int of, long nowMs)
        {
            Zone(kind, zone, Severity.None, nowMs);
            _state.Events.Details(cause, of);
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

            if (((faults ^ _fault) & heard) != 0 || (faults & _fault & heard & (s.Stages.Broken | s.Drill.NotPutBack)) != 0)
            {
                _fault = Faults(faults, heard, nowMs);
            }

            int supervisory = zones[Conditions.Supervisory];
            int untested = heard & ~s.Tests.Bits;
            int normal = ~(s.Stages.Active | s.Stages.Broken);
            if ((((supervisory ^ _supervisory) | (_supervisoryLost & normal)) & untested) != 0)
            {
                int lost = Lost(_supervisory & ~supervisory & untested, EventKind.Supervisory, nowMs);
                int said = (_supervisory & ~lost) | (_supervisoryLost & ~supervisory & normal & untested);
                _supervisoryLost = (_supervisoryLost & ~(said | supervisory)) | lost;
                _supervisory = Differences(
                    supervisory,
                    said,
                    untested,
                    EventKind.Supervisory,
                    EventKind.SupervisoryRestored,
                    Severity.Low,
                    nowMs
                );
            }

            if (s.Latched != 0)
            {
                FireSignals(nowMs);
            }

            int activated = active & _activationKinds;
            int goesOn = _patrol | _activatedLost;
            if ((((activated ^ _activated) | (_activatedLost & normal)) & untested) != 0)
            {
                int lost = Lost(_activated & ~activated & untested, EventKind.Activated, nowMs);
                int said = (_activated & ~lost) | (_activatedLost & ~activated & normal & untested);
                _activatedLost = (_activatedLost & ~(said | activated)) | lost;
                _activated = Differences(activated, said, untested, EventKind.Activated, EventKind.Deactivated, 0, nowMs);
            }

            // A button that is pressed too often has its reports capped, and whoever presses it has come by all the same.
            int patrol = activated & _patrolKinds & ~(disabled | s.Tests.Bits);
            if (patrol != _patrol)
            {
                s.Patrols.Pressed(patrol & ~goesOn, s.Conditions.Minute, s.Events, nowMs);
                s.Version++;
                _patrol = patrol;
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

        /// <summary>Of zones whose condition is gone, those whose line broke; they are reported.</summary>
        private int Lost(int gone, int kind, long nowMs)
        {
            int lost = gone & _state.Stages.Broken;
            int rest = lost;
            for (int i = 0; rest != 0; i++)
            {
                if ((rest & (1 << i)) != 0)
                {
                    rest &= ~(1 << i);
                    SignalLost(EventKind.SignalLost, i, Cause(i), kind, nowMs);
                }
            }

            return lost;
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
            return (_state.Drill.NotPutBack & (1 << zone)) != 0 ? FaultCause.AfterDrill : _state.Stages.CauseOf(zone);
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
