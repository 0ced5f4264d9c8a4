// Owns: what rules that hold do to outputs and flags, and what is held or pulsed beside them.
// Must never: work a relay for a drill where the settings let it rest.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the engine that acts.</summary>
    public sealed partial class RuleEngine
    {
        /// <summary>What a rule does as long as it holds.</summary>
        private void Show(int r, int view)
        {
            RuleTable rules = _rules;
            bool real = view == RuleView.Real;
            int resting = real || _settings.DrillLinkage ? 0 : Relays;
            int end = rules.ActionStart[r + 1];
            for (int a = rules.ActionStart[r]; a < end; a++)
            {
                int action = rules.Action[a];
                if (action == RuleAction.SetFlag)
                {
                    _tests.SetFlag(rules.Argument[a], real ? RuleView.Real | RuleView.Drill : RuleView.Drill);
                }
                else if (action == RuleAction.Follow && (resting & (1 << rules.Output[a])) == 0)
                {
                    Follow(r, rules.Output[a], rules.Argument[a]);
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
                int state = news[r];
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

        private void ActOnce(int r, int state, long nowMs)
        {
            RuleTable rules = _rules;
            bool real = (state & RuleView.Real) != 0;
            bool fresh = (state & RuleView.GoesOn) == 0;
            int resting = real || _settings.DrillLinkage ? 0 : Relays;
            int end = rules.ActionStart[r + 1];
            for (int a = rules.ActionStart[r]; a < end; a++)
            {
                int action = rules.Action[a];
                int role = rules.Output[a];
                int bit = 1 << role;
                bool pulses = action == RuleAction.Pulse && fresh;
                if ((resting & bit) != 0 || !(pulses || action == RuleAction.Hold))
                {
                    continue;
                }

                _timedBy[role] = rules.Number[r];
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

        private void Pulse(int role, int bit, bool real, long endMs)
        {
            bool runs = ((_pulsing | _drillPulsing) & bit) != 0;
            _pulseEndMs[role] = runs && _pulseEndMs[role] > endMs ? _pulseEndMs[role] : endMs;
            _pulsing |= real ? bit : 0;
            _drillPulsing |= real ? 0 : bit;
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
            DueMs = _reports.Waiting ? nowMs : long.MaxValue;
            int held = _held | _drillHeld;
            int timed = held | _pulsing | _drillPulsing;
            for (int role = 0; role < Roles; role++)
            {
                int bit = 1 << role;
                int wanted = _follows[role];
                if ((wanted | _wanted[role] | (timed & bit)) == 0)
                {
                    continue;
                }

                int by = _followsBy[role];
                if ((timed & bit) != 0)
                {
                    bool pulse = ((_pulsing | _drillPulsing) & bit) != 0 && nowMs < _pulseEndMs[role];
                    if (!pulse)
                    {
                        _pulsing &= ~bit;
                        _drillPulsing &= ~bit;
                    }
                    else if (_pulseEndMs[role] < DueMs)
                    {
                        DueMs = _pulseEndMs[role];
                    }

                    if ((pulse || (held & bit) != 0) && Pattern.Rank(Pattern.On) > Pattern.Rank(wanted))
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
