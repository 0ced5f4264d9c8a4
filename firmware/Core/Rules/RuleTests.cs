// Owns: which conditions of the rules hold, kept up from what changed.
// Must never: change what a rule means; it only spares looking twice.

namespace Gateway.Core
{
    /// <summary>
    /// Many rules ask the same: each different condition is a test that is looked at once, and only when one of its zones changed, or the
    /// mode or the time that it is about. Flags are set while the rules are gone over.
    /// </summary>
    public sealed class RuleTests
    {
        /// <summary>Beside the views in which a test holds: it counts zones.</summary>
        private const byte Counts = 0x80;

        /// <summary>And its rule held before the last start and is awaited: its zones came within their time of each other.</summary>
        private const byte Awaited = 0x40;
        private const int Real = (int)RuleView.Real;
        private const int Drill = (int)RuleView.Drill;
        private const int Views = Real | Drill;
        private const int Near = 16;
        /// <summary>See <see cref="Pairs"/>.</summary>
        public const int Many = ushort.MaxValue;

        /// <summary>The test of each condition.</summary>
        public readonly byte[] List;

        /// <summary>
        /// In which views a test holds: bits of <see cref="RuleView"/>. Those of zones come first, those of mode and time last; behind them
        /// are two a flag: set, and not set.
        /// </summary>
        public readonly byte[] Met;

        /// <summary>
        /// The tests of a rule, a byte each, where it has one or two, as almost all rules have; else <see cref="Many"/>, and its conditions
        /// are to be gone over.
        /// </summary>
        public readonly ushort[] Pairs;

        /// <summary>By kind: its zones when the tests were looked at last; before they are, the zones that changed since.</summary>
        public readonly ZoneSet[] Moved = new ZoneSet[Conditions.ZoneConditions];

        private readonly RuleTable _rules;

        /// <summary>The condition that each test stands for.</summary>
        private readonly byte[] _first;
        private int _count;

        /// <summary>The end of each kind's tests, which stand together.</summary>
        private readonly byte[] _ends = new byte[Conditions.ZoneConditions];

        /// <summary>The first of the tests of mode and time, each later one stands for an earlier condition.</summary>
        private int _timed;

        // The first of the tests of flags, which are there where a rule asks for one; and, last, a test that always holds, beside the
        // only one of a rule.
        private readonly int _flags;
        private readonly int _always;
        private bool _awaits;

        /// <summary>The zones that were counted last, and how many they are: many tests in turn ask for the same.</summary>
        private ZoneSet _counted;
        private int _zones;

        public RuleTests(RuleTable rules)
        {
            _rules = rules;
            int conditions = _rules.ConditionStart[_rules.Count];
            _flags = conditions;
            _always = conditions;
            for (int c = 0; c < conditions; c++)
            {
                _always = _rules.Kind[c] == RuleCondition.HasFlag ? _flags + 2 * Limits.RuleFlagsMax : _always;
            }

            List = new byte[conditions];
            Met = new byte[_always + 1];
            Pairs = new ushort[_rules.Count];
            _first = new byte[conditions];
            _timed = conditions;
            for (RuleCondition kind = RuleCondition.Fire; kind <= RuleCondition.HasFlag; kind++)
            {
                for (int c = 0; c < conditions; c++)
                {
                    if (_rules.Kind[c] == kind)
                    {
                        List[c] = (byte)(kind < RuleCondition.InMode ? TestOf(c, kind) : OtherTestOf(c, kind));
                    }
                }

                if (kind < RuleCondition.InMode)
                {
                    _ends[(int)kind] = (byte)_count;
                }
            }

            Met[_always] = Views;
            for (int r = 0; r < _rules.Count; r++)
            {
                int c = _rules.ConditionStart[r];
                int asked = _rules.ConditionStart[r + 1] - c;
                int second = asked > 1 ? List[c + 1] : _always;
                Pairs[r] = (ushort)(asked > 2 ? Many : List[c] | second << 8);
            }
        }

