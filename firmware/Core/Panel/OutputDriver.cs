// Owns: what each output does right now: off, on, or a pattern of 100 ms slots.
// Must never: decide why; and it writes a pin only when it changes.

namespace Gateway.Core
{
    /// <summary>Drives the outputs of the settings.</summary>
    public sealed class OutputDriver
    {
        private readonly BoardPort _board;
        private readonly Settings _settings;
        private readonly byte[] _pattern = new byte[OutputRole.Count];
        private int _levels;
        private bool _started;
        private bool _moving;
        private bool _changed;
        private long _slotEndsMs;
        private int _slot;

        public OutputDriver(BoardPort board, Settings settings)
        {
            _board = board;
            _settings = settings;
        }

        /// <summary>Sets what an output is to do; nothing is written before <see cref="Drive"/>.</summary>
        public void Set(int role, int pattern)
        {
            if (_pattern[role] != pattern)
            {
                _pattern[role] = (byte)pattern;
                _changed = true;
            }
        }

        /// <summary>The pattern that an output has now.</summary>
        public int PatternOf(int role)
        {
            return _pattern[role];
        }

        /// <summary>Whether an output is on at this moment.</summary>
        public bool IsOn(int role)
        {
            return (_levels & (1 << role)) != 0;
        }

        /// <summary>Writes what has changed. Without a change or a running pattern this is two comparisons.</summary>
        public void Drive(long nowMs)
        {
            if (!_changed && (!_moving || nowMs < _slotEndsMs))
            {
                return;
            }

            if (_changed || !_started)
            {
                // A changed pattern begins with its first slot, so that a sound is heard in the same tick.
                _slot = 0;
                _slotEndsMs = nowMs + Limits.PatternSlotMs;
            }
            else
            {
                _slot = (_slot + 1) % Pattern.RoundSlots;
                _slotEndsMs = nowMs + Limits.PatternSlotMs;
            }

            int levels = _levels;
            _moving = false;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                int pattern = _pattern[role];
                _moving |= Pattern.Moves(pattern);
                bool on = Pattern.IsOn(pattern, _slot);
                if (on != ((levels & (1 << role)) != 0) || !_started)
                {
                    levels ^= on == ((levels & (1 << role)) != 0) ? 0 : 1 << role;
                    if (_settings.OutputOf[role] >= 0)
                    {
                        _board.WriteOutput(_settings.OutputOf[role], on != ((_settings.OutputsInverted & (1 << role)) != 0));
                    }
                }
            }

            _levels = levels;
            _started = true;
            _changed = false;
        }
    }
}
