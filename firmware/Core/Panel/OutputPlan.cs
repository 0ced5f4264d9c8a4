// Owns: what every output shows for the panel's state: defaults, and what rules add.
// Must never: let anything but a fire use the fire's sound, or let a rule keep a fire silent.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// Defaults: a fire sounds, lights and works the first two relays where no rule names them; gas sounds and lights and works nothing;
    /// troubles beep on the buzzer. A rule's
    /// pattern is taken where it outranks the default.
    /// </summary>
    public sealed class OutputPlan
    {
        private readonly PanelState _state;
        private readonly OutputDriver _outputs;
        private readonly ZoneSet _mains;
        private readonly ZoneSet _battery;
        private int _linked;

        public OutputPlan(PanelState state, OutputDriver outputs)
        {
            _state = state;
            _outputs = outputs;
            _mains = state.Settings.ZonesOfKind(ZoneKind.Mains);
            _battery = state.Settings.ZonesOfKind(ZoneKind.Battery);
        }

        /// <summary>A box without settings has no panel yet: it shows that it lives.</summary>
        public static void ShowUnconfigured(OutputDriver outputs)
        {
            outputs.Set(OutputRole.LampFault, Pattern.Blink);
            outputs.Set(OutputRole.LampPower, Pattern.Blink);
        }

        public void Decide(long nowMs)
        {
            PanelState s = _state;
            bool fire = s.Latched != 0;
            bool sounds = fire && !s.Holding;
            bool drillOnly = fire && (s.Latched & ~s.DrillLatched) == 0;
            bool rests = drillOnly && !s.Settings.DrillLinkage;

            // What sparks must not start in gas: only a fire works the default relays.
            ZoneSet burning = s.Latched & ~s.GasKinds;
            bool works = s.Settings.DrillLinkage ? burning != 0 : (burning & ~s.DrillLatched) != 0;
            ZoneSet[] zones = s.Conditions.Zones;
            bool pre = zones[Conditions.PreAlarm] != 0 || (fire && s.Holding);
            bool fault = zones[Conditions.Fault] != 0 || s.BoxFaults != 0;
            bool supervisory = zones[Conditions.Supervisory] != 0;
            Pattern alarm = !sounds || s.Silenced ? Pattern.Off
                : drillOnly ? Pattern.Drill
                : burning == 0 ? Pattern.Gas
                : Pattern.Fire;
            bool tested = (s.Signs & PanelSign.TestSounds) != 0;
            Siren(alarm == Pattern.Off && tested ? Pattern.Test : alarm);
            Merge(OutputRole.Strobe, sounds ? Pattern.On : tested ? Pattern.Test : Pattern.Off);
            for (OutputRole role = OutputRole.Relay1; role <= OutputRole.Relay4; role++)
            {
                bool isDefault = role <= OutputRole.Relay2 && (s.Settings.Rules.RolesUsed & (1 << (int)role)) == 0;
                Merge(role, sounds && isDefault && works ? Pattern.On : Pattern.Off);
            }

            Linkage(sounds && !rests, drillOnly, nowMs);
            bool heard = !s.BuzzerSilenced;

            // That nobody upward knows of the fire is heard through it; the sounders outside go on with the fire.
            bool unheard = (s.BoxFaults & BoxFault.NoCountyAnswer) != 0;
            Buzzer(
                heard && unheard ? Pattern.Fault
                : heard && alarm != Pattern.Off ? alarm
                : pre && heard ? Pattern.PreAlarm
                : s.Sound != Pattern.Off ? s.Sound
                : (fault || supervisory) && heard ? Pattern.Fault
                : Pattern.Off
            );
            Lamps(fire, pre, fault, supervisory);
            if (s.TriedOutput != 0 && !fire)
            {
                _outputs.Set((OutputRole)(s.TriedOutput - 1), Pattern.On);
            }
        }

        /// <summary>Shows the link lamp between two steps: the uplink comes behind the panel in a tick.</summary>
        public void ShowLink()
        {
            if ((_state.Signs & PanelSign.AllLamps) == 0)
            {
                _outputs.Set(OutputRole.LampLink, _state.LinkLamp);
            }
        }

        private void Lamps(bool fire, bool pre, bool fault, bool supervisory)
        {
            PanelState s = _state;
            if ((s.Signs & PanelSign.AllLamps) != 0)
            {
                for (OutputRole role = OutputRole.LampFire; role <= OutputRole.LampBattery; role++)
                {
                    _outputs.Set(role, Pattern.On);
                }

                return;
            }

            Pattern fireLamp =
                !fire && !pre ? Pattern.Off
                : fire && (s.Silenced || !s.Unacknowledged) ? Pattern.On
                : Pattern.Flash;
            bool disabled = s.Disabled != 0 || (s.Shown & ConditionBits.Disabled) != 0;
            bool tested = s.Tested != 0 || (s.Shown & ConditionBits.Drill) != 0;
            _outputs.Set(OutputRole.LampFire, fireLamp);
            _outputs.Set(OutputRole.LampFault, fault ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.LampLink, s.LinkLamp);
            Power(s);
            _outputs.Set(OutputRole.LampDisabled, disabled ? Pattern.On : Pattern.Off);
            bool flashes = (s.Signs & PanelSign.TestLampFlashes) != 0;
            _outputs.Set(OutputRole.LampTest, flashes ? Pattern.Flash : tested ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.LampSupervisory, supervisory ? Pattern.On : Pattern.Off);
            _outputs.Set(OutputRole.LampDuty, s.Questions != 0 ? Pattern.Flash : Pattern.Off);
        }

        /// <summary>The mains lamp is dark without mains; the battery's burns while the box runs on it, and flashes at its fault.</summary>
        private void Power(PanelState s)
        {
            ZoneSet faults = s.Conditions.Zones[Conditions.Fault];
            bool mains = (faults & _mains) != 0;
            bool battery = (faults & _battery) != 0;
            _outputs.Set(OutputRole.LampPower, mains ? Pattern.Off : Pattern.On);
            _outputs.Set(OutputRole.LampBattery, battery ? Pattern.Flash : mains ? Pattern.On : Pattern.Off);
        }

        /// <summary>
        /// Says once in a fire condition that a rule worked a relay, and once after it that the relay rests again; a rule that goes back
        /// and forth does not fill the fire lane. What works by default needs no record of its own: the fire's record has rule 0.
        /// </summary>
        private void Linkage(bool sounds, bool ofDrill, long nowMs)
        {
            PanelState s = _state;
            for (OutputRole role = OutputRole.Relay1; role <= OutputRole.Relay4; role++)
            {
                int bit = 1 << (int)role;
                bool known = (_linked & bit) != 0;
                if (known ? s.Latched != 0 : !sounds)
                {
                    continue;
                }

                int rule = s.Rules.WantedBy(role);
                bool on = (known || rule != 0) && _outputs.PatternOf(role) != Pattern.Off;
                if (on == known || s.Settings.OutputOf[(int)role] < 0)
                {
                    continue;
                }

                _linked ^= bit;
                int output = s.Settings.OutputOf[(int)role] + 1;
                s.Events.Linkage(on ? rule : 0, output, on, on ? s.Latest : -1, ofDrill ? EventFlags.Drill : 0, nowMs);
            }
        }

        /// <summary>
        /// Rules may let the siren speak for lesser conditions, but a silenced fire stays silent and a fire always sounds.
        /// </summary>
        private void Siren(Pattern own)
        {
            Pattern wanted = _state.Rules.Wanted(OutputRole.Siren);
            bool speaks = _state.Latched == 0 && !_state.BuzzerSilenced && wanted != Pattern.Off;
            _outputs.Set(OutputRole.Siren, speaks ? wanted : own);
        }

        /// <summary>What silences the buzzer silences the rules' sounds on it too.</summary>
        private void Buzzer(Pattern own)
        {
            Pattern wanted = _state.BuzzerSilenced ? Pattern.Off : _state.Rules.Wanted(OutputRole.Buzzer);
            _outputs.Set(OutputRole.Buzzer, Patterns.Rank(wanted) > Patterns.Rank(own) ? wanted : own);
        }

        private void Merge(OutputRole role, Pattern own)
        {
            Pattern wanted = _state.Rules.Wanted(role);
            _outputs.Set(role, Patterns.Rank(wanted) > Patterns.Rank(own) ? wanted : own);
        }
    }
}
