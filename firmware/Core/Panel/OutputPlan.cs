// Owns: what every output shows for the panel's state: defaults, and what rules add.
// Must never: let anything but a fire use the fire's sound, or let a rule keep a fire silent.

namespace Gateway.Core
{
    /// <summary>
    /// Defaults: a fire sounds, lights and works the relays that no rule names; troubles beep on the buzzer. A rule's pattern is taken
    /// where it outranks the default.
    /// </summary>
    public sealed class OutputPlan
    {
        private readonly PanelState _state;
        private readonly OutputDriver _outputs;

        public OutputPlan(PanelState state, OutputDriver outputs)
        {
            _state = state;
            _outputs = outputs;
        }

        public void Decide(long nowMs)
        {
            PanelState s = _state;
            bool fire = s.Latched != 0;
            bool drillOnly = fire && (s.Latched & ~s.DrillLatched) == 0;
            bool sounds = fire && !s.Delay.Holding;
            bool pre = s.Conditions.Zones[Conditions.PreAlarm] != 0 || (fire && s.Delay.Holding);
            bool fault = s.Conditions.Zones[Conditions.Fault] != 0 || s.BoxFaults != 0;
            bool supervisory = s.Conditions.Zones[Conditions.Supervisory] != 0;
            bool disabled = s.Disabled != 0 || s.Delay.On;
            bool duty = s.Duty.Asked || s.HotWork.LookAsked;
            bool lampTest = nowMs < s.LampTestEndMs;
            Siren(sounds && !s.Silenced ? (drillOnly ? Pattern.Drill : Pattern.Fire) : Pattern.Off);
            Merge(OutputRole.Strobe, sounds ? Pattern.On : Pattern.Off, false);
            for (int role = OutputRole.Relay1; role <= OutputRole.Relay4; role++)
            {
                bool isDefault = role <= OutputRole.Relay2 && (s.Settings.Rules.RolesUsed & (1 << role)) == 0;
                bool rests = s.Drill.On && !s.Settings.DrillLinkage && (s.Latched & ~s.DrillLatched) == 0;
                Merge(role, sounds && isDefault && !rests ? Pattern.On : Pattern.Off, rests);
            }

            Merge(OutputRole.Buzzer, Sound(pre, duty, (fault || supervisory) && !s.BuzzerSilenced), false);
            Lamp(
                OutputRole.LampFire,
                !fire && !pre ? Pattern.Off
                    : fire && s.Silenced ? Pattern.On
                    : Pattern.Flash,
                lampTest
            );
            Lamp(OutputRole.LampFault, fault ? Pattern.On : Pattern.Off, lampTest);
            Lamp(OutputRole.LampPower, Pattern.On, lampTest);
            Lamp(OutputRole.LampDisabled, disabled ? Pattern.On : Pattern.Off, lampTest);
            Lamp(OutputRole.LampTest, s.Tests.Bits != 0 || s.Drill.On ? Pattern.On : Pattern.Off, lampTest);
            Lamp(OutputRole.LampSupervisory, supervisory ? Pattern.On : Pattern.Off, lampTest);
            Lamp(OutputRole.LampDuty, duty ? Pattern.Flash : Pattern.Off, lampTest);
        }

        private static int Sound(bool pre, bool duty, bool trouble)
        {
            return pre ? Pattern.PreAlarm
                : duty ? Pattern.DutyCheck
                : trouble ? Pattern.Fault
                : Pattern.Off;
        }

        /// <summary>
        /// Rules may let the siren speak for lesser conditions, but a silenced fire stays silent and a fire always sounds.
        /// </summary>
        private void Siren(int own)
        {
            int wanted = _state.Rules.Wanted(OutputRole.Siren);
            bool allowed =
                wanted != Pattern.Off && wanted < Pattern.Drill && wanted != Pattern.On && Pattern.Rank(wanted) > Pattern.Rank(own);
            _outputs.Set(OutputRole.Siren, allowed && _state.Latched == 0 ? wanted : own);
        }

        private void Merge(int role, int own, bool rests)
        {
            int wanted = rests ? Pattern.Off : _state.Rules.Wanted(role);
            _outputs.Set(role, Pattern.Rank(wanted) > Pattern.Rank(own) ? wanted : own);
        }

        private void Lamp(int role, int own, bool lampTest)
        {
            Merge(role, lampTest ? Pattern.On : own, false);
        }
    }
}
