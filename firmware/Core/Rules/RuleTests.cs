// Owns: how each condition of the rules is looked at, sorted so that a storm of zones costs little.
// Must never: change what a rule means; it only spares looking twice.

namespace Gateway.Core
{
    /// <summary>
    /// Conditions of mode and time are looked at when one of these changes, and then known a rule. The others are listed by rule: most are
    /// "one of these zones is in that condition", the rest count zones or ask for a flag.
    /// </summary>
    public sealed class RuleTests
    {
        /// <summary>A condition that counts, or asks for a flag. Smaller numbers are conditions of zones.</summary>
        public const byte Slow = 100;
        private const byte OfTime = 101;

        /// <summary>How each condition is looked at.</summary>
        public readonly byte[] How = new byte[Limits.RuleConditionsMax];

        /// <summary>Conditions that are not of mode or time, packed by rule.</summary>
        public readonly byte[] List = new byte[Limits.RuleConditionsMax];

        /// <summary>Where each rule's part of the list ends.</summary>
        public readonly byte[] Ends = new byte[Limits.RulesMax];

        /// <summary>Rules whose conditions of mode and time all hold: bits of <see cref="RuleView"/>.</summary>
        public readonly byte[] InTime = new byte[Limits.RulesMax];

        private readonly RuleTable _rules;

        public RuleTests(RuleTable rules)
        {
            _rules = rules;
            int tests = 0;
            for (int r = 0; r < _rules.Count; r++)
            {
                for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
                {
                    int kind = _rules.Kind[c];
                    bool counts = _rules.Need[c] > 1 || _rules.WithinS[c] > 0;
                    bool time = kind >= RuleCondition.InMode && kind <= RuleCondition.OnDay;
                    How[c] =
                        kind < Conditions.ZoneConditions && !counts ? (byte)kind
                        : time ? OfTime
                        : Slow;
                    if (!time)
                    {
                        List[tests++] = (byte)c;
                    }
                }

                Ends[r] = (byte)tests;
            }
        }

        /// <summary>Which rules' conditions of mode and time hold, until one of these changes.</summary>
        public void LookAtTime(Conditions conditions)
        {
            int modes = conditions.Modes;
            for (int r = 0; r < _rules.Count; r++)
            {
                int views = AllHold(r, conditions, modes & ~Mode.Drill) ? RuleView.Real : 0;
                bool drill = (modes & Mode.Drill) != 0 && AllHold(r, conditions, modes);
                InTime[r] = (byte)(views | (drill ? RuleView.Drill : 0));
            }
        }

        private bool AllHold(int r, Conditions conditions, int modes)
        {
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                if (How[c] == OfTime && HoldsNow(r, c, conditions, modes) == _rules.Not[c])
                {
                    return false;
                }
            }

            return true;
        }

        private bool HoldsNow(int rule, int c, Conditions conditions, int modes)
        {
            int mask = _rules.Mask[c];
            switch (_rules.Kind[c])
            {
                case RuleCondition.InMode:
                    return (modes & mask) != 0;
                case RuleCondition.AtTime:
                    return LocalTime.Inside(conditions.Minute, mask & 0xFFFF, mask >> 16);
                default:
                    bool night = conditions.Minute >= 0 && conditions.Minute < _rules.NightEnds(rule);
                    return ((night ? LocalTime.DayBefore(conditions.Weekday) : conditions.Weekday) & mask) != 0;
            }
        }
    }

    /// <summary>What a rule is looked at for: real zones, which know of no drill, or the zones of a drill among themselves.</summary>
    public static class RuleView
    {
        public const int Real = 1;
        public const int Drill = 2;

        /// <summary>Beside one of these: it holds since before the last start.</summary>
        public const int Found = 4;
    }
}
