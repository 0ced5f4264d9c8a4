// Owns: which conditions of the rules hold, kept up from what changed.
// Must never: change what a rule means; it only spares looking twice.

namespace Gateway.Core
{
    /// <summary>
    /// Many rules ask the same: each different condition is a test that is looked at once, and only when one of its zones changed.
    /// Conditions of mode and time are looked at when one of these changes. Flags are set while the rules are gone over.
    /// </summary>
    public sealed class RuleTests
    {
        /// <summary>Beside the views in which a test holds: it counts zones.</summary>
        private const byte Counts = 0x80;

        /// <summary>And its rule held before the last start and is awaited: its zones came within their time of each other.</summary>
        private const byte Awaited = 0x40;
        private const int Views = RuleView.Real | RuleView.Drill;
        private const int Near = 16;
        private const int Flags = Limits.RuleConditionsMax;

        /// <summary>The test of each condition.</summary>
        public readonly byte[] List = new byte[Limits.RuleConditionsMax];

        /// <summary>
        /// In which views a test holds: bits of <see cref="RuleView"/>. Those of zones come first, those of mode and time last; behind them
        /// are two a flag: set, and not set.
        /// </summary>
        public readonly byte[] Met = new byte[Flags + 2 * Limits.RuleFlagsMax];

        /// <summary>By condition: its zones when the tests were looked at last; before they are, the zones that changed since.</summary>
        public readonly int[] Moved = new int[Conditions.ZoneConditions];

        private readonly RuleTable _rules;

        /// <summary>The condition that each test stands for.</summary>
        private readonly byte[] _first = new byte[Limits.RuleConditionsMax];
        private int _count;

        /// <summary>The first of the tests of mode and time, each later one stands for an earlier condition.</summary>
        private int _timed = Limits.RuleConditionsMax;
        private bool _flagsUsed;

        public RuleTests(RuleTable rules)
        {
            _rules = rules;
            int conditions = _rules.ConditionStart[_rules.Count];
            for (int c = 0; c < conditions; c++)
            {
                int kind = _rules.Kind[c];
                if (kind < Conditions.ZoneConditions)
                {
                    List[c] = (byte)TestOf(c, kind);
                }
                else if (kind == RuleCondition.HasFlag)
                {
                    List[c] = (byte)FlagTestOf(c);
                    _flagsUsed = true;
                }
                else
                {
                    _timed--;
                    _first[_timed] = (byte)c;
                    List[c] = (byte)_timed;
                }
            }
        }

        /// <summary>Looks at the tests whose zones changed. True when one holds otherwise than before.</summary>
        /// <param name="drilled">Zones of a drill; what holds for them alone is another view.</param>
        public bool Look(Conditions conditions, int drilled, ZoneStages stages, long nowMs)
        {
            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every test.
            byte[] first = _first;
            byte[] kinds = _rules.Kind;
            int[] masks = _rules.Mask;
            bool[] nots = _rules.Not;
            byte[] met = Met;
            int[] moved = Moved;
            int[] zones = conditions.Zones;
            int count = _count;
            bool flipped = false;
            for (int i = 0; i < count; i++)
            {
                int c = first[i];
                int kind = kinds[c];
                if ((masks[c] & moved[kind]) == 0)
                {
                    continue;
                }

                int before = met[i];
                int now =
                    drilled != 0 ? InDrill(c, before, zones[kind] & masks[c], drilled, stages, nowMs)
                    : before >= Counts ? Count(c, before, zones[kind] & masks[c], stages, nowMs)
                    : (zones[kind] & masks[c]) != 0 != nots[c] ? Views
                    : 0;
                if (now != before)
                {
                    met[i] = (byte)now;
                    flipped = true;
                }
            }

            System.Array.Copy(zones, 0, moved, 0, Conditions.ZoneConditions);
            return flipped;
        }

        /// <summary>A rule held before the last start: once its zones are found again, one by one, it goes on.</summary>
        public void Await(int rule)
        {
            for (int c = _rules.ConditionStart[rule]; c < _rules.ConditionStart[rule + 1]; c++)
            {
                Met[List[c]] |= _rules.Kind[c] < Conditions.ZoneConditions && _rules.WithinS[c] > 0 ? Awaited : (byte)0;
            }
        }

        /// <summary>No rule is awaited any more.</summary>
        public void AwaitNothing()
        {
            for (int i = 0; i < _count; i++)
            {
                Met[i] &= Counts | Views;
            }
        }

        /// <summary>No flag is set, before the rules are gone over.</summary>
        public void ClearFlags()
        {
            for (int at = Flags; _flagsUsed && at < Met.Length; at += 2)
            {
                Met[at] = 0;
                Met[at + 1] = Views;
            }
        }

        /// <summary>A rule set a flag.</summary>
        public void SetFlag(int flag, int views)
        {
            int at = Flags + 2 * flag;
            Met[at] |= (byte)views;
            Met[at + 1] &= (byte)~views;
        }

