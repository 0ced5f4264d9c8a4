// Owns: what each key of the box does, and the record of a key that brought nothing about.
// Must never: let a press pass without a trace.

using Gateway.Contract;

namespace Gateway.Core
{
    /// <summary>Keys that were pressed, turned into commands.</summary>
    public sealed class PanelKeys
    {
        /// <summary>Numbers of the keys in a record, by button.</summary>
        private static readonly byte[] s_keys = { 1, 2, 3, 5, 6, 4 };

        private readonly Panel _panel;

        public PanelKeys(Panel panel)
        {
            _panel = panel;
        }

        /// <param name="pressed">Bits of the buttons that were pressed in the last scan.</param>
        public void Step(int pressed, long nowMs)
        {
            for (int button = 0; pressed != 0; button++)
            {
                if ((pressed & (1 << button)) != 0)
                {
                    pressed &= ~(1 << button);
                    _panel.Commands.Origin = Origin.Key;
                    if (Press(button, nowMs) == CommandOutcome.NothingToDo)
                    {
                        // A key that brings about no event of its own, such as silencing the buzzer, is on record all the same.
                        _panel.State.Events.Begin(EventKind.KeyPressed, -1, nowMs);
                        _panel.State.Events.Details(s_keys[button], 0);
                        _panel.State.Events.Flag(EventFlags.ByPerson);
                    }
                }
            }
        }

        private int Press(int button, long nowMs)
        {
            switch (button)
            {
                case Button.Silence:
                    return _panel.Commands.Silence(nowMs);
                case Button.Reset:
                    return _panel.Commands.Reset(nowMs);
                case Button.Answer:
                    return _panel.Commands.Answer(nowMs);
                case Button.Test when _panel.State.Drill.On:
                    // Who sees a real fire in a drill needs a key to break it off: zones that still signal sound as fire at once.
                    return _panel.Commands.Drill(0, 0, nowMs);
                case Button.Test:
                    return _panel.Commands.SelfTest(_panel.TestParts(nowMs), nowMs);
                default:
                    return _panel.Commands.Arrived(button - Button.Answer, nowMs);
            }
        }
    }
}