        /// <summary>Looks at the tests whose zones changed. True when one holds otherwise than before.</summary>
        /// <param name="drilled">Zones of a drill; what holds for them alone is another view.</param>
        public bool Look(Conditions conditions, ZoneSet drilled, ZoneStages stages, long nowMs)
        {
            ZoneSet[] moved = Moved;
            ZoneSet[] zones = conditions.Zones;
            bool flipped = false;
            int from = 0;
            for (int kind = 0; kind < Conditions.ZoneConditions; kind++)
            {
                int end = _ends[kind];
                if (moved[kind] != 0 && from < end)
                {
                    flipped |= Look(from, end, moved[kind], zones[kind], drilled, stages, nowMs);
                }

                from = end;
                moved[kind] = zones[kind];
            }

            return flipped;
        }

        private bool Look(int from, int end, ZoneSet moved, ZoneSet zones, ZoneSet drilled, ZoneStages stages, long nowMs)
        {
            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every test.
            byte[] first = _first;
            int[] masks = _rules.Mask;
            bool[] nots = _rules.Not;
            byte[] needs = _rules.Need;
            short[] within = _rules.WithinS;
            byte[] met = Met;
            bool flipped = false;
            int many = 0;
            ZoneSet counted = 0;
            for (int i = from; i < end; i++)
            {
                int c = first[i];
                ZoneSet mask = (ZoneSet)masks[c];
                if ((mask & moved) == 0)
                {
                    continue;
                }

                int before = met[i];
                ZoneSet there = zones & mask;
                int now;
                if (drilled != 0)
                {
                    now = InDrill(c, before, there, drilled, stages, nowMs);
                }
                else if (before < Counts || there == 0)
                {
                    now = there != 0 == nots[c] ? before & ~Views : before | Views;
                }
                else
                {
                    // As in Holds, without its calls.
                    if (there != counted)
                    {
                        counted = there;
                        many = Bits.Count(there);
                    }

                    bool not = nots[c];
                    bool tooFew = many < needs[c];
                    if (!tooFew && within[c] != 0 && ((before & Views) != 0) == not && (before & Awaited) == 0)
                    {
                        tooFew = stages.ConfirmedMs(there, needs[c]) < nowMs - within[c] * 1000L;
                    }

                    now = tooFew == not ? before | Views : before & ~Views;
                }

                if (now != before)
                {
                    met[i] = (byte)now;
                    flipped = true;
                }
            }

            return flipped;
        }

        /// <summary>A rule held before the last start: once its zones are found again, one by one, it goes on.</summary>
        public void Await(int rule)
        {
            _awaits = true;
            for (int c = _rules.ConditionStart[rule]; c < _rules.ConditionStart[rule + 1]; c++)
            {
                Met[List[c]] |= _rules.Kind[c] < RuleCondition.InMode && _rules.WithinS[c] > 0 ? Awaited : (byte)0;
            }
        }

        /// <summary>No rule is awaited any more.</summary>
        public void AwaitNothing()
        {
            for (int i = 0; _awaits && i < _count; i++)
            {
                Met[i] &= Counts | Views;
            }

            _awaits = false;
        }

        /// <summary>No flag is set, before the rules are gone over.</summary>
        public void ClearFlags()
        {
            for (int at = _flags; at < _always; at += 2)
            {
                Met[at] = 0;
                Met[at + 1] = Views;
            }
        }

        /// <summary>A rule set a flag.</summary>
        public void SetFlag(int flag, RuleView views)
        {
            int at = _flags + 2 * flag;
            if (at < _always)
            {
                Met[at] |= (byte)views;
                Met[at + 1] &= (byte)~views;
            }
        }

