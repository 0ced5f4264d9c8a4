// Owns: which rules hold, which began to, and what they ask of the outputs.
// Must never: read a clock or an input; everything comes in as conditions and a time.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>
    /// A pure step over the tables: conditions and now in, outputs and events out. Rules are taken in their order; a rule may ask only for
    /// flags of rules before it, so one pass is enough.
    /// </summary>
    public sealed partial class RuleEngine
    {
        /// <summary>Conditions that share a byte, two views each.</summary>
        private const int WithinPerByte = 4;
        private const int SetsFlag = 1 << 30;
        private const int ActsOnce = 1 << 29;

        /// <summary>Roles that a rule can hold, and those of them that rest in a drill.</summary>
        private const int Relays = 0xF << OutputRole.Relay1;
        private const int Holdable = Relays | 1 << OutputRole.Strobe;

        private readonly RuleTable _rules;
        private readonly Settings _settings;
        
        /// <summary>Whether a rule holds, and for what: see <see cref="RuleView"/>; 0 = it does not.</summary>
        private readonly byte[] _holds = new byte[Limits.RulesMax];
        private readonly byte[] _wanted = new byte[OutputRole.Count];
        private readonly long[] _pulseEndMs = new long[OutputRole.Count];
        private readonly byte[] _wantedBy = new byte[OutputRole.Count];
        private readonly byte[] _timedBy = new byte[OutputRole.Count];
        private readonly byte[] _within = new byte[Limits.RuleConditionsMax / WithinPerByte];
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
        private readonly byte[] _follows = new byte[OutputRole.Count];
        private readonly byte[] _followsBy = new byte[OutputRole.Count];
        private readonly int[] _seen = new int[Conditions.ZoneConditions];
        private int _seenModes;
        private int _seenMinute;
        private int _seenWeekday;
        private int _seenConfirmed;
        private readonly int[] _real = new int[Conditions.ZoneConditions];
        private readonly int[] _drill = new int[Conditions.ZoneConditions];
        private readonly HeldOutputs _heldOutputs;
        private readonly RulesBefore _before;
        private int _seenDrilled;
        private int _flags;
        private int _drillFlags;
        private int _held;
        private int _pulsing;
        private int _drillHeld;
        private int _drillPulsing;
        private bool _evaluated;
        private bool _reset;

        public RuleEngine(Settings settings)
        {
            _settings = settings;
            _rules = settings.Rules;
            _tests = new RuleTests(_rules);
            for (int a = 0; a < _rules.ActionStart[_rules.Count]; a++)
            {
                int role = _rules.Output[a];
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
            _heldOutputs = new HeldOutputs(settings, _holds, _reports);
            _before = new RulesBefore(_rules, _holds);
        }

        /// <summary>Rules that hold, for what a restart must not repeat.</summary>
        public RulesBefore Before
        {
            get { return _before; }
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

        /// <summary>A reset: ends pulses, and at the next step those held outputs whose condition is gone.</summary>
        public void Reset()
        {
            _reset = true;
            _pulsing = 0;
            _before.Forget();
            EndDrill();
        }

        /// <summary>Ends what the zones of a drill have brought about; what is real stays.</summary>
        public void EndDrill()
        {
            _drillHeld = 0;
            _drillPulsing = 0;
        }

        /// <summary>A rule that still holds, when all held outputs have one, so that a reset would release nothing; else -1.</summary>
        public int HoldsAll
        {
            get { return _heldOutputs.HoldsAll(_held); }
        }

        /// <summary>Says that an output stays held, and why.</summary>
        public void SayHeld(int r, Conditions conditions, PanelEvents events, long nowMs)
        {
            _heldOutputs.SayHeld(r, _held, conditions, events, nowMs);
        }

        /// <summary>Outputs held on by rules, as bits of roles, for the journal.</summary>
        public int Held
        {
            get { return _held; }
            set { _held = value & Holdable; }
        }

        /// <param name="drilled">Zones of a drill: rules look at them by themselves, and at all others as if there were no drill.</param>
        public void Step(Conditions conditions, ZoneStages stages, int drilled, PanelEvents events, long nowMs)
        {
            // What holds in the first step of a start with a fire holds because of what was restored.
            int found = !_evaluated && conditions.Zones[Conditions.Fire] != 0 ? RuleView.Found : 0;
            bool differs = Differs(conditions, stages);
            if (differs || drilled != _seenDrilled)
            {
                _seenDrilled = drilled;
                Evaluate(conditions, stages, drilled, found, nowMs);
            }
            else
            {
                SoundBegan = false;
            }

            if (_reset)
            {
                _reset = false;
                _held = _heldOutputs.Judge(_held, conditions, stages, events, nowMs);
            }

            _reports.Step(conditions, drilled, stages.Chattering, events, nowMs);

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

        private void Evaluate(Conditions conditions, ZoneStages stages, int drilled, int found, long nowMs)
        {
            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every rule.
            byte[] held = _holds;
            bool[] nots = _rules.Not;
            byte[] inTime = _tests.InTime;
            byte[] how = _tests.How;
            byte[] tests = _tests.List;
            int[] masks = _rules.Mask;
            byte[] testEnds = _tests.Ends;
            int[] steady = _steady;
            int[] zones = drilled == 0 ? conditions.Zones : RealOf(conditions, drilled);
            int count = _rules.Count;
            System.Array.Clear(_follows, 0, OutputRole.Count);
            System.Array.Clear(_followsBy, 0, OutputRole.Count);
            SoundBegan = false;
            _flags = 0;
            _drillFlags = 0;
            _satisfied = ActsOnce;
            bool awaits = _before.Awaits;
            int t = 0;
            for (int r = 0; r < count; r++)
            {
                int end = testEnds[r];
                bool holds = (inTime[r] & RuleView.Real) != 0;
                while (t < end && holds)
                {
                    int c = tests[t];
                    int kind = how[c];
                    bool met = kind < RuleTests.Slow ? (zones[kind] & masks[c]) != 0 : Holds(c, zones, RuleView.Real, stages, nowMs);
                    holds = met != nots[c];
                    t++;
                }

                int now = holds ? RuleView.Real : 0;
                if (!holds && drilled != 0 && HoldsInDrill(r, conditions, drilled, stages, nowMs))
                {
                    now = RuleView.Drill;
                }

                t = end;
                if (now == 0)
                {
                    if (held[r] != 0)
                    {
                        held[r] = 0;
                        _before.Moved = true;
                        _before.Changed |= (steady[r] & ActsOnce) != 0;
                    }

                    continue;
                }

                bool began = held[r] != now;
                bool goesOn = awaits && began && _before.WasBefore(r);
                held[r] = (byte)now;
                int does = steady[r];
                if (now == RuleView.Drill || (does & ~_satisfied) != 0 || (began && (does & ActsOnce) != 0))
                {
                    Act(r, began, goesOn, now, nowMs);
                }

                if (began)
                {
                    _before.Moved = true;
                    _reports.Note(r, now | (goesOn ? RuleView.Found : found));
                }
            }
        }

        private int[] RealOf(Conditions conditions, int drilled)
        {
            for (int i = 0; i < Conditions.ZoneConditions; i++)
            {
                _real[i] = conditions.Zones[i] & ~drilled;
            }

            return _real;
        }

        /// <summary>
        /// True when a rule holds for zones of a drill alone. What must not hold is asked of all zones, so that a drill brings nothing
        /// about that a real condition forbids.
        /// </summary>
        private bool HoldsInDrill(int r, Conditions conditions, int drilled, ZoneStages stages, long nowMs)
        {
            bool holds = (_tests.InTime[r] & RuleView.Drill) != 0;
            for (int t = r == 0 ? 0 : _tests.Ends[r - 1]; t < _tests.Ends[r] && holds; t++)
            {
                int c = _tests.List[t];
                bool not = _rules.Not[c];
                int kind = _rules.Kind[c];
                int[] zones = conditions.Zones;
                if (kind < Conditions.ZoneConditions && !not)
                {
                    zones = _drill;
                    zones[kind] = conditions.Zones[kind] & drilled;
                }

                holds = Holds(c, zones, RuleView.Drill, stages, nowMs) != not;
            }

            return holds;
        }

        /// <summary>A condition that is more than "one of these zones".</summary>
        private bool Holds(int c, int[] zones, int view, ZoneStages stages, long nowMs)
        {
            int mask = _rules.Mask[c];
            int kind = _rules.Kind[c];
            if (kind == RuleCondition.HasFlag)
            {
                return ((view == RuleView.Real ? _flags : _flags | _drillFlags) & mask) != 0;
            }

            mask &= zones[kind];
            return _rules.WithinS[c] > 0 ? Within(c, mask, view, stages, nowMs) : AtLeast(mask, _rules.Need[c]);
        }

        /// <summary>
        /// True once enough of the zones came within the window of each other, and from then on while so many are in the condition.
        /// </summary>
        private bool Within(int c, int zones, int view, ZoneStages stages, long nowMs)
        {
            int need = _rules.Need[c];
            int at = c / WithinPerByte;
            int bits = view << (c % WithinPerByte * 2);
            if (!AtLeast(zones, need))
            {
                _within[at] &= (byte)~bits;
                return false;
            }

            if ((_within[at] & bits) == 0)
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

                _within[at] |= (byte)(recent >= need ? bits : 0);
            }

            return (_within[at] & bits) != 0;
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
    }
}
