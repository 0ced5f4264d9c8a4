// Owns: how often a bus may be tried after failures.
// Must never: let two transfers fail in one tick.

namespace Gateway.Esp32
{
    /// <summary>
    /// A part that is missing says so at once, but a jammed bus blocks every thread for a second at each try. When transfers fail one after
    /// the other with no good one between, the bus itself is taken for jammed: one try, then a pause that doubles up to
    /// <see cref="EspLimits.BusPauseMaxTicks"/>.
    /// </summary>
    public sealed class I2cGuard
    {
        private int _failedInRow;
        private int _waitTicks;
        private int _pauseTicks = EspLimits.BusPauseTicks;
        private bool _failedNow;

        /// <summary>Once a tick, before the parts.</summary>
        public void Step()
        {
            _failedNow = false;
            if (_waitTicks > 0)
            {
                _waitTicks--;
            }
        }

        /// <summary>Whether a part may use the bus now.</summary>
        public bool MayTry()
        {
            return _waitTicks == 0 && !_failedNow;
        }

        /// <summary>How a part's work went.</summary>
        public void Note(bool good)
        {
            if (good)
            {
                _failedInRow = 0;
                _pauseTicks = EspLimits.BusPauseTicks;
                return;
            }

            _failedNow = true;
            _failedInRow++;
            if (_failedInRow >= EspLimits.BusFailuresMax)
            {
                _waitTicks = _pauseTicks;
                _pauseTicks = Longer(_pauseTicks);
            }
        }

        /// <summary>The pause after this one: twice as long, up to <see cref="EspLimits.BusPauseMaxTicks"/>.</summary>
        public static int Longer(int pauseTicks)
        {
            return pauseTicks * 2 > EspLimits.BusPauseMaxTicks ? EspLimits.BusPauseMaxTicks : pauseTicks * 2;
        }
    }
}