        /// <summary>Looks at the tests of mode, of time, or both. True when one holds otherwise than before.</summary>
        public bool LookAtTime(Conditions conditions, bool modes, bool times)
        {
            byte[] first = _first;
            byte[] kinds = _rules.Kind;
            byte[] starts = _rules.ConditionStart;
            byte[] met = Met;
            int timed = _timed;
            bool flipped = false;
            int rule = 0;
            for (int i = Limits.RuleConditionsMax - 1; i >= timed; i--)
            {
                int c = first[i];
                int kind = kinds[c];
                if (!(kind == RuleCondition.InMode ? modes : times))
                {
                    continue;
                }

                while (starts[rule + 1] <= c)
                {
                    rule++;
                }

                int now = HoldsNow(rule, c, kind, conditions);
                if (now != met[i])
                {
                    met[i] = (byte)now;
                    flipped = true;
                }
            }

            return flipped;
        }

        /// <summary>Whether a test that counts holds, without a drill.</summary>
        private int Count(int c, int before, int zones, ZoneStages stages, long nowMs)
        {
            bool not = _rules.Not[c];
            bool was = ((before & RuleView.Real) != 0) != not || (before & Awaited) != 0;
            int kept = before & ~Views;
            return Holds(c, was, zones, stages, nowMs) != not ? kept | Views : kept;
        }

        /// <summary>
        /// In which views a test holds. In the drill's, what must not hold is asked of all zones, so that a drill brings nothing about that
        /// a real condition forbids.
        /// </summary>
        private int InDrill(int c, int before, int zones, int drilled, ZoneStages stages, long nowMs)
        {
            bool not = _rules.Not[c];
            int met = before & ~Views;
            bool was = ((before & RuleView.Real) != 0) != not || (before & Awaited) != 0;
            met |= Holds(c, was, zones & ~drilled, stages, nowMs) != not ? RuleView.Real : 0;
            was = ((before & RuleView.Drill) != 0) != not;
            return Holds(c, was, not ? zones : zones & drilled, stages, nowMs) != not ? met | RuleView.Drill : met;
        }

        /// <summary>
        /// True with enough zones; with a window, once so many came within it of each other, and from then on while so many are in the
        /// condition.
        /// </summary>
        private bool Holds(int c, bool was, int zones, ZoneStages stages, long nowMs)
        {
            int need = _rules.Need[c];
            if (need == 1 ? zones == 0 : Bits.Count(zones) < need)
            {
                return false;
            }

            int withinS = _rules.WithinS[c];
            return withinS == 0 || was || Bits.Count(zones & stages.ConfirmedSince(nowMs - withinS * 1000L)) >= need;
        }

        /// <summary>The number of a condition's test, the same as that of an earlier condition that asks the same.</summary>
        private int TestOf(int c, int kind)
        {
            // Those that ask the same stand near each other; to compare all with all would cost a start as much as reading a segment.
            byte[] first = _first;
            int[] masks = _rules.Mask;
            int mask = masks[c];
            int count = _count;
            for (int i = count > Near ? count - Near : 0; i < count; i++)
            {
                int other = first[i];
                if (
                    masks[other] == mask && _rules.Kind[other] == kind && _rules.Not[other] == _rules.Not[c]
                    && _rules.Need[other] == _rules.Need[c] && _rules.WithinS[other] == _rules.WithinS[c]
                )
                {
                    return i;
                }
            }

            _first[_count] = (byte)c;
            bool counts = _rules.Need[c] > 1 || _rules.WithinS[c] > 0;
            Met[_count] = (byte)((counts ? Counts : 0) | (_rules.Not[c] ? Views : 0));
            return _count++;
        }

        private int FlagTestOf(int c)
        {
            int flag = 0;
            while (_rules.Mask[c] != 1 << flag)
            {
                flag++;
            }

            return Flags + 2 * flag + (_rules.Not[c] ? 1 : 0);
        }

        /// <summary>The views in which a condition of mode or time holds.</summary>
        private int HoldsNow(int rule, int c, int kind, Conditions conditions)
        {
            int mask = _rules.Mask[c];
            int holds;
            if (kind == RuleCondition.AtTime)
            {
                holds = LocalTime.Inside(conditions.Minute, mask & 0xFFFF, mask >> 16) ? Views : 0;
            }
            else if (kind == RuleCondition.OnDay)
            {
                bool night = conditions.Minute >= 0 && conditions.Minute < _rules.NightEnds(rule);
                holds = ((night ? LocalTime.DayBefore(conditions.Weekday) : conditions.Weekday) & mask) != 0 ? Views : 0;
            }
            else
            {
                // What is real knows of no drill.
                holds = (conditions.Modes & mask & ~Mode.Drill) != 0 ? RuleView.Real : 0;
                holds |= (conditions.Modes & mask) != 0 ? RuleView.Drill : 0;
            }

            return _rules.Not[c] ? Views & ~holds : holds;
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