        /// <summary>Looks at the tests of mode, of time, or both. True when one holds otherwise than before.</summary>
        public bool LookAtTime(Conditions conditions, bool modes, bool times)
        {
            byte[] first = _first;
            RuleCondition[] kinds = _rules.Kind;
            int[] masks = _rules.Mask;
            bool[] nots = _rules.Not;
            byte[] met = Met;
            int minute = conditions.Minute;
            int timed = _timed;
            bool flipped = false;
            int rule = 0;
            for (int i = first.Length - 1; i >= timed; i--)
            {
                int c = first[i];
                RuleCondition kind = kinds[c];
                int now;
                if (kind == RuleCondition.AtTime)
                {
                    int mask = masks[c];
                    now = times && LocalTime.Inside(minute, mask & 0xFFFF, mask >> 16) != nots[c] ? Views : 0;
                }
                else if (kind == RuleCondition.OnDay)
                {
                    // Days stand in the order of their rules.
                    rule = RuleOf(c, rule);
                    now = OnDay(rule, c, conditions);
                }
                else
                {
                    now = InMode(c, conditions);
                }

                if (now != met[i] && (kind == RuleCondition.InMode ? modes : times))
                {
                    met[i] = (byte)now;
                    flipped = true;
                }
            }

            return flipped;
        }

        /// <summary>The rule of a condition, from another rule on.</summary>
        private int RuleOf(int c, int from)
        {
            while (_rules.ConditionStart[from + 1] <= c)
            {
                from++;
            }

            return from;
        }

        /// <summary>
        /// In which views a test holds. In the drill's, what must not hold is asked of all zones, so that a drill brings nothing about that
        /// a real condition forbids.
        /// </summary>
        private int InDrill(int c, int before, ZoneSet zones, ZoneSet drilled, ZoneStages stages, long nowMs)
        {
            bool not = _rules.Not[c];
            if (before < Counts)
            {
                int real = (zones & ~drilled) != 0 != not ? Real : 0;
                return (not ? zones : zones & drilled) != 0 != not ? real | Drill : real;
            }

            int met = before & ~Views;
            ZoneSet alone = zones & ~drilled;
            bool holds = alone != 0
                && Holds(c, ((before & Real) != 0) != not || (before & Awaited) != 0, alone, stages, nowMs);
            met |= holds != not ? Real : 0;
            alone = not ? zones : zones & drilled;
            holds = alone != 0 && Holds(c, ((before & Drill) != 0) != not, alone, stages, nowMs);
            return holds != not ? met | Drill : met;
        }

        /// <summary>
        /// True with enough zones; with a window, once so many came within it of each other, and from then on while so many are in the
        /// condition.
        /// </summary>
        private bool Holds(int c, bool was, ZoneSet zones, ZoneStages stages, long nowMs)
        {
            int need = _rules.Need[c];
            if (need > 1)
            {
                if (zones != _counted)
                {
                    _counted = zones;
                    _zones = Bits.Count(zones);
                }

                if (_zones < need)
                {
                    return false;
                }
            }

            int withinS = _rules.WithinS[c];
            return withinS == 0 || was || stages.ConfirmedMs(zones, need) >= nowMs - withinS * 1000L;
        }

        /// <summary>The number of a condition's test, the same as that of an earlier condition that asks the same.</summary>
        private int TestOf(int c, RuleCondition kind)
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

        /// <summary>The number of the test of a flag, a mode or a time.</summary>
        private int OtherTestOf(int c, RuleCondition kind)
        {
            if (kind == RuleCondition.HasFlag)
            {
                return FlagTestOf(c);
            }

            _timed--;
            _first[_timed] = (byte)c;
            return _timed;
        }

        private int FlagTestOf(int c)
        {
            int flag = 0;
            while (_rules.Mask[c] != 1 << flag)
            {
                flag++;
            }

            return _flags + 2 * flag + (_rules.Not[c] ? 1 : 0);
        }

        private int OnDay(int rule, int c, Conditions conditions)
        {
            bool night = conditions.Minute >= 0 && conditions.Minute < _rules.NightEnds(rule);
            int weekday = night ? LocalTime.DayBefore(conditions.Weekday) : conditions.Weekday;
            return (weekday & _rules.Mask[c]) != 0 != _rules.Not[c] ? Views : 0;
        }

        /// <summary>The views in which a condition of mode holds: what is real knows of no drill.</summary>
        private int InMode(int c, Conditions conditions)
        {
            Mode asked = conditions.Modes & (Mode)_rules.Mask[c];
            int holds = (asked & ~Mode.Drill) != 0 ? Real : 0;
            holds |= asked != 0 ? Drill : 0;
            return _rules.Not[c] ? Views & ~holds : holds;
        }
    }
}
