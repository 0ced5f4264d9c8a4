// Owns: what is wrong with rules that are each well written: contradictions, rules that can never hold, loops.
// Must never: run after the start; it is for the text, not for the loop.

namespace Gateway.Core
{
    /// <summary>Says in words why a rule can't stand, or null.</summary>
    public sealed class RuleCheck
    {
        private readonly Settings _settings;
        private readonly RuleTable _rules;

        public RuleCheck(Settings settings)
        {
            _settings = settings;
            _rules = settings.Rules;
        }

        /// <summary>What is wrong with the rule that was read last; <paramref name="allowed"/> says what would be right.</summary>
        public string Last(out string allowed)
        {
            int r = _rules.Count - 1;
            allowed = "";
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                string wrong = Condition(c, r, out allowed);
                if (wrong != null)
                {
                    return wrong;
                }
            }

            string twice = TwoActions(r, r, out allowed);
            for (int other = 0; other < r && twice == null; other++)
            {
                if (SameConditions(r, other))
                {
                    twice = TwoActions(r, other, out allowed);
                }
            }

            return twice;
        }

        private string Condition(int c, int r, out string allowed)
        {
            RuleCondition kind = _rules.Kind[c];
            allowed = "能成立的条件\na condition that can hold";
            if (kind == RuleCondition.HasFlag)
            {
                allowed = "前面规则设置的标志\na flag that a rule above sets";
                if (!SetAbove(r, _rules.Mask[c]))
                {
                    return SetBy(r, _rules.Mask[c]) ? "规则用了自己设置的标志，成环\na rule that asks for its own flag: a loop"
                        : "前面没有规则设置这个标志，不会成立或成环\na flag that no rule above sets: never, or a loop";
                }

                if (_rules.Not[c] && SetWherever(r, _rules.Mask[c]))
                {
                    allowed = "前面规则不设置该标志的条件\nconditions under which no rule above sets the flag";
                    return "规则永不成立：条件成立时，前面的规则已设置不许设置的标志\n"
                        + "a rule that never holds: wherever its conditions hold, a rule above sets the flag that must not be set";
                }

                if (!_rules.Not[c] && !SetBeside(r, _rules.Mask[c]))
                {
                    allowed = "能与设置该标志的规则同时成立的条件\n"
                        + "conditions that can hold together with those of a rule that sets the flag";
                    return "规则永不成立：条件与设置标志的规则互相排斥\n"
                        + "a rule that never holds: its conditions exclude those of every rule that sets its flag";
                }
            }

            if (kind == RuleCondition.InMode && (Mode)_rules.Mask[c] == Mode.Day && _settings.DelayT1S == 0 && !_rules.Not[c])
            {
                allowed = "mode:day 前面要有 delay 行\nmode:day only below a delay line";
                return "规则永不成立：没有 delay 就没有 mode:day\na rule that never holds: without a delay there is no mode day";
            }

            if (kind < RuleCondition.InMode && !_rules.Not[c])
            {
                ZoneSet possible = (ZoneSet)_rules.Mask[c] & Possible(kind);
                if (Bits.Count(possible) < _rules.Need[c])
                {
                    string most = Bits.Count(possible).ToString();
                    string need = _rules.Need[c].ToString();
                    string name = Conditions.Names()[(int)kind];
                    allowed = "最多 " + most + "（这些部位中能 " + name + " 的）\nat most " + most + " of these zones can be in " + name;
                    return "规则永不成立：要 " + need + " 个部位 " + name + "\na rule that never holds: it needs " + need + " zones in " + name;
                }
            }

            for (int other = _rules.ConditionStart[r]; other < c; other++)
            {
                if (Excludes(other, c))
                {
                    return "规则永不成立：两个条件互相排斥\na rule that never holds: two of its conditions exclude each other";
                }
            }

            return null;
        }

        /// <summary>Zones that can be in a condition at all.</summary>
        private ZoneSet Possible(RuleCondition kind)
        {
            switch (kind)
            {
                case RuleCondition.Fire:
                    return _settings.ZonesMeaning(ZoneMeaning.Fire);
                case RuleCondition.Supervisory:
                    return _settings.ZonesMeaning(ZoneMeaning.Supervisory);
                case RuleCondition.PreAlarm:
                    ZoneSet dependent = 0;
                    for (int g = 0; g < _settings.GroupCount; g++)
                    {
                        dependent |= _settings.GroupNeed[g] > 1 ? _settings.GroupZones[g] : 0;
                    }

                    return dependent;
                default:
                    return ZoneSet.All;
            }
        }

        private bool Excludes(int a, int b)
        {
            if (_rules.Kind[a] != _rules.Kind[b])
            {
                return false;
            }

            RuleCondition kind = _rules.Kind[a];
            if (_rules.Not[a] != _rules.Not[b])
            {
                // "any of few" and "none of more" exclude each other, as do equal modes, times and flags.
                int yes = _rules.Not[a] ? b : a;
                int no = _rules.Not[a] ? a : b;
                bool zones = kind < RuleCondition.InMode && _rules.Need[no] == 1 && _rules.WithinS[no] == 0;
                return zones
                    ? (_rules.Mask[yes] & ~_rules.Mask[no]) == 0
                    : kind >= RuleCondition.InMode && _rules.Mask[a] == _rules.Mask[b];
            }

            if (kind == RuleCondition.InMode)
            {
                Mode both = (Mode)(_rules.Mask[a] | _rules.Mask[b]);
                return both == (Mode.Day | Mode.Night);
            }

            if (_rules.Not[a])
            {
                return false;
            }

            return kind == RuleCondition.OnDay
                ? (_rules.Mask[a] & _rules.Mask[b]) == 0
                : kind == RuleCondition.AtTime && !Overlap(_rules.Mask[a], _rules.Mask[b]);
        }

