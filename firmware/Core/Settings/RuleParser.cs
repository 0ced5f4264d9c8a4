// Owns: turning a "rule" line into rows of the rule table.
// Must never: leave a half-read rule in the table; the settings are refused whole.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// rule N if CONDITION [and CONDITION]... then ACTION [ACTION]...
    /// Conditions: fire|prealarm|active|fault|supervisory|disabled|test : any|zN|gN|KIND [:COUNT] [/SECONDSs], mode:NAME,
    /// time:hh:mm-hh:mm, day:1-5, flag:fN; '!' before a condition turns it round.
    /// Actions: OUTPUT:on|flash or a sound while it holds, OUTPUT:hold until reset, OUTPUT:pulse5s, message:N, severity:GRADE, set:fN,
    /// event.
    /// </summary>
    public sealed partial class RuleParser
    {
        private readonly SettingsLine _line;
        private readonly Settings _settings;
        private readonly RuleTable _rules;
        private string _why;
        private int _conditions;
        private int _actions;

        public RuleParser(SettingsLine line, Settings settings)
        {
            _line = line;
            _settings = settings;
            _rules = settings.Rules;
        }

        /// <summary>Reads one rule line.</summary>
        public void Read()
        {
            if (_line.RefusePairs())
            {
                _line.Lost = true;
                return;
            }

            int number = _line.Number1(SettingKey.Rule);
            if (number < 0)
            {
                return;
            }

            for (int r = 0; r < _rules.Count; r++)
            {
                if (_rules.Number[r] == number)
                {
                    string which = "rule " + number.ToString();
                    string found = which + " 写了两次\n" + which + " a second time";
                    _line.RefuseLine(SettingsReason.Repeated, found, "每条规则一次\neach rule once");
                    return;
                }
            }

            if (_rules.Count == Limits.RulesMax)
            {
                string most = Limits.RulesMax.ToString();
                _line.RefuseLine(SettingsReason.TooMany, "规则太多\none more rule", "最多 " + most + " 条规则\nat most " + most + " rules");
                return;
            }

            int rule = _rules.Count;
            _rules.Number[rule] = (byte)number;
            _rules.Severity[rule] = Severity.None;
            if (ReadConditions() && ReadActions(rule))
            {
                _rules.Count++;
                _rules.ConditionStart[_rules.Count] = (byte)_conditions;
                _rules.ActionStart[_rules.Count] = (byte)_actions;
            }
        }

        private bool ReadConditions()
        {
            string word = _line.Next();
            if (word != "if")
            {
                _line.RefuseWord("编号后写 if\nif after the rule's number");
                return false;
            }

            while (true)
            {
                word = _line.Next();
                if (_conditions == Limits.RuleConditionsMax)
                {
                    string most = Limits.RuleConditionsMax.ToString();
                    _line.RefuseWord("全文最多 " + most + " 个条件\nat most " + most + " conditions in all");
                    return false;
                }

                _why = RuleWords.ConditionsAllowed;
                if (word == null || !ReadCondition(word, _conditions))
                {
                    _line.RefuseWord(_why);
                    return false;
                }

                _conditions++;
                word = _line.Next();
                if (word == "then")
                {
                    return true;
                }

                if (word != "and")
                {
                    _line.RefuseWord("and 或 then\nand, or then");
                    return false;
                }
            }
        }

        private bool ReadCondition(string word, int c)
        {
            _rules.Not[c] = word[0] == '!';
            string text = _rules.Not[c] ? word.Substring(1) : word;
            int colon = text.IndexOf(':');
            if (colon <= 0)
            {
                return false;
            }

            string name = text.Substring(0, colon);
            string argument = text.Substring(colon + 1);
            _rules.Need[c] = 1;
            _rules.WithinS[c] = 0;
            int kind = name == GasWord ? Conditions.Fire : SettingsLine.IndexOf(Conditions.Names(), name);
            if (kind >= 0)
            {
                _rules.Kind[c] = (RuleCondition)kind;
                return ReadSelector(argument, c) && (kind != Conditions.Fire || Narrow(c, name == GasWord));
            }

            switch (name)
            {
                case "mode":
                    _why = RuleWords.AfterMode;
                    int mode = SettingsLine.IndexOf(Modes.Names(), argument);
                    _rules.Kind[c] = RuleCondition.InMode;
                    _rules.Mask[c] = Bits.Of(mode);
                    return mode >= 0;
                case "time":
                    _why = RuleWords.AfterTime;
                    int from = argument.Length == 11 && argument[5] == '-' ? VillageSection.ParseTime(argument.Substring(0, 5)) : -1;
                    int to = from < 0 ? -1 : VillageSection.ParseTime(argument.Substring(6));
                    _rules.Kind[c] = RuleCondition.AtTime;
                    _rules.Mask[c] = from | (to << 16);
                    return to >= 0 && from != to;
                case "day":
                    _why = RuleWords.AfterDay;
                    _rules.Kind[c] = RuleCondition.OnDay;
                    _rules.Mask[c] = VillageSection.ParseDays(argument);
                    return _rules.Mask[c] != 0;
                case "flag":
                    _why = RuleWords.AfterFlag;
                    int flag = Flag(argument);
                    _rules.Kind[c] = RuleCondition.HasFlag;
                    _rules.Mask[c] = Bits.Of(flag);
                    return flag >= 0;
                default:
                    _why = RuleWords.Condition(_line, name);
                    return false;
            }
        }

        /// <summary>any, zN, gN or a kind; then :COUNT and /SECONDSs.</summary>
        private bool ReadSelector(string text, int c)
        {
            int slash = text.IndexOf('/');
            if (slash >= 0)
            {
                int seconds = Seconds(text.Substring(slash + 1));
                RuleCondition kind = _rules.Kind[c];
                if (seconds < 1 || kind == RuleCondition.Fault || kind == RuleCondition.Disabled || kind == RuleCondition.Test)
                {
                    _why = "fire、gas、prealarm、active、supervisory 后的 /1s../3600s\n/1s../3600s behind fire, prealarm, active or supervisory";
                    return false;
                }

                _rules.WithinS[c] = (short)seconds;
                text = text.Substring(0, slash);
            }

            int colon = text.IndexOf(':');
            if (colon >= 0)
            {
                int need;
                if (!SettingsLine.ParseInt(text.Substring(colon + 1), out need) || need < 1 || need > Limits.ZonesMax)
                {
                    string counts = "1.." + Limits.ZonesMax.ToString();
                    _why = "第二个冒号后的个数 " + counts + "\na count " + counts + " behind the second colon";
                    return false;
                }

                _rules.Need[c] = (byte)need;
                text = text.Substring(0, colon);
            }

            _rules.Mask[c] = (int)Zones(text);
            if (_rules.Mask[c] == 0)
            {
                if (RuleWords.MayBeMissing(_line, text))
                {
                    return true;
                }

                _why = RuleWords.Selector(_line, text);
            }

            return _rules.Mask[c] != 0;
        }

        private ZoneSet Zones(string selector)
        {
            ZoneSet all = _settings.ZoneCount == Limits.ZonesMax ? ZoneSet.All : (ZoneSet)((1 << _settings.ZoneCount) - 1);
            if (selector == "any")
            {
                return all;
            }

            int number;
            if (selector.Length > 1 && SettingsLine.ParseInt(selector.Substring(1), out number))
            {
                if (selector[0] == 'z')
                {
                    int zone = _settings.IndexOf(number);
                    return zone < 0 ? 0 : Bits.Zone(zone);
                }

                for (int g = 0; selector[0] == 'g' && g < _settings.GroupCount; g++)
                {
                    if (_settings.GroupNumber[g] == number)
                    {
                        return _settings.GroupZones[g];
                    }
                }
            }

            ZoneKind kind = ZoneKinds.Parse(selector);
            ZoneSet zones = 0;
            for (int i = 0; i < _settings.ZoneCount; i++)
            {
                zones |= _settings.ZoneKind[i] == kind ? Bits.Zone(i) : 0;
            }

            return zones;
        }

        private bool ReadActions(int rule)
        {
            int before = _actions;
            string word = _line.Next();
            bool any = false;
            while (word != null)
            {
                if (_actions == Limits.RuleActionsMax)
                {
                    string most = Limits.RuleActionsMax.ToString();
                    _line.RefuseWord("全文最多 " + most + " 个动作\nat most " + most + " actions in all");
                    return false;
                }

                _why = RuleWords.ActionsAllowed;
                if (!ReadAction(word, rule))
                {
                    _line.RefuseWord(_why);
                    return false;
                }

                any = true;
                word = _line.Next();
            }

            if (!any || before == _actions)
            {
                _line.RefuseLine(SettingsReason.Missing, "规则没有动作\na rule that does nothing", RuleWords.ActionsAllowed);
                return false;
            }

            return true;
        }

        private bool ReadAction(string word, int rule)
        {
            int colon = word.IndexOf(':');
            string name = colon < 0 ? word : word.Substring(0, colon);
            string argument = colon < 0 ? "" : word.Substring(colon + 1);
            int a = _actions;
            int number;
            switch (name)
            {
                case "severity":
                    Severity severity = Severities.Parse(argument);
                    bool first = _rules.Severity[rule] == Severity.None;
                    _rules.Severity[rule] = severity;
                    _why = first ? RuleWords.AfterSeverity : "每条规则一个等级\none severity a rule";
                    return first && severity > Severity.None && severity <= Severity.Major;
                case "event":
                    _rules.Action[a] = RuleAction.Event;
                    _actions++;
                    return colon < 0;
                case "message":
                    bool good = SettingsLine.ParseInt(argument, out number) && number >= 1 && number <= Limits.RuleMessageMax;
                    _why = RuleWords.AfterMessage;
                    _rules.Action[a] = RuleAction.Message;
                    _rules.Argument[a] = (byte)number;
                    _actions++;
                    return good;
                case "set":
                    int flag = Flag(argument);
                    _why = RuleWords.AfterFlag;
                    _rules.Action[a] = RuleAction.SetFlag;
                    _rules.Argument[a] = (byte)flag;
                    _actions++;
                    return flag >= 0;
                default:
                    return ReadOutput(name, argument, a);
            }
        }

        private bool ReadOutput(string name, string argument, int a)
        {
            int found = SettingsLine.IndexOf(OutputRoles.Names(), name);
            if (found < 0 || found > (int)OutputRole.Buzzer)
            {
                // Lamps show conditions and nothing else.
                _why = found < 0 ? RuleWords.Action(_line, name) : _why;
                return false;
            }

            OutputRole role = (OutputRole)found;
            _why = role == OutputRole.Siren || role == OutputRole.Buzzer ? RuleWords.AfterSounder : RuleWords.AfterOutput;
            _rules.Output[a] = role;
            _actions++;
            if (argument == "hold")
            {
                _rules.Action[a] = RuleAction.Hold;
            }
            else if (argument.Length > 5 && argument.Substring(0, 5) == "pulse")
            {
                int seconds = Seconds(argument.Substring(5));
                _rules.Action[a] = RuleAction.Pulse;
                _rules.Seconds[a] = (short)seconds;
                _rules.RolesUsed |= Bits.Of((int)role);
                return seconds > 0 && role != OutputRole.Siren && role != OutputRole.Buzzer;
            }
            else
            {
                int pattern = SettingsLine.IndexOf(Patterns.Names(), argument);
                _rules.Action[a] = RuleAction.Follow;
                _rules.Argument[a] = (byte)pattern;
                _rules.RolesUsed |= Bits.Of((int)role);
                return pattern > (int)Pattern.Off && Speaks(role, (Pattern)pattern);
            }

            _rules.RolesUsed |= Bits.Of((int)role);
            return role != OutputRole.Siren && role != OutputRole.Buzzer;
        }

        /// <summary>Sounders have sounds, all other outputs on and flash. The sounds of fire and drill are not a rule's to give.</summary>
        private static bool Speaks(OutputRole role, Pattern pattern)
        {
            bool sounder = role == OutputRole.Siren || role == OutputRole.Buzzer;
            bool sound = pattern == Pattern.Fault || pattern == Pattern.DutyCheck || pattern == Pattern.PreAlarm;
            return sounder ? sound : pattern == Pattern.On || pattern == Pattern.Flash;
        }

        /// <summary>60s; 0 when it is none.</summary>
        private static int Seconds(string text)
        {
            int seconds;
            bool good =
                text.Length > 1 && text[text.Length - 1] == 's' && SettingsLine.ParseInt(text.Substring(0, text.Length - 1), out seconds);
            if (!good)
            {
                return 0;
            }

            SettingsLine.ParseInt(text.Substring(0, text.Length - 1), out seconds);
            return seconds >= 1 && seconds <= Limits.RuleSecondsMax ? seconds : 0;
        }

        private static int Flag(string text)
        {
            int number;
            bool good = text.Length > 1 && text[0] == 'f' && SettingsLine.ParseInt(text.Substring(1), out number)
                && number >= 1 && number <= Limits.RuleFlagsMax;
            if (!good)
            {
                return -1;
            }

            SettingsLine.ParseInt(text.Substring(1), out number);
            return number - 1;
        }
    }
}
