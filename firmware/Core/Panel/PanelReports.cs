// Owns: the events of zone conditions: what is reported is compared with what is, so that nothing is reported twice.
// Must never: report a fire late because of chatter, or repeat a chattering zone's troubles.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Keeps, for each condition, the zones that were last reported to be in it. What a zone does while it is disabled or chatters is not
    /// reported; what is different when that ends is.
    /// </summary>
    public sealed class PanelReports
    {
        private readonly PanelState _state;
        private readonly ZoneSet _activationKinds;
        private readonly ZoneSet _patrolKinds;
        private ZoneSet _patrol;

        /// <summary>
        /// Zones that are judged for the first time since the start in this step: what goes on is said once,
        /// as found again.
        /// </summary>
        private ZoneSet _judged;

        /// <summary>Zones whose cause may be another than was reported.</summary>
        private ZoneSet _causes = ZoneSet.All;

        public PanelReports(PanelState state)
        {
            _state = state;
            _activationKinds = state.Settings.ZonesMeaning(ZoneMeaning.Activation);
            _patrolKinds = state.Settings.ZonesOfKind(ZoneKind.PatrolButton);
        }

        /// <summary>Reports new fires, and latched zones that signal anew; called after the rules, which say why.</summary>
        public void Fires(ZoneSet newFires, ZoneSet anew, bool first, long nowMs)
        {
            ZoneSet zones = newFires | anew;
            ZoneSet unheard = _state.Silenced ? anew : 0;
            _state.Rules.Verdicts.Decide(zones);
            for (; zones != 0; zones &= zones - 1)
            {
                int i = Bits.Lowest(zones);
                ZoneSet bit = (ZoneSet)(1 << i);
                Severity severity = _state.Rules.Verdicts.SeverityOf(i);
                bool callPoint = _state.Settings.ZoneKind[i] == ZoneKind.CallPoint;
                severity =
                    severity != Severity.None ? severity
                    : callPoint ? Severity.Larger
                    : Severity.General;
                EventFlags flags = first ? EventFlags.FirstAlarm : 0;
                int rule = _state.Rules.Verdicts.DecidedBy(i);
                _state.Events.FireAlarm(i, _state.OtherOf(i), severity, rule, flags, Repeat(bit, anew, unheard), nowMs);
                first = false;
            }
        }

        private static AlarmRepeat Repeat(ZoneSet bit, ZoneSet anew, ZoneSet unheard)
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
            ZoneSet looked = s.Latched & s.FireKinds & ~s.Stages.Unseen;
            ZoneSet restored = looked & ~signals.Quiet & ~(s.Stages.Active | s.Stages.Broken);
            ZoneSet lost = looked & signals.Burning & s.Stages.Broken;
            signals.Burning &= ~(restored | lost);
            signals.Quiet |= restored;
            for (ZoneSet rest = restored | lost; rest != 0; rest &= rest - 1)
            {
                int i = Bits.Lowest(rest);
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((restored & bit) != 0)
                {
                    s.Events.ZoneCondition(EventKind.FireRestored, i, Found(bit), nowMs);
                }
                else
                {
                    s.Events.FireSignalLost(i, Cause(i), Found(bit), nowMs);
                }
            }
        }

        /// <summary>
        /// A reset lets go of zones that still signal only where they are disabled: they are not restored, and that is said.
        /// </summary>
        public void LetGo(ZoneSet zones, long nowMs)
        {
            zones &= _state.Stages.Active;
            for (; zones != 0; zones &= zones - 1)
            {
                _state.Events.FireSignalLost(Bits.Lowest(zones), FaultCause.Disabled, 0, nowMs);
            }
        }

        /// <summary>What ended or was lost while the power was off, or is there again: the moment is that of the look.</summary>
        private EventFlags Found(ZoneSet bit)
        {
            return (_state.Reported.Found & bit) != 0 ? EventFlags.AfterRestart : 0;
        }

        /// <summary>Reports every other change of a condition.</summary>
        public void Changes(long nowMs)
        {
            PanelState s = _state;
            Reported r = _state.Reported;
            ZoneStages stages = s.Stages;
            ZoneSet[] zones = s.Conditions.Zones;
            ZoneSet chattering = stages.Chattering;
            if (chattering != r.Chattering)
            {
                Chatter(chattering, nowMs);
            }

            // After a start nothing is said of a zone whose input is not seen yet, or waits for its delay to be what it was.
            ZoneSet known = r.Found == 0 ? ZoneSet.All : ~(stages.Unseen | (r.Found & stages.Active & ~stages.ConfirmedZones));
            ZoneSet steady = ~chattering & known;
            ZoneSet heard = steady & ~s.Disabled;
            ZoneSet untested = heard & ~s.Tested;
            _judged = r.Found & heard;
            ZoneSet preAlarm = zones[Conditions.PreAlarm];
            if ((((preAlarm ^ r.PreAlarm) & known) | (r.PreAlarm & _judged)) != 0)
            {
                r.PreAlarm = Differences(preAlarm, r.PreAlarm, known, EventKind.PreAlarm, 0, nowMs);
            }

            ZoneSet faults = s.FaultsNow & ~(chattering & ~r.Fault);
            _causes |= _state.Scan.ChangedZones | s.NotPutBack;
            if ((((faults ^ r.Fault) | (faults & (_causes | _judged))) & heard) != 0)
            {
                r.Fault = Faults(faults, heard, nowMs);
            }

            ZoneSet normal = ~(stages.Active | stages.Broken);
            // What waits for its delay when a disablement or a test ends is neither back to normal nor new.
            ZoneSet settled = untested & ~(stages.Active & ~stages.ConfirmedZones);
            Supervisory(zones[Conditions.Supervisory], normal, settled, nowMs);
            if (s.Latched != 0)
            {
                FireSignals(nowMs);
            }

            ZoneSet active = stages.ConfirmedZones;
            ZoneSet goesOn = _patrol | r.ActivatedLost;
            Activations(active & _activationKinds, normal, settled, nowMs);

            // A button that is pressed too often has its reports capped, and whoever presses it has come by all the same. A press was seen
            // to begin: what was closed from the start on, or comes back from a loose contact, is none.
            ZoneSet patrol = active & _patrolKinds & ~(s.Disabled | s.Tested) & _state.Scan.FromRest;
            if (patrol != _patrol)
            {
                for (PanelPart part = s.Parts; part != null; part = part.Next)
                {
                    part.Pressed(s, patrol & ~goesOn, nowMs);
                }

                s.Version++;
                _patrol = patrol;
            }

            ZoneSet tested = active & s.Tested;
            if (((tested ^ r.Tested) & steady) != 0)
            {
                r.Tested = Differences(tested, r.Tested, steady, EventKind.TestActivation, 0, nowMs);
            }

            r.Found &= ~_judged;
            _judged = 0;
        }

        private void Supervisory(ZoneSet now, ZoneSet normal, ZoneSet untested, long nowMs)
        {
            Reported r = _state.Reported;
            if ((((now ^ r.Supervisory) | (r.SupervisoryLost & normal) | (r.Supervisory & _judged)) & untested) == 0)
            {
                return;
            }

            ZoneSet lost = Lost(r.Supervisory & ~now & untested, EventKind.Supervisory, nowMs);
            ZoneSet said = (r.Supervisory & ~lost) | (r.SupervisoryLost & ~now & normal & untested);
            r.SupervisoryLost = (r.SupervisoryLost & ~(said | now)) | lost;
            r.Supervisory = Differences(now, said, untested, EventKind.Supervisory, EventKind.SupervisoryRestored, nowMs);
        }

        private void Activations(ZoneSet now, ZoneSet normal, ZoneSet untested, long nowMs)
        {
            Reported r = _state.Reported;
            if ((((now ^ r.Activated) | (r.ActivatedLost & normal) | (r.Activated & _judged)) & untested) == 0)
            {
                return;
            }

            ZoneSet lost = Lost(r.Activated & ~now & untested, EventKind.Activated, nowMs);
            ZoneSet said = (r.Activated & ~lost) | (r.ActivatedLost & ~now & normal & untested);
            r.ActivatedLost = (r.ActivatedLost & ~(said | now)) | lost;
            r.Activated = Differences(now, said, untested, EventKind.Activated, EventKind.Deactivated, nowMs);
        }

        /// <summary>Of zones whose condition is gone, those whose line broke; they are reported.</summary>
        private ZoneSet Lost(ZoneSet gone, EventKind kind, long nowMs)
        {
            ZoneSet lost = gone & _state.Stages.Broken;
            for (ZoneSet rest = lost; rest != 0; rest &= rest - 1)
            {
                int i = Bits.Lowest(rest);
                _state.Events.SignalLost(i, Cause(i), kind, Found((ZoneSet)(1 << i)), nowMs);
            }

            return lost;
        }

        private ZoneSet Differences(ZoneSet now, ZoneSet before, ZoneSet steady, EventKind began, EventKind ended, long nowMs)
        {
            // What goes on since before the start is said once more, as found again.
            ZoneSet found = before & _state.Reported.Found;
            ZoneSet changed = ((now ^ before) | (now & before & _judged)) & steady;
            if (changed != 0)
            {
                _state.Told();
            }

            for (; changed != 0; changed &= changed - 1)
            {
                int i = Bits.Lowest(changed);
                ZoneSet bit = (ZoneSet)(1 << i);
                EventKind kind = (now & bit) != 0 ? began : ended;
                if ((int)kind != 0)
                {
                    _state.Events.ZoneCondition(kind, i, Found(found & bit), nowMs);
                }

                before = (before & ~bit) | (now & bit);
            }

            return before;
        }

        private ZoneSet Faults(ZoneSet now, ZoneSet heard, long nowMs)
        {
            Reported r = _state.Reported;
            ZoneSet reported = r.Fault;
            ZoneSet found = reported & r.Found;
            ZoneSet look = ((now ^ reported) | (now & (_causes | _judged))) & heard;
            _causes &= ~heard;
            for (; look != 0; look &= look - 1)
            {
                int i = Bits.Lowest(look);
                ZoneSet bit = (ZoneSet)(1 << i);
                bool isNow = (now & bit) != 0;
                FaultCause before = (FaultCause)r.FaultCause[i];
                if (!isNow && before == FaultCause.Reported && (_state.Stages.Active & bit) != 0)
                {
                    continue;
                }

                FaultCause cause = isNow ? Cause(i) : before;
                bool changed = ((now ^ reported) & bit) != 0 || (found & _judged & bit) != 0;

                // A short that becomes an open line is another fault, and the technician looks elsewhere.
                if (changed || cause != before)
                {
                    r.FaultCause[i] = (byte)cause;
                    EventFlags flags = Found(cause == before ? found & bit : 0);
                    if (isNow)
                    {
                        _state.Events.Fault(i, cause, flags, nowMs);
                    }
                    else
                    {
                        _state.Events.FaultRestored(i, cause, flags, nowMs);
                    }

                    _state.Told();
                }

                reported = isNow ? reported | bit : reported & ~bit;
            }

            return reported;
        }

        /// <summary>See <see cref="FaultCause"/>.</summary>
        private FaultCause Cause(int zone)
        {
            return (_state.NotPutBack & (ZoneSet)(1 << zone)) != 0 ? FaultCause.AfterDrill : _state.Stages.CauseOf(zone);
        }

        private void Chatter(ZoneSet chattering, long nowMs)
        {
            ZoneSet changed = chattering ^ _state.Reported.Chattering;
            for (int i = 0; i < _state.Settings.ZoneCount; i++)
            {
                ZoneSet bit = (ZoneSet)(1 << i);
                if ((changed & bit) == 0)
                {
                    continue;
                }

                if ((chattering & bit) != 0)
                {
                    _state.Events.Chattering(i, _state.Stages.Troubles(i), nowMs);
                }
                else
                {
                    _state.Events.ChatteringEnded(i, nowMs);
                }
            }

            _state.Reported.Chattering = chattering;
            _state.Told();
        }
    }
}
