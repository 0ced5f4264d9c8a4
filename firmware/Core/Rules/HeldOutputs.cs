// Owns: what a reset does to held outputs: each goes on, or is released, and what can't be seen is said.
// Must never: release what a real condition holds, or release blindly without an event.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// An output stays held until a reset that finds its condition gone. A zone that is disabled, in test or in fault can't say whether it
    /// is gone: a person at the box decided, and the record names the zone and why.
    /// </summary>
    public sealed class HeldOutputs
    {
        private readonly Settings _settings;
        private readonly RuleTable _rules;
        private readonly byte[] _holds;

        /// <param name="holds">Which rules hold, kept up by the engine.</param>
        public HeldOutputs(Settings settings, byte[] holds)
        {
            _settings = settings;
            _rules = settings.Rules;
            _holds = holds;
        }

        /// <summary>A rule that still holds one of the outputs, when such rules hold all of them; else -1.</summary>
        /// <param name="standing">See <see cref="Standing"/>.</param>
        public int HoldsAll(int held, ZoneSet standing)
        {
            int rule = -1;
            for (OutputRole role = OutputRole.Siren; held != 0; role++)
            {
                if (Bits.Has(held, (int)role))
                {
                    held &= ~Bits.Of((int)role);
                    rule = Holder(role, standing);
                    if (rule < 0)
                    {
                        return -1;
                    }
                }
            }

            return rule;
        }

        /// <summary>Goes over the held outputs after a reset; the ones that stay, as bits of roles.</summary>
        /// <param name="standing">See <see cref="Standing"/>.</param>
        public int Judge(int held, ZoneSet standing, Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            int stays = 0;
            for (OutputRole role = OutputRole.Siren; held != 0; role++)
            {
                int bit = Bits.Of((int)role);
                if ((held & bit) == 0)
                {
                    continue;
                }

                held &= ~bit;
                int rule = Holder(role, standing);
                if (rule >= 0)
                {
                    stays |= bit;
                    SayHeld(rule, bit, standing, conditions, events, nowMs);
                }
                else
                {
                    SayReleased(role, conditions, stages, events, nowMs);
                }
            }

            return stays;
        }

        /// <summary>Of the outputs that a drill holds, those that a reset leaves on.</summary>
        public int StayInDrill(int held)
        {
            int stays = 0;
            for (OutputRole role = OutputRole.Siren; held != 0; role++)
            {
                int bit = Bits.Of((int)role);
                for (int r = 0; (held & bit) != 0 && r < _rules.Count; r++)
                {
                    stays |= _holds[r] != 0 && _rules.Does(r, RuleAction.Hold, role) ? bit : 0;
                }

                held &= ~bit;
            }

            return stays;
        }

        /// <summary>
        /// Zones that no rule holds for as real and that may still be in what cut an output: those of a drill, those that wait for their
        /// delay, and those of which nothing can be said yet after a start.
        /// </summary>
        public static ZoneSet Standing(Conditions conditions, ZoneStages stages, ZoneSet drilled)
        {
            ZoneSet[] zones = conditions.Zones;
            ZoneSet ofDrill = drilled & (zones[Conditions.Active] | zones[Conditions.Fault]);
            ZoneSet pending = (stages.Active & ~stages.ConfirmedZones) | stages.Unseen;
            return ofDrill | (pending & ~(zones[Conditions.Disabled] | zones[Conditions.Test]));
        }

        /// <summary>Says which zone goes on to hold an output.</summary>
        public void SayHeld(int r, int held, ZoneSet standing, Conditions conditions, PanelEvents events, long nowMs)
        {
            OutputRole role = OutputRole.Siren;
            while (!Bits.Has(held, (int)role) || !_rules.Does(r, RuleAction.Hold, role))
            {
                role++;
            }

            ZoneSet zones = _rules.ZonesBehind(r, conditions.Zones, out bool timed);
            zones = zones != 0 ? zones : _rules.ZonesBehind(r, null, out timed) & standing;
            events.ResetRefusedByRule(_rules.Number[r], _settings.OutputOf[(int)role] + 1, Bits.Lowest(zones), nowMs);
        }

        private void SayReleased(OutputRole role, Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            ZoneSet disabled = conditions.Zones[Conditions.Disabled];
            ZoneSet tested = conditions.Zones[Conditions.Test];
            ZoneSet unseen = disabled | tested | stages.Broken;
            for (int r = 0; r < _rules.Count; r++)
            {
                // Most zones can be seen; what a rule does and names is looked up only where it matters.
                bool holds = unseen != 0 && _rules.Does(r, RuleAction.Hold, role);
                ZoneSet blind = holds ? _rules.ZonesBehind(r, null, out bool timed) & unseen : 0;
                if (blind == 0)
                {
                    continue;
                }

                int zone = Bits.Lowest(blind);
                ZoneSet bit = Bits.Zone(zone);
                FaultCause cause =
                    (disabled & bit) != 0 ? FaultCause.Disabled
                    : (tested & bit) != 0 ? FaultCause.InTest
                    : stages.CauseOf(zone);
                events.HoldReleased(_rules.Number[r], _settings.OutputOf[(int)role] + 1, zone, cause, nowMs);
                return;
            }
        }

        private int Holder(OutputRole role, ZoneSet standing)
        {
            for (int r = 0; r < _rules.Count; r++)
            {
                bool real = (RuleView)_holds[r] == RuleView.Real;
                if (
                    (real || standing != 0) && _rules.Does(r, RuleAction.Hold, role)
                    && (real || (_rules.ZonesBehind(r, null, out bool timed) & standing) != 0)
                )
                {
                    return r;
                }
            }

            return -1;
        }
    }
}
