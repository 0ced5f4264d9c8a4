// Owns: what rules that hold do to outputs and flags, and what is held or pulsed beside them.
// Must never: work a relay for a drill where the settings let it rest.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>The part of the engine that acts.</summary>
    public sealed partial class RuleEngine
    {
        private void Act(int r, bool began, bool goesOn, int view, long nowMs)
        {
            bool real = view == RuleView.Real;
            int resting = real || _settings.DrillLinkage ? 0 : Relays;
            bool fresh = began && !goesOn;
            RuleTable rules = _rules;
            byte[] actions = rules.Action;
            byte[] outputs = rules.Output;
            int end = rules.ActionStart[r + 1];
            for (int a = rules.ActionStart[r]; a < end; a++)
            {
                int role = outputs[a];
                int bit = 1 << role;
                int action = actions[a];
                if (action <= RuleAction.Pulse && (resting & bit) != 0)
                {
                    continue;
                }

                switch (action)
                {
                    case RuleAction.Follow:
                        Follow(r, role, _rules.Argument[a]);
                        SoundBegan |= fresh && (role == OutputRole.Siren || role == OutputRole.Buzzer);
                        break;
                    case RuleAction.Hold:
                        if (began)
                        {
                            _held |= real ? bit : 0;
                            _drillHeld |= real ? 0 : bit;
                            _timedBy[role] = rules.Number[r];
                        }

                        break;
                    case RuleAction.Pulse:
                        if (fresh)
                        {
                            Pulse(role, bit, real, nowMs + rules.Seconds[a] * 1000L);
                            _timedBy[role] = rules.Number[r];
                        }

                        _before.Changed |= began;

                        break;
                    case RuleAction.SetFlag:
                        _tests.SetFlag(_rules.Argument[a], real ? RuleView.Real | RuleView.Drill : RuleView.Drill);
                        break;
                    default:
                        break;
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
            for (int role = 0; role < OutputRole.Count; role++)
            {
                int wanted = _follows[role];
                int by = _followsBy[role];
                int bit = 1 << role;
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
