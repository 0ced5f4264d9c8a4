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
        /// In which view each rule began to hold, and what is to follow, see <see cref="RuleView"/>; 0 = nothing. The engine fills it in.
        /// </summary>
        public readonly byte[] News;

        public RuleReports(RuleTable rules)
        {
            _rules = rules;
            News = new byte[rules.Count];
        }

        /// <summary>Something is still to come only of the rules from this one on, up to another.</summary>
        public int From { get; private set; }
        public int To { get; private set; }

        /// <summary>True while something is still to come of some rule.</summary>
        public bool Waiting
        {
            get { return From < To; }
        }

        /// <summary>Something is to come of rules from one to another.</summary>
        public void Note(int first, int last)
        {
            if (first >= 0)
            {
                bool waiting = Waiting;
                From = waiting && From < first ? From : first;
                To = waiting && To > last ? To : last + 1;
            }
        }

        /// <summary>Reports some of them, each behind what it does once, since more than that do so in a step.</summary>
        public void Step(Conditions conditions, ZoneSet drilled, ZoneSet chattering, PanelEvents events, long nowMs)
        {
            byte[] news = News;
            int to = To;
            int r = From;
            for (int left = Limits.RuleReportsPerStep; r < to && left > 0; r++)
            {
                RuleView view = (RuleView)news[r];
                if (view == 0)
                {
                    continue;
                }

                left--;
                news[r] = 0;
                bool drill = (view & RuleView.Drill) != 0;
                EventFlags flags = drill ? EventFlags.Drill : 0;
                flags |= (view & RuleView.Found) != 0 ? EventFlags.AfterRestart : 0;
                ZoneSet zones = ZonesOf(r, conditions) & (drill ? drilled : ~drilled);
                if (zones == 0 || (zones & ~chattering) != 0)
                {
                    Report(r, zones, flags, events, nowMs);
                }
            }

            From = r;
        }

        private void Report(int r, ZoneSet zones, EventFlags flags, PanelEvents events, long nowMs)
        {
            bool acts = false;
            int first = Bits.Lowest(zones);
            int other = first < 0 ? -1 : Bits.Lowest(zones & ~Bits.Zone(first));
            for (int a = _rules.ActionStart[r]; a < _rules.ActionStart[r + 1]; a++)
            {
                acts |= _rules.Action[a] != RuleAction.SetFlag && _rules.Action[a] != RuleAction.Message;
                if (_rules.Action[a] == RuleAction.Message)
                {
                    events.Message(_rules.Number[r], _rules.Argument[a], _rules.Severity[r], first, other, flags, nowMs);
                }
            }

            if (acts)
            {
                events.RuleFired(_rules.Number[r], zones, _rules.Severity[r], first, other, flags, nowMs);
            }
        }

        /// <summary>Zones that make a rule hold.</summary>
        public ZoneSet ZonesOf(int r, Conditions conditions)
        {
            ZoneSet zones = 0;
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                if (_rules.Kind[c] < RuleCondition.InMode && !_rules.Not[c])
                {
                    zones |= conditions.Zones[(int)_rules.Kind[c]] & (ZoneSet)_rules.Mask[c];
                }
            }

            return zones;
        }
    }
}
