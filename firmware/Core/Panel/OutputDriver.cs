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
        private const int AllRoles = (1 << OutputRoles.Count) - 1;

        /// <summary>Of each output its pattern, the slot that is the first one of it, and whether it is still in that one.</summary>
        private readonly short[] _pattern = new short[OutputRoles.Count];
        private int _levels;

        /// <summary>Outputs by role whose pattern has changed, and those whose pattern moves: only these are looked at.</summary>
        private int _changed;
        private int _moving;

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
        public void Set(OutputRole role, Pattern pattern)
        {
            if ((_pattern[(int)role] & PatternMask) != (int)pattern)
            {
                _pattern[(int)role] = (short)((int)pattern | Fresh);
                _changed |= 1 << (int)role;
            }
        }

        /// <summary>The pattern that an output has now.</summary>
        public Pattern PatternOf(OutputRole role)
        {
            return (Pattern)(_pattern[(int)role] & PatternMask);
        }

        /// <summary>Whether an output is on at this moment.</summary>
        public bool IsOn(OutputRole role)
        {
            return (_levels & (1 << (int)role)) != 0;
        }

        /// <summary>Writes what has changed. Without a change or a running pattern this is two comparisons.</summary>
        public void Drive(long nowMs)
        {
            if (_changed == 0 && nowMs < _slotEndsMs)
            {
                return;
            }

            bool starts = _slot < 0;
            bool next = nowMs >= _slotEndsMs || _slotEndsMs == long.MaxValue;
            if (next)
            {
                _slot = NextSlot();
            }

            int roles = starts ? AllRoles : next ? _changed | _moving : _changed;
            for (int role = 0; roles != 0; role++, roles >>= 1)
            {
                if ((roles & 1) != 0)
                {
                    Drive(role, next, starts);
                }
            }

            _changed = 0;
            _slotEndsMs = _moving == 0 ? long.MaxValue
                : next ? nowMs + Limits.PatternSlotMs
                : _slotEndsMs;
        }

        private void Drive(int role, bool next, bool starts)
        {
            int bit = 1 << role;
            Pattern pattern = (Pattern)(_pattern[role] & PatternMask);
            bool moves = Patterns.Moves(pattern);
            bool on = moves ? Patterns.IsOn(pattern, SlotOf(role, next)) : pattern != Pattern.Off;
            _moving = moves ? _moving | bit : _moving & ~bit;
            if (on != ((_levels & bit) != 0) || starts)
            {
                _levels = on ? _levels | bit : _levels & ~bit;
                if (_settings.OutputOf[role] >= 0)
                {
                    _board.WriteOutput(_settings.OutputOf[role], on != ((_settings.OutputsInverted & bit) != 0));
                }
            }
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
                return (_slot + Patterns.RoundSlots - (kept >> FirstSlotShift)) % Patterns.RoundSlots;
            }

            int first = next ? _slot : NextSlot();
            _pattern[role] = (short)((kept & PatternMask) | (first << FirstSlotShift) | (next ? 0 : Fresh));
            return 0;
        }

        private int NextSlot()
        {
            return (_slot + 1) % Patterns.RoundSlots;
        }
    }
}
