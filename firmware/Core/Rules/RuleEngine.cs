// Owns: which rules hold, which began to, and what they ask of the outputs.
// Must never: read a clock or an input; everything comes in as conditions and a time.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A pure step over the tables: conditions and now in, outputs and events out. Rules are taken in their order; a rule may ask only for
    /// flags of rules before
    /// it, so one pass is enough.
    /// </summary>
    public sealed class RuleEngine
    {
        private readonly RuleTable _rules;
        private readonly Settings _settings;
        private readonly bool[] _holds = new bool[Limits.RulesMax];
        private readonly byte[] _wanted = new byte[OutputRole.Count];
        private readonly long[] _pulseEndMs = new long[OutputRole.Count];
        private int _held;
        private int _windowed;

        public RuleEngine(Settings settings)
        {
            _settings = settings;
            _rules = settings.Rules;
            for (int c = 0; c < _rules.ConditionStart[_rules.Count]; c++)
            {
                _windowed += _rules.WithinS[c] > 0 ? 1 : 0;
            }
        }

        /// <summary>When rules must be looked at without a change: a pulse's or a window's end; far away without one.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>What the rules ask of an output: a pattern, 0 = nothing.</summary>
        public int Wanted(int role)
        {
            return _wanted[role];
        }

        /// <summary>
        /// Rule number and severity that belong to a zone's new fire: the first rule that begins to hold and names the zone.
        /// </summary>
        public int DecidedBy(int zoneBit, out int severity)
        {
            severity = 0;
            int decided = 0;
            for (int r = 0; r < _rules.Count; r++)
            {
                if (!_holds[r] || (FireMask(r) & zoneBit) == 0)
                {
                    continue;
                }

                decided = decided == 0 ? _rules.Number[r] : decided;
                severity = _rules.Severity[r] > severity ? _rules.Severity[r] : severity;
            }

            return decided;
        }

        /// <summary>Ends held outputs and pulses, at a reset.</summary>
        public void Reset()
        {
            _held = 0;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                _pulseEndMs[role] = 0;
            }
        }

        /// <summary>Outputs held on by rules, as bits of roles, for the journal.</summary>
        public int Held
        {
            get { return _held; }
            set { _held = value; }
        }

        public void Step(Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            RuleTable rules = _rules;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                _wanted[role] = 0;
            }

            int flags = 0;
            for (int r = 0; r < rules.Count; r++)
            {
                bool holds = true;
                int end = rules.ConditionStart[r + 1];
                for (int c = rules.ConditionStart[r]; c < end && holds; c++)
                {
                    holds = Holds(c, conditions, stages, flags, nowMs) != rules.Not[c];
                }

                bool began = holds && !_holds[r];
                _holds[r] = holds;
                if (holds)
                {
                    flags |= Act(r, began, conditions, events, nowMs);
                }
            }

            AddHeld(nowMs);
        }

        private bool Holds(int c, Conditions conditions, ZoneStages stages, int flags, long nowMs)
        {
            int mask = _rules.Mask[c];
            int kind = _rules.Kind[c];
            switch (kind)
            {
                case RuleCondition.InMode:
                    return (conditions.Modes & mask) != 0;
                case RuleCondition.AtTime:
                    return LocalTime.Inside(conditions.Minute, mask & 0xFFFF, mask >> 16);
                case RuleCondition.OnDay:
                    return (conditions.Weekday & mask) != 0;
                case RuleCondition.HasFlag:
                    return (flags & mask) != 0;
                default:
                    return CountAtLeast(conditions.Zones[kind] & mask, _rules.Need[c], _rules.WithinS[c], stages, nowMs);
            }
        }

        /// <summary>
        /// True when enough of the zones are in the condition, and became active within the window of each other if there is one.
        /// </summary>
        private static bool CountAtLeast(int zones, int need, int withinS, ZoneStages stages, long nowMs)
        {
            if (need == 1 && withinS == 0)
            {
                return zones != 0;
            }

            int count = 0;
            long oldest = nowMs - withinS * 1000L;
            for (int i = 0; zones != 0 && i < Limits.ZonesMax; i++)
            {
                int bit = 1 << i;
                if ((zones & bit) != 0)
                {
                    zones &= ~bit;
                    if (withinS == 0 || stages.LastConfirmedMs(i) >= oldest)
                    {
                        count++;
                    }
                }
            }

            return count >= need;
        }

        private int Act(int r, bool began, Conditions conditions, PanelEvents events, long nowMs)
        {
            int flags = 0;
            int end = _rules.ActionStart[r + 1];
            for (int a = _rules.ActionStart[r]; a < end; a++)
            {
                int role = _rules.Output[a];
                switch (_rules.Action[a])
                {
                    case RuleAction.Follow:
                        if (Pattern.Rank(_rules.Argument[a]) > Pattern.Rank(_wanted[role]))
                        {
                            _wanted[role] = _rules.Argument[a];
                        }

                        break;
                    case RuleAction.Hold:
                        _held |= began ? 1 << role : 0;
                        break;
                    case RuleAction.Pulse:
                        if (began)
                        {
                            _pulseEndMs[role] = nowMs + _rules.Seconds[a] * 1000L;
                        }

                        break;
                    case RuleAction.SetFlag:
                        flags |= 1 << _rules.Argument[a];
                        break;
                    default:
                        if (began)
                        {
                            Report(r, a, conditions, events, nowMs);
                        }

                        break;
                }
            }

            return flags;
        }

        private void Report(int r, int a, Conditions conditions, PanelEvents events, long nowMs)
        {
            bool message = _rules.Action[a] == RuleAction.Message;
            int zones = ZonesOf(r, conditions);
            int first = First(zones);
            events.Begin(message ? EventKind.Linkage : EventKind.RuleFired, first, nowMs);
            events.Why(_rules.Number[r], First(zones & ~(1 << first)));
            events.Grade(_rules.Severity[r]);
            events.Details(_settings.NumberBits(zones), _rules.Argument[a]);
        }

        private void AddHeld(long nowMs)
        {
            DueMs = _windowed > 0 ? nowMs + 1000 : long.MaxValue;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                bool pulse = nowMs < _pulseEndMs[role];
                if (pulse && _pulseEndMs[role] < DueMs)
                {
                    DueMs = _pulseEndMs[role];
                }

                if ((pulse || (_held & (1 << role)) != 0) && _wanted[role] == 0)
                {
                    _wanted[role] = Pattern.On;
                }
            }
        }

        /// <summary>Zones that make a rule hold.</summary>
        private int ZonesOf(int r, Conditions conditions)
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

        private int FireMask(int r)
        {
            int mask = 0;
            for (int c = _rules.ConditionStart[r]; c < _rules.ConditionStart[r + 1]; c++)
            {
                if (_rules.Kind[c] == Conditions.Fire && !_rules.Not[c])
                {
                    mask |= _rules.Mask[c];
                }
            }

            return mask;
        }

        private static int First(int zones)
        {
            for (int i = 0; i < Limits.ZonesMax; i++)
            {
                if ((zones & (1 << i)) != 0)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
