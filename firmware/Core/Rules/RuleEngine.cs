// Owns: which rules hold, which began to, and what they ask of the outputs.
// Must never: read a clock or an input; everything comes in as conditions and a time.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A pure step over the tables: conditions and now in, outputs and events out. Rules are taken in their order; a rule may ask only for
    /// flags of rules before it, so one pass is enough.
    /// </summary>
    public sealed class RuleEngine
    {
        private const int SetsFlag = 1 << 30;
        private const int ActsOnce = 1 << 29;

        private readonly RuleTable _rules;
        private readonly Settings _settings;
        private readonly bool[] _holds = new bool[Limits.RulesMax];
        private readonly byte[] _wanted = new byte[OutputRole.Count];
        private readonly long[] _pulseEndMs = new long[OutputRole.Count];
        private readonly byte[] _wantedBy = new byte[OutputRole.Count];
        private readonly byte[] _timedBy = new byte[OutputRole.Count];
        private readonly bool[] _within = new bool[Limits.RuleConditionsMax];
        private readonly RuleTests _tests;
        private readonly RuleReports _reports;

        /// <summary>
        /// What a rule does as long as it holds: roles that follow it, and whether it sets a flag; and whether it does something as it
        /// begins.
        /// </summary>
        private readonly int[] _steady = new int[Limits.RulesMax];

        /// <summary>The pattern of the highest rank that any rule asks of an output; beyond it nothing more can be asked.</summary>
        private readonly byte[] _best = new byte[OutputRole.Count];
        private int _satisfied;
        private readonly int _holdRoles;
        private readonly byte[] _follows = new byte[OutputRole.Count];
        private readonly byte[] _followsBy = new byte[OutputRole.Count];
        private readonly int[] _seen = new int[Conditions.ZoneConditions];
        private int _seenModes;
        private int _seenMinute;
        private int _seenWeekday;
        private int _seenConfirmed;
        private int _flags;
        private int _held;
        private int _pulsing;
        private bool _evaluated;

        public RuleEngine(Settings settings)
        {
            _settings = settings;
            _rules = settings.Rules;
            _tests = new RuleTests(_rules);
            for (int a = 0; a < _rules.ActionStart[_rules.Count]; a++)
            {
                int role = _rules.Output[a];
                _holdRoles |= _rules.Action[a] == RuleAction.Hold ? 1 << role : 0;
                bool better = _rules.Action[a] == RuleAction.Follow && Pattern.Rank(_rules.Argument[a]) > Pattern.Rank(_best[role]);
                _best[role] = better ? _rules.Argument[a] : _best[role];
            }

            for (int r = 0; r < _rules.Count; r++)
            {
                for (int a = _rules.ActionStart[r]; a < _rules.ActionStart[r + 1]; a++)
                {
                    _steady[r] |=
                        _rules.Action[a] == RuleAction.Follow ? 1 << _rules.Output[a]
                        : _rules.Action[a] == RuleAction.SetFlag ? SetsFlag
                        : 0;
                    bool sounds = _rules.Output[a] == OutputRole.Siren || _rules.Output[a] == OutputRole.Buzzer;
                    bool once = _rules.Action[a] == RuleAction.Hold || _rules.Action[a] == RuleAction.Pulse;
                    _steady[r] |= once || (sounds && _rules.Action[a] == RuleAction.Follow) ? ActsOnce : 0;
                }
            }

            Verdicts = new FireVerdicts(_rules, _holds);
            _reports = new RuleReports(_rules);
        }

        /// <summary>When rules must be looked at without a change: a pulse's or a window's end; far away without one.</summary>
        public long DueMs { get; private set; } = long.MaxValue;

        /// <summary>What the rules ask of an output: a pattern, 0 = nothing.</summary>
        public int Wanted(int role)
        {
            return _wanted[role];
        }

        /// <summary>Number of the rule that asks for it; 0 = no rule, or one before the last restart.</summary>
        public int WantedBy(int role)
        {
            return _wantedBy[role];
        }

        /// <summary>Which rules decided on new fires.</summary>
        public FireVerdicts Verdicts { get; }

        /// <summary>True when in the last step a rule began to hold that makes a sounder speak.</summary>
        public bool SoundBegan;

        /// <summary>Ends held outputs and pulses, at a reset.</summary>
        public void Reset()
        {
            _held = 0;
            _pulsing = 0;
        }

        /// <summary>Outputs held on by rules, as bits of roles, for the journal.</summary>
        public int Held
        {
            get { return _held; }
            set { _held = value & _holdRoles; }
        }

        public void Step(Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            if (Differs(conditions, stages))
            {
                Evaluate(conditions, stages, nowMs);
            }
            else
            {
                SoundBegan = false;
            }

            _reports.Step(conditions, stages.Chattering, events, nowMs);

            AddHeld(nowMs);
        }

        /// <summary>True when a condition changed since the last step; rules hold or not by these alone.</summary>
        private bool Differs(Conditions conditions, ZoneStages stages)
        {
            int[] now = conditions.Zones;
            int[] seen = _seen;
            int times =
                (conditions.Modes ^ _seenModes) | (conditions.Minute ^ _seenMinute) | (conditions.Weekday ^ _seenWeekday);
            int rest = stages.ConfirmedZones ^ _seenConfirmed;
            for (int i = 0; i < Conditions.ZoneConditions; i++)
            {
                rest |= now[i] ^ seen[i];
                seen[i] = now[i];
            }

            _seenModes = conditions.Modes;
            _seenMinute = conditions.Minute;
            _seenWeekday = conditions.Weekday;
            _seenConfirmed = stages.ConfirmedZones;
            bool first = !_evaluated;
            _evaluated = true;
            if (first || times != 0)
            {
                _tests.LookAtTime(conditions);
            }

            return first || (times | rest) != 0;
        }

        private void Evaluate(Conditions conditions, ZoneStages stages, long nowMs)
        {
            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every rule.
            bool[] held = _holds;
            bool[] nots = _rules.Not;
            bool[] inTime = _tests.InTime;
            byte[] how = _tests.How;
            byte[] tests = _tests.List;
            int[] masks = _rules.Mask;
            byte[] testEnds = _tests.Ends;
            int[] steady = _steady;
            int[] zones = conditions.Zones;
            int count = _rules.Count;
            System.Array.Clear(_follows, 0, OutputRole.Count);
            System.Array.Clear(_followsBy, 0, OutputRole.Count);
            SoundBegan = false;
            _flags = 0;
            _satisfied = ActsOnce;
            int t = 0;
            for (int r = 0; r < count; r++)
            {
                int end = testEnds[r];
                bool holds = inTime[r];
                while (t < end && holds)
                {
                    int c = tests[t];
                    int kind = how[c];
                    holds = (kind < RuleTests.Slow ? (zones[kind] & masks[c]) != 0 : Holds(c, conditions, stages, nowMs)) != nots[c];
                    t++;
                }

                t = end;

                if (!holds)
                {
                    held[r] = false;
                    continue;
                }

                bool began = !held[r];
                held[r] = true;
                int does = steady[r];
                if ((does & ~_satisfied) != 0 || (began && (does & ActsOnce) != 0))
                {
                    Act(r, began, nowMs);
                }

                if (began)
                {
                    _reports.Note(r);
                }
            }
        }

        /// <summary>A condition that is more than "one of these zones".</summary>
        private bool Holds(int c, Conditions conditions, ZoneStages stages, long nowMs)
        {
            int mask = _rules.Mask[c];
            int kind = _rules.Kind[c];
            if (kind == RuleCondition.HasFlag)
            {
                return (_flags & mask) != 0;
            }

            mask &= conditions.Zones[kind];
            return _rules.WithinS[c] > 0 ? Within(c, mask, stages, nowMs) : AtLeast(mask, _rules.Need[c]);
        }

        /// <summary>
        /// True once enough of the zones came within the window of each other, and from then on while so many are in the condition.
        /// </summary>
        private bool Within(int c, int zones, ZoneStages stages, long nowMs)
        {
            int need = _rules.Need[c];
            if (!AtLeast(zones, need))
            {
                _within[c] = false;
                return false;
            }

            if (!_within[c])
            {
                int recent = 0;
                long oldest = nowMs - _rules.WithinS[c] * 1000L;
                for (int i = 0; zones != 0 && recent < need; i++)
                {
                    int bit = 1 << i;
                    if ((zones & bit) != 0)
                    {
                        zones &= ~bit;
                        recent += stages.LastConfirmedMs(i) >= oldest ? 1 : 0;
                    }
                }

                _within[c] = recent >= need;
            }

            return _within[c];
        }

        private static bool AtLeast(int bits, int need)
        {
            while (bits != 0 && need > 0)
            {
                bits &= bits - 1;
                need--;
            }

            return need == 0;
        }

        private void Act(int r, bool began, long nowMs)
        {
            int end = _rules.ActionStart[r + 1];
            for (int a = _rules.ActionStart[r]; a < end; a++)
            {
                int role = _rules.Output[a];
                switch (_rules.Action[a])
                {
                    case RuleAction.Follow:
                        Follow(r, role, _rules.Argument[a]);
                        SoundBegan |= began && (role == OutputRole.Siren || role == OutputRole.Buzzer);
                        break;
                    case RuleAction.Hold:
                        _held |= began ? 1 << role : 0;
                        _timedBy[role] = began ? _rules.Number[r] : _timedBy[role];
                        break;
                    case RuleAction.Pulse:
                        if (began)
                        {
                            _pulsing |= 1 << role;
                            _pulseEndMs[role] = nowMs + _rules.Seconds[a] * 1000L;
                            _timedBy[role] = _rules.Number[r];
                        }

                        break;
                    case RuleAction.SetFlag:
                        _flags |= 1 << _rules.Argument[a];
                        break;
                    default:
                        break;
                }
            }
        }

        private void Follow(int r, int role, int pattern)
        {
            if (pattern != _follows[role] && Pattern.Rank(pattern) > Pattern.Rank(_follows[role]))
            {
                _follows[role] = (byte)pattern;
                _followsBy[role] = _rules.Number[r];
                _satisfied |= pattern == _best[role] ? 1 << role : 0;
            }
        }

        /// <summary>What is wanted of each output: what the rules that hold ask for, and over it what is held or pulsed.</summary>
        private void AddHeld(long nowMs)
        {
            DueMs = _reports.Waiting > 0 ? nowMs : long.MaxValue;
            int timed = _held | _pulsing;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                int wanted = _follows[role];
                int by = _followsBy[role];
                int bit = 1 << role;
                if ((timed & bit) != 0)
                {
                    bool pulse = (_pulsing & bit) != 0 && nowMs < _pulseEndMs[role];
                    if (!pulse)
                    {
                        _pulsing &= ~bit;
                    }
                    else if (_pulseEndMs[role] < DueMs)
                    {
                        DueMs = _pulseEndMs[role];
                    }

                    if ((pulse || (_held & bit) != 0) && Pattern.Rank(Pattern.On) > Pattern.Rank(wanted))
                    {
                        wanted = Pattern.On;
                        by = _timedBy[role];
                    }
                }

                _wanted[role] = (byte)wanted;
                _wantedBy[role] = (byte)by;
            }
        }
    }
}
