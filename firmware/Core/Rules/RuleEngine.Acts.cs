// Owns: what rules that hold do to outputs and flags, and what is held or pulsed beside them.
// Must never: work a relay for a drill where the settings let it rest.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the engine that acts.</summary>
    public sealed partial class RuleEngine
    {
        /// <summary>What a rule does as long as it holds.</summary>
        private void Show(int r, RuleView view)
        {
            RuleTable rules = _rules;
            bool real = view == RuleView.Real;
            int resting = real || _settings.DrillLinkage ? 0 : Relays;
            int end = rules.ActionStart[r + 1];
            for (int a = rules.ActionStart[r]; a < end; a++)
            {
                RuleAction action = rules.Action[a];
                if (action == RuleAction.SetFlag)
                {
                    _tests.SetFlag(rules.Argument[a], real ? RuleView.Real | RuleView.Drill : RuleView.Drill);
                }
                else if (action == RuleAction.Follow && (resting & (1 << (int)rules.Output[a])) == 0)
                {
                    Follow(r, rules.Output[a], (Pattern)rules.Argument[a]);
                }
            }
        }

        /// <summary>
        /// Rules that began do what they do once, so many a step, in their order. After a reset what ended meanwhile does nothing any more.
        /// </summary>
        private void ActOnce(int most, long nowMs)
        {
            byte[] news = _reports.News;
            int end = _reports.To;
            int left = most;
            int r = _reports.From;
            for (; r < end && left > 0; r++)
            {
                RuleView state = (RuleView)news[r];
                if ((state & RuleView.ToAct) == 0)
                {
                    continue;
                }

                left--;
                news[r] = (byte)(state & ~RuleView.ToAct);
                if (_holds[r] != 0 || ((state & RuleView.Real) != 0 && !_reset))
                {
                    ActOnce(r, state, nowMs);
                }
            }

            Acting = r < end;
        }

        private void ActOnce(int r, RuleView state, long nowMs)
        {
            RuleTable rules = _rules;
            bool real = (state & RuleView.Real) != 0;
            bool fresh = (state & RuleView.GoesOn) == 0;
            int resting = real || _settings.DrillLinkage ? 0 : Relays;
            int end = rules.ActionStart[r + 1];
            for (int a = rules.ActionStart[r]; a < end; a++)
            {
                RuleAction action = rules.Action[a];
                OutputRole role = rules.Output[a];
                int bit = 1 << (int)role;
                bool pulses = action == RuleAction.Pulse && fresh;
                if ((resting & bit) != 0 || !(pulses || action == RuleAction.Hold))
                {
                    continue;
                }

                _of[TimedByAt + (int)role] = rules.Number[r];
                if (pulses)
                {
                    Pulse(role, bit, real, nowMs + rules.Seconds[a] * 1000L);
                }
                else if (real)
                {
                    _held |= bit;
                }
                else
                {
                    _drillHeld |= bit;
                }
            }
        }

        private void Pulse(OutputRole role, int bit, bool real, long endMs)
        {
            bool runs = ((_pulsing | _drillPulsing) & bit) != 0;
            _pulseEndMs[(int)role] = runs && _pulseEndMs[(int)role] > endMs ? _pulseEndMs[(int)role] : endMs;
            _pulsing |= real ? bit : 0;
            _drillPulsing |= real ? 0 : bit;
        }

        private void Follow(int r, OutputRole role, Pattern pattern)
        {
            Pattern follows = (Pattern)_of[FollowsAt + (int)role];
            if (pattern != follows && Patterns.Rank(pattern) > Patterns.Rank(follows))
            {
                _of[FollowsAt + (int)role] = (byte)pattern;
                _of[FollowsByAt + (int)role] = _rules.Number[r];
                _open &= (int)pattern == _of[BestAt + (int)role] ? ~(1 << (int)role) : -1;
            }
        }

        /// <summary>What is wanted of each output: what the rules that hold ask for, and over it what is held or pulsed.</summary>
        private void AddHeld(long nowMs)
        {
            // Locals instead of fields, as where the rules are gone over.
            long due = _reports.Waiting ? nowMs : long.MaxValue;
            int held = _held | _drillHeld;
            int pulsing = _pulsing | _drillPulsing;
            int timed = held | pulsing;
            int on = Patterns.Rank(Pattern.On);
            byte[] of = _of;
            long[] ends = _pulseEndMs;
            for (int role = 0; role < Roles; role++)
            {
                int bit = 1 << role;
                int wanted = of[FollowsAt + role];
                if ((wanted | of[role] | (timed & bit)) == 0)
                {
                    continue;
                }

                int by = of[FollowsByAt + role];
                if ((timed & bit) != 0)
                {
                    bool pulse = (pulsing & bit) != 0;
                    if (pulse && nowMs >= ends[role])
                    {
                        pulse = false;
                        _pulsing &= ~bit;
                        _drillPulsing &= ~bit;
                    }
                    else if (pulse && ends[role] < due)
                    {
                        due = ends[role];
                    }

                    if ((pulse || (held & bit) != 0) && on > Patterns.Rank((Pattern)wanted))
                    {
                        wanted = (int)Pattern.On;
                        by = of[TimedByAt + role];
                    }
                }

                of[role] = (byte)wanted;
                of[WantedByAt + role] = (byte)by;
            }

            DueMs = due;
        }
    }
}
