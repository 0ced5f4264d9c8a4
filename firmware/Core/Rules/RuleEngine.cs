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
        private int _seenModes;
        private int _seenMinute;
        private int _seenWeekday;
        private int _seenConfirmed;
        private readonly HeldOutputs _heldOutputs;
        private readonly RulesBefore _before;
        private int _seenDrilled;
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
            int a = 0;
            for (int r = 0; r < _rules.Count; r++)
            {
                int end = _rules.ActionStart[r + 1];
                int does = 0;
                for (; a < end; a++)
                {
                    int role = _rules.Output[a];
                    int action = _rules.Action[a];
                    if (action == RuleAction.Follow)
                    {
                        byte pattern = _rules.Argument[a];
                        bool better = pattern != _best[role] && Pattern.Rank(pattern) > Pattern.Rank(_best[role]);
                        _best[role] = better ? pattern : _best[role];
                        does |= 1 << role;
                        does |= role == OutputRole.Siren || role == OutputRole.Buzzer ? ActsOnce : 0;
                    }
                    else
                    {
                        does |= action == RuleAction.SetFlag ? SetsFlag : 0;
                        does |= action == RuleAction.Hold || action == RuleAction.Pulse ? ActsOnce : 0;
                    }
                }

                _steady[r] = does;
            }

            Verdicts = new FireVerdicts(_rules, _holds);
            _reports = new RuleReports(_rules);
            _heldOutputs = new HeldOutputs(settings, _holds);
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
            _drillPulsing = 0;
            _before.Forget();
            _tests.AwaitNothing();
        }

        /// <summary>Ends what the zones of a drill have brought about; what is real stays.</summary>
        public void EndDrill()
        {
            _drillHeld = 0;
            _drillPulsing = 0;
        }

        /// <summary>
        /// A rule that still holds, when all held outputs have one, so that a reset would release nothing; else -1. It is said which.
        /// </summary>
        public int HoldsAll(Conditions conditions, ZoneStages stages, PanelEvents events, long nowMs)
        {
            int standing = HeldOutputs.Standing(conditions, stages, _seenDrilled);
            int rule = _drillHeld != 0 ? -1 : _heldOutputs.HoldsAll(_held, standing);
            if (rule >= 0)
            {
                _heldOutputs.SayHeld(rule, _held, standing, conditions, events, nowMs);
            }

            return rule;
        }

        /// <summary>True while rules hold outputs on, in a drill too.</summary>
        public bool Holding
        {
            get { return (_held | _drillHeld) != 0; }
        }

        /// <summary>Outputs held on by rules, as bits of roles, for the journal.</summary>
        public int Held
        {
            get { return _held; }
            set { _held = value & Holdable; }
        }

        /// <summary>
        /// Looks which rules of before the last start are still to come, see <see cref="RulesBefore.Look"/>. True while there are such.
        /// </summary>
        public bool LookBack(int active, bool clockKnown)
        {
            _before.Look(active, clockKnown);
            if (!_before.Awaits)
            {
                _tests.AwaitNothing();
            }

            return _before.Awaits;
        }

        /// <summary>Goes on after a restart: a rule that held had its zones within their time of each other.</summary>
        public void Restore(int low, int high)
        {
            _before.Restore(low, high);
            for (int r = 0; r < _rules.Count; r++)
            {
                if (_before.Before(r))
                {
                    _tests.Await(r);
                }
            }
        }

        /// <param name="drilled">Zones of a drill: rules look at them by themselves, and at all others as if there were no drill.</param>
        public void Step(Conditions conditions, ZoneStages stages, int drilled, PanelEvents events, long nowMs)
        {
            // What holds in the first step of a start with a fire holds because of what was restored.
            int found = !_evaluated && conditions.Zones[Conditions.Fire] != 0 ? RuleView.Found : 0;
            SoundBegan = false;
            bool others = Differs(conditions, stages, drilled);
            if (_tests.Look(conditions, drilled, stages, nowMs) || others)
            {
                Evaluate(found, nowMs);
            }

            if (_reset)
            {
                _reset = false;
                int standing = HeldOutputs.Standing(conditions, stages, drilled);
                _held = _heldOutputs.Judge(_held, standing, conditions, stages, events, nowMs);
                _drillHeld = _heldOutputs.StayInDrill(_drillHeld);
            }

            _reports.Step(conditions, drilled, stages.Chattering, events, nowMs);

            AddHeld(nowMs);
        }

        /// <summary>
        /// Notes what changed since the last step; rules hold or not by these alone. True when rules must be gone over whatever the tests
        /// of zones say.
        /// </summary>
        private bool Differs(Conditions conditions, ZoneStages stages, int drilled)
        {
            int[] now = conditions.Zones;
            int[] moved = _tests.Moved;
            bool times = !_evaluated || conditions.Minute != _seenMinute || conditions.Weekday != _seenWeekday;
            bool modes = !_evaluated || conditions.Modes != _seenModes;
            bool all = !_evaluated || drilled != _seenDrilled || ((conditions.Modes ^ _seenModes) & Mode.Drill) != 0;

            // A zone that is confirmed anew may be in no other condition than before, and still count for a window.
            int every = all ? -1 : stages.ConfirmedZones ^ _seenConfirmed;
            for (int i = 0; i < Conditions.ZoneConditions; i++)
            {
                moved[i] = (now[i] ^ moved[i]) | every;
            }

            _seenModes = conditions.Modes;
            _seenMinute = conditions.Minute;
            _seenWeekday = conditions.Weekday;
            _seenConfirmed = stages.ConfirmedZones;
            _seenDrilled = drilled;
            _evaluated = true;
            if (modes || times)
            {
                all |= _tests.LookAtTime(conditions, modes, times);
            }

            return all;
        }

        private void Evaluate(int found, long nowMs)
        {
            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every rule.
            byte[] held = _holds;
            byte[] tests = _tests.List;
            byte[] ends = _rules.ConditionStart;
            byte[] met = _tests.Met;
            int[] steady = _steady;
            int count = _rules.Count;
            System.Array.Clear(_follows, 0, OutputRole.Count);
            System.Array.Clear(_followsBy, 0, OutputRole.Count);
            _tests.ClearFlags();
            _satisfied = ActsOnce;
            bool awaits = _before.Awaits;
            int all = (_seenModes & Mode.Drill) != 0 ? RuleView.Real | RuleView.Drill : RuleView.Real;
            byte[] unreported = _reports.Unreported;
            bool moved = false;
            int ended = 0;
            int c = 0;
            for (int r = 0; r < count; r++)
            {
                int end = ends[r + 1];
                int views = all;
                for (; c < end; c++)
                {
                    views &= met[tests[c]];
                }

                int now = (views & RuleView.Real) != 0 ? RuleView.Real : views;
                int does = steady[r];
                if (held[r] == now)
                {
                    if (now != 0 && (does & ~_satisfied) != 0)
                    {
                        Act(r, false, false, now, nowMs);
                    }

                    continue;
                }

                held[r] = (byte)now;
                moved = true;
                if (now == 0)
                {
                    ended |= does;
                    continue;
                }

                bool goesOn = awaits && _before.WasBefore(r);
                unreported[r] = (byte)(goesOn ? now | RuleView.Found : now | found);
                if ((does & (~_satisfied | ActsOnce)) != 0)
                {
                    Act(r, true, goesOn, now, nowMs);
                }
            }

            _before.Moved |= moved;
            _before.Changed |= (ended & ActsOnce) != 0;
            _reports.Waiting |= moved;
        }
    }
}
