// Owns: what each key of the box does, the record of a key that brought nothing about, and the fault of a key that is held.
// Must never: let a press pass without a trace, or take a key that was never seen at rest for a press.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Keys that were pressed, turned into commands.</summary>
    public sealed class PanelKeys
    {
        /// <summary>Numbers of the keys in a record, by button.</summary>
        private static readonly byte[] s_keys = { 1, 2, 3, 5, 6, 4, 7, 8 };

        private readonly Panel _panel;
        /// <summary>Since when a key is not at rest, in whole seconds; their lower half is enough for a minute.</summary>
        private readonly short[] _sinceS = new short[Buttons.Count];

        /// <summary>What is not at rest in the first look is so from then on, also where the clock went on over a restart.</summary>
        private int _rested = -1;

        public PanelKeys(Panel panel)
        {
            _panel = panel;
        }

        /// <summary>When a held key becomes a fault; far away without one.</summary>
        public long DueMs { get; private set; }

        /// <param name="pressed">Bits of the buttons that were pressed in the last scan.</param>
        /// <param name="rested">Bits of the buttons that are seen at rest.</param>
        public void Step(int pressed, int rested, long nowMs)
        {
            if (rested != _rested || nowMs >= DueMs)
            {
                Watch(rested, nowMs);
            }

            for (Button button = 0; pressed != 0; button++)
            {
                if ((pressed & (1 << (int)button)) != 0)
                {
                    pressed &= ~(1 << (int)button);
                    _panel.Commands.Origin = Origin.Key;
                    if (Press(button, nowMs) == CommandOutcome.NothingToDo)
                    {
                        // A key that brings about no event of its own, such as silencing the buzzer, is on record all the same.
                        _panel.State.Events.KeyPressed(s_keys[(int)button], nowMs);
                    }
                }
            }
        }

        /// <summary>There is a key switch, and nobody has turned it on.</summary>
        private bool Locked
        {
            get { return _panel.State.Settings.ButtonInput[(int)Button.Lock] >= 0 && (_rested & (1 << (int)Button.Lock)) != 0; }
        }

        private void Watch(int rested, long nowMs)
        {
            sbyte[] inputs = _panel.State.Settings.ButtonInput;
            int faults = _panel.State.Reported.Keys;
            int began = _rested & ~rested;
            _rested = rested;
            DueMs = long.MaxValue;

            // Keys at rest are nothing new, unless one was a fault.
            // A key switch may stay as it is turned.
            int look = ((1 << (int)Button.Lock) - 1) & (faults != 0 ? -1 : ~rested);
            for (; look != 0; look &= look - 1)
            {
                int button = Bits.Lowest(look);
                int bit = 1 << button;
                bool was = (faults & (1 << s_keys[button])) != 0;
                bool held = (rested & bit) == 0 && inputs[button] >= 0;
                if (!held && !was)
                {
                    continue;
                }

                if ((began & bit) != 0)
                {
                    _sinceS[button] = (short)((nowMs + 999) / 1000);
                }

                int leftMs = was ? 0 : Limits.KeyHeldMs - (short)((int)(nowMs / 1000) - _sinceS[button]) * 1000;
                bool faulty = held && leftMs <= 0;
                if (faulty != was)
                {
                    _panel.SetKeyFault(s_keys[button], faulty, nowMs);
                }
                else if (held && !was && nowMs + leftMs < DueMs)
                {
                    DueMs = nowMs + leftMs;
                }
            }
        }

        private CommandOutcome Press(Button button, long nowMs)
        {
            switch (button)
            {
                case Button.Silence:
                    return _panel.Commands.Silence(nowMs);
                case Button.Mute:
                    return _panel.Commands.Mute();
                case Button.Reset:
                    if (Locked)
                    {
                        _panel.State.Events.ResetLocked(nowMs);
                        return CommandOutcome.NotAllowed;
                    }

                    return _panel.Commands.Reset(nowMs);
                case Button.Answer:
                    return _panel.Commands.Answer(nowMs);
                default:
                    return _panel.Commands.Key(button, nowMs);
            }
        }
    }
}
