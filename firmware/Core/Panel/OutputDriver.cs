// Owns: what each output does right now: off, on, or a pattern of 100 ms slots.
// Must never: decide why; and it writes a pin only when it changes.

namespace Gateway.Core
{
    /// <summary>Drives the outputs of the settings.</summary>
    public sealed class OutputDriver
    {
        private readonly BoardPort _board;
        private readonly Settings _settings;
        private const int PatternMask = 0xF;
        private const int FirstSlotShift = 4;
        private const int Fresh = 1 << 10;

        /// <summary>Of each output its pattern, the slot that is the first one of it, and whether it is still in that one.</summary>
        private readonly short[] _pattern = new short[OutputRole.Count];
        private int _levels;
        private bool _changed;

        /// <summary>Far away while nothing moves.</summary>
        private long _slotEndsMs;

        /// <summary>-1 before the first.</summary>
        private int _slot = -1;

        public OutputDriver(BoardPort board, Settings settings)
        {
            _board = board;
            _settings = settings;
        }

        /// <summary>Sets what an output is to do; nothing is written before <see cref="Drive"/>.</summary>
        public void Set(int role, int pattern)
        {
            if (PatternOf(role) != pattern)
            {
                _pattern[role] = (short)(pattern | Fresh);
                _changed = true;
            }
        }

        /// <summary>The pattern that an output has now.</summary>
        public int PatternOf(int role)
        {
            return _pattern[role] & PatternMask;
        }

        /// <summary>Whether an output is on at this moment.</summary>
        public bool IsOn(int role)
        {
            return (_levels & (1 << role)) != 0;
        }

        /// <summary>Writes what has changed. Without a change or a running pattern this is two comparisons.</summary>
        public void Drive(long nowMs)
        {
            if (!_changed && nowMs < _slotEndsMs)
            {
                return;
            }

            bool starts = _slot < 0;
            bool next = nowMs >= _slotEndsMs || _slotEndsMs == long.MaxValue;
            if (next)
            {
                _slot = NextSlot();
            }

            int levels = _levels;
            bool moving = false;
            for (int role = 0; role < OutputRole.Count; role++)
            {
                int pattern = PatternOf(role);
                moving |= Pattern.Moves(pattern);
                bool on = Pattern.IsOn(pattern, SlotOf(role, next));
                if (on != ((levels & (1 << role)) != 0) || starts)
                {
                    levels ^= on == ((levels & (1 << role)) != 0) ? 0 : 1 << role;
                    if (_settings.OutputOf[role] >= 0)
                    {
                        _board.WriteOutput(_settings.OutputOf[role], on != ((_settings.OutputsInverted & (1 << role)) != 0));
                    }
                }
            }

            _levels = levels;
            _changed = false;
            _slotEndsMs = !moving ? long.MaxValue
                : next ? nowMs + Limits.PatternSlotMs
                : _slotEndsMs;
        }

        /// <summary>
        /// A changed pattern begins with its first slot, so that a sound is heard in the same tick, and has it whole. Every other one goes
        /// on: a drill that began anew with each change beside it would sound without a pause, which is a fire.
        /// </summary>
        private int SlotOf(int role, bool next)
        {
            int kept = _pattern[role];
            if ((kept & Fresh) == 0)
            {
                return (_slot + Pattern.RoundSlots - (kept >> FirstSlotShift)) % Pattern.RoundSlots;
            }

            int first = next ? _slot : NextSlot();
            _pattern[role] = (short)((kept & PatternMask) | (first << FirstSlotShift) | (next ? 0 : Fresh));
            return 0;
        }

        private int NextSlot()
        {
            return (_slot + 1) % Pattern.RoundSlots;
        }
    }
}
