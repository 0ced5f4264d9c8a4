// Owns: the station's rules as flat tables of numbers.
// Must never: hold text; the parser has said everything that text can say.

namespace Gateway.Core
{
    /// <summary>
    /// Rules, their conditions and actions, packed. Rule r has conditions ConditionStart[r]..ConditionStart[r+1]-1, and so its actions.
    /// </summary>
    public sealed class RuleTable
    {
        // Rules.
        public int Count;
        public byte[] Number = new byte[Limits.RulesMax];
        public Contract.Severity[] Severity = new Contract.Severity[Limits.RulesMax];
        public byte[] ConditionStart = new byte[Limits.RulesMax + 1];
        public byte[] ActionStart = new byte[Limits.RulesMax + 1];

        // Conditions: what, whether it must not hold, the mask or the times, how many, within how long.
        public RuleCondition[] Kind = new RuleCondition[Limits.RuleConditionsMax];
        public bool[] Not = new bool[Limits.RuleConditionsMax];
        public int[] Mask = new int[Limits.RuleConditionsMax];
        public byte[] Need = new byte[Limits.RuleConditionsMax];
        public short[] WithinS = new short[Limits.RuleConditionsMax];

        // Actions: what, on which output, which pattern or number, for how long.
        public RuleAction[] Action = new RuleAction[Limits.RuleActionsMax];
        public OutputRole[] Output = new OutputRole[Limits.RuleActionsMax];
        public byte[] Argument = new byte[Limits.RuleActionsMax];
        public short[] Seconds = new short[Limits.RuleActionsMax];

        /// <summary>The text is read: gives back what it did not need of the tables.</summary>
        public void Fit()
        {
            int conditions = ConditionStart[Count];
            int actions = ActionStart[Count];
            Number = (byte[])Settings.Fitted(Number, new byte[Count]);
            Severity = (Contract.Severity[])Settings.Fitted(Severity, new Contract.Severity[Count]);
            ConditionStart = (byte[])Settings.Fitted(ConditionStart, new byte[Count + 1]);
            ActionStart = (byte[])Settings.Fitted(ActionStart, new byte[Count + 1]);
            Kind = (RuleCondition[])Settings.Fitted(Kind, new RuleCondition[conditions]);
            Not = (bool[])Settings.Fitted(Not, new bool[conditions]);
            Mask = (int[])Settings.Fitted(Mask, new int[conditions]);
            Need = (byte[])Settings.Fitted(Need, new byte[conditions]);
            WithinS = (short[])Settings.Fitted(WithinS, new short[conditions]);
            Action = (RuleAction[])Settings.Fitted(Action, new RuleAction[actions]);
            Output = (OutputRole[])Settings.Fitted(Output, new OutputRole[actions]);
            Argument = (byte[])Settings.Fitted(Argument, new byte[actions]);
            Seconds = (short[])Settings.Fitted(Seconds, new short[actions]);
        }

        /// <summary>
        /// Zones that a rule names in conditions that are to hold, and those of the rules above that set the flags which it asks for.
        /// </summary>
        /// <param name="of">Zones in each condition, of which only these are meant; null = all that are named.</param>
        /// <param name="timed">Whether any of these rules depends on the time.</param>
        public ZoneSet ZonesBehind(int r, ZoneSet[] of, out bool timed)
        {
            ZoneSet zones = 0;
            int flags = 0;
            timed = false;
            for (int q = r; q >= 0 && (q == r || flags != 0); q--)
            {
                if (q != r && !SetsAny(q, flags))
                {
                    continue;
                }

                for (int c = ConditionStart[q]; c < ConditionStart[q + 1]; c++)
                {
                    RuleCondition kind = Kind[c];
                    bool ofZones = kind < RuleCondition.InMode && !Not[c];
                    zones |= ofZones ? (ZoneSet)Mask[c] & (of == null ? ZoneSet.All : of[(int)kind]) : 0;
                    flags |= kind == RuleCondition.HasFlag && !Not[c] ? Mask[c] : 0;
                    timed |= kind == RuleCondition.AtTime || kind == RuleCondition.OnDay
                        || (kind == RuleCondition.InMode && ((Mode)Mask[c] & (Mode.Day | Mode.Night)) != 0);
                }
            }

            return zones;
        }

        private bool SetsAny(int r, int flags)
        {
            for (int a = ActionStart[r]; a < ActionStart[r + 1]; a++)
            {
                if (Action[a] == RuleAction.SetFlag && Bits.Has(flags, Argument[a]))
                {
                    return true;
                }
            }

            return false;
        }

        public bool Does(int r, RuleAction action, OutputRole role)
        {
            for (int a = ActionStart[r]; a < ActionStart[r + 1]; a++)
            {
                if (Action[a] == action && Output[a] == role)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>
        /// True when a rule about fire holds only at some times, and so never while local time is unknown. Night is also when nobody knows
        /// the time; day, hours and weekdays are not.
        /// </summary>
        public bool FireByTime(int r)
        {
            bool fire = false;
            bool time = false;
            for (int c = ConditionStart[r]; c < ConditionStart[r + 1]; c++)
            {
                RuleCondition kind = Kind[c];
                fire |= kind <= RuleCondition.PreAlarm && !Not[c];
                time |= kind == RuleCondition.AtTime || kind == RuleCondition.OnDay
                    || (kind == RuleCondition.InMode && (Mode)Mask[c] == (Not[c] ? Mode.Night : Mode.Day));
            }

            return fire && time;
        }

        /// <summary>Some rule asks for a fire, some for gas.</summary>
        public bool AboutFire;
        public bool AboutGas;

        /// <summary>Roles that some rule drives; their defaults do not apply, except for the fire sound.</summary>
        public int RolesUsed;

        /// <summary>
        /// Minute at which a rule's window over midnight ends; 0 = it has none. Until then the rule's days mean the day on which the window
        /// began.
        /// </summary>
        public int NightEnds(int rule)
        {
            for (int c = ConditionStart[rule]; c < ConditionStart[rule + 1]; c++)
            {
                if (Kind[c] == RuleCondition.AtTime && !Not[c] && (Mask[c] & 0xFFFF) > Mask[c] >> 16)
                {
                    return Mask[c] >> 16;
                }
            }

            return 0;
        }
    }

    /// <summary>What a rule asks for: zones in one of <see cref="Conditions"/>, by the same number, or something else.</summary>
    public enum RuleCondition : byte
    {
        Fire = Conditions.Fire,
        PreAlarm = Conditions.PreAlarm,
        Active = Conditions.Active,
        Fault = Conditions.Fault,
        Supervisory = Conditions.Supervisory,
        Disabled = Conditions.Disabled,
        Test = Conditions.Test,

        /// <summary>From here on they are of no zone.</summary>
        InMode = Conditions.ZoneConditions,
        AtTime = 8,
        OnDay = 9,
        HasFlag = 10,
    }

    /// <summary>Kinds of action.</summary>
    public enum RuleAction : byte
    {
        /// <summary>The output shows a pattern while the rule holds.</summary>
        Follow = 0,

        /// <summary>The output goes on when the rule begins to hold and stays on until reset.</summary>
        Hold = 1,

        /// <summary>The output goes on for some seconds when the rule begins to hold.</summary>
        Pulse = 2,

        /// <summary>An event with the number of a broadcast message, when the rule begins to hold.</summary>
        Message = 3,

        /// <summary>An event that names rule and zones, when the rule begins to hold.</summary>
        Event = 4,

        /// <summary>A flag that later rules can ask for, while the rule holds.</summary>
        SetFlag = 5,
    }
}
