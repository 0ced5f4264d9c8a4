// Owns: the small display of the box as Core sees it.
// Must never: say that a display is lost which was not tried yet.

using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>An SSD1306 on the board's bus.</summary>
    public sealed class EspDisplay : DisplayPort
    {
        private readonly Ssd1306 _part;
        private int _goodTicks;

        public EspDisplay(Ssd1306 part)
        {
            _part = part;
        }

        public override void Show(char[] cells, bool bright)
        {
            _part.Show(cells, bright);
        }

        /// <summary>
        /// Behind each tick. One with a loose plug comes and goes: it is lost until it has answered for a while without a gap, or each of
        /// its moments were two events and a beep.
        /// </summary>
        public void Step()
        {
            _part.Step();
            if (!_part.Tried)
            {
                return;
            }

            _goodTicks = _part.Lost ? 0 : _goodTicks < EspLimits.DisplaySteadyTicks ? _goodTicks + 1 : _goodTicks;
            Lost = _part.Lost || (Lost && _goodTicks < EspLimits.DisplaySteadyTicks);
        }
    }
}