        private static bool Overlap(int a, int b)
        {
            return LocalTime.Inside(a & 0xFFFF, b & 0xFFFF, b >> 16) || LocalTime.Inside(b & 0xFFFF, a & 0xFFFF, a >> 16);
        }

        private bool SetAbove(int rule, int flag)
        {
            for (int r = 0; r < rule; r++)
            {
                if (SetBy(r, flag))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>True when some rule above sets the flag under conditions that this rule's do not exclude.</summary>
        private bool SetBeside(int rule, int flag)
        {
            for (int r = 0; r < rule; r++)
            {
                if (SetBy(r, flag) && !ExcludesAny(r, rule))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>True when some rule above sets the flag under conditions that this rule's all imply.</summary>
        private bool SetWherever(int rule, int flag)
        {
            for (int r = 0; r < rule; r++)
            {
                bool implied = SetBy(r, flag);
                for (int a = _rules.ConditionStart[r]; a < _rules.ConditionStart[r + 1] && implied; a++)
                {
                    implied = !OtherDays(a, r, rule) && ImpliedBy(rule, a);
                }

                if (implied)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>True when one of the rule's conditions is the same or asks for more of the same zones.</summary>
        private bool ImpliedBy(int rule, int a)
        {
            for (int b = _rules.ConditionStart[rule]; b < _rules.ConditionStart[rule + 1]; b++)
            {
                bool narrower = _rules.Kind[a] == _rules.Kind[b] && _rules.Kind[a] < RuleCondition.InMode
                    && !_rules.Not[a] && !_rules.Not[b] && _rules.WithinS[a] == 0 && _rules.WithinS[b] == 0
                    && (_rules.Mask[b] & ~_rules.Mask[a]) == 0 && _rules.Need[b] >= _rules.Need[a];
                if (narrower || Same(a, b))
                {
                    return true;
                }
            }

            return false;
        }

        private bool ExcludesAny(int r, int other)
        {
            for (int a = _rules.ConditionStart[r]; a < _rules.ConditionStart[r + 1]; a++)
            {
                for (int b = _rules.ConditionStart[other]; b < _rules.ConditionStart[other + 1]; b++)
                {
                    if (!OtherDays(a, r, other) && Excludes(a, b))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        /// <summary>True for a day that two rules mean differently, since only one of them has that window over midnight.</summary>
        private bool OtherDays(int a, int r, int other)
        {
            return _rules.Kind[a] == RuleCondition.OnDay && _rules.NightEnds(r) != _rules.NightEnds(other);
        }

        private bool SetBy(int r, int flag)
        {
            for (int a = _rules.ActionStart[r]; a < _rules.ActionStart[r + 1]; a++)
            {
                if (_rules.Action[a] == RuleAction.SetFlag && Bits.Of(_rules.Argument[a]) == flag)
                {
                    return true;
                }
            }

            return false;
        }

        private bool SameConditions(int r, int other)
        {
            int count = _rules.ConditionStart[r + 1] - _rules.ConditionStart[r];
            if (_rules.ConditionStart[other + 1] - _rules.ConditionStart[other] != count)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                bool found = false;
                for (int k = 0; k < count && !found; k++)
                {
                    found = Same(_rules.ConditionStart[r] + i, _rules.ConditionStart[other] + k);
                }

                if (!found)
                {
                    return false;
                }
            }

            return true;
        }

        private bool Same(int a, int b)
        {
            return _rules.Kind[a] == _rules.Kind[b]
                && _rules.Not[a] == _rules.Not[b]
                && _rules.Mask[a] == _rules.Mask[b]
                && _rules.Need[a] == _rules.Need[b]
                && _rules.WithinS[a] == _rules.WithinS[b];
        }

        /// <summary>Two actions on one output under the same conditions say the same or contradict each other.</summary>
        private string TwoActions(int r, int other, out string allowed)
        {
            allowed = "相同条件下每个输出一次\neach output once under the same conditions";
            for (int a = _rules.ActionStart[r]; a < _rules.ActionStart[r + 1]; a++)
            {
                for (int b = _rules.ActionStart[other]; b < _rules.ActionStart[other + 1]; b++)
                {
                    bool outputs = _rules.Action[a] <= RuleAction.Pulse && _rules.Action[b] <= RuleAction.Pulse;
                    if (a != b && outputs && _rules.Output[a] == _rules.Output[b])
                    {
                        string output = OutputRoles.Names()[(int)_rules.Output[a]];
                        string first = _rules.Number[other].ToString();
                        string second = _rules.Number[r].ToString();
                        return output + " 写了两次：规则 " + first + " 和 " + second + " 条件相同，互相矛盾或重复\n" + output + " twice, in rules "
                            + first + " and " + second + " under the same conditions: a contradiction or a repeat";
                    }
                }
            }

            return null;
        }
    }
}
