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
        private const int SetsFlag = 1 << 15;
        private const int Began = 1 << 14;
        private const int ActsOnce = 1 << 13;
        private const int Says = 1 << 12;
        private const RuleView Both = RuleView.Real | RuleView.Drill;
        private const int Sounds = 1 << (int)OutputRole.Siren | 1 << (int)OutputRole.Buzzer;

        /// <summary>Roles that rules may ask for come first; those that one can hold, and those of them that rest in a drill.</summary>
        private const int Roles = (int)OutputRole.Buzzer + 1;

        // What is kept of each role: first the pattern that is wanted of it; then the rule that wants it, the rule that holds or pulses
        // it, the pattern that rules make it follow and which of them does, and the pattern of the highest rank that any rule asks of it:
        // beyond that one nothing more can be asked.
        private const int WantedByAt = Roles;
        private const int TimedByAt = 2 * Roles;
        private const int FollowsAt = 3 * Roles;
        private const int FollowsByAt = 4 * Roles;
        private const int BestAt = 5 * Roles;
        private const int OfRole = 6;
        private const int Relays = 0xF << (int)OutputRole.Relay1;
        private const int Holdable = Relays | 1 << (int)OutputRole.Strobe;

        private readonly RuleTable _rules;
        private readonly Settings _settings;
        
        /// <summary>Whether a rule holds, and for what: see <see cref="RuleView"/>; 0 = it does not.</summary>
        private readonly byte[] _holds;

        /// <summary>By role, one kind of number behind the other, see <see cref="WantedByAt"/>.</summary>
        private readonly byte[] _of = new byte[OfRole * Roles];
        private readonly long[] _pulseEndMs = new long[Roles];
        private readonly RuleTests _tests;
        private readonly RuleReports _reports;

        /// <summary>
        /// What a rule does as long as it holds: roles that follow it, and whether it sets a flag; whether its beginning and end matter to
        /// a restart; and whether it does something once.
        /// </summary>
        private readonly ushort[] _steady;

        /// <summary>What rules can still bring about in this pass: roles that follow, and a flag.</summary>
        private int _open;
        private Mode _seenModes;
        private int _seenMinute;
        private int _seenWeekday;
        private ZoneSet _seenConfirmed;
        private readonly HeldOutputs _heldOutputs;
        private readonly RulesBefore _before;
        private ZoneSet _seenDrilled;
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
            _holds = new byte[_rules.Count];
            _steady = new ushort[_rules.Count];
            _tests = new RuleTests(_rules);
            int a = 0;
            for (int r = 0; r < _rules.Count; r++)
            {
                int end = _rules.ActionStart[r + 1];
                int does = Says;
                for (; a < end; a++)
                {
                    OutputRole role = _rules.Output[a];
                    RuleAction action = _rules.Action[a];
                    if (action == RuleAction.Follow)
                    {
                        Pattern pattern = (Pattern)_rules.Argument[a];
                        Pattern best = (Pattern)_of[BestAt + (int)role];
                        bool better = pattern != best && Patterns.Rank(pattern) > Patterns.Rank(best);
                        _of[BestAt + (int)role] = (byte)(better ? pattern : best);
                        does |= Bits.Of((int)role);
                        does |= Bits.Has(Sounds, (int)role) ? Began : 0;
                    }
                    else
                    {
                        does |= action == RuleAction.SetFlag ? SetsFlag : 0;
                        does |= action == RuleAction.Hold || action == RuleAction.Pulse ? Began | ActsOnce : 0;
                    }
                }

                _steady[r] = (ushort)does;
            }

            Verdicts = new FireVerdicts(_rules, _holds, settings.Places);
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
        public Pattern Wanted(OutputRole role)
        {
            return (int)role < Roles ? (Pattern)_of[(int)role] : Pattern.Off;
        }

        /// <summary>Number of the rule that asks for it; 0 = no rule, or one before the last restart.</summary>
        public int WantedBy(OutputRole role)
        {
            return _of[WantedByAt + (int)role];
        }

        /// <summary>Which rules decided on new fires.</summary>
        public FireVerdicts Verdicts { get; }

        /// <summary>True when in the last step a rule began to hold that makes a sounder speak.</summary>
        public bool SoundBegan;

        /// <summary>True while rules that began have not done yet what they do once.</summary>
        public bool Acting { get; private set; }

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
            ZoneSet standing = HeldOutputs.Standing(conditions, stages, _seenDrilled);
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
        public bool LookBack(ZoneSet active, bool clockKnown)
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

        /// <summary>True where there are so many rules that to go over them is work enough for one tick.</summary>
        public bool Many
        {
            get { return _rules.Count > Limits.RulesBeside; }
        }

        /// <summary>One step. True when the rules were gone over.</summary>
        /// <param name="drilled">Zones of a drill: rules look at them by themselves, and at all others as if there were no drill.</param>
        public bool Step(Conditions conditions, ZoneStages stages, ZoneSet drilled, PanelEvents events, long nowMs)
        {
            // What holds in the first step of a start with a fire holds because of what was restored.
            RuleView found = !_evaluated && conditions.Zones[Conditions.Fire] != 0 ? RuleView.Found : 0;
            SoundBegan = false;
            bool others = Differs(conditions, stages, drilled);
            bool goneOver = _tests.Look(conditions, drilled, stages, nowMs) || others;
            if (goneOver)
            {
                Evaluate(found, Many ? Limits.RuleActsBeside : Limits.RuleActsPerStep, nowMs);
            }
            else if (Acting)
            {
                ActOnce(Limits.RuleActsPerStep, nowMs);
            }

            if (_reset)
            {
                _reset = false;
                ZoneSet standing = HeldOutputs.Standing(conditions, stages, drilled);
                _held = _heldOutputs.Judge(_held, standing, conditions, stages, events, nowMs);
                _drillHeld = _heldOutputs.StayInDrill(_drillHeld);
            }

            _reports.Step(conditions, drilled, stages.Chattering, events, nowMs);
            AddHeld(nowMs);
            return goneOver;
        }

        /// <summary>
        /// Notes what changed since the last step; rules hold or not by these alone. True when rules must be gone over whatever the tests
        /// of zones say.
        /// </summary>
        private bool Differs(Conditions conditions, ZoneStages stages, ZoneSet drilled)
        {
            ZoneSet[] now = conditions.Zones;
            ZoneSet[] moved = _tests.Moved;
            bool times = !_evaluated || conditions.Minute != _seenMinute || conditions.Weekday != _seenWeekday;
            bool modes = !_evaluated || conditions.Modes != _seenModes;
            bool all = !_evaluated || drilled != _seenDrilled || ((conditions.Modes ^ _seenModes) & Mode.Drill) != 0;

            // A zone that is confirmed anew may be in no other condition than before, and still count for a window.
            ZoneSet some = all ? ZoneSet.All : ZoneSet.None;
            ZoneSet every = all ? ZoneSet.All : stages.ConfirmedZones ^ _seenConfirmed;
            for (int i = 0; i < Conditions.ZoneConditions; i++)
            {
                moved[i] = (now[i] ^ moved[i]) | (i == Conditions.Fault || i >= Conditions.Disabled ? some : every);
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

        /// <param name="most">Rules that may do at once what they do once, behind those that have it still to do.</param>
        private void Evaluate(RuleView found, int most, long nowMs)
        {
            bool acting = Acting;
            int acts = acting ? 0 : most;

            // Locals instead of fields: on the device a field costs half an empty loop pass, and this runs for every rule.
            byte[] held = _holds;
            ushort[] pairs = _tests.Pairs;
            byte[] tests = _tests.List;
            byte[] ends = _rules.ConditionStart;
            byte[] met = _tests.Met;
            ushort[] steady = _steady;
            int count = _rules.Count;
            System.Array.Clear(_of, FollowsAt, BestAt - FollowsAt);
            _tests.ClearFlags();
            int open = ~(Began | ActsOnce | Says);
            _open = open;
            bool awaits = _before.Awaits;
            int all = (int)((_seenModes & Mode.Drill) != 0 ? Both : RuleView.Real);
            byte[] news = _reports.News;
            int changed = 0;
            int first = -1;
            int last = 0;
            for (int r = 0; r < count; r++)
            {
                int now = all;
                int pair = pairs[r];
                if (pair != RuleTests.Many)
                {
                    now &= met[pair & 0xFF] & met[pair >> 8];
                }
                else
                {
                    for (int c = ends[r]; c < ends[r + 1]; c++)
                    {
                        now &= met[tests[c]];
                    }
                }

                if (now == (int)Both)
                {
                    now = (int)RuleView.Real;
                }

                if (held[r] == now)
                {
                    if (now != 0 && (steady[r] & open) != 0)
                    {
                        Show(r, (RuleView)now);
                        open = _open;
                    }

                    continue;
                }

                held[r] = (byte)now;
                int does = steady[r];
                changed |= does;
                if (now == 0)
                {
                    continue;
                }

                last = r;
                if (first < 0)
                {
                    first = r;
                }

                RuleView state = (RuleView)now | found;
                if (awaits && _before.WasBefore(r))
                {
                    state |= RuleView.Found | RuleView.GoesOn;
                }
                else if ((does & Sounds) != 0)
                {
                    SoundBegan = true;
                }

                if ((does & ActsOnce) != 0)
                {
                    acts--;
                    if (acts >= 0)
                    {
                        ActOnce(r, state, nowMs);
                    }
                    else
                    {
                        state |= RuleView.ToAct;
                    }
                }

                news[r] = (byte)state;
                if ((does & open) != 0)
                {
                    Show(r, (RuleView)now);
                    open = _open;
                }
            }

            if (changed != 0)
            {
                _before.Moved = true;
                _before.Changed |= (changed & Began) != 0;
                _reports.Note(first, last);
                Acting |= acts < 0;
            }

            if (acting)
            {
                ActOnce(most, nowMs);
            }
        }
    }
}
