// Owns: the events in which rules say why they act.
// Must never: be silent about a rule that acts, or fill the log with a zone that chatters.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A rule that begins to hold and does more than set a flag names itself and its zones. Only some a step: when a storm makes all rules
    /// hold at once the rest follow in the next ticks. A zone over its chatter limit is not worth another record.
    /// </summary>
    public sealed class RuleReports
    {
        private readonly RuleTable _rules;

        /// <summary>
        /// In which view each rule began to hold, see <see cref="RuleView"/>; 0 = nothing to report. The engine fills it in.
        /// </summary>
        public readonly byte[] Unreported = new byte[Limits.RulesMax];

        public RuleReports(RuleTable rules)
        {
            _rules = rules;
        }

        /// <summary>True while some rule has not been reported yet.</summary>
        public bool Waiting;

        /// <summary>Reports some of them.</summary>
        public void Step(Conditions conditions, int drilled, int chattering, PanelEvents events, long nowMs)
        {
            byte[] unreported = Unreported;
            int r = Waiting ? Next(0) : Limits.RulesMax;
            for (int n = 0; n < Limits.RuleReportsPerStep && r < Limits.RulesMax; n++)
            {
                int view = unreported[r];
                unreported[r] = 0;
                bool drill = (view & RuleView.Drill) != 0;
                int flags = drill ? EventFlags.Drill : 0;
                flags |= (view & RuleView.Found) != 0 ? EventFlags.AfterRestart : 0;
                int zones = ZonesOf(r, conditions) & (drill ? drilled : ~drilled);
                if (zones == 0 || (zones & ~chattering) != 0)
                {
                    Report(r, zones, flags, events, nowMs);
                }

                r = Next(r);
            }

            Waiting = r < Limits.RulesMax;
        }

        /// <summary>The first rule from a place on that has something to report.</summary>
        private int Next(int r)
        {
            byte[] unreported = Unreported;
            while (r < Limits.RulesMax && unreported[r] == 0)
            {
                r++;
            }

            return r;
        }

        private void Report(int r, int zones, int flags, PanelEvents events, long nowMs)
        {
            bool acts = false;
            int first = Bits.Lowest(zones);
            int other = first < 0 ? -1 : Bits.Lowest(zones & ~(1 << first));
            for (int a = _rules.ActionStart[r]; a < _rules.ActionStart[r + 1]; a++)
            {
                acts |= _rules.Action[a] != RuleAction.SetFlag && _rules.Action[a] != RuleAction.Message;
                if (_rules.Action[a] == RuleAction.Message)
                {
                    events.Begin(EventKind.Linkage, first, nowMs);
                    events.Flag(flags);
                    events.Why(_rules.Number[r], other);
                    events.Grade(_rules.Severity[r]);
                    events.Details(0, 1);
                    events.Message(_rules.Argument[a]);
                }
            }

            if (acts)
            {
                events.Begin(EventKind.RuleFired, first, nowMs);
                events.Flag(flags);
                events.Why(_rules.Number[r], other);
                events.Grade(_rules.Severity[r]);
                events.Details(zones, 0);
            }
        }

        /// <summary>Zones that make a rule hold.</summary>
        public int ZonesOf(int r, Conditions conditions)
        {
            int zones = 0;
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                if (_rules.Kind[c] < Conditions.ZoneConditions && !_rules.Not[c])
                {
                    zones |= conditions.Zones[_rules.Kind[c]] & _rules.Mask[c];
                }
            }

            return zones;
        }
    }
}
