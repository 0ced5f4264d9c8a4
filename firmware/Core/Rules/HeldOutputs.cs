// Owns: what a reset does to held outputs: each goes on, or is released, and what can't be seen is said.
// Must never: release what a real condition holds, or release blindly without an event.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// An output stays held until a reset that finds its condition gone. A zone that is shielded, in test or in fault can't say whether it
    /// is gone: a person at the box decided, and the record names the zone and why.
    /// </summary>
    public sealed class HeldOutputs
    {
        private readonly Settings _settings;
        private readonly RuleTable _rules;
        private readonly byte[] _holds;
        private readonly RuleReports _reports;

        /// <param name="holds">Which rules hold, kept up by the engine.</param>
        public HeldOutputs(Settings settings, byte[] holds, RuleReports reports)
        {
            _settings = settings;
            _rules = settings.Rules;
            _holds = holds;
            _reports = reports;
        }

        /// <summary>A rule that still holds one of the outputs, when such rules hold all of them; else -1.</summary>
        public int HoldsAll(int held)
        {
            int rule = -1;
            for (int role = 0; held != 0; role++)
            {
                if ((held & (1 << role)) != 0)
                {
                    held &= ~(1 << role);
                    rule = Holder(role);
                    if (rule < 0)
                    {
                        return -1;
                    }
                }
            }

            return rule;
        }

        /// <summary>Goes over the held outputs after a reset; the ones that stay, as bits of roles.</summary>
        public int Judge(int held, Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            int stays = 0;
            for (int role = 0; held != 0; role++)
            {
                int bit = 1 << role;
                if ((held & bit) == 0)
                {
                    continue;
                }

                held &= ~bit;
                int rule = Holder(role);
                if (rule >= 0)
                {
                    stays |= bit;
                    SayHeld(rule, bit, conditions, events, nowMs);
                }
                else
                {
                    SayReleased(role, conditions, stages, events, nowMs);
                }
            }

            return stays;
        }

        /// <summary>Says which zone goes on to hold an output.</summary>
        public void SayHeld(int r, int held, Conditions conditions, PanelEvents events, long nowMs)
        {
            int role = 0;
            while ((held & (1 << role)) == 0 || !_rules.Does(r, RuleAction.Hold, role))
            {
                role++;
            }

            events.Begin(EventKind.ResetRefused, Bits.Lowest(_reports.ZonesOf(r, conditions)), nowMs);
            events.Details(1, _settings.OutputOf[role] + 1);
            events.Why(_rules.Number[r], -1);
            events.Flag(EventFlags.ByPerson);
        }

        private void SayReleased(int role, Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            int shielded = conditions.Zones[Conditions.Disabled];
            int tested = conditions.Zones[Conditions.Test];
            int unseen = shielded | tested | stages.Broken;
            for (int r = 0; r < _rules.Count; r++)
            {
                // Most zones can be seen; what a rule does and names is looked up only where it matters.
                int blind = unseen != 0 && _rules.Does(r, RuleAction.Hold, role) ? _rules.ZonesOf(r) & unseen : 0;
                if (blind == 0)
                {
                    continue;
                }

                int zone = Bits.Lowest(blind);
                int bit = 1 << zone;
                int cause =
                    (shielded & bit) != 0 ? FaultCause.Shielded
                    : (tested & bit) != 0 ? FaultCause.InTest
                    : stages.CauseOf(zone);
                events.Begin(EventKind.HoldReleased, zone, nowMs);
                events.Details(_settings.OutputOf[role] + 1, cause);
                events.Why(_rules.Number[r], -1);
                events.Flag(EventFlags.ByPerson);
                return;
            }
        }

        private int Holder(int role)
        {
            for (int r = 0; r < _rules.Count; r++)
            {
                if (_holds[r] == RuleView.Real && _rules.Does(r, RuleAction.Hold, role))
                {
                    return r;
                }
            }

            return -1;
        }
    }
}
