// Owns: the small display of the box as Core sees it.
// Must never: say that a display is lost which was not tried yet.

using Gateway.Core;

namespace Gateway.Esp32
{
    /// <summary>An SSD1306 on the board's bus.</summary>
    public sealed class EspDisplay : DisplayPort
    {
        private readonly Ssd1306 _part;
        private readonly SteadyLoss _steady = new SteadyLoss();

        public EspDisplay(Ssd1306 part)
        {
            _part = part;
        }

        public override void Show(char[] cells, bool bright)
        {
            _part.Show(cells, bright);
        }

        /// <summary>Behind each tick.</summary>
        public void Step()
        {
            _part.Step();
            if (_part.Tried)
            {
                Lost = _steady.Note(_part.Lost);
            }
        }
    }
}
